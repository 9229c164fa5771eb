import { accept, type Decision, type NewEntry, refuse } from '../../core/decision.ts';
import { inRoom, type Job } from '../../core/jobs.ts';
import { inBoth } from '../../core/locale.ts';
import { type Crisis, type Member, mayAct } from '../../crises/rules.ts';
import type { Kind } from '../entry-kinds.ts';
import type { RoomRefusal } from '../rules.ts';
import { words } from './text.ts';

/** How responsible we are likely to look (discipline C1). */
export const clusters = ['victim', 'accident', 'preventable'] as const;
export type Cluster = (typeof clusters)[number];
/** How true what we are reproached with is, as far as anybody knows. */
export const truths = ['confirmed', 'plausible', 'unknown', 'false'] as const;
export type Truth = (typeof truths)[number];
export const reputations = ['good', 'neutral', 'bad'] as const;
type Reputation = (typeof reputations)[number];

export type PostureQuestion = {
  cluster: Cluster;
  truth: Truth;
  /** A crisis of the same kind before this one. */
  hasHistory: boolean;
  /** What people thought of us before. */
  reputation: Reputation;
};

/** One row per crisis: the answers, and who gave them. */
export type PostureInputs = PostureQuestion & { crisisId: string; version: number; setBy: string; setAt: Date };

/** What to say before anything else, whatever the case: how people protect themselves, then what happened and what we fix. */
const firstWords = ['instructing', 'adjusting'] as const;
type FirstWord = (typeof firstWords)[number];

export type Stance =
  | 'deny_with_proof'
  | 'victimage'
  | 'diminish'
  | 'rebuild'
  | 'rebuild_longer'
  | 'corrective_action'
  | 'bolster';
type Avoid =
  | 'deny_unproven'
  | 'mix_deny'
  | 'repeat_claim'
  | 'admit_early'
  | 'guess_cause'
  | 'blame_others'
  | 'minimise'
  | 'bolster_alone';
type Because =
  | 'base_response'
  | 'truth_unknown'
  | 'truth_plausible'
  | 'truth_false'
  | 'cluster_victim'
  | 'cluster_accident'
  | 'cluster_preventable'
  | 'raised_by_history'
  | 'raised_by_reputation'
  | 'good_reputation'
  | 'victim_can_turn'
  | 'responsibility_beat_denial'
  | 'stealing_thunder'
  | 'empathy_with_facts';

export type Posture = {
  first: readonly FirstWord[];
  posture: readonly Stance[];
  avoid: readonly Avoid[];
  because: readonly Because[];
};

/**
 * A suggestion from two things apart from how grave it is: how responsible we look, and what is true (discipline C1;
 * SCCT after Coombs). Past crises and a bad name raise the threat by one step. As long as the truth is unknown, there
 * is nothing to say but how people protect themselves and what we are doing.
 */
export function postureOf(question: PostureQuestion): Posture {
  const { cluster, truth, hasHistory, reputation } = question;
  const posture = stances(question);
  const raised = [
    ...(hasHistory ? (['raised_by_history'] as const) : []),
    ...(reputation === 'bad' ? (['raised_by_reputation'] as const) : []),
  ];
  if (truth === 'unknown')
    return {
      first: firstWords,
      posture: [],
      avoid: ['deny_unproven', 'admit_early', 'guess_cause'],
      because: ['base_response', 'truth_unknown', 'empathy_with_facts'],
    };
  return {
    first: firstWords,
    posture,
    avoid: avoided(question, posture),
    because: [
      'base_response',
      ...(truth === 'false' ? (['truth_false'] as const) : ([`cluster_${cluster}`] as const)),
      ...(truth === 'plausible' ? (['truth_plausible'] as const) : []),
      ...raised,
      ...(posture.includes('bolster') ? (['good_reputation'] as const) : []),
      ...(cluster === 'victim' ? (['victim_can_turn'] as const) : []),
      ...(posture.includes('diminish') ? (['responsibility_beat_denial'] as const) : []),
      ...(truth === 'false' ? [] : (['stealing_thunder'] as const)),
      'empathy_with_facts',
    ],
  };
}

