import { type Accepted, accept, type Decision, refuse } from '../core/decision.ts';
import { idOf } from '../core/ids.ts';
import { type Level, levelPlans } from '../core/levels.ts';
import { after, MINUTE } from '../core/time.ts';
import { troubleWith } from '../crises/owner.ts';
import type { CommonRefusal } from '../crises/refusals.ts';
import { type Crisis, calledIn, mayAct, refreshBrief } from '../crises/rules.ts';
import type { Department } from '../people/rules.ts';
import {
  type Addition,
  alarmKey,
  type Caller,
  type Callout,
  type Change,
  isAwaitedByName,
  isOf,
  type NotCalled,
  type Stage,
  stageIds,
} from './callout.ts';
import { alsoEntry, answeredEntry, calledEntry, escalatedEntry, joinedEntry, peopleEntry } from './entries.ts';
import {
  addToRoom,
  alarmOf,
  comeIn,
  mentionCalled,
  mentionPeople,
  newcomers,
  showCall,
  showFirstCall,
  startFirstHour,
} from './orders.ts';

export type { Callout } from './callout.ts';

export type ResponderRefusal =
  | Extract<CommonRefusal, { code: 'not_in_room' | 'closed' }>
  | { code: 'outsider' }
  | { code: 'not_of_department'; callout: Callout }
  | { code: 'already_answered'; callout: Callout }
  | { code: 'already_relayed'; callout: Callout }
  | { code: 'not_called'; waiting: Callout[] }
  | { code: 'nobody_named' }
  | { code: 'not_callable'; people: NotCalled[] }
  | { code: 'nobody_in_department'; department: string; departmentName: string | null; isClosed: boolean }
  | { code: 'no_such_crisis' }
  | { code: 'which_crisis'; crises: Crisis[] };

/**
 * Calls every department that the level calls, or the playbook by its roles, and that was not called yet; the times of
 * the others follow the level.
 */
export function callDepartments(
  crisis: Crisis,
  roster: readonly Department[],
  existing: readonly Callout[],
  cellIds: ReadonlySet<string>,
  now: Date,
  roles: readonly string[] = [],
): Accepted<Change> {
  if (crisis.status === 'closed' || !crisis.channelId) return accept({ callouts: [], cell: [] });
  const known = new Set(existing.map((callout) => callout.department));
  const wanted = new Set([...calledIn(crisis, roster).map(({ key }) => key), ...roles]);
  const created = roster
    .filter((d) => wanted.has(d.key))
    .filter((d) => !known.has(d.key) && d.peopleIds.length + d.deputyIds.length > 0)
    .map((d) => firstCall(crisis, d, now));
  const moved = existing.flatMap((callout) => followLevel(callout, crisis.level, now));
  const called = created.filter((callout) => !callout.answeredAt);
  const cell: Addition[] = called.flatMap((callout) => stageMembers(callout));
  if (existing.length === 0) {
    const own = created.find((callout) => callout.answeredBy === crisis.declaredBy)?.department ?? null;
    cell.push({ userId: crisis.declaredBy, department: own, isDeputy: false, presentAt: crisis.declaredAt });
  }
  return accept(
    { callouts: [...created, ...moved.map(({ callout }) => callout)], cell },
    {
      timeline: created.map((callout) => calledEntry(callout, null, now)),
      jobs: [
        ...newcomers(crisis.id, called.flatMap(stageIds), cellIds),
        ...[...called, ...moved.map(({ callout }) => callout)].flatMap(alarmOf),
        ...(moved.length > 0 ? [refreshBrief(crisis.id)] : []),
        ...(existing.length === 0
          ? [showFirstCall(crisis.id)]
          : [showCall(crisis.id), ...mentionCalled(crisis.id, called)]),
        startFirstHour(crisis.id),
      ],
      cancel: moved.map(({ cancel }) => cancel),
    },
  );
}

/** The person who declared the crisis is on it already: their department has answered with the declaration. */
function firstCall(crisis: Crisis, department: Department, now: Date): Callout {
  const declared = department.peopleIds.includes(crisis.declaredBy);
  return {
    ...begun(crisis, department, now),
    id: idOf(`callout:${crisis.id}:${department.key}`),
    round: 1,
    version: 1,
    ...(declared ? { answeredBy: crisis.declaredBy, answeredAt: now } : {}),
  };
}

