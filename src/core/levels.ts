/** From a remark to a catastrophe (discipline E3: R0, L1, L2, L3, L4). */
export const levels = ['routine', 'watch', 'incident', 'crisis', 'major'] as const;
export type Level = (typeof levels)[number];

/** What a level switches on, in minutes. Our judgement, to be calibrated: no published standard gives these figures. */
export type LevelPlan = {
  /** Within which a call-out must be answered. */
  answer: number;
  /** From the declaration to the first published words: what to aim for, and the limit. Null: nothing is due. */
  firstWords: { aim: number; limit: number } | null;
  /** A statement that is submitted is approved within. */
  approval: number;
  /** Until the level is assessed again: the first `times`, then the rest. */
  reassess: { first: number; times: number; later: number } | null;
  /** Between digests: the first four after a declaration or a change of level, then the rest. */
  digest: { first: number; later: number };
  /** A playbook's minutes, which are written for a crisis, are multiplied by this. */
  taskFactor: number;
};

/**
 * Discipline E5 (answers, first words, re-assessment, digests), C11 (approval), F0 (tasks); what they leave out below an
 * incident is as at an incident. At an incident first words are ready within the hour and sent if somebody asks.
 */
export const levelPlans: Record<Level, LevelPlan> = {
  major: {
    answer: 5,
    firstWords: { aim: 20, limit: 30 },
    approval: 10,
    reassess: { first: 30, times: 4, later: 60 },
    digest: { first: 30, later: 60 },
    taskFactor: 0.6,
  },
  crisis: {
    answer: 10,
    firstWords: { aim: 45, limit: 60 },
    approval: 15,
    reassess: { first: 60, times: 1, later: 60 },
    digest: { first: 60, later: 120 },
    taskFactor: 1,
  },
  incident: {
    answer: 15,
    firstWords: { aim: 60, limit: 60 },
    approval: 30,
    reassess: { first: 120, times: 1, later: 120 },
    digest: { first: 240, later: 240 },
    taskFactor: 2,
  },
  watch: {
    answer: 30,
    firstWords: null,
    approval: 30,
    reassess: { first: 240, times: 1, later: 240 },
    digest: { first: 1440, later: 1440 },
    taskFactor: 2,
  },
  routine: {
    answer: 30,
    firstWords: null,
    approval: 30,
    reassess: null,
    digest: { first: 1440, later: 1440 },
    taskFactor: 2,
  },
};

/** At `level` or above. */
export const atLeast = (level: Level, least: Level): boolean => levels.indexOf(level) >= levels.indexOf(least);
