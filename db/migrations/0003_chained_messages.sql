CREATE TABLE "room_message_heads" (
	"crisis_id" uuid PRIMARY KEY NOT NULL,
	"count" integer NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
DROP INDEX "room_message_revisions_crisis";--> statement-breakpoint
ALTER TABLE "room_message_revisions" ADD COLUMN "seq" integer;--> statement-breakpoint
ALTER TABLE "room_message_revisions" ADD COLUMN "thread_ts" text;--> statement-breakpoint
ALTER TABLE "room_message_revisions" ADD COLUMN "author_id" text;--> statement-breakpoint
ALTER TABLE "room_message_revisions" ADD COLUMN "files" jsonb;--> statement-breakpoint
ALTER TABLE "room_message_revisions" ADD COLUMN "by_id" text;--> statement-breakpoint
ALTER TABLE "room_message_revisions" ADD COLUMN "prev_hash" text;--> statement-breakpoint
ALTER TABLE "room_message_revisions" ADD COLUMN "hash" text;--> statement-breakpoint
-- What was kept before there was a chain is chained as it stands now, by the same formula as src/timeline/chain.ts.
ALTER TABLE "room_message_revisions" DISABLE TRIGGER "room_message_revisions_append_only";--> statement-breakpoint
DO $$
DECLARE
  r record;
  crisis uuid;
  n integer;
  previous text;
  own text;
  iso constant text := 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"';
BEGIN
  FOR r IN
    SELECT v.*, m.thread_ts AS m_thread, m.author_id AS m_author, coalesce(m.files, '[]') AS m_files,
      (SELECT '[' || coalesce(string_agg('{"id":' || to_json(f.value->>'id') || ',"name":' || to_json(f.value->>'name') || '}', ',' ORDER BY f.ordinality), '') || ']'
       FROM jsonb_array_elements(coalesce(m.files, '[]')) WITH ORDINALITY f) AS files_text
    FROM room_message_revisions v LEFT JOIN room_messages m USING (workspace_id, channel_id, ts)
    ORDER BY v.crisis_id, v.recorded_at, v.channel_id, v.ts, v.revision
  LOOP
    IF crisis IS DISTINCT FROM r.crisis_id THEN
      crisis := r.crisis_id;
      n := 0;
      previous := encode(sha256(convert_to('crisis-war-room messages ' || crisis, 'UTF8')), 'hex');
    END IF;
    n := n + 1;
    own := encode(sha256(convert_to(
      '{"authorId":' || coalesce(to_json(r.m_author)::text, 'null')
      || ',"byId":null,"change":"' || r.change
      || '","channelId":' || to_json(r.channel_id)
      || ',"crisisId":"' || r.crisis_id
      || '","files":' || r.files_text
      || ',"occurredAt":"' || to_char(r.occurred_at AT TIME ZONE 'UTC', iso)
      || '","prevHash":"' || previous
      || '","recordedAt":"' || to_char(r.recorded_at AT TIME ZONE 'UTC', iso)
      || '","revision":' || r.revision
      || ',"seq":' || n
      || ',"text":' || to_json(r.text)
      || ',"threadTs":' || coalesce(to_json(r.m_thread)::text, 'null')
      || ',"ts":' || to_json(r.ts) || '}', 'UTF8')), 'hex');
    UPDATE room_message_revisions SET seq = n, thread_ts = r.m_thread, author_id = r.m_author, files = r.m_files, prev_hash = previous, hash = own
    WHERE workspace_id = r.workspace_id AND channel_id = r.channel_id AND ts = r.ts AND revision = r.revision;
    INSERT INTO room_message_heads (crisis_id, count, hash) VALUES (crisis, n, own)
    ON CONFLICT (crisis_id) DO UPDATE SET count = excluded.count, hash = excluded.hash;
    previous := own;
  END LOOP;
END $$;--> statement-breakpoint
ALTER TABLE "room_message_revisions" ENABLE TRIGGER "room_message_revisions_append_only";--> statement-breakpoint
ALTER TABLE "room_message_revisions" ALTER COLUMN "seq" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "room_message_revisions" ALTER COLUMN "files" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "room_message_revisions" ALTER COLUMN "prev_hash" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "room_message_revisions" ALTER COLUMN "hash" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "room_message_heads" ADD CONSTRAINT "room_message_heads_crisis_id_crises_id_fk" FOREIGN KEY ("crisis_id") REFERENCES "public"."crises"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_message_revisions" ADD CONSTRAINT "room_message_revisions_seq" UNIQUE("crisis_id","seq");
