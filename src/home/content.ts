import type { Kept } from '../assessment/views.ts';
import type { Bilingual } from '../core/locale.ts';
import type { Crisis } from '../crises/rules.ts';
import type { Gap } from '../settings/rules.ts';
import type { Duties, Snapshot } from './duties.ts';

export type Elsewhere = {
  mine: readonly { snapshot: Snapshot; duties: Duties }[];
  others: readonly Crisis[];
  /** Nobody has set the crisis cell up yet. */
  isNew: boolean;
};

export type HomeContent = Elsewhere & {
  name: string;
  answersFor: readonly { key: string; isDeputy: boolean }[];
  /** What was assessed outside of crises and is not settled yet, as far as this person may see it. */
  kept: readonly Kept[];
  gaps: readonly Gap[];
  mayChange: boolean;
  /** How prepared the workspace is, of 100. */
  score: number;
};

/** What help and the panel need of a command. */
export type Command = { name: string; aliases: readonly string[]; usage: Bilingual; summary: Bilingual };

/** The commands, grouped by slice, in the order in which they are registered. */
export type Commands = readonly { title: Bilingual; entries: readonly Command[] }[];
