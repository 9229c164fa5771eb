import type { Cause, FactRecord } from '../../facts/rules.ts';
import type { Statement } from '../statement.ts';
import { heard, says } from './said.ts';
import { sentencesOf } from './tokens.ts';

type Revision = { factId: string; revision: number; text: string };

/** Something that approved words say in the very words, and that does not stand any more. `key`: tells each change apart. */
export type Doubt = { key: string; said: string; number: number; is: 'corrected' | 'checking' | 'false' | 'cause' };

/** What has changed since it was approved, beneath words that are out or about to be. */
export function doubtsOf(
  { status, approvedAt, current: { body } }: Statement,
  facts: readonly FactRecord[],
  causes: readonly (Cause & { changedAt: Date })[],
  revisions: readonly Revision[],
): Doubt[] {
  if ((status !== 'approved' && status !== 'published') || !approvedAt) return [];
  const spoken = heard(body, sentencesOf(body));
  const isSaid = (text: string) => says(spoken, text)?.exact ?? false;
  const changed = <T extends { changedAt: Date }>(all: readonly T[]) =>
    all.filter(({ changedAt }) => changedAt > approvedAt);
  return [
    ...changed(facts).flatMap((fact): Doubt[] => {
      const { id, number, revision } = fact;
      const stands = fact.status === 'confirmed';
      if (isSaid(fact.text)) {
        if (stands) return [];
        const is = fact.status === 'false' ? 'false' : 'checking';
        return [{ key: `F${number}:${revision}:${is}`, said: fact.text, number, is }];
      }
      const before = revisions.findLast((one) => one.factId === id && one.revision < revision && isSaid(one.text));
      if (!before) return [];
      const is = fact.status === 'false' ? 'false' : 'corrected';
      return [{ key: `F${number}:${revision}:${is}`, said: before.text, number, is }];
    }),
    ...changed(causes).flatMap((cause): Doubt[] =>
      cause.status !== 'confirmed' && isSaid(cause.text)
        ? [{ key: `C${cause.number}:${cause.status}`, said: cause.text, number: cause.number, is: 'cause' }]
        : [],
    ),
  ];
}
