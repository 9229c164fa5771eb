import { accept, type Decision, type NewEntry, refuse } from '../../core/decision.ts';
import { inBoth, type Language } from '../../core/locale.ts';
import { dateTime } from '../../core/time.ts';
import { type Candidate, type OwnerRefusal, ownerProblem } from '../../crises/owner.ts';
import { type Crisis, type Member, mayAct } from '../../crises/rules.ts';
import { mentionedIn } from '../../timeline/export.ts';
import type { Kind } from '../entry-kinds.ts';
import { type Measure, type RoomRefusal, tableChanged } from '../rules.ts';
import { words } from './text.ts';

export type MeasureRecord = Measure & {
  /** Where it can be seen that it was done. */
  proof: string;
  version: number;
  recordedBy: string;
  recordedAt: Date;
  changedBy: string;
  changedAt: Date;
};

export const measureMax = 300;
export const proofMax = 500;

export type MeasureRefusal =
  | RoomRefusal
  | OwnerRefusal
  | { code: 'text_missing' }
  | { code: 'text_too_long'; length: number }
  | { code: 'proof_too_long'; length: number }
  | { code: 'done_in_future' }
  | { code: 'already_done'; measure: MeasureRecord }
  | { code: 'not_done'; measure: MeasureRecord }
  | { code: 'nothing_changed' }
  | { code: 'stale'; measure: MeasureRecord };

export type MeasureWish = { text: string; owner: Candidate; dueAt: Date | null; isPublic: boolean };

export function addMeasure(
  crisis: Crisis,
  wish: MeasureWish & { id: string; number: number },
  by: Member,
  now: Date,
): Decision<MeasureRecord, MeasureRefusal> {
  const no = mayAct(crisis, by) ?? problemOf(wish);
  if (no) return refuse(no);
  const measure: MeasureRecord = {
    id: wish.id,
    crisisId: crisis.id,
    number: wish.number,
    text: wish.text.trim(),
    ownerId: wish.owner.userId,
    dueAt: wish.dueAt,
    isPublic: wish.isPublic,
    doneAt: null,
    doneBy: null,
    proof: '',
    version: 1,
    recordedBy: by.userId,
    recordedAt: now,
    changedBy: by.userId,
    changedAt: now,
  };
  return accepted(measure, 'measure_added', by, now, (w, l) => w.added(measure, dueWords(measure, crisis, l)));
}

export type MeasureMove =
  | ({ kind: 'change' } & MeasureWish)
  /** `proof`: a link or a reference; optional, and asked for. */
  | { kind: 'done'; proof: string; doneAt: Date | null }
  | { kind: 'undo' };

export function changeMeasure(
  measure: MeasureRecord,
  version: number,
  move: MeasureMove,
  crisis: Crisis,
  by: Member,
  now: Date,
): Decision<MeasureRecord, MeasureRefusal> {
  const no = mayAct(crisis, by) ?? measureOutOfDate(measure, version, move.kind);
  if (no) return refuse(no);
  const next = { ...measure, version: version + 1, changedBy: by.userId, changedAt: now };
  if (move.kind === 'undo')
    return accepted({ ...next, doneAt: null, doneBy: null, proof: '' }, 'measure_reopened', by, now, (w) =>
      w.undone(measure),
    );
  if (move.kind === 'change') return change(measure, next, move, crisis, by, now);
  const proof = move.proof.trim();
  if (proof.length > proofMax) return refuse({ code: 'proof_too_long', length: proof.length });
  if (move.doneAt && move.doneAt > now) return refuse({ code: 'done_in_future' });
  const done = { ...next, doneAt: move.doneAt ?? now, doneBy: by.userId, proof };
  return accepted(done, 'measure_done', by, now, (w) => w.done(done));
}

function change(
  before: MeasureRecord,
  next: MeasureRecord,
  wish: MeasureWish,
  crisis: Crisis,
  by: Member,
  now: Date,
): Decision<MeasureRecord, MeasureRefusal> {
  const no = problemOf(wish);
  if (no) return refuse(no);
  const { dueAt, isPublic } = wish;
  const after = { ...next, text: wish.text.trim(), ownerId: wish.owner.userId, dueAt, isPublic };
  const isSame =
    after.text === before.text &&
    after.ownerId === before.ownerId &&
    after.isPublic === before.isPublic &&
    after.dueAt?.getTime() === before.dueAt?.getTime();
  if (isSame) return refuse({ code: 'nothing_changed' });
  return accepted(
    after,
    'measure_changed',
    by,
    now,
    (w, l) => w.changed(after, dueWords(after, crisis, l), after.text === before.text ? null : before.text),
    { from: dataOf(before) },
  );
}

/** Why a press on this version has no effect any more, or null. */
export function measureOutOfDate(
  measure: MeasureRecord,
  version: number,
  move: MeasureMove['kind'],
): MeasureRefusal | null {
  if (move === 'undo' && !measure.doneAt) return { code: 'not_done', measure };
  if (move === 'done' && measure.doneAt) return { code: 'already_done', measure };
  return measure.version === version ? null : { code: 'stale', measure };
}

function problemOf({ text, owner }: MeasureWish): MeasureRefusal | null {
  const said = text.trim();
  if (!said) return { code: 'text_missing' };
  if (said.length > measureMax) return { code: 'text_too_long', length: said.length };
  return ownerProblem(owner);
}

export const peopleInMeasures = (measures: readonly MeasureRecord[]): string[] =>
  measures.flatMap((m) => [
    m.ownerId,
    m.changedBy,
    ...(m.doneBy ? [m.doneBy] : []),
    ...mentionedIn(`${m.text} ${m.proof}`),
  ]);

const dueWords = (measure: MeasureRecord, crisis: Crisis, language: Language): string | null =>
  measure.dueAt ? `${dateTime(measure.dueAt, crisis.timeZone, language)} (${crisis.timeZone})` : null;

const dataOf = ({ number, text, ownerId, dueAt, isPublic, doneAt, doneBy, proof }: MeasureRecord) => ({
  number,
  text,
  ownerId,
  dueAt: dueAt?.toISOString() ?? null,
  isPublic,
  doneAt: doneAt?.toISOString() ?? null,
  doneBy,
  proof,
});

type Say = (w: ReturnType<typeof words>['entry'], language: Language) => string;

function accepted(
  measure: MeasureRecord,
  kind: Kind,
  by: Member,
  now: Date,
  say: Say,
  data: Record<string, unknown> = {},
): Decision<MeasureRecord, MeasureRefusal> {
  const timeline: NewEntry<Kind> = {
    kind,
    occurredAt: kind === 'measure_done' ? (measure.doneAt ?? now) : now,
    actorId: by.userId,
    text: inBoth((l) => say(words(l).entry, l)),
    data: { measureId: measure.id, ...dataOf(measure), ...data },
  };
  return accept(measure, { timeline: [timeline], jobs: tableChanged(measure.crisisId) });
}
