ALTER TABLE "statements" ADD COLUMN "seats" jsonb;--> statement-breakpoint
ALTER TABLE "statements" ADD COLUMN "approved_version" integer;