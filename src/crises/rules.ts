import type { Crisis } from '../core/crisis.ts';
import { type Accepted, accept, type Decision, type NewEntry, refuse } from '../core/decision.ts';
import { inRoom, type Job } from '../core/jobs.ts';
import { atLeast, type Level } from '../core/levels.ts';
import { type Bilingual, inBoth, type Language } from '../core/locale.ts';
import { after, MINUTE } from '../core/time.ts';
import { coreDepartments, type Department, departmentsOfPerson } from '../people/rules.ts';
import { genesisHash } from '../timeline/chain.ts';
import { codeNameFor } from './code-names.ts';
import type { Kind } from './entry-kinds.ts';
import { levelName, words } from './text.ts';

export type { Crisis };

/** The person concerned: to them a crisis looks like one that does not exist. Nothing that a person asks may go by this. */
export const isExcluded = (crisis: Pick<Crisis, 'excludedIds'>, userId: string): boolean =>
  crisis.excludedIds.includes(userId);

/** Who is told how opening the room goes: the person who declared it, or the lead if it turned out to concern that person. */
export const openerOf = (crisis: Pick<Crisis, 'declaredBy' | 'leadId' | 'excludedIds'>): string =>
  isExcluded(crisis, crisis.declaredBy) ? crisis.leadId : crisis.declaredBy;

type Team = Pick<Crisis, 'isClosed' | 'excludedIds' | 'targetedIds' | 'lawyerId'>;

/**
 * The roster as one crisis may use it. In a closed team each department is one person, the one who is in the cell
 * already if there is one, and has no deputies; one that the person concerned belongs to has nobody: who works for or
 * under them is called by name or not at all (discipline P4, P7: need to know). Legal is the exception, since no team is
 * without a lawyer: others of it are called. Who is targeted hears it from a person, not by a call.
 */
export function rosterIn(crisis: Team, roster: readonly Department[], cellIds: ReadonlySet<string>): Department[] {
  if (!crisis.isClosed) return [...roster];
  return withLegal(crisis, roster).map((department) => {
    const { peopleIds, deputyIds, absentIds = [] } = department;
    const isConcerned = [...peopleIds, ...deputyIds, ...absentIds].some((id) => isExcluded(crisis, id));
    const able = department.key === 'legal' ? lawyersOf(crisis, department) : isConcerned ? [] : peopleIds;
    const called = able.filter((id) => !isExcluded(crisis, id) && !crisis.targetedIds.includes(id));
    const one = called.find((id) => cellIds.has(id)) ?? called[0];
    return { ...department, peopleIds: one ? [one] : [], deputyIds: [] };
  });
}

const lawyersOf = ({ lawyerId }: Pick<Crisis, 'lawyerId'>, { peopleIds, deputyIds }: Department): string[] => [
  ...new Set([...(lawyerId ? [lawyerId] : []), ...peopleIds, ...deputyIds]),
];

const withLegal = ({ lawyerId }: Pick<Crisis, 'lawyerId'>, roster: readonly Department[]): readonly Department[] =>
  lawyerId && !roster.some(({ key }) => key === 'legal')
    ? [...roster, { key: 'legal', name: null, peopleIds: [], deputyIds: [] }]
    : roster;

/** Who is the lawyer of a closed team, in it or to be called; undefined when one must be named. */
export const lawyerIn = (
  crisis: Team,
  roster: readonly Department[],
  cellIds: ReadonlySet<string> = new Set(),
): string | undefined => rosterIn(crisis, roster, cellIds).find(({ key }) => key === 'legal')?.peopleIds[0];

/** Who may speak for a department without widening a closed team: those of it who are in the cell. */
export function rosterOfCell(
  crisis: Pick<Crisis, 'isClosed' | 'excludedIds' | 'lawyerId'>,
  roster: readonly Department[],
  cellIds: ReadonlySet<string>,
): Department[] {
  if (!crisis.isClosed) return [...roster];
  const inside = (ids: readonly string[]) => ids.filter((id) => cellIds.has(id) && !isExcluded(crisis, id));
  return withLegal(crisis, roster).map((d) =>
    d.key === 'legal'
      ? { ...d, peopleIds: inside(lawyersOf(crisis, d)), deputyIds: [] }
      : { ...d, peopleIds: inside(d.peopleIds), deputyIds: inside(d.deputyIds) },
  );
}