function stances(question: PostureQuestion): Stance[] {
  if (question.truth === 'unknown') return [];
  const bolster: Stance[] = question.reputation === 'good' ? ['bolster'] : [];
  if (question.truth === 'false') {
    const victimage: Stance[] = question.cluster === 'victim' && !isRaised(question) ? ['victimage'] : [];
    return ['deny_with_proof', ...victimage, ...bolster];
  }
  return [...answerTo(question), ...bolster];
}

const isRaised = ({ hasHistory, reputation }: PostureQuestion): boolean => hasHistory || reputation === 'bad';

function answerTo(question: PostureQuestion): Stance[] {
  const raised = isRaised(question);
  switch (question.cluster) {
    case 'victim':
      return raised ? ['diminish'] : ['victimage'];
    case 'accident':
      return [raised ? 'rebuild' : 'diminish', 'corrective_action'];
    case 'preventable':
      return [raised ? 'rebuild_longer' : 'rebuild', 'corrective_action'];
  }
}

function avoided({ truth, cluster }: PostureQuestion, posture: readonly Stance[]): Avoid[] {
  return [
    'mix_deny',
    ...(truth === 'false' ? (['repeat_claim'] as const) : (['deny_unproven'] as const)),
    ...(truth === 'plausible' ? (['admit_early'] as const) : []),
    ...(truth === 'confirmed' || truth === 'false' ? [] : (['guess_cause'] as const)),
    ...(truth !== 'false' && cluster !== 'victim' ? (['blame_others'] as const) : []),
    ...(truth !== 'false' && cluster === 'preventable' ? (['minimise'] as const) : []),
    ...(posture.includes('bolster') ? (['bolster_alone'] as const) : []),
  ];
}

export type PostureRefusal = RoomRefusal | { code: 'nothing_changed' } | { code: 'stale'; inputs: PostureInputs };

/** `version`: of the answers that the form was drawn from, 0 while there were none. */
export function setPosture(
  before: PostureInputs | undefined,
  version: number,
  question: PostureQuestion,
  crisis: Crisis,
  by: Member,
  now: Date,
): Decision<PostureInputs, PostureRefusal> {
  const no = mayAct(crisis, by);
  if (no) return refuse(no);
  if (before && before.version !== version) return refuse({ code: 'stale', inputs: before });
  const { cluster, truth, hasHistory, reputation } = question;
  const isSame =
    before?.cluster === cluster &&
    before.truth === truth &&
    before.hasHistory === hasHistory &&
    before.reputation === reputation;
  if (isSame) return refuse({ code: 'nothing_changed' });
  const answers = { cluster, truth, hasHistory, reputation };
  const inputs = { crisisId: crisis.id, ...answers, version: version + 1, setBy: by.userId, setAt: now };
  const { posture, avoid } = postureOf(inputs);
  return accept(inputs, {
    timeline: [
      {
        kind: 'posture_set',
        occurredAt: now,
        actorId: by.userId,
        text: inBoth((l) => words(l).entry.set(answers, posture)),
        data: { ...answers, posture, avoid, ...(before ? { from: before } : {}) },
      } satisfies NewEntry<Kind>,
    ],
    jobs: [show(inputs, true)],
  });
}

/** Somebody wants the room to read the suggestion. */
export function sharePosture(
  inputs: PostureInputs,
  version: number,
  crisis: Crisis,
  by: Member,
): Decision<PostureInputs, PostureRefusal> {
  const no = mayAct(crisis, by);
  if (no) return refuse(no);
  if (inputs.version !== version) return refuse({ code: 'stale', inputs });
  return accept(inputs, { jobs: [show(inputs)] });
}

/** `isShown`: only where the room has it already. */
const show = ({ crisisId, version }: PostureInputs, isShown = false): Job =>
  inRoom('facts.show_posture', { crisisId, version, isShown });
