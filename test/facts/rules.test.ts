import { describe, expect, test } from 'vitest';
import { MINUTE } from '../../src/core/time.ts';
import type { Candidate } from '../../src/crises/owner.ts';
import type { Member } from '../../src/crises/rules.ts';
import { addCause, type CauseRecord, type CauseWish, changeCause } from '../../src/facts/causes/rules.ts';
import { type CrisisDecision, type DecisionWish, decide, standing } from '../../src/facts/decisions/rules.ts';
import { addMeasure, changeMeasure, type MeasureMove, type MeasureRecord } from '../../src/facts/measures/rules.ts';
import {
  changeFact,
  confirmFalse,
  type FactChange,
  type FactRecord,
  type FactWish,
  isSaidFalseByOne,
  recordFact,
} from '../../src/facts/rules.ts';
import { aCrisis } from '../support/crisis.ts';

const now = new Date('2026-11-22T10:00:00Z');
const later = (minutes: number) => new Date(now.getTime() + minutes * MINUTE);
const crisis = aCrisis(now, { id: 'c1' });
const member = (userId: string): Member => ({ userId, inCell: true, isLead: false });
const stranger: Member = { userId: 'UX', inCell: false, isLead: false };
const [helen, tom] = [member('UHELEN'), member('UTOM')];
const person = (userId: string, trouble: Candidate['trouble'] = null): Candidate => ({
  userId,
  name: userId,
  trouble,
  inCell: true,
});
const wish: FactWish & { id: string; number: number } = {
  id: 'f1',
  number: 1,
  text: 'Lot L2231 was delivered',
  status: 'checking',
  source: '',
  owner: person('UHELEN'),
};
const must = <T>(decision: { ok: true; value: T } | { ok: false; refusal: unknown }): T => {
  if (!decision.ok) throw new Error(JSON.stringify(decision.refusal));
  return decision.value;
};
const fact = (more: Partial<FactWish> = {}, by = helen): FactRecord =>
  must(recordFact(crisis, { ...wish, ...more }, by, now));
const as = (one: FactRecord, change: Partial<FactChange>): FactChange => ({
  text: one.text,
  status: one.status,
  source: one.source,
  owner: person(one.ownerId),
  reason: '',
  ...change,
});

describe('a fact is recorded', () => {
  test.each<[string, Partial<FactWish>, Partial<FactRecord>, string]>([
    ['as being checked, without a source', {}, { status: 'checking', confirmedBy: null }, 'fact_recorded'],
    [
      'as confirmed, with a source and the name of who confirms it',
      { status: 'confirmed', source: 'Delivery notes' },
      { status: 'confirmed', confirmedBy: 'UHELEN', confirmedAt: now },
      'fact_confirmed',
    ],
    [
      'as said to be false, which is being checked until a second person confirms it',
      { status: 'false', source: 'Register' },
      { status: 'checking', falseSaidBy: 'UHELEN', falseConfirmedBy: null, falseVersion: 1 },
      'fact_said_false',
    ],
  ])('%s', (_, given, expected, kind) => {
    const decision = recordFact(crisis, { ...wish, ...given }, helen, now);
    expect(must(decision)).toMatchObject(expected);
    expect(decision).toMatchObject({ timeline: [{ kind, actorId: 'UHELEN' }] });
  });

  test.each<[string, Partial<FactWish>, string]>([
    ['without words', { text: '  ' }, 'text_missing'],
    ['of 501 characters', { text: 'x'.repeat(501) }, 'text_too_long'],
    ['confirmed without a source', { status: 'confirmed', source: ' ' }, 'source_missing'],
    ['said to be false without a source', { status: 'false' }, 'source_missing'],
    ['with a source of 301 characters', { source: 'x'.repeat(301) }, 'source_too_long'],
    ['in the charge of a guest', { owner: person('UG', 'guest') }, 'cannot_own'],
  ])('never %s', (_, given, code) =>
    expect(recordFact(crisis, { ...wish, ...given }, helen, now)).toMatchObject({ refusal: { code } }),
  );

  test('by nobody outside the cell, and not once the crisis is closed', () => {
    expect(recordFact(crisis, wish, stranger, now)).toMatchObject({ refusal: { code: 'not_in_room' } });
    expect(recordFact({ ...crisis, status: 'closed' }, wish, helen, now)).toMatchObject({
      refusal: { code: 'closed' },
    });
  });
});

