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

type Row = { versionNumber: number; versionHash: string; by: string; at: Date };
/** One row, or what an entry says of one. `key`: who did what to which wording, and when. */
type Part = Untrue & { key: string; fields: Record<string, unknown> };
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
  const untrue = ({ of, statement, version }: Part): Untrue => ({ of, statement, version });
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
const keyOf = (act: Act, statement: number, version: number, hash: string, by: string, at: Date): string =>
  canonicalJson([act, statement, version, hash, by, at]);

function rowsOf({ numbers, versions, verdicts, answers }: Kept): Part[] {
  const numberOf = ({ statementId }: Of) => numbers.get(statementId) ?? 0;
  const part = (of: Untrue['of'], act: Act, row: Row & Of): Part => {
    const [statement, version] = [numberOf(row), row.versionNumber];
    return {
      of,
      statement,
      version,
      key: keyOf(act, statement, version, row.versionHash, row.by, row.at),
      fields: row,
    };
  };
  return [
    ...versions.map(({ number, authorId, createdAt, ...wording }) =>
      // By the hash that its words have: the one beside them could be of other words.
      part('wording', 'wording', {
        ...wording,
        versionNumber: number,
        versionHash: wordingHash(wording),
        by: authorId,
        at: createdAt,
      }),
    ),
    ...verdicts.map((v) => part('verdict', v.verdict, { ...v, by: v.userId, at: v.decidedAt })),
    ...answers.map((a) => part('answer', 'answer', { ...a, by: a.userId })),
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
  const told = (
    of: Untrue['of'],
    act: Act,
    by: string,
    about: Record<string, unknown>,
    fields: object,
    isMany = false,
  ) => {
    const [statement, version, hash] = [Number(about['number']), Number(about['version']), String(about['hash'])];
    const key = keyOf(act, statement, version, hash, by, occurredAt);
    return { of, statement, version, key, fields: { ...fields }, isMany, isFound: false };
  };
  // The product writes the first drafts, whoever started the playbook.
  if (kind === 'playbook_started')
    return list(data['statements']).map((one) =>
      told('wording', 'wording', theProduct, { ...one, version: 1 }, { hash: one['hash'] }),
    );
  const act = acts[kind];
  if (!act) return [];
  const by = actorId ?? theProduct;
  const { hash, reason = null, seats, statementId } = data;
  if (act === 'wording') return [told('wording', act, by, data, { hash, statementId })];
  if (act === 'answer')
    return answersIn(data).map((fields) => told('answer', act, by, data, { ...fields, statementId }));
  if (!Array.isArray(seats)) return [told('verdict', act, by, data, { reason, statementId }, true)];
  return list(seats).map((seat) => told('verdict', act, by, data, { ...seat, reason, statementId }));
}

const list = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value)
    ? value.filter((one): one is Record<string, unknown> => typeof one === 'object' && one !== null)
    : [];

/** What somebody said of a name or a number is no answer to a finding. */
function answersIn({ codes, excerpts, code, excerpt, answer, targets, ...rest }: Record<string, unknown>) {
  if (Array.isArray(excerpts))
    return excerpts.map((one: unknown, i) => ({
      excerpt: one,
      answer: 'legal_ok',
      targets: [],
      reason: null,
      ...(Array.isArray(codes) ? { code: codes[i] as unknown } : {}),
    }));
  if (answer === undefined) return [];
  return [{ code, excerpt, answer, targets, ...('reason' in rest ? { reason: rest['reason'] } : {}) }];
}
