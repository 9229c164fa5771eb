import type { Level } from '../core/levels.ts';
import type { Flag, Rule, Values, Weights } from './score.ts';

export type Assessment = {
  id: string;
  workspaceId: string;
  /** One of the two says what was assessed. */
  matterId: string | null;
  crisisId: string | null;
  assessedBy: string;
  assessedAt: Date;
  values: Values;
  flags: Flag[];
  /** What is said, or what happened. Empty for a crisis, which has its own. */
  account: string;
  url: string | null;
  baseline: string;
  weightsVersion: number;
  weights: Weights;
  score: number;
  low: number;
  high: number;
  /** What the values give by themselves. */
  computed: Level;
  /** The level after what stood before was considered. */
  level: Level;
  rule: Rule;
  before: Level | null;
};

export type OutcomeKind = 'applied' | 'overridden' | 'ordinary' | 'watch' | 'ended' | 'declared';
/** What people made of an assessment; `level` is the one they ended with. */
export type Outcome = {
  id: string;
  assessmentId: string;
  kind: OutcomeKind;
  level: Level;
  reason: string;
  decidedBy: string;
  decidedAt: Date;
};

/** Something that was assessed outside of a crisis. */
export type Matter = {
  id: string;
  workspaceId: string;
  title: string;
  openedBy: string;
  openedAt: Date;
  status: 'assessed' | 'watch' | 'ordinary' | 'ended' | 'declared';
  crisisId: string | null;
  watcherId: string;
  /** Whom it concerns among our own: when it names somebody, only those who assessed it see it. */
  concernedIds: string[];
  reassessAt: Date | null;
  alarmKey: string | null;
  reminder: number;
  remindedId: string | null;
  version: number;
  changedBy: string;
  changedAt: Date;
};

/** All that was said about one matter or crisis, oldest first. */
export type History = { assessments: readonly Assessment[]; outcomes: readonly Outcome[] };

/** A matter with all that was said about it. */
export type Kept = { matter: Matter; history: History };

/** Everybody who assessed or decided. */
export const peopleIn = ({ assessments, outcomes }: History): string[] => [
  ...assessments.map(({ assessedBy }) => assessedBy),
  ...outcomes.map(({ decidedBy }) => decidedBy),
];