function begun(crisis: Crisis, department: Department, now: Date) {
  const { peopleIds } = department;
  return {
    crisisId: crisis.id,
    department: department.key,
    departmentName: department.name,
    stage: peopleIds.length > 0 ? ('people' as const) : ('deputies' as const),
    stageAt: now,
    deputiesAt: peopleIds.length > 0 ? null : now,
    reason: '',
    peopleIds: [...peopleIds],
    deputyIds: department.deputyIds.filter((id) => !peopleIds.includes(id)),
    declinedIds: [],
    toldLeadId: null,
    calledBy: null,
    calledAt: now,
    dueAt: after(now, delayOf(crisis.level)),
    answeredBy: null,
    answeredAt: null,
  };
}

/** Milliseconds within which a stage must be answered. */
const delayOf = (level: Level): number => levelPlans[level].answer * MINUTE;

/**
 * The time that was said follows the level: sooner when it rises, later only when it falls. A deadline that has gone by
 * (under the new level, or while the crisis was closed) is due at once.
 */
function followLevel(callout: Callout, level: Level, now: Date): { callout: Callout; cancel: string }[] {
  if (callout.answeredAt || callout.stage === 'lead') return [];
  const wanted = after(callout.stageAt, delayOf(level));
  const dueAt = wanted > now ? wanted : now;
  if (dueAt.getTime() === callout.dueAt.getTime()) return [];
  return [{ callout: { ...callout, dueAt, version: callout.version + 1 }, cancel: alarmKey(callout) }];
}

export type Answer = Change & { outcome: 'answered' | 'already_yours' | 'also_present'; callout: Callout };

/** "I'm on it." Idempotent; the first answer counts; others of the department who answer are recorded as present. */
export function answer(crisis: Crisis, callout: Callout, by: Caller, now: Date): Decision<Answer, ResponderRefusal> {
  const ours = isOf(callout, by);
  const no = mayCome(crisis, by, ours);
  if (no) return refuse(no);
  if (callout.answeredBy === by.userId)
    return accept({ callouts: [], cell: [], outcome: 'already_yours', callout }, { jobs: [showCall(crisis.id)] });
  if (!ours && !by.isLead) return refuse({ code: 'not_of_department', callout });
  if (callout.answeredAt && !ours) return refuse({ code: 'already_answered', callout });
  const cell = [presence(callout, by, now)];
  if (callout.answeredAt) {
    const isNews = !by.presentAt || by.presentAt < callout.calledAt;
    return accept(
      { callouts: [], cell, outcome: 'also_present', callout },
      {
        timeline: isNews ? [alsoEntry(callout, by, now)] : [],
        jobs: comeIn(crisis.id, by),
      },
    );
  }
  const answered = { ...callout, answeredBy: by.userId, answeredAt: now, version: callout.version + 1 };
  return accept(
    { callouts: [answered], cell, outcome: 'answered', callout: answered },
    {
      timeline: [answeredEntry(answered, by.userId, now)],
      jobs: comeIn(crisis.id, by),
      cancel: [alarmKey(callout)],
    },
  );
}

/** "I cannot": the next in line are called at once, and everybody sees who said so. */
export function cannot(
  crisis: Crisis,
  callout: Callout,
  by: Caller,
  now: Date,
): Decision<Change & { callout: Callout }, ResponderRefusal> {
  const no = mayCome(crisis, by, isOf(callout, by));
  if (no) return refuse(no);
  if (callout.answeredAt) return refuse({ code: 'already_answered', callout });
  if (!isOf(callout, by)) return refuse({ code: 'not_of_department', callout });
  const isTheirTurn = stageIds(callout).includes(by.userId);
  if (callout.stage === 'lead' || !isTheirTurn) return refuse({ code: 'already_relayed', callout });
  const declined = { ...callout, declinedIds: [...callout.declinedIds, by.userId] };
  const change = escalate(crisis, declined, by.userId, now);
  return accept({ ...change.value, callout: change.value.callouts[0] ?? declined }, change);
}

/** The alarm of one version rang. Whatever has changed since made another version, and another alarm. */
export function silence(
  crisis: Crisis,
  callout: Callout,
  version: number,
  now: Date,
  goneIds: ReadonlySet<string> = new Set(),
): Accepted<Change> {
  const isOver = crisis.status === 'closed' || callout.answeredAt !== null || callout.stage === 'lead';
  if (isOver || callout.version !== version) return accept({ callouts: [], cell: [] });
  return escalate(crisis, without(callout, goneIds), null, now);
}

