CREATE TABLE "crises" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"number" integer NOT NULL,
	"title" text NOT NULL,
	"summary" text NOT NULL,
	"level" text NOT NULL,
	"playbook" text NOT NULL,
	"is_private" boolean NOT NULL,
	"language" text NOT NULL,
	"time_zone" text NOT NULL,
	"status" text NOT NULL,
	"declared_by" text NOT NULL,
	"declared_at" timestamp (3) with time zone NOT NULL,
	"lead_id" text NOT NULL,
	"channel_id" text,
	"channel_name" text,
	"room_number" integer DEFAULT 1 NOT NULL,
	"closed_by" text,
	"closed_at" timestamp (3) with time zone,
	"close_note" text,
	"digest_minutes" integer,
	"digest_number" integer DEFAULT 0 NOT NULL,
	"next_digest_at" timestamp (3) with time zone,
	"task_number" integer DEFAULT 0 NOT NULL,
	"statement_number" integer DEFAULT 0 NOT NULL,
	"timeline_seq" integer DEFAULT 0 NOT NULL,
	"timeline_hash" text NOT NULL,
	CONSTRAINT "crises_number" UNIQUE("workspace_id","number"),
	CONSTRAINT "crises_channel" UNIQUE("workspace_id","channel_id")
);
--> statement-breakpoint
CREATE TABLE "room_steps" (
	"crisis_id" uuid NOT NULL,
	"room_number" integer NOT NULL,
	"step" text NOT NULL,
	"state" text NOT NULL,
	"attempted_at" timestamp (3) with time zone NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"error" text,
	CONSTRAINT "room_steps_crisis_id_room_number_step_pk" PRIMARY KEY("crisis_id","room_number","step")
);
--> statement-breakpoint
CREATE TABLE "rooms" (
	"workspace_id" text NOT NULL,
	"channel_id" text NOT NULL,
	"crisis_id" uuid NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"archived_at" timestamp (3) with time zone,
	CONSTRAINT "rooms_workspace_id_channel_id_pk" PRIMARY KEY("workspace_id","channel_id")
);
--> statement-breakpoint
CREATE TABLE "digests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"crisis_id" uuid NOT NULL,
	"number" integer,
	"asked_by" text,
	"at" timestamp (3) with time zone NOT NULL,
	"level" text NOT NULL,
	"up_to_seq" integer NOT NULL,
	"content" jsonb NOT NULL,
	CONSTRAINT "digests_number" UNIQUE("crisis_id","number")
);
--> statement-breakpoint
CREATE TABLE "departments" (
	"workspace_id" text NOT NULL,
	"key" text NOT NULL,
	"name" text,
	"position" integer NOT NULL,
	"people_ids" text[] NOT NULL,
	"deputy_ids" text[] NOT NULL,
	"group_ids" text[] NOT NULL,
	CONSTRAINT "departments_workspace_id_key_pk" PRIMARY KEY("workspace_id","key")
);
--> statement-breakpoint
CREATE TABLE "people" (
	"workspace_id" text NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"language" text,
	"time_zone" text,
	"is_bot" boolean DEFAULT false NOT NULL,
	"is_deactivated" boolean DEFAULT false NOT NULL,
	"is_guest" boolean DEFAULT false NOT NULL,
	"is_external" boolean DEFAULT false NOT NULL,
	"is_admin" boolean DEFAULT false NOT NULL,
	"refreshed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "people_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "user_groups" (
	"workspace_id" text NOT NULL,
	"id" text NOT NULL,
	"handle" text NOT NULL,
	"name" text NOT NULL,
	"is_disabled" boolean DEFAULT false NOT NULL,
	"member_ids" text[] NOT NULL,
	"refreshed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "user_groups_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "callouts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"crisis_id" uuid NOT NULL,
	"department" text NOT NULL,
	"department_name" text,
	"stage" text NOT NULL,
	"stage_at" timestamp (3) with time zone NOT NULL,
	"deputies_at" timestamp (3) with time zone,
	"round" integer DEFAULT 1 NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"people_ids" text[] NOT NULL,
	"deputy_ids" text[] NOT NULL,
	"declined_ids" text[] NOT NULL,
	"told_lead_id" text,
	"called_by" text,
	"called_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"answered_by" text,
	"answered_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "callouts_department" UNIQUE("crisis_id","department")
);
--> statement-breakpoint
CREATE TABLE "responders" (
	"crisis_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"department" text,
	"is_deputy" boolean DEFAULT false NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL,
	"in_room" boolean DEFAULT false NOT NULL,
	"left_at" timestamp (3) with time zone,
	"invite_error" text,
	"present_at" timestamp (3) with time zone,
	"called_at" timestamp (3) with time zone,
	"called_by" text,
	"call_reason" text,
	CONSTRAINT "responders_crisis_id_user_id_pk" PRIMARY KEY("crisis_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "channel_paces" (
	"channel_id" text PRIMARY KEY NOT NULL,
	"next_post_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"key" text PRIMARY KEY NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "effects" (
	"key" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"crisis_id" uuid,
	"state" text NOT NULL,
	"attempts" integer NOT NULL,
	"first_attempt_at" timestamp (3) with time zone NOT NULL,
	"attempted_at" timestamp (3) with time zone NOT NULL,
	"channel_id" text,
	"ts" text,
	"content_hash" text,
	"error" text,
	"what" text NOT NULL,
	"job" jsonb
);
--> statement-breakpoint
CREATE TABLE "statement_verdicts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"statement_id" uuid NOT NULL,
	"version_number" integer NOT NULL,
	"version_hash" text NOT NULL,
	"department" text NOT NULL,
	"user_id" text NOT NULL,
	"capacity" text NOT NULL,
	"verdict" text NOT NULL,
	"reason" text,
	"decided_at" timestamp (3) with time zone NOT NULL,
	"voided_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "statement_versions" (
	"statement_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"title" text NOT NULL,
	"kind" text NOT NULL,
	"audience" text NOT NULL,
	"language" text NOT NULL,
	"body" text NOT NULL,
	"hash" text NOT NULL,
	"author_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "statement_versions_statement_id_number_pk" PRIMARY KEY("statement_id","number")
);
--> statement-breakpoint
CREATE TABLE "statements" (
	"id" uuid PRIMARY KEY NOT NULL,
	"crisis_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"status" text NOT NULL,
	"current_version" integer NOT NULL,
	"required_departments" text[] NOT NULL,
	"asked_ids" text[] NOT NULL,
	"submitted_by" text,
	"submitted_at" timestamp (3) with time zone,
	"relayed_at" timestamp (3) with time zone,
	"overdue_at" timestamp (3) with time zone,
	"approved_at" timestamp (3) with time zone,
	"published_by" text,
	"published_at" timestamp (3) with time zone,
	"published_url" text,
	"published_where" text,
	"withdrawn_by" text,
	"withdrawn_at" timestamp (3) with time zone,
	"withdrawn_reason" text,
	CONSTRAINT "statements_number" UNIQUE("crisis_id","number")
);
--> statement-breakpoint
CREATE TABLE "task_reminders" (
	"id" uuid PRIMARY KEY NOT NULL,
	"crisis_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"sent_at" timestamp (3) with time zone NOT NULL,
	"task_ids" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tasks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"crisis_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"title" text NOT NULL,
	"details" text DEFAULT '' NOT NULL,
	"department" text,
	"assignee_id" text,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone,
	"status" text NOT NULL,
	"blocked_reason" text,
	"started_by" text,
	"started_at" timestamp (3) with time zone,
	"done_by" text,
	"done_at" timestamp (3) with time zone,
	"source_url" text,
	"version" integer DEFAULT 1 NOT NULL,
	"changed_by" text NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"remind_step" integer,
	"remind_at" timestamp (3) with time zone,
	"remind_key" text,
	"reminder_id" uuid,
	CONSTRAINT "tasks_number" UNIQUE("crisis_id","number")
);
--> statement-breakpoint
CREATE TABLE "message_drafts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"user_id" text NOT NULL,
	"message" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "room_message_revisions" (
	"workspace_id" text NOT NULL,
	"channel_id" text NOT NULL,
	"ts" text NOT NULL,
	"revision" integer NOT NULL,
	"crisis_id" uuid NOT NULL,
	"change" text NOT NULL,
	"text" text NOT NULL,
	"occurred_at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "room_message_revisions_workspace_id_channel_id_ts_revision_pk" PRIMARY KEY("workspace_id","channel_id","ts","revision")
);
--> statement-breakpoint
CREATE TABLE "room_messages" (
	"workspace_id" text NOT NULL,
	"channel_id" text NOT NULL,
	"ts" text NOT NULL,
	"crisis_id" uuid NOT NULL,
	"thread_ts" text,
	"author_id" text,
	"text" text NOT NULL,
	"files" jsonb NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	"deleted_at" timestamp (3) with time zone,
	CONSTRAINT "room_messages_workspace_id_channel_id_ts_pk" PRIMARY KEY("workspace_id","channel_id","ts")
);
--> statement-breakpoint
CREATE TABLE "timeline_entries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"crisis_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"kind" text NOT NULL,
	"occurred_at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"actor_id" text,
	"actor_name" text,
	"text_en" text NOT NULL,
	"text_fr" text NOT NULL,
	"data" jsonb NOT NULL,
	"corrects_id" uuid,
	"prev_hash" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "timeline_seq" UNIQUE("crisis_id","seq")
);
--> statement-breakpoint
CREATE TABLE "settings_changes" (
	"workspace_id" text NOT NULL,
	"version" integer NOT NULL,
	"changed_by" text,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"source" text NOT NULL,
	"before" jsonb NOT NULL,
	"after" jsonb NOT NULL,
	CONSTRAINT "settings_changes_workspace_id_version_pk" PRIMARY KEY("workspace_id","version")
);
--> statement-breakpoint
CREATE TABLE "workspaces" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"domain" text NOT NULL,
	"bot_user_id" text NOT NULL,
	"language" text DEFAULT 'en' NOT NULL,
	"time_zone" text DEFAULT 'Europe/Paris' NOT NULL,
	"private_by_default" boolean DEFAULT true NOT NULL,
	"declarers" text[],
	"digest_minutes" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"settings_version" integer DEFAULT 0 NOT NULL,
	"settings_by" text,
	"settings_at" timestamp (3) with time zone,
	"people_synced_at" timestamp (3) with time zone,
	"installed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "crises" ADD CONSTRAINT "crises_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_steps" ADD CONSTRAINT "room_steps_crisis_id_crises_id_fk" FOREIGN KEY ("crisis_id") REFERENCES "public"."crises"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rooms" ADD CONSTRAINT "rooms_crisis_id_crises_id_fk" FOREIGN KEY ("crisis_id") REFERENCES "public"."crises"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digests" ADD CONSTRAINT "digests_crisis_id_crises_id_fk" FOREIGN KEY ("crisis_id") REFERENCES "public"."crises"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "departments" ADD CONSTRAINT "departments_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_groups" ADD CONSTRAINT "user_groups_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "callouts" ADD CONSTRAINT "callouts_crisis_id_crises_id_fk" FOREIGN KEY ("crisis_id") REFERENCES "public"."crises"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "responders" ADD CONSTRAINT "responders_crisis_id_crises_id_fk" FOREIGN KEY ("crisis_id") REFERENCES "public"."crises"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statement_verdicts" ADD CONSTRAINT "statement_verdicts_statement_id_statements_id_fk" FOREIGN KEY ("statement_id") REFERENCES "public"."statements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statement_versions" ADD CONSTRAINT "statement_versions_statement_id_statements_id_fk" FOREIGN KEY ("statement_id") REFERENCES "public"."statements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statements" ADD CONSTRAINT "statements_crisis_id_crises_id_fk" FOREIGN KEY ("crisis_id") REFERENCES "public"."crises"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_reminders" ADD CONSTRAINT "task_reminders_crisis_id_crises_id_fk" FOREIGN KEY ("crisis_id") REFERENCES "public"."crises"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_crisis_id_crises_id_fk" FOREIGN KEY ("crisis_id") REFERENCES "public"."crises"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_message_revisions" ADD CONSTRAINT "room_message_revisions_crisis_id_crises_id_fk" FOREIGN KEY ("crisis_id") REFERENCES "public"."crises"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_messages" ADD CONSTRAINT "room_messages_crisis_id_crises_id_fk" FOREIGN KEY ("crisis_id") REFERENCES "public"."crises"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "timeline_entries" ADD CONSTRAINT "timeline_entries_crisis_id_crises_id_fk" FOREIGN KEY ("crisis_id") REFERENCES "public"."crises"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "timeline_entries" ADD CONSTRAINT "timeline_entries_corrects_id_timeline_entries_id_fk" FOREIGN KEY ("corrects_id") REFERENCES "public"."timeline_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "settings_changes" ADD CONSTRAINT "settings_changes_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "crises_open" ON "crises" USING btree ("workspace_id","status","declared_at");--> statement-breakpoint
