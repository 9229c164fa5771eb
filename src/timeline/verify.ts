import { z } from 'zod';
import { type ChainProblem, verifyChain } from './chain.ts';
import { exportFormat } from './export.ts';

const instant = z.iso.datetime().transform((text) => new Date(text));

const exportSchema = z.object({
  format: z.literal(exportFormat),
  version: z.literal(1),
  crisis: z.object({ id: z.uuid(), number: z.number(), title: z.string() }),
  head: z.object({ entries: z.number().int().min(0), hash: z.string() }),
  entries: z.array(
    z.object({
      id: z.string(),
      crisisId: z.string(),
      seq: z.number().int(),
      kind: z.string(),
      occurredAt: instant,
      recordedAt: instant,
      actorId: z.string().nullable(),
      actorName: z.string().nullable(),
      textEn: z.string(),
      textFr: z.string(),
      data: z.record(z.string(), z.unknown()),
      correctsId: z.string().nullable(),
      prevHash: z.string(),
      hash: z.string(),
    }),
  ),
});

export type Verdict =
  | { ok: true; entries: number; hash: string; postedAtEntry: number | null }
  | { ok: false; code: ChainProblem['problem']; entry: number }
  | { ok: false; code: 'cut'; entries: number; announced: number }
  | { ok: false; code: 'other_head'; entries: number }
  | { ok: false; code: 'posted_head_absent' }
  | { ok: false; code: 'not_an_export'; reason: string };

/**
 * Checks an exported timeline by itself: each entry against its hash, each hash against the one before, the last against
 * the head. `postedHead` is the fingerprint that was posted in the room: with it, an export cut short and re-headed by
 * whoever holds the file is found out as well.
 */
export function verifyExport(raw: unknown, postedHead?: string): Verdict {
  const parsed = exportSchema.safeParse(raw);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return {
      ok: false,
      code: 'not_an_export',
      reason: issue ? `${issue.path.join('.') || 'file'}: ${issue.message}` : 'unreadable',
    };
  }
  const { crisis, entries, head } = parsed.data;
  const problem = verifyChain(crisis.id, entries);
  if (problem) return { ok: false, code: problem.problem, entry: problem.seq };
  if (entries.length !== head.entries)
    return { ok: false, code: 'cut', entries: entries.length, announced: head.entries };
  const last = entries.at(-1);
  if (last && last.hash !== head.hash) return { ok: false, code: 'other_head', entries: entries.length };
  if (!postedHead) return { ok: true, entries: entries.length, hash: head.hash, postedAtEntry: null };
  const posted = entries.find((entry) => entry.hash === postedHead.trim().toLowerCase());
  if (!posted) return { ok: false, code: 'posted_head_absent' };
  return { ok: true, entries: entries.length, hash: head.hash, postedAtEntry: posted.seq };
}

/** What a verdict means, for whoever runs the check. */
export function explain(verdict: Verdict): string {
  if (verdict.ok) {
    const whole = `ok, ${verdict.entries} entries, head hash ${verdict.hash}`;
    if (verdict.postedAtEntry === null) return whole;
    return verdict.postedAtEntry === verdict.entries
      ? `${whole} (the head posted in the room)`
      : `${whole} (the head posted in the room is entry ${verdict.postedAtEntry}; ${verdict.entries - verdict.postedAtEntry} entries were written after it)`;
  }
  switch (verdict.code) {
    case 'altered':
      return `entry ${verdict.entry}: altered. A field of this entry (text, time, author or data) is not what was written.`;
    case 'missing':
      return `entry ${verdict.entry}: missing. An entry was taken out, put in or moved at this place.`;
    case 'out_of_chain':
      return `entry ${verdict.entry}: out of the chain. It does not follow the entry before it: that one was replaced after this one was written.`;
    case 'foreign':
      return `entry ${verdict.entry}: belongs to another crisis.`;
    case 'cut':
      return `entry ${verdict.entries + 1}: missing. The export holds ${verdict.entries} entries but announces ${verdict.announced}: it was cut after entry ${verdict.entries}.`;
    case 'other_head':
      return `entry ${verdict.entries}: the announced head hash is not this last entry's. Entries were taken off the end, or the last one was replaced.`;
    case 'posted_head_absent':
      return 'head: no entry carries the head hash that was posted in the room. The export was cut, or rebuilt from other entries.';
    case 'not_an_export':
      return `not a timeline export (${verdict.reason})`;
  }
}
