import { type Accepted, accept, type Decision, type NewEntry, refuse } from '../core/decision.ts';
import { inRoom, type Job } from '../core/jobs.ts';
import { inBoth } from '../core/locale.ts';
import type { Audience } from '../core/statement-kinds.ts';
import { type Candidate, ownerProblem } from '../crises/owner.ts';
import type { CommonRefusal } from '../crises/refusals.ts';
import { type Crisis, type Member, mayAct } from '../crises/rules.ts';
import type { Kind } from './entry-kinds.ts';
import { words } from './text.ts';

/** In the order in which they hear, unless somebody decides otherwise (discipline F0). */
export const circles = ['affected', 'employees', 'front_line', 'partners', 'authorities', 'press', 'public'] as const;
export type Circle = (typeof circles)[number];

export type Stakeholder = {
  id: string;
  crisisId: string;
  number: number;
  name: string;
  circle: Circle;
  /** Who hears first has the lowest. */
  position: number;
  channel: string;
  /** The number of the statement by which they hear, or heard. */
  statementNumber: number | null;
  /** Who tells them. */
  ownerId: string | null;
  department: string | null;
  status: 'waiting' | 'told' | 'not_needed';
  toldAt: Date | null;
  toldBy: string | null;
  notNeededReason: string | null;
  version: number;
  /** Null where the product listed them, from a playbook. */
  recordedBy: string | null;
  recordedAt: Date;
  changedBy: string | null;
  changedAt: Date;
};

export const nameMax = 150;
export const channelMax = 200;
export const reasonMax = 300;

export type StakeholderRefusal =
  | Extract<CommonRefusal, { code: 'not_in_room' | 'closed' | 'cannot_own' | 'nothing_changed' }>
  | { code: 'name_missing' }
  | { code: 'name_too_long'; length: number }
  | { code: 'listed_already'; number: number }
  | { code: 'channel_too_long'; length: number }
  | { code: 'told_in_future' }
  | { code: 'reason_missing' }
  | { code: 'reason_too_long'; length: number }
  | { code: 'already_told'; stakeholder: Stakeholder }
  | { code: 'first_already' }
  | { code: 'last_already' }
  | { code: 'stale'; stakeholder: Stakeholder };

/** Whom a playbook's audience is about, as far as their turn goes. */
export const circleOf = (audience: Audience): Circle =>
  ({
    customers: 'affected',
    employees: 'employees',
    partners: 'partners',
    authorities: 'authorities',
    press: 'press',
    public: 'public',
  })[audience] as Circle;

/** One line of a list that is made at once, in the crisis's language. */
export type Listed = { id: string; name: string; channel: string; circle: Circle; department: string | null };

/**
 * A whole list, in the order it is given in, after those that are there. Who is listed already, by name, stays as they
 * are. `byId`: null when the product does it by itself, with a playbook.
 */
export function listStakeholders(
  crisis: Crisis,
  there: readonly Stakeholder[],
  list: readonly Listed[],
  byId: string | null,
  now: Date,
): Accepted<Stakeholder[]> {
  const fresh = list.filter((one, i) => !isListed(there, one.name) && list.findIndex((o) => sameName(o, one)) === i);
  if (fresh.length === 0) return accept([]);
  const [lastNumber, lastPosition] = [lastNumberOf(crisis, there), lastOf(there, 'position')];
  const added = fresh.map(
    (one, i): Stakeholder => ({
      ...one,
      crisisId: crisis.id,
      number: lastNumber + 1 + i,
      position: lastPosition + 1 + i,
      statementNumber: null,
      ownerId: null,
      ...untold,
      version: 1,
      recordedBy: byId,
      recordedAt: now,
      changedBy: byId,
      changedAt: now,
    }),
  );
  return accept(added, {
    timeline: [
      {
        kind: 'stakeholders_listed',
        occurredAt: now,
        actorId: byId,
        text: inBoth((l) => words(l).entry.listed(added)),
        data: { stakeholders: added.map(({ number, name, circle, channel }) => ({ number, name, circle, channel })) },
      } satisfies NewEntry<Kind>,
    ],
    jobs: [showList(crisis.id)],
  });
}

