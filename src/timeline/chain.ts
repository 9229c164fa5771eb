import { canonicalJson, sha256 } from '../core/ids.ts';

export type ChainedEntry = {
  id: string;
  crisisId: string;
  seq: number;
  kind: string;
  occurredAt: Date;
  recordedAt: Date;
  actorId: string | null;
  actorName: string | null;
  textEn: string;
  textFr: string;
  data: Record<string, unknown>;
  correctsId: string | null;
  prevHash: string;
  hash: string;
};

/** Where the chain of a crisis starts: bound to the crisis, so that no chain can be passed off as another's. */
export const genesisHash = (crisisId: string): string => sha256(`crisis-war-room timeline ${crisisId}`);

/** SHA-256 over every field of the entry and the hash before it, as JSON with sorted keys and UTC instants. */
export function entryHash(entry: Omit<ChainedEntry, 'hash'>): string {
  const { id, crisisId, seq, kind, occurredAt, recordedAt, actorId, actorName, textEn, textFr, data, correctsId } =
    entry;
  const fields = {
    id,
    crisisId,
    seq,
    kind,
    occurredAt,
    recordedAt,
    actorId,
    actorName,
    textEn,
    textFr,
    data,
    correctsId,
  };
  return sha256(canonicalJson({ ...fields, prevHash: entry.prevHash }));
}

export type ChainProblem = { seq: number; problem: 'altered' | 'missing' | 'out_of_chain' | 'foreign' };

/**
 * Checks a crisis's entries in order. Answers the first problem, or null when every entry is the one that was written.
 * `altered`: a field changed after writing; `missing`: a number is skipped; `out_of_chain`: the entry before it was replaced.
 */
export function verifyChain(crisisId: string, entries: readonly ChainedEntry[]): ChainProblem | null {
  let previous = genesisHash(crisisId);
  for (const [index, entry] of entries.entries()) {
    if (entry.crisisId !== crisisId) return { seq: entry.seq, problem: 'foreign' };
    if (entry.seq !== index + 1) return { seq: index + 1, problem: 'missing' };
    if (entryHash(entry) !== entry.hash) return { seq: entry.seq, problem: 'altered' };
    if (entry.prevHash !== previous) return { seq: entry.seq, problem: 'out_of_chain' };
    previous = entry.hash;
  }
  return null;
}
