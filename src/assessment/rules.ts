import { accept, type Decision, refuse } from '../core/decision.ts';
import { type Level, levelPlans } from '../core/levels.ts';
import { after, DAY, MINUTE } from '../core/time.ts';
import type { CommonRefusal } from '../crises/refusals.ts';
import { type Department, departmentsOfPerson } from '../people/rules.ts';
import type { Assessment, History, Matter, Outcome, OutcomeKind } from './records.ts';
import { compute, isEmpty, type Look, type Rating, type Standing, settle, type Weights } from './score.ts';
import { released, watched } from './watch.ts';

export const titleMax = 150;
export const baselineMax = 300;
/** Leaves room for the assessment itself in the summary of a declaration. */
export const accountMax = 2000;
export const reasonMax = 500;
const farthestWatch = 31 * DAY;

export type AssessmentRefusal =
  | Extract<CommonRefusal, { code: 'not_in_room' | 'closed' }>
  | { code: 'same_level' }
  | { code: 'may_not_assess' }
  | { code: 'not_seen' }
  | { code: 'title_missing' }
  | { code: 'concerns_assessor' }
  | { code: 'nothing_known' }
  | { code: 'too_long'; length: number; most: number }
  | { code: 'stale'; matter: Matter }
  | { code: 'already_declared' }
  | { code: 'not_watched' }
  | { code: 'superseded' }
  | { code: 'reason_missing' }
  | { code: 'time_missing' }
  | { code: 'time_past' }
  | { code: 'time_too_far' };

/** Somebody, as far as what is assessed outside of crises is concerned. */
export type Assessor = {
  userId: string;
  isOutsider: boolean;
  /** Null: everybody but outsiders may declare. */
  declarers: readonly string[] | null;
  roster: readonly Department[];
};

/** A person who may declare may assess. */
export const mayAssess = (by: Assessor): boolean =>
  !by.isOutsider && (by.declarers === null || by.declarers.includes(by.userId));

/**
 * A matter is seen by those who assessed it, by management, and by the people trusted to declare. Where everybody may
 * declare, communication takes the place of the latter: what may never become a crisis is nobody else's business. One that
 * concerns somebody of ours is seen by those who assessed it alone (decision 0007).
 */
function seesAll(by: Assessor): boolean {
  if (by.isOutsider) return false;
  const own = departmentsOfPerson(by.roster, by.userId).map(({ key }) => key);
  if (own.includes('management')) return true;
  return by.declarers === null ? own.includes('communication') : by.declarers.includes(by.userId);
}

export const sees = (matter: Matter, history: History, by: Assessor): boolean =>
  !by.isOutsider &&
  !matter.concernedIds.includes(by.userId) &&
  (matter.openedBy === by.userId ||
    history.assessments.some((a) => a.assessedBy === by.userId) ||
    (!isConfidential(matter) && seesAll(by)));

export const isConfidential = ({ concernedIds }: Pick<Matter, 'concernedIds'>): boolean => concernedIds.length > 0;

export type Wish = Rating & {
  id: string;
  title: string;
  account: string;
  url: string | null;
  baseline: string;
  /** Of us, by Slack id; empty for a crisis, which has its own. */
  concerned: readonly string[];
};
export type WeightsInForce = { version: number; weights: Weights };

