import type { Line } from '../core/line.ts';
import type { Reader } from '../core/reader.ts';
import { escapeMrkdwn, mrkdwnOf, slackTime } from '../slack/mrkdwn.ts';
import { isolated } from '../tasks/line.ts';
import { type CauseRecord, familyOf } from './causes/rules.ts';
import { words as causeWords } from './causes/text.ts';
import type { CrisisDecision } from './decisions/rules.ts';
import { words as decisionWords } from './decisions/text.ts';
import type { MeasureRecord } from './measures/rules.ts';
import { words as measureWords } from './measures/text.ts';
import { type FactRecord, isSaidFalseByOne } from './rules.ts';
import { words } from './text.ts';

const said = (text: string, { named }: Reader): string => isolated(mrkdwnOf(text, named));
const name = (userId: string, { named }: Reader): string => escapeMrkdwn(named(userId));
const time = (at: Date, { timeZone, language }: Reader): string => slackTime(at, timeZone, language);
const twoLines = (first: string, notes: readonly string[]): string => [first, notes.join(' · ')].join('\n');

/** How much is known; null while no fact is recorded. */
export function factsLine(
  facts: readonly Pick<FactRecord, 'status'>[],
  { language }: Pick<Reader, 'language'>,
): Line | null {
  if (facts.length === 0) return null;
  const of = (status: FactRecord['status']) => facts.filter((fact) => fact.status === status).length;
  const w = words(language).brief;
  return { label: w.label, text: w.counts(of('confirmed'), of('checking'), of('false')) };
}

/** `✅ *F1* Lot L2231 was delivered to 14 shops`, and below it who says so. mrkdwn that calls nobody. */
export function factLine(fact: FactRecord, reader: Reader): string {
  const w = words(reader.language);
  const mark = isSaidFalseByOne(fact) ? w.mark.saidFalse : w.mark[fact.status];
  const notes = [
    standing(fact, reader),
    fact.source ? w.line.source(said(fact.source, reader)) : w.line.noSource,
    ...(fact.ownerId === fact.confirmedBy ? [] : [w.line.owner(name(fact.ownerId, reader))]),
    ...(fact.revision > 1 ? [w.line.corrected(fact.revision - 1)] : []),
  ];
  return twoLines(`${mark} *F${fact.number}* ${said(fact.text, reader)}`, notes);
}

function standing(fact: FactRecord, reader: Reader): string {
  const w = words(reader.language).line;
  if (fact.status === 'confirmed' && fact.confirmedBy && fact.confirmedAt)
    return w.confirmedBy(name(fact.confirmedBy, reader), time(fact.confirmedAt, reader));
  if (fact.status === 'false' && fact.falseSaidBy && fact.falseConfirmedBy)
    return w.falseBy(name(fact.falseSaidBy, reader), name(fact.falseConfirmedBy, reader));
  if (fact.falseSaidBy) return w.saidFalseBy(name(fact.falseSaidBy, reader));
  return w.since(name(fact.recordedBy, reader), time(fact.recordedAt, reader));
}

export function measureLine(measure: MeasureRecord, reader: Reader): string {
  const w = measureWords(reader.language);
  const isDone = measure.doneAt !== null;
  const promise = isDone ? w.line.public : w.line.publicPromise;
  const notes = [
    ...(measure.doneAt && measure.doneBy
      ? [
          w.line.done(name(measure.doneBy, reader), time(measure.doneAt, reader)),
          measure.proof ? w.line.proof(said(measure.proof, reader)) : w.line.noProof,
        ]
      : [name(measure.ownerId, reader), measure.dueAt ? w.line.due(time(measure.dueAt, reader)) : w.line.noDue]),
    measure.isPublic ? promise : w.line.private,
  ];
  return twoLines(`${isDone ? w.mark.done : w.mark.open} *M${measure.number}* ${said(measure.text, reader)}`, notes);
}

export function causeLine(cause: CauseRecord, reader: Reader): string {
  const w = causeWords(reader.language);
  const notes = [
    w.line[cause.status],
    w.family[familyOf(cause)],
    ...(cause.evidence ? [w.line.evidence(said(cause.evidence, reader))] : []),
    ...(cause.status === 'hypothesis' ? [w.line.owner(name(cause.ownerId, reader))] : []),
  ];
  return twoLines(`${w.mark[cause.status]} *C${cause.number}* ${said(cause.text, reader)}`, notes);
}

/** `replaced`: the number of the decision that took its place. */
export function decisionLine(decision: CrisisDecision, replaced: number | null, reader: Reader): string {
  const w = decisionWords(reader.language).card;
  const notes = [
    w.by(name(decision.deciderId, reader), time(decision.recordedAt, reader)),
    ...(decision.recordedBy === decision.deciderId ? [] : [w.recordedBy(name(decision.recordedBy, reader))]),
    ...(decision.replaces === null ? [] : [w.replaces(decision.replaces)]),
  ];
  return [
    `🧭 *D${decision.number}* ${said(decision.text, reader)}`,
    notes.join(' · '),
    ...(replaced === null ? [] : [w.replaced(replaced)]),
  ].join('\n');
}
