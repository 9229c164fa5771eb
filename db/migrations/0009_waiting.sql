CREATE TABLE "waiting" (
	"crisis_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"generation" integer NOT NULL,
	"posted_at" timestamp (3) with time zone NOT NULL,
	"told" text[] NOT NULL,
	"content_hash" text NOT NULL,
	CONSTRAINT "waiting_crisis_id_user_id_pk" PRIMARY KEY("crisis_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "waiting" ADD CONSTRAINT "waiting_crisis_id_crises_id_fk" FOREIGN KEY ("crisis_id") REFERENCES "public"."crises"("id") ON DELETE no action ON UPDATE no action;