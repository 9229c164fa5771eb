-- Whatever was shown before this version may hold buttons, which a closing takes away.
UPDATE "effects" SET "has_buttons" = true WHERE "state" = 'done' AND "job" IS NOT NULL;
--> statement-breakpoint
-- Of a crisis that is open, everybody was told already, by other messages, of what waits on them: `*` is all of it.
INSERT INTO "waiting" ("crisis_id", "user_id", "generation", "posted_at", "told", "content_hash")
SELECT r."crisis_id", r."user_id", 0, c."declared_at", ARRAY['*'], ''
FROM "responders" r JOIN "crises" c ON c."id" = r."crisis_id"
WHERE c."status" = 'open';
