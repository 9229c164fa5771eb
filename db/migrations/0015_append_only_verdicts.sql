ALTER TABLE "statement_verdicts" DROP COLUMN "voided_at";--> statement-breakpoint
CREATE TRIGGER statement_verdicts_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON statement_verdicts FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();
