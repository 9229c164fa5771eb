CREATE TABLE "promises" (
	"id" uuid PRIMARY KEY NOT NULL,
	"crisis_id" uuid NOT NULL,
	"statement_id" uuid NOT NULL,
	"due_at" timestamp (3) with time zone,
	"kept_by" text,
	"kept_at" timestamp (3) with time zone,
	"missed_at" timestamp (3) with time zone,
	CONSTRAINT "promises_statement" UNIQUE("statement_id")
);
--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "noticed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "promises" ADD CONSTRAINT "promises_crisis_id_crises_id_fk" FOREIGN KEY ("crisis_id") REFERENCES "public"."crises"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promises" ADD CONSTRAINT "promises_statement_id_statements_id_fk" FOREIGN KEY ("statement_id") REFERENCES "public"."statements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "promises_crisis" ON "promises" USING btree ("crisis_id","due_at");