import type { Executor, Tx } from '../../db/client.ts';
import { accept, type Decision, refuse } from '../core/decision.ts';
import { newId } from '../core/ids.ts';
import type { Level } from '../core/levels.ts';
import { actIn } from '../crises/change.ts';
import { type Crisis, mayKnowTitle } from '../crises/rules.ts';
import { findMember, lockCrisis, saveCrisis } from '../crises/store.ts';
import { nameOf } from '../crises/text.ts';
import { commit, type Deps } from '../jobs/commit.ts';
import { findPerson, rosterOf } from '../people/store.ts';
import type { Act } from '../slack/feature.ts';
import { lockWorkspace } from '../workspaces/store.ts';
import {
  type CalibrationRefusal,
  changeWeights,
  endedWith,
  enterCase,
  mayCalibrate,
  type PastCase,
  type Replayed,
  type SavedWeights,
} from './calibration.ts';
import { assessCrisis, decideLevel, linkToCrisis } from './level.ts';
import { planned, reassessmentRang } from './reassess.ts';
import type { Assessment, History, Kept, Matter, Outcome } from './records.ts';
import {
  type AssessmentRefusal,
  type Assessor,
  assessMatter,
  type Conclusion,
  conclude,
  isConfidential,
  mayAssess,
  sees,
  type Wish,
} from './rules.ts';
import type { Weights } from './score.ts';
import {
  type Assessed,
  assessorOf,
  findAssessmentOf,
  findMatterOf,
  findReassessment,
  historyOfCrisis,
  historyOfMatter,
  insertAssessment,
  insertMatter,
  insertOutcome,
  insertPastCase,
  insertWeights,
  isHidden,
  isMatterHidden,
  levelSince,
  lockMatterOf,
  pastCasesOf,
  recentAssessments,
  removePastCase,
  saveMatter,
  saveReassessment,
  weightsOf,
} from './store.ts';
import { watchRang } from './watch.ts';

type Answer<T> = Decision<T, AssessmentRefusal>;
const none: History = { assessments: [], outcomes: [] };

/** Assesses something outside of a crisis: anew, or a matter that was assessed before. */
export function assessSignal(
  act: Act,
  matterId: string | null,
  wish: Wish,
): Promise<Answer<{ matter: Matter; assessment: Assessment }>> {
  return commit(act, act.deliveryKey, async (tx) => {
    const { workspaceId, userId } = act.who;
    const assessor = await assessorOf(tx, workspaceId, userId);
    const matter = matterId ? await lockedFor(tx, act, matterId) : null;
    if (matterId && !matter) return { crisis: null, decision: refuse({ code: 'not_seen' }) };
    const [history, weights] = await Promise.all([
      matter ? historyOfMatter(tx, matter.id) : none,
      weightsOf(tx, workspaceId),
    ]);
    const known = { matter, history, weights, newMatterId: newId(), workspaceId };
    const decision = assessMatter(known, wish, assessor, act.now());
    if (decision.ok) {
      const { matter: next, assessment, isNew } = decision.value;
      await (isNew ? insertMatter(tx, next) : saveMatter(tx, next));
      await insertAssessment(tx, assessment);
    }
    return { crisis: null, decision };
  });
}

/** Assesses a crisis again; the reminder for the next time moves with it. */
export function reassess(
  act: Act,
  crisisId: string,
  wish: Wish,
): Promise<Answer<{ crisis: Crisis; assessment: Assessment }>> {
  return actIn(
    act,
    crisisId,
    async (tx, crisis, member): Promise<Answer<{ crisis: Crisis; assessment: Assessment }>> => {
      const now = act.now();
      const [history, weights, since] = await Promise.all([
        historyOfCrisis(tx, crisis.id),
        weightsOf(tx, crisis.workspaceId),
        levelSince(tx, crisis),
      ]);
      const decision = assessCrisis(crisis, { history, weights, levelSince: since }, wish, member, now);
      if (!decision.ok) return decision;
      await insertAssessment(tx, decision.value);
      const next = planned(crisis, await findReassessment(tx, crisis.id), 'assessed', now);
      await saveReassessment(tx, next.row);
      return {
        ...decision,
        value: { crisis, assessment: decision.value },
        jobs: [...decision.jobs, ...next.jobs],
        cancel: [...decision.cancel, ...next.cancel],
      };
    },
  );
}

/** The level of an assessed crisis; `level` null: the one that was computed. */
export async function setLevel(
  act: Act,
  assessmentId: string,
  level: Level | null,
  reason: string,
): Promise<Answer<{ crisis: Crisis; outcome: Outcome; assessment: Assessment }>> {
  const assessment = await findAssessmentOf(act.db, act.who.workspaceId, assessmentId);
  if (!assessment?.crisisId) return refuse({ code: 'not_seen' });
  return actIn(act, assessment.crisisId, async (tx, crisis, member) => {
    const history = await historyOfCrisis(tx, crisis.id);
    const verdict = { id: newId(), assessment, history, level: level ?? assessment.level, reason };
    const decision = decideLevel(crisis, verdict, member, act.now());
    if (!decision.ok) return decision;
    await saveCrisis(tx, decision.value.crisis);
    await insertOutcome(tx, decision.value.outcome);
    return { ...decision, value: { ...decision.value, assessment } };
  });
}