/** Slack no longer knows anybody whom a department waits on: the next in line are called at once. */
export function lost(crisis: Crisis, callout: Callout, goneIds: ReadonlySet<string>, now: Date): Accepted<Change> {
  const isOver = crisis.status === 'closed' || callout.answeredAt !== null || callout.stage === 'lead';
  if (isOver || stageIds(callout).some((id) => !goneIds.has(id))) return accept({ callouts: [], cell: [] });
  return escalate(crisis, without(callout, goneIds), null, now);
}

/** Deputies who have gone are nobody to wait for. */
const without = (callout: Callout, goneIds: ReadonlySet<string>): Callout => ({
  ...callout,
  deputyIds: callout.deputyIds.filter((id) => !goneIds.has(id)),
});

function escalate(crisis: Crisis, callout: Callout, declinedBy: string | null, now: Date): Accepted<Change> {
  // Deputies noted down before a team was closed do not widen it.
  const hasDeputies = callout.deputyIds.length > 0 && !crisis.isClosed;
  const stage: Stage = callout.stage === 'people' && hasDeputies ? 'deputies' : 'lead';
  const next: Callout = {
    ...callout,
    stage,
    stageAt: now,
    deputiesAt: stage === 'deputies' ? now : callout.deputiesAt,
    dueAt: stage === 'lead' ? now : after(now, delayOf(crisis.level)),
    toldLeadId: stage === 'lead' ? crisis.leadId : callout.toldLeadId,
    version: callout.version + 1,
  };
  return accept(
    { callouts: [next], cell: stage === 'deputies' ? stageMembers(next) : [] },
    {
      timeline: [escalatedEntry(callout, next, declinedBy, now)],
      jobs: [
        ...(stage === 'deputies' ? next.deputyIds.map((userId) => addToRoom(crisis.id, userId)) : []),
        showCall(crisis.id),
        ...mentionCalled(crisis.id, [next]),
        ...alarmOf(next),
      ],
      cancel: [alarmKey(callout)],
    },
  );
}

/** A person calls a department: for the first time, or again because nobody answers or those who did are gone. */
export function callAgain(
  crisis: Crisis,
  department: Department,
  before: Callout | null,
  reason: string,
  by: Caller,
  cellIds: ReadonlySet<string>,
  now: Date,
): Decision<Change & { callout: Callout }, ResponderRefusal> {
  const no = by.isOutsider ? { code: 'outsider' as const } : mayAct(crisis, by);
  if (no) return refuse(no);
  if (department.peopleIds.length + department.deputyIds.length === 0)
    return refuse({
      code: 'nobody_in_department',
      department: department.key,
      departmentName: department.name,
      isClosed: crisis.isClosed,
    });
  const fresh = begun(crisis, department, now);
  const isWaiting = before !== null && before.answeredAt === null;
  const callout: Callout = {
    ...fresh,
    ...(isWaiting ? whereItWas(before, fresh, now) : {}),
    id: before?.id ?? idOf(`callout:${crisis.id}:${department.key}`),
    round: (before?.round ?? 0) + 1,
    version: (before?.version ?? 0) + 1,
    reason: reason.trim(),
    calledBy: by.userId,
  };
  return accept(
    { callouts: [callout], cell: stageMembers(callout), callout },
    {
      timeline: [calledEntry(callout, by.userId, now)],
      jobs: [
        ...newcomers(crisis.id, stageIds(callout), cellIds),
        showCall(crisis.id),
        ...mentionCalled(crisis.id, [callout]),
        ...alarmOf(callout),
      ],
      cancel: before ? [alarmKey(before)] : [],
    },
  );
}

/** Deputies who were called stay called, and a deadline that runs is not put off by calling louder. */
function whereItWas(before: Callout, fresh: ReturnType<typeof begun>, now: Date) {
  const withDeputies = before.stage !== 'people' && fresh.deputyIds.length > 0;
  const runsOut = before.stage !== 'lead' && before.dueAt > now && before.dueAt < fresh.dueAt;
  return {
    ...(withDeputies ? { stage: 'deputies' as const, deputiesAt: before.deputiesAt ?? now } : {}),
    // The stage goes on as it began: its time is the one that was said.
    ...(runsOut ? { stageAt: before.stageAt, dueAt: before.dueAt } : {}),
  };
}

export type PeopleCalled = Change & { called: string[]; refused: NotCalled[] };

