CREATE FUNCTION refuse_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is evidence: rows are only ever added', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER timeline_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON timeline_entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();
--> statement-breakpoint
CREATE TRIGGER room_message_revisions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON room_message_revisions FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();
--> statement-breakpoint
CREATE TRIGGER statement_versions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON statement_versions FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();
--> statement-breakpoint
CREATE TRIGGER settings_changes_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON settings_changes FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();
