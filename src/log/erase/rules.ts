import { parseArgs } from 'node:util';
import type { NewEntry } from '../../core/decision.ts';
import { inBoth } from '../../core/locale.ts';
import { erasureKind } from '../../timeline/chain.ts';
import type { Kind } from '../entry-kinds.ts';
import { words } from './text.ts';

/** What an administrator asks to be erased, and on whose word. */
export type Wish = {
  workspaceId: string | undefined;
  /** The number of one crisis; null: every crisis of the workspace. */
  crisis: number | null;
  /** By number: entries, and records of room messages as the export numbers them. */
  entries: readonly number[];
  messages: readonly number[];
  /** The Slack id of somebody, and what of theirs. */
  person: string | null;
  ofPerson: { words: boolean; name: boolean };
  reason: string;
  by: string;
  /** Without it, only what would be erased is said. */
  isSure: boolean;
};

/** Null when the words of a command are no wish. */
export function readWish(args: readonly string[]): Wish | null {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        workspace: text,
        crisis: text,
        entries: text,
        messages: text,
        person: text,
        reason: text,
        by: text,
        words: flag,
        name: flag,
        yes: flag,
      },
    });
    const [crisis, entries, messages] = [values.crisis, values.entries, values.messages].map(numbersIn);
    const person = values.person?.trim() || null;
    const { reason = '', by = '', words, name } = values;
    const asksNumbers = values.entries !== undefined || values.messages !== undefined;
    if (!crisis || !entries || !messages || !reason.trim() || !by.trim()) return null;
    if (asksNumbers === (person !== null) || (person !== null) !== (words || name)) return null;
    // Numbers are those of one crisis.
    if (crisis.length > 1 || (asksNumbers && crisis.length === 0)) return null;
    return {
      workspaceId: values.workspace,
      crisis: crisis[0] ?? null,
      entries,
      messages,
      person,
      ofPerson: { words, name },
      reason: reason.trim(),
      by: by.trim(),
      isSure: values.yes,
    };
  } catch {
    return null;
  }
}

/** `4,7,9-12`; null for anything else. */
function numbersIn(typed: string | undefined): number[] | null {
  if (typed === undefined) return [];
  const parts = typed.split(',').map((part) => /^\s*(\d{1,6})(?:-(\d{1,6}))?\s*$/.exec(part));
  if (parts.some((part) => part === null)) return null;
  return parts.flatMap((part) => {
    const [from, to] = [Number(part?.[1]), Number(part?.[2] ?? part?.[1])];
    return Array.from({ length: Math.min(Math.max(to - from + 1, 0), 10_000) }, (_, i) => from + i);
  });
}

/** Entries whose words are people's own and are read by nothing else in the product. */
const erasable: ReadonlySet<string> = new Set<Kind>([
  'note',
  'correction',
  'message_logged',
  'message_edited',
  'message_deleted',
]);

export type EntryFound = {
  seq: number;
  kind: string;
  actorId: string | null;
  data: Record<string, unknown>;
  hasWords: boolean;
  hasName: boolean;
};
export type MessageFound = { seq: number; channelId: string; ts: string; authorId: string | null; hasWords: boolean };

/** Of one crisis, by numbers; `refused`: entries that were asked for and cannot be erased, with their kind. */
export type Plan = { words: number[]; names: number[]; messages: number[]; refused: { seq: number; kind: string }[] };

/**
 * What a wish comes to in one crisis. A message goes with all its wordings and with the entries that quote it, and an entry
 * that quotes a message takes it along: half an erasure would be none.
 */
export function planErasure(wish: Wish, entries: readonly EntryFound[], messages: readonly MessageFound[]): Plan {
  const { person, ofPerson } = wish;
  const asked = new Set(wish.entries);
  const askedMessages = new Set(wish.messages);
  const quoted = ({ data }: EntryFound) => `${String(data['channelId'])} ${String(data['ts'])}`;
  const isOwn = ({ kind, actorId, data }: EntryFound) =>
    data['authorId'] === person || (actorId === person && (kind === 'note' || kind === 'correction'));
  const byWords = entries.filter((entry) => (person ? ofPerson.words && isOwn(entry) : asked.has(entry.seq)));
  const own = messages.filter((one) =>
    person ? ofPerson.words && one.authorId === person : askedMessages.has(one.seq),
  );
  const keys = new Set([
    ...own.map((one) => `${one.channelId} ${one.ts}`),
    ...byWords.filter(({ data }) => 'ts' in data).map(quoted),
  ]);
  const chosen = new Set([...byWords, ...entries.filter((entry) => 'ts' in entry.data && keys.has(quoted(entry)))]);
  const gone = [...chosen].filter((entry) => erasable.has(entry.kind) && entry.hasWords);
  return {
    words: gone.map(({ seq }) => seq).sort((a, b) => a - b),
    names: entries.filter((e) => ofPerson.name && e.actorId === person && e.hasName).map(({ seq }) => seq),
    messages: messages.filter((one) => one.hasWords && keys.has(`${one.channelId} ${one.ts}`)).map(({ seq }) => seq),
    refused: byWords.filter(({ kind }) => !erasable.has(kind)).map(({ seq, kind }) => ({ seq, kind })),
  };
}

export const isEmpty = ({ words, names, messages }: Plan): boolean =>
  words.length + names.length + messages.length === 0;

/** The entry that stands for what is gone: which numbers, on whose word, and why. */
export const erasureEntry = ({ reason, by }: Pick<Wish, 'reason' | 'by'>, plan: Plan, now: Date): NewEntry => ({
  kind: erasureKind,
  occurredAt: now,
  actorId: null,
  text: inBoth((l) => words(l).entry(plan, by, reason)),
  data: { words: plan.words, names: plan.names, messages: plan.messages, by, reason },
});