/** Assesses something outside of a crisis, for the first time or again. */
export function assessMatter(
  known: { matter: Matter | null; history: History; weights: WeightsInForce; newMatterId: string; workspaceId: string },
  wish: Wish,
  by: Assessor,
  now: Date,
): Decision<{ matter: Matter; assessment: Assessment; isNew: boolean }, AssessmentRefusal> {
  const { matter, history } = known;
  if (!mayAssess(by)) return refuse({ code: 'may_not_assess' });
  if (matter && !sees(matter, history, by)) return refuse({ code: 'not_seen' });
  if (matter?.status === 'declared') return refuse({ code: 'already_declared' });
  const no = problemOf(wish, true) ?? concernFlaw(wish, by.userId) ?? knowledgeFlaw(wish);
  if (no) return refuse(no);
  const base = matter ?? opened(known.newMatterId, known.workspaceId, by.userId, now);
  const assessment = made(
    { workspaceId: base.workspaceId, matterId: base.id, crisisId: null },
    wish,
    known.weights,
    { standing: standingOf(history), history },
    by.userId,
    now,
  );
  const touched: Matter = {
    ...base,
    title: wish.title.trim(),
    watcherId: by.userId,
    concernedIds: [...new Set(wish.concerned)],
    version: matter ? matter.version + 1 : 1,
    changedBy: by.userId,
    changedAt: now,
  };
  // A watch stays one until somebody ends it; it is looked at again when its new level says so.
  const next =
    matter?.status === 'watch'
      ? watched(touched, after(now, watchMinutes(assessment.level) * MINUTE), matter)
      : released({ ...touched, status: 'assessed' }, matter);
  return accept({ matter: next.matter, assessment, isNew: matter === null }, { jobs: next.jobs, cancel: next.cancel });
}

const opened = (id: string, workspaceId: string, userId: string, now: Date): Matter => ({
  id,
  workspaceId,
  title: '',
  openedBy: userId,
  openedAt: now,
  status: 'assessed',
  crisisId: null,
  watcherId: userId,
  concernedIds: [],
  reassessAt: null,
  alarmKey: null,
  reminder: 0,
  remindedId: null,
  version: 1,
  changedBy: userId,
  changedAt: now,
});

/** What is wrong with what was entered, or null. */
export function problemOf(wish: Wish, hasTitle: boolean): AssessmentRefusal | null {
  const title = wish.title.trim();
  if (hasTitle && !title) return { code: 'title_missing' };
  if (title.length > titleMax) return { code: 'too_long', length: title.length, most: titleMax };
  const account = wish.account.trim();
  if (account.length > accountMax) return { code: 'too_long', length: account.length, most: accountMax };
  const { length } = wish.baseline.trim();
  return length > baselineMax ? { code: 'too_long', length, most: baselineMax } : null;
}

export const concernFlaw = ({ concerned }: Pick<Wish, 'concerned'>, userId: string): AssessmentRefusal | null =>
  concerned.includes(userId) ? { code: 'concerns_assessor' } : null;

/** An empty form gives no level. */
export const knowledgeFlaw = (wish: Rating): AssessmentRefusal | null =>
  isEmpty(wish) ? { code: 'nothing_known' } : null;

/** The assessment that somebody's wish makes, held against the level that stands. */
export function made(
  subject: Pick<Assessment, 'workspaceId' | 'matterId' | 'crisisId'>,
  wish: Wish,
  { version, weights }: WeightsInForce,
  { standing, history }: { standing: Standing | null; history: History },
  assessedBy: string,
  now: Date,
): Assessment {
  const { score, low, high, level, rule } = compute(wish, weights);
  const look = { at: now, score, level, isCapped: rule.code === 'cap' };
  const { level: settled, held } = settle(look, standing, history.assessments.map(lookOf));
  return {
    ...subject,
    id: wish.id,
    assessedBy,
    assessedAt: now,
    values: wish.values,
    flags: [...wish.flags],
    account: wish.account.trim(),
    url: wish.url,
    baseline: wish.baseline.trim(),
    weightsVersion: version,
    weights,
    score,
    low,
    high,
    computed: level,
    level: settled,
    rule: held ?? rule,
    before: standing?.level ?? null,
  };
}

/** With the weights of its day: what was clear of a level then was. */
function lookOf(assessment: Assessment): Look {
  const { assessedAt: at, score, computed: level } = assessment;
  return { at, score, level, isCapped: compute(assessment, assessment.weights).rule.code === 'cap' };
}