export type StakeholderWish = {
  name: string;
  circle: Circle;
  channel: string;
  statementNumber: number | null;
  owner: Candidate | null;
  department: string | null;
};

/** `others`: those whose place moved because of it. */
type Placed = { stakeholder: Stakeholder; others: Stakeholder[] };

/** Comes after everybody of their circle and of the circles before it. */
export function addStakeholder(
  crisis: Crisis,
  there: readonly Stakeholder[],
  wish: StakeholderWish & { id: string },
  by: Member,
  now: Date,
): Decision<Placed, StakeholderRefusal> {
  const no = mayAct(crisis, by) ?? problemOf(wish, there, null);
  if (no) return refuse(no);
  const rank = circles.indexOf(wish.circle);
  const ordered = inOrder(there);
  const before = ordered.findLastIndex((one) => circles.indexOf(one.circle) <= rank);
  const position = before + 2;
  const stakeholder: Stakeholder = {
    id: wish.id,
    crisisId: crisis.id,
    number: lastNumberOf(crisis, there) + 1,
    position,
    ...written(wish),
    ...untold,
    version: 1,
    recordedBy: by.userId,
    recordedAt: now,
    changedBy: by.userId,
    changedAt: now,
  };
  const others = moved(ordered, (_, i) => (i <= before ? i + 1 : i + 2));
  return accepted({ stakeholder, others }, 'stakeholder_added', by, now, (w) => w.added(stakeholder));
}

export type StakeholderMove =
  | ({ kind: 'edit' } & StakeholderWish)
  | { kind: 'told'; at: Date | null; statementNumber: number | null; channel: string }
  | { kind: 'not_needed'; reason: string }
  /** Told or not needed by mistake. */
  | { kind: 'waiting' }
  | { kind: 'up' }
  | { kind: 'down' };

export function changeStakeholder(
  stakeholder: Stakeholder,
  version: number,
  move: StakeholderMove,
  there: readonly Stakeholder[],
  crisis: Crisis,
  by: Member,
  now: Date,
): Decision<Placed, StakeholderRefusal> {
  const no = mayAct(crisis, by) ?? outOfDate(stakeholder, version, move.kind);
  if (no) return refuse(no);
  const next = { ...stakeholder, version: version + 1, changedBy: by.userId, changedAt: now };
  const done = (changed: Partial<Stakeholder>, kind: Kind, say: Say, data?: Record<string, unknown>) =>
    accepted({ stakeholder: { ...next, ...changed }, others: [] }, kind, by, now, say, data);
  switch (move.kind) {
    case 'edit': {
      const problem = problemOf(move, there, stakeholder.id);
      if (problem) return refuse(problem);
      const changed = { ...next, ...written(move) };
      const keys = Object.keys(written(move)) as (keyof Stakeholder)[];
      if (keys.every((key) => changed[key] === stakeholder[key])) return refuse({ code: 'nothing_changed' });
      return done(changed, 'stakeholder_changed', (w) => w.changed(changed, stakeholder.name));
    }
    case 'told':
      return tell(stakeholder, move, there, done, by, now);
    case 'not_needed': {
      const reason = move.reason.trim();
      if (!reason) return refuse({ code: 'reason_missing' });
      if (reason.length > reasonMax) return refuse({ code: 'reason_too_long', length: reason.length });
      return done(
        { ...untold, status: 'not_needed', notNeededReason: reason },
        'stakeholder_not_needed',
        (w) => w.notNeeded(stakeholder, reason),
        { reason },
      );
    }
    case 'waiting':
      return done({ ...untold }, 'stakeholder_waiting', (w) => w.waiting(stakeholder));
    case 'up':
    case 'down':
      return reorder(next, move.kind, there, by, now);
  }
}

type Done = (
  changed: Partial<Stakeholder>,
  kind: Kind,
  say: Say,
  data?: Record<string, unknown>,
) => Decision<Placed, StakeholderRefusal>;

