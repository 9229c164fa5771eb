import { canonicalJson } from '../core/ids.ts';
import type { ToldEntry, Untrue } from '../core/slices.ts';
import { theProduct } from '../people/rules.ts';
import type { Verdict, Version } from './statement.ts';
import { wordingHash } from './wording.ts';

type Of = { statementId: string };
type KeptAnswer = Pick<Verdict, 'versionNumber' | 'versionHash' | 'userId' | 'reason'> & {
  code: string;
  excerpt: string;
  answer: string;
  targets: unknown;
  at: Date;
};
/** What lies in the database beside the timeline; `numbers`: of the statements, by id. */
export type Kept = {
  numbers: ReadonlyMap<string, number>;
  versions: readonly (Version & Of)[];
  verdicts: readonly (Verdict & Of)[];
  answers: readonly (KeptAnswer & Of)[];
};

/** One row, or what an entry says of one. `key`: who did what to which wording, and when. */
type Part = { of: Untrue['of']; key: string; statementId: string; version: number; fields: Record<string, unknown> };
/** `isMany`: entries of earlier versions do not say for how many seats a verdict counts. */
type Told = Part & { isMany: boolean; isFound: boolean };

/**
 * Holds wordings, verdicts and answers against the entries that told of them, which the chain protects. Answers the first
 * row of which no entry tells, or of which an entry tells and that is not there. Entries of earlier versions carry less,
 * and are held against what they carry.
 */
export function firstUntrue(entries: readonly ToldEntry[], kept: Kept): Untrue | null {
  const told = entries.flatMap(toldBy);
  const byKey = new Map<string, Told[]>();
  for (const part of told) byKey.set(part.key, [...(byKey.get(part.key) ?? []), part]);
  const untrue = ({ of, statementId, version }: Part): Untrue => ({
    ...{ of, version },
    statement: kept.numbers.get(statementId) ?? 0,
  });
  for (const row of rowsOf(kept)) {
    const entry = byKey.get(row.key)?.find((part) => (part.isMany || !part.isFound) && says(part, row));
    if (!entry) return untrue(row);
    entry.isFound = true;
  }
  const lost = told.find((part) => !part.isFound);
  return lost ? untrue(lost) : null;
}

const says = ({ fields }: Told, row: Part): boolean =>
  Object.entries(fields).every(([name, value]) => canonicalJson(row.fields[name]) === canonicalJson(value));

type Act = 'wording' | 'answer' | Verdict['verdict'];
const keyOf = (act: Act, statementId: string, version: number, hash: string, by: string, at: Date): string =>
  canonicalJson([act, statementId, version, hash, by, at]);

function rowsOf({ versions, verdicts, answers }: Kept): Part[] {
  return [
    ...versions.map(({ statementId, number, hash, authorId, createdAt, ...wording }) => ({
      of: 'wording' as const,
      // By the hash that its words have: the one beside them could be of other words.
      key: keyOf('wording', statementId, number, wordingHash(wording), authorId, createdAt),
      ...{ statementId, version: number, fields: { hash } },
    })),
    ...verdicts.map((v) => ({
      of: 'verdict' as const,
      key: keyOf(v.verdict, v.statementId, v.versionNumber, v.versionHash, v.userId, v.decidedAt),
      ...{ statementId: v.statementId, version: v.versionNumber, fields: v },
    })),
    ...answers.map((a) => ({
      of: 'answer' as const,
      key: keyOf('answer', a.statementId, a.versionNumber, a.versionHash, a.userId, a.at),
      ...{ statementId: a.statementId, version: a.versionNumber, fields: a },
    })),
  ];
}

const acts: Readonly<Record<string, Act>> = {
  statement_drafted: 'wording',
  statement_edited: 'wording',
  statement_approval: 'approved',
  statement_changes_requested: 'changes_requested',
  statement_rejected: 'rejected',
  statement_checked: 'answer',
  statement_legal_ok: 'answer',
};

function toldBy({ kind, actorId, occurredAt, data }: ToldEntry): Told[] {
  const act = acts[kind];
  if (!act) return [];
  const [statementId, version, hash] = [String(data['statementId']), Number(data['version']), String(data['hash'])];
  const key = keyOf(act, statementId, version, hash, actorId ?? theProduct, occurredAt);
  const part = (of: Untrue['of'], fields: Record<string, unknown>, isMany = false): Told => ({
    ...{ of, key, statementId, version, fields, isMany, isFound: false },
  });
  if (act === 'wording') return [part('wording', { hash })];
  if (act === 'answer') return answersIn(data).map((fields) => part('answer', fields));
  const { reason = null, seats } = data;
  if (!Array.isArray(seats)) return [part('verdict', { reason }, true)];
  return seats.map((seat: Record<string, unknown>) => part('verdict', { ...seat, reason }));
}

/** What somebody said of a name or a number is no answer to a finding. */
function answersIn({ codes, excerpts, code, excerpt, answer, targets, ...rest }: Record<string, unknown>) {
  if (Array.isArray(excerpts))
    return excerpts.map((one: unknown, i) => ({
      ...{ excerpt: one, answer: 'legal_ok', targets: [], reason: null },
      ...(Array.isArray(codes) ? { code: codes[i] as unknown } : {}),
    }));
  if (answer === undefined) return [];
  return [{ code, excerpt, answer, targets, ...('reason' in rest ? { reason: rest['reason'] } : {}) }];
}
