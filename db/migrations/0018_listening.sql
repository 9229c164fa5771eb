ALTER TABLE "room_message_revisions" ADD COLUMN "is_read_later" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "heard_at" timestamp (3) with time zone;