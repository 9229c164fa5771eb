import { accept, type Decision, type NewEntry, refuse } from '../core/decision.ts';
import { alarm, inRoom, type Job } from '../core/jobs.ts';
import type { Level } from '../core/levels.ts';
import { inBoth, type Language } from '../core/locale.ts';
import { after, dateTime, MINUTE } from '../core/time.ts';
import { type Crisis, changeLevel, type Member, mayAct } from '../crises/rules.ts';
import { levelName } from '../crises/text.ts';
import type { Kind } from './entry-kinds.ts';
import { ruleText, scoreText } from './lines.ts';
import type { Assessment, History, Matter, Outcome } from './records.ts';
import {
  type AssessmentRefusal,
  type Assessor,
  knowledgeFlaw,
  made,
  outcomeOf,
  problemOf,
  reasonFlaw,
  sees,
  type WeightsInForce,
  type Wish,
} from './rules.ts';
import { words } from './text.ts';
import { released } from './watch.ts';

/** Assesses an open crisis again. The level itself changes only by a press of its own. */
export function assessCrisis(
  crisis: Crisis,
  known: { history: History; weights: WeightsInForce; levelSince: Date },
  wish: Wish,
  by: Member,
  now: Date,
): Decision<Assessment, AssessmentRefusal> {
  const no = mayAct(crisis, by) ?? problemOf(wish, false) ?? knowledgeFlaw(wish);
  if (no) return refuse(no);
  const standing = { level: crisis.level, since: known.levelSince };
  const subject = { workspaceId: crisis.workspaceId, matterId: null, crisisId: crisis.id };
  const assessment = made(subject, wish, known.weights, { standing, history: known.history }, by.userId, now);
  const previous = known.history.assessments.findLast((a) => a.crisisId === crisis.id);
  return accept(assessment, {
    timeline: [assessedEntry('crisis_assessed', assessment, crisis.timeZone, now)],
    // The earlier one loses its buttons.
    jobs: [
      ...(assessment.level === crisis.level ? [] : [propose(assessment, now)]),
      ...(previous ? [show(previous)] : []),
    ],
  });
}

/** While whoever assessed it may still decide in the form: the room is asked only about what they left open. */
const ownTime = 2 * MINUTE;

const propose = ({ id, crisisId }: Assessment, now: Date): Job =>
  alarm(
    'assessment.propose',
    { crisisId: crisisId as string, assessmentId: id },
    after(now, ownTime),
    `assessment.propose:${id}`,
  );

const show = ({ id, crisisId }: Assessment): Job =>
  inRoom('assessment.show', { crisisId: crisisId as string, assessmentId: id });

function assessedEntry(
  kind: Exclude<Kind, 'level_kept'>,
  assessment: Assessment,
  timeZone: string,
  occurredAt: Date,
): NewEntry<Kind> {
  const { values, flags, score, low, high, computed, level, rule, weightsVersion, url } = assessment;
  return {
    kind,
    occurredAt,
    actorId: assessment.assessedBy,
    text: inBoth((l) =>
      words(l).entry[kind](
        scoreText(assessment, l),
        levelName(level, l),
        ruleText(assessment, l, clockOf(timeZone, l)),
      ),
    ),
    data: { assessmentId: assessment.id, values, flags, score, low, high, computed, level, rule, weightsVersion, url },
  };
}

export type Verdict = { id: string; assessment: Assessment; history: History; level: Level; reason: string };

/**
 * The level of an assessed crisis changes by one press, to what was computed, or to another one with a reason. A level
 * that is kept against what was computed is recorded as well.
 */
export function decideLevel(
  crisis: Crisis,
  verdict: Verdict,
  by: Member,
  now: Date,
): Decision<{ crisis: Crisis; outcome: Outcome }, AssessmentRefusal> {
  const { assessment, level } = verdict;
  const no = mayAct(crisis, by);
  if (no) return refuse(no);
  const isApplied = level === assessment.level;
  const flaw = isLatest(verdict) ? reasonFlaw(verdict, isApplied) : { code: 'superseded' as const };
  if (flaw) return refuse(flaw);
  const reason = isApplied ? null : verdict.reason.trim();
  const outcome = outcomeOf(verdict, isApplied ? 'applied' : 'overridden', reason ?? '', by.userId, now);
  const because = inBoth((l) => reasonText(assessment, level, reason, crisis.timeZone, l));
  if (level === crisis.level) {
    if (isApplied) return refuse({ code: 'same_level' });
    const kept: NewEntry<Kind> = {
      kind: 'level_kept',
      occurredAt: now,
      actorId: by.userId,
      text: inBoth((l) => words(l).entry.kept(levelName(level, l), because[l])),
      data: { level, computed: assessment.level, reason, assessmentId: assessment.id },
    };
    return accept({ crisis, outcome }, { timeline: [kept], jobs: [show(assessment)] });
  }
  const changed = changeLevel(crisis, level, because, by, now);
  if (!changed.ok) return refuse(changed.refusal as AssessmentRefusal);
  return accept(
    { crisis: changed.value, outcome },
    { timeline: changed.timeline, jobs: [...changed.jobs, show(assessment)] },
  );
}

const isLatest = ({ assessment, history }: Verdict): boolean => history.assessments.at(-1)?.id === assessment.id;

function reasonText(
  assessment: Assessment,
  level: Level,
  reason: string | null,
  timeZone: string,
  language: Language,
): string {
  const w = words(language).entry;
  const score = scoreText(assessment, language);
  if (level !== assessment.level) return w.override(reason ?? '', levelName(assessment.level, language), score);
  return w.computed(score, ruleText(assessment, language, clockOf(timeZone, language)));
}

/** Timelines name their time zone. */
const clockOf = (timeZone: string, language: Language) => (date: Date) =>
  `${dateTime(date, timeZone, language)} (${timeZone})`;

/** A crisis was declared from the assessment of this matter: its timeline begins with what was known before. */
export function linkToCrisis(
  known: { matter: Matter; history: History; outcomeId: string },
  crisis: Pick<Crisis, 'id' | 'level' | 'declaredBy' | 'timeZone'>,
  by: Assessor,
  now: Date,
): Decision<{ matter: Matter; outcome: Outcome }, { code: 'nothing_to_link' }> {
  const { matter, history } = known;
  const assessment = history.assessments.at(-1);
  if (!assessment || matter.status === 'declared' || !sees(matter, history, by))
    return refuse({ code: 'nothing_to_link' });
  const touched: Matter = {
    ...matter,
    status: 'declared',
    crisisId: crisis.id,
    version: matter.version + 1,
    changedBy: crisis.declaredBy,
    changedAt: now,
  };
  const { matter: next, ...effects } = released(touched, matter);
  const outcome = outcomeOf(
    { id: known.outcomeId, assessment, level: crisis.level },
    'declared',
    '',
    crisis.declaredBy,
    now,
  );
  return accept(
    { matter: next, outcome },
    { ...effects, timeline: [assessedEntry('assessed_before', assessment, crisis.timeZone, assessment.assessedAt)] },
  );
}