/** Calls people by name, for a department or for none. Those who cannot be called are named, the others are called. */
export function callPeople(
  crisis: Crisis,
  wanted: readonly { userId: string; person: Parameters<typeof troubleWith>[0] | null; isExcluded?: boolean }[],
  department: string | null,
  reason: string,
  by: Caller,
  now: Date,
): Decision<PeopleCalled, ResponderRefusal> {
  const no = by.isOutsider ? { code: 'outsider' as const } : mayAct(crisis, by);
  if (no) return refuse(no);
  if (wanted.length === 0) return refuse({ code: 'nobody_named' });
  const refused: NotCalled[] = wanted.flatMap(({ userId, person, isExcluded }) => {
    const why = isExcluded ? 'excluded' : userId === by.userId ? 'yourself' : troubleWith(person ?? undefined);
    return why ? [{ userId, why }] : [];
  });
  const called = wanted.map((w) => w.userId).filter((id) => !refused.some((r) => r.userId === id));
  if (called.length === 0) return refuse({ code: 'not_callable', people: refused });
  const call = { at: now, by: by.userId, reason: reason.trim() };
  return accept(
    {
      callouts: [],
      cell: called.map((userId) => ({ userId, department, isDeputy: false, called: call })),
      called,
      refused,
    },
    {
      timeline: [peopleEntry(called, by.userId, reason.trim(), now)],
      jobs: [
        ...called.map((userId) => addToRoom(crisis.id, userId)),
        showCall(crisis.id),
        mentionPeople(crisis.id, now),
      ],
    },
  );
}

export type Joined = Change & { outcome: 'answered' | 'joined' | 'already'; departments: Callout[] };

/** "I'm on it" without a button: answers for the person's departments, and brings them to the room. */
export function join(
  crisis: Crisis,
  callouts: readonly Callout[],
  rosterDepartment: { key: string; isDeputy: boolean } | null,
  by: Caller,
  now: Date,
): Decision<Joined, ResponderRefusal> {
  const theirs = callouts.filter((callout) => isOf(callout, by));
  const isWelcome = by.inCell || theirs.length > 0 || !crisis.isPrivate;
  // A private crisis and one that does not exist are refused in the same words.
  if (!isWelcome) return refuse({ code: 'no_such_crisis' });
  const no = mayCome(crisis, by, true);
  if (no) return refuse(no);
  const waiting = theirs.filter((callout) => !callout.answeredAt);
  const answers = waiting.flatMap((callout) => {
    const decision = answer(crisis, callout, by, now);
    return decision.ok ? [decision] : [];
  });
  const isNew = !by.inCell || !by.presentAt || isAwaitedByName(by);
  const cell: Addition = {
    userId: by.userId,
    department: by.department ?? theirs[0]?.department ?? rosterDepartment?.key ?? null,
    isDeputy: rosterDepartment?.isDeputy ?? false,
    presentAt: now,
  };
  return accept(
    {
      callouts: answers.flatMap((a) => a.value.callouts),
      cell: isNew || answers.length > 0 ? [cell] : [],
      outcome: answers.length > 0 ? 'answered' : isNew ? 'joined' : 'already',
      departments: answers.map((a) => a.value.callout),
    },
    {
      timeline: answers.length > 0 ? answers.flatMap((a) => a.timeline) : isNew ? [joinedEntry(by, now)] : [],
      jobs: comeIn(crisis.id, by),
      cancel: answers.flatMap((a) => a.cancel),
    },
  );
}

/** Being of the called department is a reason to come in; for everybody else, being in the cell is. */
export function mayCome(
  crisis: Crisis,
  by: Caller,
  isExpected: boolean,
): Extract<ResponderRefusal, { code: 'not_in_room' | 'closed' | 'outsider' }> | null {
  if (by.isOutsider) return { code: 'outsider' };
  return mayAct(crisis, { ...by, inCell: by.inCell || isExpected });
}
const stageMembers = (callout: Callout): Addition[] => [
  ...callout.peopleIds.map((userId) => ({ userId, department: callout.department, isDeputy: false })),
  ...(callout.stage === 'people' ? [] : callout.deputyIds).map((userId) => ({
    userId,
    department: callout.department,
    isDeputy: true,
  })),
];

const presence = (callout: Callout, by: Caller, now: Date): Addition => ({
  userId: by.userId,
  department: isOf(callout, by) ? callout.department : null,
  isDeputy: callout.deputyIds.includes(by.userId),
  presentAt: now,
});
