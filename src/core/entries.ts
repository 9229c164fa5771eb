/** What digests and the posted story do with the timeline entries of one kind. */
export type EntryKind = {
  /** How much somebody who reads a digest wants to be told of it, up to 100; 0 for what is never told there. */
  weight: number;
  /** Whether the story that is posted at the closing tells it; the files always do. True when left out. */
  inStory?: boolean;
};

/** The kinds of entry that a slice writes: a kind that is not listed does not compile where entries are made. */
export const entryKinds = <const T extends Record<string, EntryKind>>(kinds: T): T => kinds;

/** For a kind of an earlier version that no slice lists any more. */
export const unlistedKind: EntryKind = { weight: 20 };
