CREATE TABLE "installations" (
	"workspace_id" text PRIMARY KEY NOT NULL,
	"bot_id" text NOT NULL,
	"token" text,
	"installed_by" text NOT NULL,
	"installed_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "installations" ADD CONSTRAINT "installations_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;