/** Whom the declaration and a rise of the level call: in a closed team the core departments only, whatever the level. */
export const calledIn = (crisis: Pick<Crisis, 'isClosed' | 'level'>, roster: readonly Department[]): Department[] =>
  calledDepartments(roster, crisis.isClosed ? 'incident' : crisis.level);

/** Below a crisis the three core departments are called, from a crisis on everybody on the roster (discipline E5). */
export const calledDepartments = <D extends { key: string }>(roster: readonly D[], level: Level): D[] =>
  atLeast(level, 'crisis') ? [...roster] : roster.filter((d) => coreDepartments.includes(d.key));

/** How people name a crisis in what they type. */
export type CrisisName = { number: number } | { codeName: string } | { channelId: string };

const waysToName = [
  /^(?:#|n°\s*|no\s+)?(?<number>\d{1,6})(?=\s|$)/i,
  /^#(?<channelId>[CG][A-Z0-9]{7,})(?=\s|$)/,
  /^#?cris(?:is|e)-(?<number>\d{1,6})(?:-[a-z0-9-]*)?(?=\s|$)/i,
  /^#?(?:cris(?:is|e)-)?(?<codeName>[a-z]+-[a-z]+(?:-\d+)?)(?=\s|$)/i,
];

/** `2`, `n° 2`, `indigo-lynx`, `#crisis-indigo-lynx`, or what a link to a private room arrives as, `#C0ROOM…`; and the rest. */
export function readName(text: string): { name: CrisisName | null; rest: string } {
  const typed = text.trim();
  const match = waysToName.map((way) => way.exec(typed)).find((found) => found !== null);
  if (!match) return { name: null, rest: typed };
  const { number, channelId, codeName = '' } = match.groups ?? {};
  const rest = typed.slice(match[0].length).trim();
  if (number) return { name: { number: Number(number) }, rest };
  return { name: channelId ? { channelId } : { codeName: codeName.toLowerCase() }, rest };
}

export function isNamed(crisis: Pick<Crisis, 'number' | 'codeName' | 'channelId'>, name: CrisisName | null): boolean {
  if (!name) return false;
  if ('number' in name) return crisis.number === name.number;
  return 'codeName' in name ? crisis.codeName === name.codeName : crisis.channelId === name.channelId;
}

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
  | { code: 'lead_taken' }
  | { code: 'not_callable' }
  /** Said to the person who tries, never to the one concerned. */
  | { code: 'excluded' }
  | { code: 'declarer_concerned' }
  | { code: 'team_concerned' }
  | { code: 'team_outsider' }
  | { code: 'targeted_left_out' }
  | { code: 'lawyer_missing' }
  | { code: 'lawyer_unfit' }
  | { code: 'not_lead' }
  | { code: 'lead_concerned' }
  | { code: 'room_is_open' };

/** What every act in a room needs first. Answers the refusal, or null. */
export function mayAct(crisis: Crisis, by: Member): Extract<CrisisRefusal, { code: 'not_in_room' | 'closed' }> | null {
  if (!by.inCell) return { code: 'not_in_room' };
  if (crisis.status === 'closed') return { code: 'closed' };
  return null;
}

/**
 * A private crisis is known by its title to its cell and to management, others learn only that there is one; of a closed
 * team, people who are not in it learn nothing.
 */
export const mayKnowTitle = (
  crisis: Crisis,
  by: Pick<Member, 'userId' | 'inCell'>,
  roster: readonly Department[],
): boolean =>
  !crisis.isPrivate ||
  by.inCell ||
  (!crisis.isClosed && departmentsOfPerson(roster, by.userId).some((department) => department.key === 'management'));

export type Declaration = {
  id: string;
  title: string;
  summary: string;
  level: Level;
  playbook: string;
  /** Of the workspace's own versions of it; 0: as the product brings it. */
  playbookVersion?: number;
  isPrivate: boolean;
  isClosed: boolean;
  /** Who is left out, and who is called by name: of a closed team only. */
  excludedIds: string[];
  teamIds: string[];
  targetedIds?: readonly string[];
  lawyerId?: string | null;
  /** Of the team, and the lawyer: who is no colleague, or is not known. */
  outsiderIds?: readonly string[];
  /** Code names of the workspace's other crises. */
  codeNames?: ReadonlySet<string>;
  /** Said after having been shown a similar crisis. */
  despiteSimilar: boolean;
  /** The form in which the declarer watches the room being opened. */
  viewId: string | null;
  /** What was assessed before, if the form was opened from there. */
  matterId?: string | null;
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
  const excludedIds = wish.isClosed ? [...new Set(wish.excludedIds)] : [];
  const targetedIds = wish.isClosed ? [...new Set(wish.targetedIds ?? [])] : [];
  const lawyerId = (wish.isClosed && wish.lawyerId) || null;
  const teamIds = wish.isClosed ? [...new Set(wish.teamIds)].filter((id) => id !== by.userId && id !== lawyerId) : [];
  if (excludedIds.includes(by.userId)) return refuse({ code: 'declarer_concerned' });
  if (teamIds.some((id) => excludedIds.includes(id))) return refuse({ code: 'team_concerned' });
  if (teamIds.some((id) => wish.outsiderIds?.includes(id))) return refuse({ code: 'team_outsider' });
  if (targetedIds.some((id) => excludedIds.includes(id))) return refuse({ code: 'targeted_left_out' });
  if (lawyerId && [...excludedIds, ...targetedIds, ...(wish.outsiderIds ?? [])].includes(lawyerId))
    return refuse({ code: 'lawyer_unfit' });
  const similar = wish.despiteSimilar ? undefined : open.find((crisis) => looksTheSame(crisis, wish.title, now));
  if (similar) {
    const { id: crisisId, title, declaredBy, declaredAt } = similar;
    return refuse({ code: 'similar_open', crisisId, title, declaredBy, declaredAt });
  }
  const crisis: Crisis = {
    id: wish.id,
    workspaceId: workspace.id,
    number: wish.isClosed ? null : workspace.lastNumber + 1,
    title: wish.title.trim(),
    codeName: wish.isClosed ? codeNameFor(wish.id, wish.codeNames ?? new Set()) : null,
    summary: wish.summary.trim(),
    level: wish.level,
    playbook: wish.playbook,
    isPrivate: wish.isPrivate || wish.isClosed,
    isClosed: wish.isClosed,
    excludedIds,
    targetedIds,
    lawyerId,
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
    firstWordsLateAt: null,
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
          ...(wish.playbookVersion === undefined ? {} : { playbookVersion: wish.playbookVersion }),
          isPrivate: crisis.isPrivate,
          ...(crisis.isClosed ? { isClosed: true, leftOut: excludedIds.length } : {}),
        },
      ),
      ...calledByName(teamIds, by.userId, now),
    ],
    jobs: [
      openRoom(crisis, wish.viewId),
      // The room of the other one may hold the person concerned.
      ...(twin && !crisis.isClosed ? [tellTwin(twin, crisis)] : []),
      ...(wish.matterId ? [linkAssessment(crisis, wish.matterId)] : []),
    ],
  });
}

