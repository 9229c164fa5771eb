CREATE TABLE "assessment_outcomes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"assessment_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"level" text NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"decided_by" text NOT NULL,
	"decided_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "assessment_weights" (
	"workspace_id" text NOT NULL,
	"version" integer NOT NULL,
	"weights" jsonb NOT NULL,
	"reason" text NOT NULL,
	"saved_by" text NOT NULL,
	"saved_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "assessment_weights_workspace_id_version_pk" PRIMARY KEY("workspace_id","version")
);
--> statement-breakpoint
CREATE TABLE "assessments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"matter_id" uuid,
	"crisis_id" uuid,
	"assessed_by" text NOT NULL,
	"assessed_at" timestamp (3) with time zone NOT NULL,
	"values" jsonb NOT NULL,
	"flags" jsonb NOT NULL,
	"account" text DEFAULT '' NOT NULL,
	"url" text,
	"baseline" text DEFAULT '' NOT NULL,
	"weights_version" integer NOT NULL,
	"weights" jsonb NOT NULL,
	"score" double precision NOT NULL,
	"low" double precision NOT NULL,
	"high" double precision NOT NULL,
	"computed" text NOT NULL,
	"level" text NOT NULL,
	"rule" jsonb NOT NULL,
	"before" text
);
--> statement-breakpoint
CREATE TABLE "matters" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"title" text NOT NULL,
	"opened_by" text NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"status" text NOT NULL,
	"crisis_id" uuid,
	"watcher_id" text NOT NULL,
	"concerned_ids" text[] DEFAULT '{}' NOT NULL,
	"reassess_at" timestamp (3) with time zone,
	"alarm_key" text,
	"reminder" integer DEFAULT 0 NOT NULL,
	"reminded_id" text,
	"version" integer DEFAULT 1 NOT NULL,
	"changed_by" text NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "past_cases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"title" text NOT NULL,
	"values" jsonb NOT NULL,
	"flags" jsonb NOT NULL,
	"level" text NOT NULL,
	"entered_by" text NOT NULL,
	"entered_at" timestamp (3) with time zone NOT NULL,
	"removed_by" text,
	"removed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "reassessments" (
	"crisis_id" uuid PRIMARY KEY NOT NULL,
	"step" integer NOT NULL,
	"due_at" timestamp (3) with time zone,
	"alarm_key" text,
	"plan" integer NOT NULL,
	"reminder" integer DEFAULT 0 NOT NULL,
	"reminded_id" text
);
--> statement-breakpoint
CREATE TABLE "causes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"crisis_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"family" text NOT NULL,
	"text" text NOT NULL,
	"status" text NOT NULL,
	"evidence" text DEFAULT '' NOT NULL,
	"owner_id" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"recorded_by" text NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"changed_by" text NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "causes_number" UNIQUE("crisis_id","number")
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"crisis_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"text" text NOT NULL,
	"options" text DEFAULT '' NOT NULL,
	"reason" text NOT NULL,
	"decider_id" text NOT NULL,
	"replaces" integer,
	"recorded_by" text NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "decisions_number" UNIQUE("crisis_id","number"),
	CONSTRAINT "decisions_replaces" UNIQUE("crisis_id","replaces")
);
--> statement-breakpoint
CREATE TABLE "fact_revisions" (
	"fact_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"text" text NOT NULL,
	"written_by" text NOT NULL,
	"written_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "fact_revisions_fact_id_revision_pk" PRIMARY KEY("fact_id","revision")
);
--> statement-breakpoint
CREATE TABLE "facts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"crisis_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"text" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"status" text NOT NULL,
	"owner_id" text NOT NULL,
	"source" text DEFAULT '' NOT NULL,
	"confirmed_by" text,
	"confirmed_at" timestamp (3) with time zone,
	"false_said_by" text,
	"false_said_at" timestamp (3) with time zone,
	"false_confirmed_by" text,
	"false_version" integer,
	"version" integer DEFAULT 1 NOT NULL,
	"recorded_by" text NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"changed_by" text NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "facts_number" UNIQUE("crisis_id","number")
);
--> statement-breakpoint
CREATE TABLE "measures" (
	"id" uuid PRIMARY KEY NOT NULL,
	"crisis_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"text" text NOT NULL,
	"owner_id" text NOT NULL,
	"due_at" timestamp (3) with time zone,
	"is_public" boolean NOT NULL,
	"done_at" timestamp (3) with time zone,
	"done_by" text,
	"proof" text DEFAULT '' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"recorded_by" text NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"changed_by" text NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "measures_number" UNIQUE("crisis_id","number")
);
--> statement-breakpoint
CREATE TABLE "postures" (
	"crisis_id" uuid PRIMARY KEY NOT NULL,
	"cluster" text NOT NULL,
	"truth" text NOT NULL,
	"has_history" boolean NOT NULL,
	"reputation" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"set_by" text NOT NULL,
	"set_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "playbook_reviews" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"key" text NOT NULL,
	"version" integer NOT NULL,
	"reviewed_by" text NOT NULL,
	"reviewed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "playbook_versions" (
	"workspace_id" text NOT NULL,
	"key" text NOT NULL,
	"version" integer NOT NULL,
	"act" text NOT NULL,
	"content" jsonb,
	"editors" jsonb NOT NULL,
	"cloned_from" text,
	"note" text DEFAULT '' NOT NULL,
	"changed_by" text NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "playbook_versions_workspace_id_key_version_pk" PRIMARY KEY("workspace_id","key","version")
);
--> statement-breakpoint
CREATE TABLE "template_clearances" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"playbook" text NOT NULL,
	"template_id" text NOT NULL,
	"hash" text NOT NULL,
	"cleared_by" text NOT NULL,
	"cleared_at" timestamp (3) with time zone NOT NULL,
	"valid_until" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "preparations" (
	"workspace_id" text PRIMARY KEY NOT NULL,
	"exercised_on" text,
	"owner_id" text,
	"reminders_off" boolean DEFAULT false NOT NULL,
	"changed_by" text NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stakeholders" (
	"id" uuid PRIMARY KEY NOT NULL,
	"crisis_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"name" text NOT NULL,
	"circle" text NOT NULL,
	"position" integer NOT NULL,
	"channel" text DEFAULT '' NOT NULL,
	"statement_number" integer,
	"owner_id" text,
	"department" text,
	"status" text NOT NULL,
	"told_at" timestamp (3) with time zone,
	"told_by" text,
	"not_needed_reason" text,
	"version" integer DEFAULT 1 NOT NULL,
	"recorded_by" text,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"changed_by" text,
	"changed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "stakeholders_number" UNIQUE("crisis_id","number")
);
--> statement-breakpoint
CREATE TABLE "message_maps" (
	"crisis_id" uuid PRIMARY KEY NOT NULL,
	"messages" jsonb NOT NULL,
	"version" integer NOT NULL,
	"saved_by" text NOT NULL,
	"saved_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "statement_answers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"statement_id" uuid NOT NULL,
	"version_number" integer NOT NULL,
	"version_hash" text NOT NULL,
	"code" text NOT NULL,
	"excerpt" text NOT NULL,
	"answer" text NOT NULL,
	"targets" jsonb NOT NULL,
	"reason" text,
	"user_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "statement_terms" (
	"crisis_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"is_so" boolean NOT NULL,
	"decided_by" text NOT NULL,
	"decided_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "statement_terms_crisis_id_kind_key_pk" PRIMARY KEY("crisis_id","kind","key")
);
--> statement-breakpoint
ALTER TABLE "crises" ADD COLUMN "is_closed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "crises" ADD COLUMN "excluded_ids" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "crises" ADD COLUMN "first_words_late_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "statement_versions" ADD COLUMN "is_sensitive" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "statements" ADD COLUMN "twin_id" uuid;--> statement-breakpoint
ALTER TABLE "statements" ADD COLUMN "origin" jsonb;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "origin" text;--> statement-breakpoint
ALTER TABLE "assessment_outcomes" ADD CONSTRAINT "assessment_outcomes_assessment_id_assessments_id_fk" FOREIGN KEY ("assessment_id") REFERENCES "public"."assessments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessment_weights" ADD CONSTRAINT "assessment_weights_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessments" ADD CONSTRAINT "assessments_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessments" ADD CONSTRAINT "assessments_matter_id_matters_id_fk" FOREIGN KEY ("matter_id") REFERENCES "public"."matters"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessments" ADD CONSTRAINT "assessments_crisis_id_crises_id_fk" FOREIGN KEY ("crisis_id") REFERENCES "public"."crises"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "matters" ADD CONSTRAINT "matters_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "matters" ADD CONSTRAINT "matters_crisis_id_crises_id_fk" FOREIGN KEY ("crisis_id") REFERENCES "public"."crises"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "past_cases" ADD CONSTRAINT "past_cases_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reassessments" ADD CONSTRAINT "reassessments_crisis_id_crises_id_fk" FOREIGN KEY ("crisis_id") REFERENCES "public"."crises"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "causes" ADD CONSTRAINT "causes_crisis_id_crises_id_fk" FOREIGN KEY ("crisis_id") REFERENCES "public"."crises"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_crisis_id_crises_id_fk" FOREIGN KEY ("crisis_id") REFERENCES "public"."crises"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fact_revisions" ADD CONSTRAINT "fact_revisions_fact_id_facts_id_fk" FOREIGN KEY ("fact_id") REFERENCES "public"."facts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "facts" ADD CONSTRAINT "facts_crisis_id_crises_id_fk" FOREIGN KEY ("crisis_id") REFERENCES "public"."crises"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "measures" ADD CONSTRAINT "measures_crisis_id_crises_id_fk" FOREIGN KEY ("crisis_id") REFERENCES "public"."crises"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "postures" ADD CONSTRAINT "postures_crisis_id_crises_id_fk" FOREIGN KEY ("crisis_id") REFERENCES "public"."crises"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "playbook_reviews" ADD CONSTRAINT "playbook_reviews_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "playbook_versions" ADD CONSTRAINT "playbook_versions_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "template_clearances" ADD CONSTRAINT "template_clearances_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "preparations" ADD CONSTRAINT "preparations_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stakeholders" ADD CONSTRAINT "stakeholders_crisis_id_crises_id_fk" FOREIGN KEY ("crisis_id") REFERENCES "public"."crises"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_maps" ADD CONSTRAINT "message_maps_crisis_id_crises_id_fk" FOREIGN KEY ("crisis_id") REFERENCES "public"."crises"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statement_answers" ADD CONSTRAINT "statement_answers_statement_id_statements_id_fk" FOREIGN KEY ("statement_id") REFERENCES "public"."statements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statement_terms" ADD CONSTRAINT "statement_terms_crisis_id_crises_id_fk" FOREIGN KEY ("crisis_id") REFERENCES "public"."crises"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "assessment_outcomes_assessment" ON "assessment_outcomes" USING btree ("assessment_id","decided_at");--> statement-breakpoint
CREATE INDEX "assessments_matter" ON "assessments" USING btree ("matter_id","assessed_at");--> statement-breakpoint
CREATE INDEX "assessments_crisis" ON "assessments" USING btree ("crisis_id","assessed_at");--> statement-breakpoint
CREATE INDEX "assessments_workspace" ON "assessments" USING btree ("workspace_id","assessed_at");--> statement-breakpoint
CREATE INDEX "matters_status" ON "matters" USING btree ("workspace_id","status","changed_at");--> statement-breakpoint
CREATE INDEX "matters_crisis" ON "matters" USING btree ("crisis_id");--> statement-breakpoint
CREATE INDEX "past_cases_workspace" ON "past_cases" USING btree ("workspace_id","entered_at");--> statement-breakpoint
CREATE INDEX "playbook_reviews_key" ON "playbook_reviews" USING btree ("workspace_id","key");--> statement-breakpoint
CREATE INDEX "template_clearances_workspace" ON "template_clearances" USING btree ("workspace_id");--> statement-breakpoint
CREATE INDEX "statement_answers_statement" ON "statement_answers" USING btree ("statement_id","version_number");--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_origin" UNIQUE("crisis_id","origin");--> statement-breakpoint
-- Written by hand: rows of these tables are only ever added.
CREATE TRIGGER playbook_versions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON playbook_versions FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();--> statement-breakpoint
CREATE TRIGGER playbook_reviews_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON playbook_reviews FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();--> statement-breakpoint
CREATE TRIGGER template_clearances_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON template_clearances FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();--> statement-breakpoint
CREATE TRIGGER fact_revisions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON fact_revisions FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();--> statement-breakpoint
CREATE TRIGGER decisions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON decisions FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();--> statement-breakpoint
CREATE TRIGGER assessments_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON assessments FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();--> statement-breakpoint
CREATE TRIGGER assessment_outcomes_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON assessment_outcomes FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();--> statement-breakpoint
CREATE TRIGGER assessment_weights_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON assessment_weights FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();--> statement-breakpoint
CREATE TRIGGER statement_answers_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON statement_answers FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();
