import type { Kept } from '../assessment/views.ts';
import type { Bilingual } from '../core/locale.ts';
import type { Crisis } from '../crises/rules.ts';
import type { Gap } from '../settings/rules.ts';
import type { Wait } from '../slack/waits.ts';

/** What waits on one person, and in which of their crises. */
export type Mine = { crisis: Crisis; wait: Wait };

export type Elsewhere = {
  /** The soonest first, over all crises. */
  waits: readonly Mine[];
  mine: readonly Crisis[];
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

/** The commands, by slice, in the order in which they are registered. */
export type Commands = readonly { title: Bilingual; entries: readonly Command[] }[];
