ALTER TABLE "crises" ALTER COLUMN "number" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "crises" ADD COLUMN "code_name" text;--> statement-breakpoint
ALTER TABLE "crises" ADD COLUMN "targeted_ids" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "crises" ADD COLUMN "lawyer_id" text;