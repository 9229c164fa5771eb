import { accept, type Decision, type NewEntry, refuse } from '../core/decision.ts';
import { alarm, inRoom, type Job, toPerson } from '../core/jobs.ts';
import { inBoth } from '../core/locale.ts';
import { after, SECOND } from '../core/time.ts';
import type { CommonRefusal } from '../crises/refusals.ts';
import { type Crisis, type Member, mayAct, openRoom } from '../crises/rules.ts';
import type { Settlement } from '../tasks/settled.ts';
import type { Kind } from './entry-kinds.ts';
import { words } from './text.ts';

/** What would be left lying when a crisis is closed. */
export type OpenWork = {
  tasks: { number: number; title: string; assigneeId: string | null; department: string | null }[];
  /** In review, or approved and not published. */
  statements: { number: number; title: string; status: 'in_review' | 'approved' }[];
  callouts: { key: string; name: string | null }[];
};

export const isNothing = (open: OpenWork): boolean => open.tasks.length === 0 && !needsNote(open);

export const needsNote = (open: Pick<OpenWork, 'statements' | 'callouts'>): boolean =>
  open.statements.length + open.callouts.length > 0;

/** What the person who closes says: `tasks`, what becomes of those that are open. */
export type Farewell = { note: string; tasks: Settlement | null };

export type ClosingRefusal =
  | Extract<CommonRefusal, { code: 'not_in_room' }>
  | { code: 'closed'; by: string | null; at: Date | null }
  | { code: 'note_missing' }
  /** Tasks are open, and nothing was said of them. */
  | { code: 'tasks_left'; open: OpenWork }
  | { code: 'not_closed' }
  | { code: 'reason_missing' };

/**
 * Open → closed: the timeline is posted as it stands with this entry on its end. Open tasks are settled with it; whatever
 * else is still open is closed with it only if somebody says what was decided about it.
 */
export function closeCrisis(
  crisis: Crisis,
  by: Member,
  open: OpenWork,
  { note, tasks }: Farewell,
  closing: number,
  now: Date,
): Decision<Crisis, ClosingRefusal> {
  const no = mayAct(crisis, by);
  if (no?.code === 'not_in_room') return refuse(no);
  if (no) return refuse({ code: 'closed', by: crisis.closedBy, at: crisis.closedAt });
  const said = note.trim();
  if (open.tasks.length > 0 && !tasks) return refuse({ code: 'tasks_left', open });
  if (!said && needsNote(open)) return refuse({ code: 'note_missing' });
  const closed: Crisis = {
    ...crisis,
    status: 'closed',
    closedBy: by.userId,
    closedAt: now,
    closeNote: said || null,
    nextDigestAt: null,
  };
  const tell = [...new Set([crisis.declaredBy, crisis.leadId])].filter((userId) => userId !== by.userId);
  const data = { crisisId: crisis.id, closing };
  return accept(closed, {
    timeline: [
      entry('crisis_closed', by.userId, now, (w) => w.closed(said, open.statements.length, open.callouts.length), {
        closing,
        note: said,
        settled: open.tasks.map((t) => t.number),
        openStatements: open.statements.map((s) => s.number),
        unanswered: open.callouts.map((c) => c.key),
      }),
    ],
    jobs: [
      inRoom('closing.post_timeline', data, `closing:${crisis.id}:${closing}`),
      ...tell.map((userId) =>
        toPerson('closing.tell', { ...data, userId }, `closing:${crisis.id}:${closing}:${userId}`),
      ),
      redrawAll(crisis.id, `closed:${closing}`, now),
    ],
  });
}

/** Closed → open. Nobody is called again; whether the old room can still be used is found out by a job. */
export function reopenCrisis(
  crisis: Crisis,
  by: Member,
  reason: string,
  reopening: number,
  now: Date,
): Decision<Crisis, ClosingRefusal> {
  if (!by.inCell) return refuse({ code: 'not_in_room' });
  if (crisis.status !== 'closed') return refuse({ code: 'not_closed' });
  const said = reason.trim();
  if (!said) return refuse({ code: 'reason_missing' });
  const open: Crisis = { ...crisis, status: 'open', closedBy: null, closedAt: null, closeNote: null };
  return accept(open, {
    timeline: [entry('crisis_reopened', by.userId, now, (w) => w.reopened(said), { reopening, reason: said })],
    jobs: [
      {
        kind: 'closing.check_room',
        queue: 'rooms',
        order: crisis.id,
        key: `reopen:${crisis.id}:${reopening}`,
        data: { crisisId: crisis.id, reopening, askedBy: by.userId },
      },
    ],
  });
}

/** Slack lets no bot back into a room that was archived: the crisis goes on in a new one. */
export function moveToNewRoom(
  crisis: Crisis,
  lostChannelId: string,
  /** Null where the crisis was open all the time. */
  reopening: number | null,
  now: Date,
): Decision<Crisis, never> {
  // Moved already, closed again meanwhile, or never opened: nothing is lost.
  if (crisis.status !== 'open' || crisis.channelId !== lostChannelId) return accept(crisis);
  const moved: Crisis = { ...crisis, channelId: null, channelName: null, roomNumber: crisis.roomNumber + 1 };
  return accept(moved, {
    timeline: [
      entry('room_lost', null, now, (w) => w.roomLost(crisis.channelName ?? ''), {
        channelId: lostChannelId,
        name: crisis.channelName,
        roomNumber: crisis.roomNumber,
      }),
    ],
    jobs: [
      openRoom(moved, null),
      reopening === null ? announceMove(moved, crisis.channelName) : announce(crisis.id, reopening, crisis.channelName),
      redrawAll(crisis.id, `moved:${moved.roomNumber}`, now),
    ],
  });
}

const announceMove = ({ id: crisisId, roomNumber }: Crisis, before: string | null): Job =>
  inRoom('closing.announce_move', { crisisId, roomNumber, before }, `moved:${crisisId}:${roomNumber}`);

/** Looks whether an open crisis still has its room, and moves it to a new one if not. */
export const checkRoom = (crisisId: string, now: Date): Job => ({
  kind: 'closing.check_room',
  queue: 'rooms',
  order: crisisId,
  key: `check:${crisisId}:${now.getTime()}`,
  data: { crisisId, reopening: null },
});

/** Said in the room in which the crisis goes on; `before` names the one that was lost. */
export const announce = (crisisId: string, reopening: number, before: string | null): Job =>
  inRoom('closing.announce_reopening', { crisisId, reopening, before }, `reopened:${crisisId}:${reopening}`);

/** Takes the buttons away, or draws them again; once what is being shown at this moment is there. */
export const redrawAll = (crisisId: string, turn: string, now: Date): Job =>
  alarm('closing.redraw', { crisisId }, after(now, 2 * SECOND), `redraw:${crisisId}:${turn}`);

function entry(
  kind: Kind,
  actorId: string | null,
  now: Date,
  say: (w: ReturnType<typeof words>['entry']) => string,
  data: Record<string, unknown>,
): NewEntry {
  return { kind, occurredAt: now, actorId, text: inBoth((l) => say(words(l).entry)), data };
}

export type Figures = {
  lastsMs: number;
  published: number;
  /** Null when nothing was published. */
  firstWordsMs: number | null;
  tasksDone: number;
  tasks: number;
  /** Of the stakeholders who had to hear, how many did (discipline H2). */
  told: number;
  listed: number;
};
