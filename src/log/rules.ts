import { accept, type Decision, type NewEntry, refuse } from '../core/decision.ts';
import { toPerson } from '../core/jobs.ts';
import { inBoth } from '../core/locale.ts';
import { after, MINUTE } from '../core/time.ts';
import type { CommonRefusal } from '../crises/refusals.ts';
import { type Crisis, type Member, mayAct } from '../crises/rules.ts';
import type { Seen } from './capture.ts';
import type { Kind } from './entry-kinds.ts';
import { words } from './text.ts';

/** On a message of a war room, puts it into the timeline: 📌 and 📝. */
export const loggingEmoji: readonly string[] = ['pushpin', 'memo'];

export type LogRefusal =
  | Extract<CommonRefusal, { code: 'not_in_room' | 'closed' }>
  | { code: 'text_missing' }
  | { code: 'future' }
  | { code: 'already_logged'; seq: number; by: string | null }
  | { code: 'unknown_entry' }
  | { code: 'message_gone' };

export type Note = {
  text: string;
  occurredAt: Date;
  sourceUrl: string | null;
  /** The entry this one corrects: that entry stays as it is. */
  corrects: { id: string; seq: number } | null;
};

/** A person writes into the timeline. Answers the entry's number. */
export function writeNote(crisis: Crisis, by: Member, note: Note, now: Date): Decision<{ seq: number }, LogRefusal> {
  const no = mayAct(crisis, by);
  if (no) return refuse(no);
  const text = note.text.trim();
  if (!text) return refuse({ code: 'text_missing' });
  if (note.occurredAt > after(now, MINUTE)) return refuse({ code: 'future' });
  const { corrects, sourceUrl } = note;
  return accept(
    { seq: crisis.timelineSeq + 1 },
    {
      timeline: [
        {
          kind: corrects ? 'correction' : 'note',
          occurredAt: note.occurredAt,
          actorId: by.userId,
          text: inBoth((l) => words(l).entry.note(text, corrects?.seq ?? null, sourceUrl)),
          data: { text, ...(sourceUrl ? { sourceUrl } : {}), ...(corrects ? { correctsSeq: corrects.seq } : {}) },
          ...(corrects ? { correctsId: corrects.id } : {}),
        } satisfies NewEntry<Kind>,
      ],
    },
  );
}

export type LoggedMessage = {
  channelId: string;
  ts: string;
  threadTs: string | null;
  authorId: string | null;
  text: string;
  files: { id: string; name: string }[];
  url: string;
};

/** A message of Slack becomes an entry: when it was written, who wrote it, and who thought it mattered. Once. */
export function logMessage(
  crisis: Crisis,
  by: Member,
  message: LoggedMessage | null,
  before: { seq: number; by: string | null } | null,
): Decision<{ seq: number }, LogRefusal> {
  const no = mayAct(crisis, by);
  if (no) return refuse(no);
  if (before) return refuse({ code: 'already_logged', ...before });
  if (!message) return refuse({ code: 'message_gone' });
  const entry: NewEntry<Kind> = {
    kind: 'message_logged',
    occurredAt: momentOf(message.ts),
    actorId: by.userId,
    text: inBoth((l) =>
      words(l).entry.message(
        message.authorId,
        message.text,
        message.files.map((f) => f.name),
      ),
    ),
    data: { ...message },
  };
  return accept({ seq: crisis.timelineSeq + 1 }, { timeline: [entry] });
}

/** Slack's message number is the time at which it was posted. */
export const momentOf = (ts: string): Date => new Date(Math.floor(Number(ts) * 1000));

/** A message that is in the timeline was changed in Slack: said with what stood there before. */
export function messageChanged(
  message: { channelId: string; ts: string; authorId: string | null },
  loggedAs: number,
  changes: readonly (Seen & { before: string })[],
): NewEntry<Kind>[] {
  return changes.map(({ change, before, text, at, byId }) => ({
    kind: change === 'deleted' ? 'message_deleted' : 'message_edited',
    occurredAt: at,
    // Slack says who edited a message, never who deleted it.
    actorId: change === 'deleted' ? null : byId,
    text: inBoth((l) =>
      change === 'deleted'
        ? words(l).entry.deleted(loggedAs, message.authorId, before)
        : words(l).entry.edited(loggedAs, before, text),
    ),
    data: {
      channelId: message.channelId,
      ts: message.ts,
      entry: loggedAs,
      before,
      ...(change === 'deleted' ? {} : { after: text }),
    },
  }));
}

/** The fingerprint that somebody kept, from what they typed: null when nothing, undefined when it is none. */
export function readFingerprint(typed: string): string | null | undefined {
  const text = typed.replaceAll('`', '').trim().toLowerCase();
  if (!text) return null;
  return /^[0-9a-f]{16,64}$/.test(text) ? text : undefined;
}

/** The whole timeline leaves the room as files: that is a fact about the evidence, so it is written into it. */
export function sendExport(crisis: Crisis, by: Member, exportId: string, now: Date): Decision<null, LogRefusal> {
  // Who may read the room may read its timeline, closed or not.
  if (!by.inCell) return refuse({ code: 'not_in_room' });
  const job = toPerson(
    'log.send_export',
    // Up to and with the entry that says so: however late or often the files are made, they are the same.
    { crisisId: crisis.id, exportId, userId: by.userId, upToSeq: crisis.timelineSeq + 1 },
    `export:${exportId}`,
  );
  return accept(null, {
    timeline: [
      {
        kind: 'timeline_exported',
        occurredAt: now,
        actorId: by.userId,
        text: inBoth((l) => words(l).entry.exported(by.userId)),
      } satisfies NewEntry<Kind>,
    ],
    jobs: [job],
  });
}
