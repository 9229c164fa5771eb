import type { Reader } from './reader.ts';

/** What a slice has to say of itself in one line, in the brief for example: mrkdwn that calls nobody. */
export type Line = {
  label: string;
  text: string;
};

/** A line that can be drawn for any reader. */
export type Saying = {
  /** The ids of everybody whom it names. */
  names: readonly string[];
  line(reader: Reader): Line | null;
  /** Also told to whom the crisis is new: what we have said. */
  isForNewcomers?: boolean;
};
