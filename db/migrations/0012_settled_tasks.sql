ALTER TABLE "effects" ADD COLUMN "has_buttons" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "settled_as" text;