describe('a fact changes', () => {
  const checking = fact();
  const confirmed = fact({ status: 'confirmed', source: 'Delivery notes' });
  const saidFalse = fact({ status: 'false', source: 'Register' });
  const wrong = must(confirmFalse(saidFalse, 1, crisis, tom, later(1)));

  test.each<[string, FactRecord, Partial<FactChange>, Partial<FactRecord>, string]>([
    [
      'confirmed by whoever gives the source',
      checking,
      { status: 'confirmed', source: 'Notes' },
      { status: 'confirmed', confirmedBy: 'UTOM', revision: 1, version: 2 },
      'fact_confirmed',
    ],
    [
      'a new wording of a confirmed fact is being checked, without the source of the old one',
      confirmed,
      { text: 'Lots L2231 and L2232', status: 'kept', reason: 'Second list' },
      { revision: 2, confirmedBy: null, status: 'checking', source: '' },
      'fact_doubted',
    ],
    [
      'a new wording of a confirmed fact is confirmed by whoever gives a source for it',
      confirmed,
      { text: 'Lots L2231 and L2232', source: 'Second list', reason: 'Second list' },
      { revision: 2, confirmedBy: 'UTOM', status: 'confirmed', source: 'Second list' },
      'fact_corrected',
    ],
    [
      'another source of a confirmed fact is nobody’s confirmation',
      confirmed,
      { source: 'Hearsay', status: 'kept', reason: 'Second list' },
      { confirmedBy: null, status: 'checking', source: 'Hearsay' },
      'fact_doubted',
    ],
    [
      'what is confirmed stays so when it is left as it is',
      confirmed,
      { owner: person('UANNE'), status: 'kept' },
      { ownerId: 'UANNE', confirmedBy: 'UHELEN', status: 'confirmed', source: 'Delivery notes' },
      'fact_changed',
    ],
    [
      'another owner leaves the confirmation where it was',
      confirmed,
      { owner: person('UANNE') },
      { ownerId: 'UANNE', confirmedBy: 'UHELEN', confirmedAt: now },
      'fact_changed',
    ],
    [
      'back to being checked',
      confirmed,
      { status: 'checking', reason: 'The notes are of October' },
      { status: 'checking', confirmedBy: null, confirmedAt: null },
      'fact_doubted',
    ],
    [
      'said to be false',
      confirmed,
      { status: 'false', reason: 'Forged notes' },
      { status: 'checking', confirmedBy: null, falseSaidBy: 'UTOM', falseVersion: 2 },
      'fact_said_false',
    ],
    [
      'a new wording of what two people called false needs two people again',
      wrong,
      { text: 'Another claim', reason: 'It was another one' },
      { status: 'checking', falseSaidBy: 'UTOM', falseConfirmedBy: null, falseVersion: 3 },
      'fact_corrected',
    ],
    [
      'what one person called false is not confirmed by a second one who only changes its owner',
      saidFalse,
      { status: 'false', owner: person('UANNE') },
      { status: 'checking', falseSaidBy: 'UHELEN', falseConfirmedBy: null, falseVersion: 1 },
      'fact_changed',
    ],
    [
      'what one person called false is confirmed as true by another one',
      saidFalse,
      { status: 'confirmed', reason: 'I saw it' },
      { status: 'confirmed', confirmedBy: 'UTOM', falseSaidBy: null },
      'fact_confirmed',
    ],
  ])('%s', (_, before, change, expected, kind) => {
    const decision = changeFact(before, before.version, as(before, change), crisis, tom, later(5));
    expect(must(decision)).toMatchObject(expected);
    expect(decision).toMatchObject({ timeline: [{ kind }] });
  });

  test.each<[string, FactRecord, number, Partial<FactChange>, string]>([
    ['without anything being different', checking, 1, {}, 'nothing_changed'],
    ['from an older version', checking, 0, { text: 'x' }, 'stale'],
    ['when confirmed, without a reason', confirmed, 1, { text: 'x', source: 'y' }, 'reason_missing'],
    ['confirmed on somebody else’s source', confirmed, 1, { text: 'x', reason: 'y' }, 'source_of_other'],
    ['back to being checked without a reason', confirmed, 1, { status: 'checking' }, 'reason_missing'],
    ['from said to be false without a reason', saidFalse, 1, { status: 'checking' }, 'reason_missing'],
    ['to confirmed without a source', checking, 1, { status: 'confirmed' }, 'source_missing'],
    [
      'with a reason of 501 characters',
      confirmed,
      1,
      { text: 'x', source: 'y', reason: 'x'.repeat(501) },
      'reason_too_long',
    ],
  ])('never %s', (_, before, version, change, code) =>
    expect(changeFact(before, version, as(before, change), crisis, tom, now)).toMatchObject({ refusal: { code } }),
  );

  test('is false once a second person confirms it, never by the one who said so', () => {
    expect(isSaidFalseByOne(saidFalse)).toBe(true);
    expect(confirmFalse(saidFalse, 1, crisis, helen, now)).toMatchObject({ refusal: { code: 'same_person' } });
    expect(confirmFalse(saidFalse, 2, crisis, tom, now)).toMatchObject({ refusal: { code: 'stale' } });
    expect(confirmFalse(saidFalse, 1, crisis, stranger, now)).toMatchObject({ refusal: { code: 'not_in_room' } });
    expect(wrong).toMatchObject({ status: 'false', falseSaidBy: 'UHELEN', falseConfirmedBy: 'UTOM' });
    expect(confirmFalse(wrong, 2, crisis, member('UANNE'), now)).toMatchObject({ refusal: { code: 'not_said_false' } });
    expect(confirmFalse(checking, 1, crisis, tom, now)).toMatchObject({ refusal: { code: 'not_said_false' } });
  });
});

