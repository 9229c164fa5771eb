ALTER TABLE "tasks" ADD COLUMN "assigned_by" text;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "assigned_version" integer;