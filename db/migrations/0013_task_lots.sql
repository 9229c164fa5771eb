ALTER TABLE "tasks" ADD COLUMN "lot" integer;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "from_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "assigned_at" timestamp (3) with time zone;