function tell(
  stakeholder: Stakeholder,
  move: Extract<StakeholderMove, { kind: 'told' }>,
  there: readonly Stakeholder[],
  done: Done,
  by: Member,
  now: Date,
): Decision<Placed, StakeholderRefusal> {
  const channel = move.channel.trim();
  if (channel.length > channelMax) return refuse({ code: 'channel_too_long', length: channel.length });
  if (move.at && move.at > now) return refuse({ code: 'told_in_future' });
  const toldAt = move.at ?? now;
  const skipped = toldTooEarly(stakeholder, there);
  const after = { ...stakeholder, channel, statementNumber: move.statementNumber };
  return done(
    {
      status: 'told',
      toldAt,
      toldBy: by.userId,
      statementNumber: move.statementNumber,
      channel,
      notNeededReason: null,
    },
    'stakeholder_told',
    (w) => w.told(after, skipped),
    { toldAt: toldAt.toISOString(), before: skipped.map((one) => one.number) },
  );
}

const firstToHear: readonly Circle[] = ['affected', 'employees'];
const outside: readonly Circle[] = ['press', 'public'];

/** Affected people and employees who would learn it from the press: a warning, never a refusal (discipline F0). */
export const toldTooEarly = (stakeholder: Pick<Stakeholder, 'circle'>, there: readonly Stakeholder[]): Stakeholder[] =>
  outside.includes(stakeholder.circle) ? notToldYet(there).filter((one) => firstToHear.includes(one.circle)) : [];

/** Who learned it too late, and before whom, as long as it can still be made good. */
export function heardTooEarly(there: readonly Stakeholder[]): { told: Stakeholder; skipped: Stakeholder[] } | null {
  const told = inOrder(there).find((one) => one.status === 'told' && toldTooEarly(one, there).length > 0);
  return told ? { told, skipped: toldTooEarly(told, there) } : null;
}

/**
 * Whom a published text may have reached and who was not told yet, in their order. One for the general public may have
 * reached anybody.
 */
export const mayHaveHeard = (audience: Audience, there: readonly Stakeholder[]): Stakeholder[] =>
  notToldYet(there).filter(
    ({ circle }) =>
      audience === 'public' || circle === circleOf(audience) || (audience === 'employees' && circle === 'front_line'),
  );

/** Those who were to hear before whoever the text is written for, and were not told yet. */
export function passedOver(audience: Audience, there: readonly Stakeholder[]): Stakeholder[] {
  const waiting = notToldYet(there);
  const first = waiting.findIndex(({ circle }) => circle === circleOf(audience));
  return waiting.slice(0, Math.max(first, 0));
}

/** Those of `ids` hear by one text, in their order: who was told meanwhile stays as they are. */
export function tellAll(
  ids: readonly string[],
  told: { at: Date; statementNumber: number },
  there: readonly Stakeholder[],
  crisis: Crisis,
  by: Member,
  now: Date,
): Accepted<Stakeholder[]> {
  const all = accept<Stakeholder[]>([]);
  let known = there;
  for (const one of notToldYet(there).filter(({ id }) => ids.includes(id))) {
    const move = { kind: 'told', ...told, channel: one.channel } as const;
    const decision = changeStakeholder(one, one.version, move, known, crisis, by, now);
    if (!decision.ok) continue;
    const { stakeholder } = decision.value;
    known = known.map((other) => (other.id === one.id ? stakeholder : other));
    all.value.push(stakeholder);
    all.timeline.push(...decision.timeline);
    // One list for all of them.
    all.jobs.push(...decision.jobs.filter((job) => !all.jobs.some(({ kind }) => kind === job.kind)));
  }
  return all;
}

function reorder(
  stakeholder: Stakeholder,
  way: 'up' | 'down',
  there: readonly Stakeholder[],
  by: Member,
  now: Date,
): Decision<Placed, StakeholderRefusal> {
  const ordered = inOrder(there);
  const from = ordered.findIndex((one) => one.id === stakeholder.id);
  const to = way === 'up' ? from - 1 : from + 1;
  const neighbour = ordered[to];
  if (!neighbour) return refuse({ code: way === 'up' ? 'first_already' : 'last_already' });
  const others = moved(ordered, (one, i) => (one === neighbour ? from + 1 : i + 1)).filter(
    (one) => one.id !== stakeholder.id,
  );
  return accepted({ stakeholder: { ...stakeholder, position: to + 1 }, others }, 'stakeholder_moved', by, now, (w) =>
    w.moved(stakeholder, neighbour, way),
  );
}

