import type { Language } from './locale.ts';

/** Who reads a text: one person, or a room. */
export type Reader = {
  language: Language;
  timeZone: string;
  /** When the text is put together. */
  now: Date;
  /** A person's name, as plain text. */
  named: (userId: string) => string;
  /** The name of a department or role, as plain text: the workspace's own, or the product's. */
  department: (key: string) => string;
};
