import type { Button } from '@slack/types';
import type { Language } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';

/** One thing that a crisis waits for, from one person. */
export type Wait = {
  userId: string;
  /** Names it for ever within the crisis: `approval:<id of the statement>`. */
  key: string;
  /** What was told of it: another word here is news, which the person is told afresh (`asked`, `due`). */
  news: string;
  /** Told at once, whatever was told a moment ago: a call, an approval, a threat to a person. */
  isUrgent: boolean;
  since: Date;
  /** Whoever was written to after this has read of it, or could: it is shown, and no news. Null or left out: it is news. */
  knownSince?: Date | null;
  dueAt: Date | null;
  /** When its news changes with nobody doing anything, if it will. */
  changesAt: Date | null;
  /** The ids of everybody whom it names. */
  names: readonly string[];
  /** One line of mrkdwn that calls nobody, with hours of the clock and no durations: the message stays. */
  text(reader: Reader): string;
  /** Null where nothing is to be pressed. */
  button(language: Language): Button | null;
  /** What else they may answer: that they cannot. */
  also?(language: Language): Button;
};