const calledByName = (userIds: readonly string[], byId: string, now: Date): NewEntry[] =>
  userIds.length === 0
    ? []
    : [entry('people_called', now, byId, (w, l) => w.teamCalled(userIds, l), { userIds, reason: '' })];

/** Named here, done by the war room's jobs. */
export const openRoom = (crisis: Pick<Crisis, 'id' | 'roomNumber'>, viewId: string | null): Job => ({
  kind: 'war_room.open',
  queue: 'rooms',
  order: crisis.id,
  key: `open:${crisis.id}:${crisis.roomNumber}`,
  data: { crisisId: crisis.id, roomNumber: crisis.roomNumber, viewId },
});

/** Named here, done by the war room's jobs: for what shows in the brief and writes no entry, which would draw it anew. */
export const refreshBrief = (crisisId: string): Job => ({
  kind: 'war_room.refresh_brief',
  queue: 'outbox',
  order: `brief:${crisisId}`,
  data: { crisisId },
});

const linkAssessment = ({ id: crisisId }: Crisis, matterId: string): Job => ({
  kind: 'assessment.link',
  queue: 'alarms',
  key: `assessment.link:${crisisId}`,
  data: { crisisId, matterId },
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

/** `reason`: as somebody typed it, or computed, in both languages. */
export function changeLevel(
  crisis: Crisis,
  level: Level,
  reason: string | Bilingual,
  by: Member,
  now: Date,
): Decision<Crisis, CrisisRefusal> {
  const no = mayAct(crisis, by);
  if (no) return refuse(no);
  if (crisis.level === level) return refuse({ code: 'same_level' });
  const why = typeof reason === 'string' ? inBoth(() => reason.trim()) : reason;
  return accept(
    { ...crisis, level },
    {
      timeline: [
        entry(
          'level_changed',
          now,
          by.userId,
          (w, l) => w.levelChanged(levelName(crisis.level, l), levelName(level, l), why[l]),
          {
            from: crisis.level,
            to: level,
            reason: why[crisis.language],
          },
        ),
      ],
      jobs: [inRoom('crises.show_level', { crisisId: crisis.id, seq: crisis.timelineSeq + 1 })],
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
  if (isExcluded(crisis, next.userId)) return refuse({ code: 'excluded' });
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
      ],
    },
  );
}

/** From here on it goes by its code name, wherever somebody outside of it could read along. */
export const closeTeam = (crisis: Crisis, codeNames: ReadonlySet<string>): Crisis => ({
  ...crisis,
  isClosed: true,
  codeName: crisis.codeName ?? codeNameFor(crisis.id, codeNames),
});

/** Named here, done by the war room's jobs: takes number and title out of the name of a room, and out of its topic. */
export const hideName = (crisis: Pick<Crisis, 'id'>): Job[] => [
  inRoom('war_room.hide_name', { crisisId: crisis.id }),
  inRoom('war_room.set_topic', { crisisId: crisis.id }),
];

export type TeamWish = { excludedIds: readonly string[]; lawyerId: string | null; outsiderIds: readonly string[] };
/** `codeNames`: of the workspace's other crises. */
export type TeamKnown = {
  roster: readonly Department[];
  cellIds: ReadonlySet<string>;
  codeNames: ReadonlySet<string>;
};

/**
 * Whom it concerns is a matter of the lead alone: the timeline says that it changed, and names nobody. `calledId`: the
 * lawyer, where the one there was is left out.
 */
export function changeExcluded(
  crisis: Crisis,
  { excludedIds, lawyerId, outsiderIds }: TeamWish,
  { roster, cellIds, codeNames }: TeamKnown,
  by: Member,
  now: Date,
): Decision<{ crisis: Crisis; calledId: string | null }, CrisisRefusal> {
  const no = mayAct(crisis, by);
  if (no) return refuse(no);
  if (!by.isLead) return refuse({ code: 'not_lead' });
  if (!crisis.isPrivate) return refuse({ code: 'room_is_open' });
  const next = [...new Set(excludedIds)];
  if (next.includes(crisis.leadId)) return refuse({ code: 'lead_concerned' });
  if (crisis.targetedIds.some((id) => next.includes(id))) return refuse({ code: 'targeted_left_out' });
  if (lawyerId && [...next, ...crisis.targetedIds, ...outsiderIds].includes(lawyerId))
    return refuse({ code: 'lawyer_unfit' });
  const isSame = next.length === crisis.excludedIds.length && next.every((id) => isExcluded(crisis, id));
  const isNamed = crisis.codeName !== null || !crisis.isClosed;
  if (isSame && isNamed && !lawyerId) return accept({ crisis, calledId: null });
  const closed = {
    ...closeTeam(crisis, codeNames),
    excludedIds: next,
    lawyerId: lawyerId ?? (crisis.lawyerId && next.includes(crisis.lawyerId) ? null : crisis.lawyerId),
  };
  const lawyer = lawyerIn(closed, roster, cellIds);
  if (!lawyer) return refuse({ code: 'lawyer_missing' });
  const calledId = cellIds.has(lawyer) && lawyer !== lawyerId ? null : lawyer;
  const call = calledId ? [calledId] : [];
  return accept(
    { crisis: closed, calledId },
    {
      timeline: [
        entry('team_changed', now, by.userId, (w) => w.teamChanged(next.length), { leftOut: next.length }),
        ...calledByName(call, by.userId, now),
      ],
      jobs: [
        ...(crisis.codeName ? [] : hideName(crisis)),
        ...call.flatMap((userId) => [
          inRoom('war_room.add', { crisisId: crisis.id, userId }),
          inRoom('responders.show_call', { crisisId: crisis.id }),
          inRoom('responders.mention', { crisisId: crisis.id, at: now.getTime() }),
        ]),
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

type Say = (w: ReturnType<typeof words>['entry'], language: Language) => string;

function entry(kind: Kind, now: Date, actorId: string | null, say: Say, data: Record<string, unknown>): NewEntry {
  return { kind, occurredAt: now, actorId, text: inBoth((l) => say(words(l).entry, l)), data };
}
