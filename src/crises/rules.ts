import { type Accepted, accept, type Decision, type NewEntry, refuse } from '../core/decision.ts';
import { idOf } from '../core/ids.ts';
import { inRoom, type Job } from '../core/jobs.ts';
import { inBoth, type Language } from '../core/locale.ts';
import { after, MINUTE } from '../core/time.ts';
import { coreDepartments, type Department, departmentsOfPerson } from '../people/rules.ts';
import { genesisHash } from '../timeline/chain.ts';
import { levelName, words } from './text.ts';

/** From a remark to a catastrophe (discipline E3: R0, L1, L2, L3, L4). */
export const levels = ['routine', 'watch', 'incident', 'crisis', 'major'] as const;
export type Level = (typeof levels)[number];

/** Minutes within which a call-out must be answered (discipline E5; routine like watch). */
export const answerMinutes: Record<Level, number> = { major: 5, crisis: 10, incident: 15, watch: 30, routine: 30 };

/** Below a crisis the three core departments are called, from a crisis on everybody on the roster (discipline E5). */
export const calledDepartments = <D extends { key: string }>(roster: readonly D[], level: Level): D[] =>
  level === 'crisis' || level === 'major' ? [...roster] : roster.filter((d) => coreDepartments.includes(d.key));

export type Crisis = {
  id: string;
  workspaceId: string;
  number: number;
  title: string;
  summary: string;
  level: Level;
  playbook: string;
  isPrivate: boolean;
  language: Language;
  timeZone: string;
  status: 'open' | 'closed';
  declaredBy: string;
  declaredAt: Date;
  leadId: string;
  channelId: string | null;
  channelName: string | null;
  roomNumber: number;
  closedBy: string | null;
  closedAt: Date | null;
  closeNote: string | null;
  digestMinutes: number | null;
  digestNumber: number;
  nextDigestAt: Date | null;
  taskNumber: number;
  statementNumber: number;
  timelineSeq: number;
  timelineHash: string;
};

/** Somebody, as far as one crisis is concerned. */
export type Member = {
  userId: string;
  /** In the crisis cell: a member of the room, or called to it. A stranger may do nothing and learns nothing. */
  inCell: boolean;
  isLead: boolean;
};

export type CrisisRefusal =
  | { code: 'not_in_room' }
  | { code: 'closed' }
  | { code: 'may_not_declare' }
  | { code: 'title_missing' }
  /** `title`: null for somebody who may not know it. */
  | { code: 'similar_open'; crisisId: string; title: string | null; declaredBy: string; declaredAt: Date }
  | { code: 'same_level' }
  | { code: 'already_lead' }
  | { code: 'not_callable' };

/** What every act in a room needs first. Answers the refusal, or null. */
export function mayAct(crisis: Crisis, by: Member): Extract<CrisisRefusal, { code: 'not_in_room' | 'closed' }> | null {
  if (!by.inCell) return { code: 'not_in_room' };
  if (crisis.status === 'closed') return { code: 'closed' };
  return null;
}

/** A private crisis is known by its title to its cell and to management; others learn only that there is one. */
export const mayKnowTitle = (
  crisis: Crisis,
  by: Pick<Member, 'userId' | 'inCell'>,
  roster: readonly Department[],
): boolean =>
  !crisis.isPrivate ||
  by.inCell ||
  departmentsOfPerson(roster, by.userId).some((department) => department.key === 'management');

export type Declaration = {
  id: string;
  title: string;
  summary: string;
  level: Level;
  playbook: string;
  isPrivate: boolean;
  /** Said after having been shown a similar crisis. */
  despiteSimilar: boolean;
  /** The form in which the declarer watches the room being opened. */
  viewId: string | null;
};

export type Workspace = {
  id: string;
  language: Language;
  timeZone: string;
  declarers: string[] | null;
  lastNumber: number;
};

export function declare(
  workspace: Workspace,
  wish: Declaration,
  open: readonly Crisis[],
  by: { userId: string; isOutsider: boolean },
  now: Date,
): Decision<Crisis, CrisisRefusal> {
  if (by.isOutsider || (workspace.declarers && !workspace.declarers.includes(by.userId)))
    return refuse({ code: 'may_not_declare' });
  if (!wish.title.trim()) return refuse({ code: 'title_missing' });
  const similar = wish.despiteSimilar ? undefined : open.find((crisis) => looksTheSame(crisis, wish.title, now));
  if (similar) {
    const { id: crisisId, title, declaredBy, declaredAt } = similar;
    return refuse({ code: 'similar_open', crisisId, title, declaredBy, declaredAt });
  }
  const crisis: Crisis = {
    id: wish.id,
    workspaceId: workspace.id,
    number: workspace.lastNumber + 1,
    title: wish.title.trim(),
    summary: wish.summary.trim(),
    level: wish.level,
    playbook: wish.playbook,
    isPrivate: wish.isPrivate,
    language: workspace.language,
    timeZone: workspace.timeZone,
    status: 'open',
    declaredBy: by.userId,
    declaredAt: now,
    leadId: by.userId,
    channelId: null,
    channelName: null,
    roomNumber: 1,
    closedBy: null,
    closedAt: null,
    closeNote: null,
    digestMinutes: null,
    digestNumber: 0,
    nextDigestAt: null,
    taskNumber: 0,
    statementNumber: 0,
    timelineSeq: 0,
    timelineHash: genesisHash(wish.id),
  };
  const twin = open.find((other) => looksTheSame(other, wish.title, now));
  return accept(crisis, {
    timeline: [
      entry(
        'crisis_declared',
        now,
        by.userId,
        (w, l) => w.declared(crisis.title, levelName(crisis.level, l), crisis.summary),
        {
          title: crisis.title,
          summary: crisis.summary,
          level: crisis.level,
          playbook: crisis.playbook,
          isPrivate: crisis.isPrivate,
        },
      ),
    ],
    jobs: [openRoom(crisis, wish.viewId), ...(twin ? [tellTwin(twin, crisis)] : [])],
  });
}