async function lockedFor(tx: Tx, act: Act, matterId: string): Promise<Matter | null> {
  const matter = await lockMatterOf(tx, act.who.workspaceId, matterId);
  return matter && !(await isMatterHidden(tx, matter, act.who.userId)) ? matter : null;
}

export type Concluded = { matter: Matter; outcome: Outcome; history: History };

/** One press about something that was assessed outside of a crisis. */
export function concludeMatter(
  act: Act,
  target: { matterId: string; v: number },
  conclusion: Conclusion,
): Promise<Answer<Concluded>> {
  return commit(act, act.deliveryKey, async (tx): Promise<{ crisis: null; decision: Answer<Concluded> }> => {
    const matter = await lockedFor(tx, act, target.matterId);
    if (!matter) return { crisis: null, decision: refuse({ code: 'not_seen' }) };
    const history = await historyOfMatter(tx, matter.id);
    const known = { matter, history, outcomeId: newId() };
    const assessor = await assessorOf(tx, act.who.workspaceId, act.who.userId);
    const decision = conclude(known, target.v, conclusion, assessor, act.now());
    if (!decision.ok) return { crisis: null, decision };
    const { matter: next, outcome } = decision.value;
    await saveMatter(tx, next);
    await insertOutcome(tx, outcome);
    const after = { ...history, outcomes: [...history.outcomes, outcome] };
    return { crisis: null, decision: { ...decision, value: { matter: next, outcome, history: after } } };
  });
}

/** Something assessed outside of a crisis, for somebody who may see it. */
export async function readMatter(act: Act, matterId: string): Promise<Answer<Kept>> {
  const matter = await findMatterOf(act.db, act.who.workspaceId, matterId);
  if (!matter || (await isMatterHidden(act.db, matter, act.who.userId))) return refuse({ code: 'not_seen' });
  const history = await historyOfMatter(act.db, matter.id);
  return sees(matter, history, await assessorOf(act.db, act.who.workspaceId, act.who.userId))
    ? accept({ matter, history })
    : refuse({ code: 'not_seen' });
}

/** Before the form for something new is opened. */
export const readAssessor = async (act: Act): Promise<Answer<Assessor>> => {
  const assessor = await assessorOf(act.db, act.who.workspaceId, act.who.userId);
  return mayAssess(assessor) ? accept(assessor) : refuse({ code: 'may_not_assess' });
};

type Nothing = { code: 'nothing_to_do' };

/** The alarm of a watch rang: the person who assessed it last is reminded, or a stand-in when they have left. */
export function remindWatch(deps: Deps, workspaceId: string, matterId: string, key: string) {
  return commit<Matter, Nothing>(deps, null, async (tx) => {
    const matter = await lockMatterOf(tx, workspaceId, matterId);
    const rang = matter && watchRang(matter, key, await recipientOf(tx, matter));
    if (!rang) return { crisis: null, decision: refuse({ code: 'nothing_to_do' }) };
    await saveMatter(tx, rang.matter);
    return { crisis: null, decision: accept(rang.matter, { jobs: rang.jobs }) };
  });
}

async function recipientOf(tx: Tx, matter: Matter): Promise<string> {
  const { workspaceId, watcherId } = matter;
  const watcher = await findPerson(tx, workspaceId, watcherId);
  // What concerns somebody of ours is handed to nobody by itself.
  if (!watcher?.isDeactivated || isConfidential(matter)) return watcherId;
  const roster = await rosterOf(tx, workspaceId);
  const standIn = ['communication', 'management'].flatMap((key) => roster.find((d) => d.key === key)?.peopleIds ?? []);
  return standIn[0] ?? watcherId;
}

/** The next reminder of a crisis: from its opening, or from the moment its level changed. */
export function planReminder(deps: Deps, crisisId: string, why: 'start' | 'level') {
  return commit<Crisis, Nothing>(deps, null, async (tx) => {
    const crisis = await lockCrisis(tx, crisisId);
    const { row, jobs, cancel } = planned(crisis, await findReassessment(tx, crisisId), why, deps.now());
    await saveReassessment(tx, row);
    return { crisis, decision: accept(crisis, { jobs, cancel }) };
  });
}

/** The alarm of a reassessment rang: the lead is asked once whether the level still holds. */
export function remindLead(deps: Deps, crisisId: string, key: string) {
  return commit<Crisis, Nothing>(deps, null, async (tx) => {
    const crisis = await lockCrisis(tx, crisisId);
    const rang = reassessmentRang(crisis, await findReassessment(tx, crisisId), key);
    if (!rang) return { crisis, decision: refuse({ code: 'nothing_to_do' }) };
    await saveReassessment(tx, rang.row);
    return { crisis, decision: accept(crisis, { jobs: rang.jobs }) };
  });
}