/** Why a press on this version has no effect any more, or null. */
export function outOfDate(
  stakeholder: Stakeholder,
  version: number,
  move: StakeholderMove['kind'],
): StakeholderRefusal | null {
  if (move === 'told' && stakeholder.status === 'told') return { code: 'already_told', stakeholder };
  return stakeholder.version === version ? null : { code: 'stale', stakeholder };
}

function problemOf(
  wish: StakeholderWish,
  there: readonly Stakeholder[],
  ownId: string | null,
): StakeholderRefusal | null {
  const name = oneLine(wish.name);
  if (!name) return { code: 'name_missing' };
  if (name.length > nameMax) return { code: 'name_too_long', length: name.length };
  const twin = there.find((one) => one.id !== ownId && sameName(one, { name }));
  if (twin) return { code: 'listed_already', number: twin.number };
  if (wish.channel.trim().length > channelMax) return { code: 'channel_too_long', length: wish.channel.trim().length };
  return wish.owner && ownerProblem(wish.owner);
}

const oneLine = (text: string): string => text.replace(/\s+/gu, ' ').trim();
const folded = (name: string): string => oneLine(name).toLocaleLowerCase('fr');
const sameName = (a: { name: string }, b: { name: string }): boolean => folded(a.name) === folded(b.name);
const isListed = (there: readonly Stakeholder[], name: string): boolean => there.some((one) => sameName(one, { name }));

const written = (wish: StakeholderWish) => ({
  name: oneLine(wish.name),
  circle: wish.circle,
  channel: wish.channel.trim(),
  statementNumber: wish.statementNumber,
  ownerId: wish.owner?.userId ?? null,
  department: wish.department,
});

const untold = { status: 'waiting', toldAt: null, toldBy: null, notNeededReason: null } as const;

const lastNumberOf = ({ numbersFrom = 0 }: Crisis, there: readonly Stakeholder[]): number =>
  Math.max(numbersFrom, lastOf(there, 'number'));

const lastOf = (there: readonly Stakeholder[], key: 'number' | 'position'): number =>
  Math.max(0, ...there.map((one) => one[key]));

export const inOrder = (there: readonly Stakeholder[]): Stakeholder[] =>
  there.toSorted((a, b) => a.position - b.position || a.number - b.number);

/** Those who still have to hear, in their order: what the live brief and every digest say. */
export const notToldYet = (there: readonly Stakeholder[]): Stakeholder[] =>
  inOrder(there).filter((one) => one.status === 'waiting');

/** Those of `ordered` whose place is another one now. */
const moved = (ordered: readonly Stakeholder[], placeOf: (one: Stakeholder, index: number) => number): Stakeholder[] =>
  ordered.flatMap((one, i) => (placeOf(one, i) === one.position ? [] : [{ ...one, position: placeOf(one, i) }]));

export const peopleIn = (there: readonly Stakeholder[]): string[] =>
  there.flatMap((one) => [one.ownerId, one.toldBy, one.changedBy].filter((id) => id !== null));

const showList = (crisisId: string): Job => inRoom('stakeholders.show_list', { crisisId });

type Say = (w: ReturnType<typeof words>['entry']) => string;

function accepted(
  placed: Placed,
  kind: Kind,
  by: Member,
  now: Date,
  say: Say,
  data: Record<string, unknown> = {},
): Decision<Placed, StakeholderRefusal> {
  const { id, number, name, circle, channel, statementNumber, ownerId, department, status, position } =
    placed.stakeholder;
  const timeline: NewEntry = {
    kind,
    occurredAt: kind === 'stakeholder_told' ? (placed.stakeholder.toldAt ?? now) : now,
    actorId: by.userId,
    text: inBoth((l) => say(words(l).entry)),
    data: {
      stakeholderId: id,
      number,
      name,
      circle,
      channel,
      statementNumber,
      ownerId,
      department,
      status,
      position,
      ...data,
    },
  };
  return accept(placed, { timeline: [timeline], jobs: [showList(placed.stakeholder.crisisId)] });
}