/** Named here, done by the war room's jobs. */
export const openRoom = (crisis: Pick<Crisis, 'id' | 'roomNumber'>, viewId: string | null): Job => ({
  kind: 'war_room.open',
  queue: 'rooms',
  order: crisis.id,
  key: `open:${crisis.id}:${crisis.roomNumber}`,
  data: { crisisId: crisis.id, roomNumber: crisis.roomNumber, viewId },
});

const tellTwin = (first: Crisis, second: Crisis): Job => ({
  kind: 'war_room.tell_twin',
  queue: 'outbox',
  order: `room:${first.id}`,
  key: `twin:${first.id}:${second.id}`,
  data: { crisisId: first.id, otherId: second.id },
});

const twinWindow = 15 * MINUTE;

/** Two declarations minutes apart that share most of their words, or say nothing that tells them apart. */
export function looksTheSame(crisis: Crisis, title: string, now: Date): boolean {
  if (crisis.status !== 'open' || crisis.declaredAt < after(now, -twinWindow)) return false;
  const [a, b] = [wordsOf(crisis.title), wordsOf(title)];
  const smaller = Math.min(a.size, b.size);
  const shared = [...a].filter((word) => b.has(word)).length;
  return smaller === 0 ? a.size === b.size : shared / smaller >= 0.5;
}

const wordsOf = (text: string) =>
  new Set(
    text
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word.length > 3),
  );

export function changeLevel(
  crisis: Crisis,
  level: Level,
  reason: string,
  by: Member,
  now: Date,
): Decision<Crisis, CrisisRefusal> {
  const no = mayAct(crisis, by);
  if (no) return refuse(no);
  if (crisis.level === level) return refuse({ code: 'same_level' });
  return accept(
    { ...crisis, level },
    {
      timeline: [
        entry(
          'level_changed',
          now,
          by.userId,
          (w, l) => w.levelChanged(levelName(crisis.level, l), levelName(level, l), reason.trim()),
          {
            from: crisis.level,
            to: level,
            reason: reason.trim(),
          },
        ),
      ],
      jobs: [
        { kind: 'digests.level_changed', queue: 'alarms', data: { crisisId: crisis.id } },
        inRoom('war_room.set_topic', { crisisId: crisis.id }),
        { kind: 'responders.call_departments', queue: 'alarms', data: { crisisId: crisis.id } },
        { kind: 'statements.crisis_changed', queue: 'alarms', data: { crisisId: crisis.id } },
      ],
    },
  );
}

/** The lead hands over, or somebody of the cell takes the lead: one lead at any time, said aloud. */
export function takeLead(
  crisis: Crisis,
  next: { userId: string; isOutsider: boolean },
  note: string,
  by: Member,
  now: Date,
): Decision<Crisis, CrisisRefusal> {
  const no = mayAct(crisis, by);
  if (no) return refuse(no);
  if (next.isOutsider) return refuse({ code: 'not_callable' });
  if (crisis.leadId === next.userId) return refuse({ code: 'already_lead' });
  return accept(
    { ...crisis, leadId: next.userId },
    {
      timeline: [
        entry('lead_changed', now, by.userId, (w) => w.leadChanged(crisis.leadId, next.userId, note.trim()), {
          from: crisis.leadId,
          to: next.userId,
          note: note.trim(),
        }),
      ],
      jobs: [
        // In this order: a mention reaches only who is in the room.
        {
          kind: 'war_room.add',
          queue: 'outbox',
          order: `room:${crisis.id}`,
          data: { crisisId: crisis.id, userId: next.userId },
        },
        {
          kind: 'war_room.tell_lead',
          queue: 'outbox',
          order: `room:${crisis.id}`,
          data: { crisisId: crisis.id, leadId: next.userId, seq: crisis.timelineSeq + 1 },
        },
        { kind: 'statements.crisis_changed', queue: 'alarms', data: { crisisId: crisis.id } },
      ],
    },
  );
}

/** Slack has given the room: from here on, what is said about this crisis has a place. */
export function roomOpened(crisis: Crisis, channel: { id: string; name: string }, now: Date): Accepted<Crisis> {
  return accept(
    { ...crisis, channelId: channel.id, channelName: channel.name },
    {
      timeline: [
        entry('room_opened', now, null, (w) => w.roomOpened(channel.name, crisis.isPrivate), {
          channelId: channel.id,
          name: channel.name,
          isPrivate: crisis.isPrivate,
        }),
      ],
    },
  );
}

/** Everybody who can be is in the room: now they can be called there, since a mention reaches only who is in it. */
export function roomReady(crisis: Crisis): Accepted<Crisis> {
  const once = (kind: string): Job => ({
    kind,
    queue: 'alarms',
    key: `${kind}:${crisis.id}`,
    data: { crisisId: crisis.id },
  });
  return accept(crisis, { jobs: [once('responders.call_departments'), once('digests.start')] });
}

type Say = (w: ReturnType<typeof words>['entry'], language: Language) => string;

function entry(kind: string, now: Date, actorId: string | null, say: Say, data: Record<string, unknown>): NewEntry {
  return { kind, occurredAt: now, actorId, text: inBoth((l) => say(words(l).entry, l)), data };
}

export const shortIdOf = (crisisId: string): string => idOf(crisisId).slice(0, 6);