/** The level that a matter stands at, and since when; null before anything was said. */
export function standingOf({ assessments, outcomes }: History): Standing | null {
  const said = [
    ...assessments.map(({ level, assessedAt: at }) => ({ level, at })),
    ...outcomes.filter(({ kind }) => kind === 'overridden').map(({ level, decidedAt: at }) => ({ level, at })),
  ].toSorted((a, b) => a.at.getTime() - b.at.getTime());
  return said.reduce<Standing | null>(
    (standing, { level, at }) => (standing?.level === level ? standing : { level, since: at }),
    null,
  );
}

/** Until a watch is looked at again (discipline E5); what is not even a watch waits as long as one. */
export const watchMinutes = (level: Level): number => levelPlans[level].reassess?.first ?? 240;

/** What a press makes of a matter. */
export type Conclusion =
  | { kind: 'ordinary' }
  | { kind: 'watch'; until: Date | null }
  | { kind: 'end' }
  | { kind: 'override'; level: Level; reason: string };

/** Decides about a matter, once for each version of it. */
export function conclude(
  known: { matter: Matter; history: History; outcomeId: string },
  version: number,
  conclusion: Conclusion,
  by: Assessor,
  now: Date,
): Decision<{ matter: Matter; outcome: Outcome }, AssessmentRefusal> {
  const { matter, history } = known;
  const assessment = history.assessments.at(-1);
  if (!assessment || !sees(matter, history, by)) return refuse({ code: 'not_seen' });
  if (matter.status === 'declared') return refuse({ code: 'already_declared' });
  if (matter.version !== version) return refuse({ code: 'stale', matter });
  const no = conclusionFlaw(matter, conclusion, now);
  if (no) return refuse(no);
  const touched = { ...matter, version: matter.version + 1, changedBy: by.userId, changedAt: now };
  const standing = standingOf(history)?.level ?? assessment.level;
  const outcome = (kind: OutcomeKind, level: Level, reason = '') =>
    outcomeOf({ id: known.outcomeId, assessment, level }, kind, reason, by.userId, now);
  switch (conclusion.kind) {
    case 'ordinary': {
      const { matter: next, ...effects } = released({ ...touched, status: 'ordinary' }, matter);
      return accept({ matter: next, outcome: outcome('ordinary', 'routine') }, effects);
    }
    case 'end': {
      const { matter: next, ...effects } = released({ ...touched, status: 'ended' }, matter);
      return accept({ matter: next, outcome: outcome('ended', 'watch') }, effects);
    }
    case 'watch': {
      const { matter: next, ...effects } = watched(touched, conclusion.until as Date, matter);
      return accept({ matter: next, outcome: outcome('watch', standing) }, effects);
    }
    case 'override':
      return accept({ matter: touched, outcome: outcome('overridden', conclusion.level, conclusion.reason.trim()) });
  }
}

function conclusionFlaw(matter: Matter, conclusion: Conclusion, now: Date): AssessmentRefusal | null {
  switch (conclusion.kind) {
    case 'ordinary':
      return null;
    case 'end':
      return matter.status === 'watch' ? null : { code: 'not_watched' };
    case 'watch':
      if (!conclusion.until) return { code: 'time_missing' };
      if (conclusion.until <= now) return { code: 'time_past' };
      return conclusion.until > after(now, farthestWatch) ? { code: 'time_too_far' } : null;
    case 'override':
      return reasonFlaw(conclusion, false);
  }
}

/** `isApplied`: what was computed is its own reason. */
export function reasonFlaw({ reason }: { reason: string }, isApplied: boolean): AssessmentRefusal | null {
  if (isApplied) return null;
  const { length } = reason.trim();
  if (length === 0) return { code: 'reason_missing' };
  return length > reasonMax ? { code: 'too_long', length, most: reasonMax } : null;
}

export const outcomeOf = (
  { id, assessment, level }: { id: string; assessment: Assessment; level: Level },
  kind: OutcomeKind,
  reason: string,
  decidedBy: string,
  decidedAt: Date,
): Outcome => ({ id, assessmentId: assessment.id, kind, level, reason, decidedBy, decidedAt });
