import { z } from 'zod';
import type { Language } from '../core/locale.ts';
import type { Untrue } from '../core/slices.ts';
import {
  type ChainedEntry,
  type ChainedRevision,
  type ChainHead,
  type ChainProblem,
  erasuresIn,
  gapsIn,
  genesisHash,
  messagesGenesisHash,
  sealOf,
  shortFingerprint,
  verifyChain,
  verifyRevisions,
} from './chain.ts';
import { exportFormat, type TimelineHead } from './export.ts';
import { words } from './text.ts';

/** Only the one notation that the product writes: another would be a change that no hash sees. */
const instant = z
  .string()
  .refine((text) => !Number.isNaN(Date.parse(text)) && new Date(text).toISOString() === text, 'not an instant')
  .transform((text) => new Date(text));
/** Kept as it is: a copy could leave out what its own schema does not know. */
const data = z.custom<Record<string, unknown>>((v) => typeof v === 'object' && v !== null && !Array.isArray(v));
const link = { crisisId: z.string(), seq: z.number().int(), prevHash: z.string(), hash: z.string() };
const commitment = { wordsHash: z.string().optional(), wordsSalt: z.string().nullable().optional() };

const exportSchema = z.object({
  format: z.literal(exportFormat),
  /** 3: words and names by commitments. */
  version: z.union([z.literal(2), z.literal(3)]),
  exportedAt: instant,
  crisis: z.object({
    id: z.uuid(),
    number: z.number().nullable(),
    codeName: z.string().optional(),
    title: z.string(),
    status: z.string(),
    declaredAt: instant,
    closedAt: instant.nullable(),
    timeZone: z.string(),
    language: z.enum(['en', 'fr']),
  }),
  head: z.object({
    entries: z.number().int().min(0),
    hash: z.string(),
    messages: z.object({ count: z.number().int().min(0), hash: z.string() }),
  }),
  people: z.record(z.string(), z.string()),
  entries: z.array(
    z.strictObject({
      ...link,
      ...commitment,
      nameHash: z.string().optional(),
      nameSalt: z.string().nullable().optional(),
      id: z.string(),
      kind: z.string(),
      occurredAt: instant,
      recordedAt: instant,
      actorId: z.string().nullable(),
      actorName: z.string().nullable(),
      textEn: z.string(),
      textFr: z.string(),
      data,
      correctsId: z.string().nullable(),
    }),
  ),
  messages: z.array(
    z.strictObject({
      ...link,
      ...commitment,
      channelId: z.string(),
      ts: z.string(),
      threadTs: z.string().nullable(),
      authorId: z.string().nullable(),
      files: z.array(z.strictObject({ id: z.string(), name: z.string() })),
      revision: z.number().int(),
      change: z.enum(['posted', 'edited', 'deleted']),
      byId: z.string().nullable(),
      text: z.string(),
      isReadLater: z.literal(true).optional(),
      occurredAt: instant,
      recordedAt: instant,
    }),
  ),
});

/** What is checked: the entries and messages of one crisis as they are found, and the head as it is kept beside them. */
export type Evidence = {
  crisisId: string;
  entries: readonly ChainedEntry[];
  messages: readonly ChainedRevision[];
  head: TimelineHead;
};

/** `of`: the timeline's entries, or the revisions of the room's messages. `at`: the number at which it goes wrong. */
export type Broken =
  | { code: ChainProblem['problem']; of: 'entry' | 'message'; at: number }
  | { code: 'cut' | 'added'; of: 'entry' | 'message'; at: number; announced: number }
  | { code: 'other_head'; of: 'entry' | 'message'; at: number }
  | { code: 'broken_seal'; of: 'entry'; at: number }
  | { code: 'posted_head_absent' }
  | { code: 'differs'; of: 'entry' | 'message'; at: number }
  | { code: 'not_as_written' }
  | ({ code: 'untrue' } & Untrue)
  | { code: 'other_text'; line: number };
export type Verdict =
  | { ok: true; entries: number; hash: string; messages: number; postedAtEntry: number | null; gaps: number[] }
  | ({ ok: false } & Broken)
  | { ok: false; code: 'not_an_export'; reason: string };

/**
 * Checks each entry and message against its hash, each hash against the one before, the last against the head, and the
 * messages against the seals in the timeline. `postedHead` is a fingerprint that was posted in the room or kept by
 * somebody: with it, a timeline that was rewritten whole, head and all, is found out as well.
 */
export function verifyEvidence({ crisisId, entries, messages, head }: Evidence, postedHead?: string): Verdict {
  const broken =
    chainBroken('entry', verifyChain(crisisId, entries), entries, {
      count: head.entries,
      hash: head.hash,
      start: genesisHash(crisisId),
    }) ??
    chainBroken('message', verifyRevisions(crisisId, messages, erasuresIn(entries)), messages, {
      ...head.messages,
      start: messagesGenesisHash(crisisId),
    }) ??
    sealBroken(crisisId, entries, messages);
  if (broken) return { ok: false, ...broken };
  const verdict = {
    ok: true as const,
    entries: entries.length,
    hash: head.hash,
    messages: messages.length,
    gaps: gapsIn(entries),
  };
  if (!postedHead) return { ...verdict, postedAtEntry: null };
  const wanted = postedHead.trim().toLowerCase();
  const posted = entries.find((entry) => isShown(entry, wanted));
  return posted ? { ...verdict, postedAtEntry: posted.seq } : { ok: false, code: 'posted_head_absent' };
}