describe('a decision', () => {
  const made: CrisisDecision[] = [];
  const ask = (more: Partial<DecisionWish> = {}): DecisionWish => ({
    id: 'd1',
    text: 'Stop the sale',
    options: '',
    reason: 'Two people were hurt',
    decider: person('UANNE'),
    replaces: null,
    ...more,
  });
  const first = must(decide(crisis, ask(), made, helen, now));
  const second = must(decide(crisis, ask({ replaces: 1 }), [first], helen, now));

  test('keeps who decided apart from who recorded it, and its number', () => {
    expect(first).toMatchObject({ number: 1, deciderId: 'UANNE', recordedBy: 'UHELEN' });
    expect(second).toMatchObject({ number: 2, replaces: 1 });
    expect(standing([first, second])).toEqual([second]);
  });

  test.each<[string, Partial<DecisionWish>, string]>([
    ['without words', { text: ' ' }, 'text_missing'],
    ['without a reason', { reason: '' }, 'reason_missing'],
    ['by a bot', { decider: person('UB', 'bot') }, 'cannot_own'],
    ['that replaces one that does not exist', { replaces: 9 }, 'replaces_unknown'],
    ['that replaces one that was replaced already', { replaces: 1 }, 'replaced_already'],
    ['of 1,001 characters', { text: 'x'.repeat(1001) }, 'text_too_long'],
  ])('is never made %s', (_, more, code) =>
    expect(decide(crisis, ask(more), [first, second], helen, now)).toMatchObject({ refusal: { code } }),
  );
});

describe('a measure', () => {
  const ask = { id: 'm1', number: 1, text: 'Test every jar', owner: person('UANNE'), dueAt: later(60), isPublic: true };
  const measure = must(addMeasure(crisis, ask, helen, now));
  const done = must(changeMeasure(measure, 1, { kind: 'done', proof: 'report', doneAt: null }, crisis, tom, later(30)));

  test('is done in the name of whoever says so, and can be taken back', () => {
    expect(done).toMatchObject({ doneBy: 'UTOM', doneAt: later(30), proof: 'report', version: 2 });
    const undone = must(changeMeasure(done, 2, { kind: 'undo' }, crisis, tom, later(31)));
    expect(undone).toMatchObject({ doneAt: null, doneBy: null, proof: '' });
  });

  test.each<[string, MeasureRecord, number, MeasureMove, string]>([
    ['done twice', done, 2, { kind: 'done', proof: '', doneAt: null }, 'already_done'],
    ['done tomorrow', measure, 1, { kind: 'done', proof: '', doneAt: later(61) }, 'done_in_future'],
    ['taken back before it is done', measure, 1, { kind: 'undo' }, 'not_done'],
    ['changed into itself', measure, 1, { kind: 'change', ...ask }, 'nothing_changed'],
    ['changed from an older version', done, 1, { kind: 'change', ...ask, text: 'x' }, 'stale'],
  ])('is never %s', (_, before, version, move, code) =>
    expect(changeMeasure(before, version, move, crisis, tom, later(60))).toMatchObject({ refusal: { code } }),
  );
});

describe('a cause', () => {
  const ask = (more: Partial<CauseWish> = {}): CauseWish & { id: string; number: number } => ({
    id: 'k1',
    number: 1,
    family: 'quality',
    text: 'A worn seal',
    status: 'hypothesis',
    evidence: '',
    owner: person('UHELEN'),
    ...more,
  });
  const cause: CauseRecord = must(addCause(crisis, ask(), helen, now));

  test.each<[Partial<CauseWish>, string]>([
    [{ status: 'confirmed', evidence: 'Report 12' }, 'cause_confirmed'],
    [{ status: 'ruled_out', evidence: 'Report 12' }, 'cause_ruled_out'],
    [{ text: 'A worn joint' }, 'cause_changed'],
  ])('becomes %j as %s', (more, kind) =>
    expect(changeCause(cause, 1, ask(more), crisis, tom, now)).toMatchObject({ timeline: [{ kind }] }),
  );

  test.each<[string, Partial<CauseWish>, number, string]>([
    ['confirmed without evidence', { status: 'confirmed' }, 1, 'evidence_missing'],
    ['ruled out without evidence', { status: 'ruled_out' }, 1, 'evidence_missing'],
    ['changed from an older version', { text: 'x' }, 0, 'stale'],
    ['changed into itself', {}, 1, 'nothing_changed'],
  ])('is never %s', (_, more, version, code) =>
    expect(changeCause(cause, version, ask(more), crisis, tom, now)).toMatchObject({ refusal: { code } }),
  );
});