/** A crisis was declared from an assessment: its timeline tells it. Done once, when the declarer may see what was assessed. */
export function linkMatter(deps: Deps, crisisId: string, matterId: string) {
  return commit<Matter, { code: 'nothing_to_link' }>(deps, null, async (tx) => {
    const crisis = await lockCrisis(tx, crisisId);
    const matter = await lockMatterOf(tx, crisis.workspaceId, matterId);
    if (!matter) return { crisis, decision: refuse({ code: 'nothing_to_link' }) };
    const known = { matter, history: await historyOfMatter(tx, matterId), outcomeId: newId() };
    const by = await assessorOf(tx, crisis.workspaceId, crisis.declaredBy);
    const decision = linkToCrisis(known, crisis, by, deps.now());
    if (!decision.ok) return { crisis, decision };
    await saveMatter(tx, decision.value.matter);
    await insertOutcome(tx, decision.value.outcome);
    return { crisis, decision: { ...decision, value: decision.value.matter } };
  });
}

/** Saves the next version of the weights; refuses when somebody saved another since they were compared. */
export function saveWeights(
  act: Act,
  wish: { weights: Weights; reason: string; basedOn: number },
): Promise<Decision<SavedWeights, CalibrationRefusal>> {
  return commit<SavedWeights, CalibrationRefusal>(act, act.deliveryKey, async (tx) => {
    const { workspaceId, userId } = act.who;
    await lockWorkspace(tx, workspaceId);
    const [current, by] = await Promise.all([weightsOf(tx, workspaceId), assessorOf(tx, workspaceId, userId)]);
    const decision = changeWeights(current, wish, by, act.now());
    if (decision.ok) await insertWeights(tx, workspaceId, decision.value);
    return { crisis: null, decision };
  });
}

export function addCase(
  act: Act,
  entered: Pick<PastCase, 'title' | 'values' | 'flags' | 'level'>,
): Promise<Decision<PastCase, CalibrationRefusal>> {
  return commit(act, act.deliveryKey, async (tx) => {
    const { workspaceId, userId } = act.who;
    const made = { ...entered, id: newId(), workspaceId, enteredBy: userId, enteredAt: act.now() };
    const by = await assessorOf(tx, workspaceId, userId);
    const decision = enterCase({ ...made, removedBy: null, removedAt: null }, by);
    if (decision.ok) await insertPastCase(tx, decision.value);
    return { crisis: null, decision };
  });
}

export function removeCase(act: Act, caseId: string): Promise<Decision<null, CalibrationRefusal>> {
  return commit<null, CalibrationRefusal>(act, act.deliveryKey, async (tx) => {
    const { workspaceId, userId } = act.who;
    if (!mayCalibrate(await assessorOf(tx, workspaceId, userId)))
      return { crisis: null, decision: refuse({ code: 'may_not_calibrate' }) };
    const isGone = !(await removePastCase(tx, workspaceId, caseId, userId, act.now()));
    return { crisis: null, decision: isGone ? refuse({ code: 'case_gone' }) : accept(null) };
  });
}

/** Every case that people ended with a level for: each matter and crisis at its height, then those entered by hand. */
export async function readCases(
  db: Executor,
  by: Assessor & { workspaceId: string },
): Promise<{ assessed: Replayed[]; entered: Replayed[] }> {
  const [recent, past] = await Promise.all([
    recentAssessments(db, by.workspaceId, mostReplayed),
    pastCasesOf(db, by.workspaceId),
  ]);
  const peaks = new Map<string, Assessed & { ended: Level }>();
  for (const one of recent) {
    const isOver = one.assessment.crisisId !== null && one.crisis?.status === 'closed';
    const ended = endedWith(one.assessment, one.outcomes, isOver);
    const subject = one.matter?.crisisId ?? one.assessment.crisisId ?? one.assessment.matterId ?? '';
    const peak = peaks.get(subject);
    if (ended && (!peak || one.assessment.score > peak.assessment.score)) peaks.set(subject, { ...one, ended });
  }
  const assessed: Replayed[] = [];
  for (const { assessment, ended, ...about } of peaks.values()) {
    const { values, flags } = assessment;
    if (await isHidden(db, about.crisis, by.userId)) continue;
    const { matter } = about;
    if (matter && isConfidential(matter) && !sees(matter, { assessments: [assessment], outcomes: [] }, by)) continue;
    assessed.push({ values, flags, ended, title: await titleFor(db, by, assessment, about) });
  }
  return { assessed, entered: past.map(({ title, values, flags, level }) => ({ title, values, flags, ended: level })) };
}

const mostReplayed = 500;

/** Empty for somebody who may count with it, but not know what it was. */
async function titleFor(
  db: Executor,
  by: Assessor,
  assessment: Assessment,
  { matter, crisis }: Pick<Assessed, 'matter' | 'crisis'>,
): Promise<string> {
  if (matter) return sees(matter, { assessments: [assessment], outcomes: [] }, by) ? matter.title : '';
  if (!crisis) return '';
  return mayKnowTitle(crisis, await findMember(db, crisis, by.userId, null), by.roster) ? nameOf(crisis) : '';
}