/** Sixteen characters at least, as digests carry them. */
const isShown = ({ hash }: ChainedEntry, fingerprint: string): boolean =>
  shortFingerprint(fingerprint).length === 16 && hash.startsWith(fingerprint);

function chainBroken(
  of: 'entry' | 'message',
  problem: ChainProblem | null,
  links: readonly { hash: string }[],
  head: ChainHead & { start: string },
): Broken | null {
  if (problem) return { code: problem.problem, of, at: problem.seq };
  const { length } = links;
  if (length < head.count) return { code: 'cut', of, at: length + 1, announced: head.count };
  if (length > head.count) return { code: 'added', of, at: head.count + 1, announced: head.count };
  return (links.at(-1)?.hash ?? head.start) === head.hash ? null : { code: 'other_head', of, at: length };
}

/** A seal names the last message that was written down before it, by number and hash. */
function sealBroken(
  crisisId: string,
  entries: readonly ChainedEntry[],
  messages: readonly ChainedRevision[],
): Broken | null {
  const hashAt = (count: number) => (count === 0 ? messagesGenesisHash(crisisId) : messages[count - 1]?.hash);
  const broken = entries.find((entry) => {
    const seal = sealOf(entry);
    return seal !== null && hashAt(seal.count) !== seal.hash;
  });
  return broken ? { code: 'broken_seal', of: 'entry', at: broken.seq } : null;
}

type Read = { ok: true; timeline: z.infer<typeof exportSchema> } | Extract<Verdict, { code: 'not_an_export' }>;

/** An exported timeline from its parsed JSON. */
export function readExport(raw: unknown): Read {
  const parsed = exportSchema.safeParse(raw);
  if (parsed.success) return { ok: true, timeline: parsed.data };
  const [issue] = parsed.error.issues;
  const reason = issue ? `${issue.path.join('.') || 'file'}: ${issue.message}` : 'unreadable';
  return { ok: false, code: 'not_an_export', reason };
}

/** Checks an exported timeline by itself. */
export function verifyExport(raw: unknown, postedHead?: string): Verdict {
  const read = readExport(raw);
  if (!read.ok) return read;
  const { crisis, entries, messages, head } = read.timeline;
  return verifyEvidence({ crisisId: crisis.id, entries, messages, head }, postedHead);
}

/**
 * Whether the later of two exports that are whole in themselves goes on from the earlier one. Answers the first place at
 * which they tell different stories: a chain that was rewritten from an entry on, head included, is rewritten there.
 */
export function compareExports(earlier: Exported, later: Exported): Broken | null {
  if (earlier.crisis.id !== later.crisis.id) return { code: 'foreign', of: 'entry', at: 1 };
  const entry = firstDifference(earlier.entries, later.entries);
  if (entry) return { code: 'differs', of: 'entry', at: entry };
  const message = firstDifference(earlier.messages, later.messages);
  return message ? { code: 'differs', of: 'message', at: message } : null;
}

type Exported = Pick<Evidence, 'entries' | 'messages'> & { crisis: { id: string } };

function firstDifference(earlier: readonly { hash: string }[], later: readonly { hash: string }[]): number | null {
  const index = earlier.findIndex((link, i) => link.hash !== later[i]?.hash);
  return index < 0 ? null : index + 1;
}

/** What is wrong, in one or two sentences for whoever asked. */
export function explainBroken(broken: Exclude<Verdict, { ok: true }>, language: Language): string {
  const w = words(language).broken;
  if (broken.code === 'not_an_export') return w.not_an_export(broken.reason);
  if (broken.code === 'other_text') return w.other_text(broken.line);
  if (broken.code === 'untrue') return `${w.version(broken.statement, broken.version)}${w[broken.of]}`;
  if (!('at' in broken)) return w[broken.code];
  const where = w[broken.of](broken.at);
  return 'announced' in broken ? `${where}${w[broken.code](broken.announced)}` : `${where}${w[broken.code]}`;
}

/** What a verdict means, for whoever runs the check. */
export function explain(verdict: Verdict): string {
  if (!verdict.ok) return explainBroken(verdict, 'en');
  const gaps = verdict.gaps.length > 0 ? `; ${words('en').gaps(verdict.gaps)}` : '';
  const whole = `ok, ${verdict.entries} entries, head hash ${verdict.hash}${gaps}`;
  if (verdict.postedAtEntry === null) return whole;
  return verdict.postedAtEntry === verdict.entries
    ? `${whole} (the head posted in the room)`
    : `${whole} (the head posted in the room is entry ${verdict.postedAtEntry}; ${verdict.entries - verdict.postedAtEntry} entries were written after it)`;
}
