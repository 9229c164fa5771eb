ALTER TABLE "room_message_revisions" ADD COLUMN "words_hash" text;--> statement-breakpoint
ALTER TABLE "room_message_revisions" ADD COLUMN "words_salt" text;--> statement-breakpoint
ALTER TABLE "timeline_entries" ADD COLUMN "words_hash" text;--> statement-breakpoint
ALTER TABLE "timeline_entries" ADD COLUMN "words_salt" text;--> statement-breakpoint
ALTER TABLE "timeline_entries" ADD COLUMN "name_hash" text;--> statement-breakpoint
ALTER TABLE "timeline_entries" ADD COLUMN "name_salt" text;--> statement-breakpoint
CREATE FUNCTION only_erase() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  was jsonb := to_jsonb(OLD);
  becomes jsonb := to_jsonb(NEW);
  words text[] := CASE TG_TABLE_NAME WHEN 'timeline_entries' THEN '{text_en,text_fr,data,words_salt}' ELSE '{text,files,words_salt}' END;
  name text[] := '{actor_name,name_salt}';
  erased jsonb := CASE TG_TABLE_NAME
    WHEN 'timeline_entries' THEN '{"text_en": "[erased]", "text_fr": "[effacé]", "data": {}, "words_salt": null}'
    ELSE '{"text": "[erased · effacé]", "files": [], "words_salt": null}' END;
BEGIN
  -- Words, or a name, or both: taken out, or left as they were. An entry that tells of an erasure is never erased.
  IF becomes <> was AND becomes - words - name = was - words - name
    AND was ->> 'kind' IS DISTINCT FROM 'words_erased'
    AND (becomes - name = was - name OR becomes @> erased)
    AND (becomes - words = was - words OR becomes @> '{"actor_name": null, "name_salt": null}')
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION '% is evidence: rows are only ever added', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;--> statement-breakpoint
DROP TRIGGER timeline_entries_append_only ON timeline_entries;--> statement-breakpoint
DROP TRIGGER room_message_revisions_append_only ON room_message_revisions;--> statement-breakpoint
CREATE TRIGGER timeline_entries_append_only BEFORE DELETE OR TRUNCATE ON timeline_entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();--> statement-breakpoint
CREATE TRIGGER room_message_revisions_append_only BEFORE DELETE OR TRUNCATE ON room_message_revisions FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();--> statement-breakpoint
CREATE TRIGGER timeline_entries_only_erase BEFORE UPDATE ON timeline_entries FOR EACH ROW EXECUTE FUNCTION only_erase();--> statement-breakpoint
CREATE TRIGGER room_message_revisions_only_erase BEFORE UPDATE ON room_message_revisions FOR EACH ROW EXECUTE FUNCTION only_erase();
--> statement-breakpoint
CREATE OR REPLACE FUNCTION refuse_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- The data of a whole workspace, once its time of keeping is over (db/erase-workspace.ts).
  IF TG_OP = 'DELETE' AND current_setting('war_room.erasing', true) = 'workspace' THEN RETURN NULL; END IF;
  RAISE EXCEPTION '% is evidence: rows are only ever added', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