CREATE INDEX "rooms_crisis" ON "rooms" USING btree ("crisis_id");--> statement-breakpoint
CREATE INDEX "digests_crisis" ON "digests" USING btree ("crisis_id","at");--> statement-breakpoint
CREATE INDEX "responders_user" ON "responders" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "deliveries_received" ON "deliveries" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "effects_crisis" ON "effects" USING btree ("crisis_id","state");--> statement-breakpoint
CREATE INDEX "statement_verdicts_statement" ON "statement_verdicts" USING btree ("statement_id","version_number");--> statement-breakpoint
CREATE INDEX "statements_status" ON "statements" USING btree ("crisis_id","status");--> statement-breakpoint
CREATE INDEX "task_reminders_crisis" ON "task_reminders" USING btree ("crisis_id","sent_at");--> statement-breakpoint
CREATE INDEX "tasks_due" ON "tasks" USING btree ("crisis_id","status","due_at");--> statement-breakpoint
CREATE INDEX "message_drafts_created" ON "message_drafts" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "room_message_revisions_crisis" ON "room_message_revisions" USING btree ("crisis_id");--> statement-breakpoint
CREATE INDEX "room_messages_crisis" ON "room_messages" USING btree ("crisis_id");--> statement-breakpoint
CREATE INDEX "timeline_kind" ON "timeline_entries" USING btree ("crisis_id","kind","seq");