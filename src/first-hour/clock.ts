import { accept, type Decision, type NewEntry, refuse } from '../core/decision.ts';
import { alarm, type Job } from '../core/jobs.ts';
import { levelPlans } from '../core/levels.ts';
import { inBoth } from '../core/locale.ts';
import { after, MINUTE } from '../core/time.ts';
import type { Crisis } from '../crises/rules.ts';
import type { Statement } from '../statements/statement.ts';
import type { Kind } from './entry-kinds.ts';
import { words } from './text.ts';

/** Sets the clock of the first words: once at the opening, and again when the level changes or the crisis is reopened. */
export function setClock(crisis: Crisis, publishedAt: Date | null, now: Date): Job[] {
  const due = firstWordsDue(crisis);
  if (!due || publishedAt || crisis.status === 'closed') return [];
  const ring = (step: 'aim' | 'limit', at: Date): Job =>
    alarm(
      'first_hour.ring',
      { crisisId: crisis.id },
      at > now ? at : now,
      `first-words:${crisis.id}:${step}:${crisis.timelineSeq}:${crisis.level}`,
    );
  const limit = crisis.firstWordsLateAt ? [] : [ring('limit', due.limitAt)];
  return due.aimAt < due.limitAt && due.aimAt > now ? [ring('aim', due.aimAt), ...limit] : limit;
}

/** When the first words are aimed at and when they must be out; null at levels at which none are due. */
export function firstWordsDue(crisis: Pick<Crisis, 'level' | 'declaredAt'>): { aimAt: Date; limitAt: Date } | null {
  const { firstWords } = levelPlans[crisis.level];
  return (
    firstWords && {
      aimAt: after(crisis.declaredAt, firstWords.aim * MINUTE),
      limitAt: after(crisis.declaredAt, firstWords.limit * MINUTE),
    }
  );
}

/** What colleagues are told is not what the company says. */
export const isOutward = ({ current }: Pick<Statement, 'current'>): boolean => current.kind !== 'internal_note';

/** When something was first said outside: what colleagues were told does not count, what was withdrawn since does. */
export function firstWordsAt(statements: readonly Pick<Statement, 'publishedAt' | 'current'>[]): Date | null {
  const times = statements.filter(isOutward).flatMap(({ publishedAt }) => (publishedAt ? [publishedAt.getTime()] : []));
  return times.length > 0 ? new Date(Math.min(...times)) : null;
}

export type FirstWords =
  | { state: 'out'; afterMs: number }
  | { state: 'early' | 'due' | 'late'; sinceMs: number; aimAt: Date; limitAt: Date };

/** Where the clock of the first words stands; null where none are due and none were said. */
export function firstWordsNow(
  crisis: Pick<Crisis, 'level' | 'declaredAt'>,
  publishedAt: Date | null,
  now: Date,
): FirstWords | null {
  if (publishedAt) return { state: 'out', afterMs: publishedAt.getTime() - crisis.declaredAt.getTime() };
  const due = firstWordsDue(crisis);
  if (!due) return null;
  const state = now >= due.limitAt ? 'late' : now >= due.aimAt ? 'due' : 'early';
  return { state, sinceMs: now.getTime() - crisis.declaredAt.getTime(), ...due };
}

type Late = Decision<Crisis, { code: 'nothing_to_do' }>;

/** The limit is over and nothing is out: written down, once for the whole crisis; from then on it waits on the lead. */
export function firstWordsLate(crisis: Crisis, publishedAt: Date | null, now: Date): Late {
  const due = firstWordsDue(crisis);
  const isOver = due !== null && due.limitAt <= now && !publishedAt;
  if (!isOver || crisis.status === 'closed' || crisis.firstWordsLateAt) return refuse({ code: 'nothing_to_do' });
  const minutes = Math.round((due.limitAt.getTime() - crisis.declaredAt.getTime()) / MINUTE);
  const entry: NewEntry<Kind> = {
    kind: 'first_words_late',
    occurredAt: now,
    actorId: null,
    text: inBoth((l) => words(l).entry.late(minutes)),
    data: { limitMinutes: minutes },
  };
  return accept({ ...crisis, firstWordsLateAt: now }, { timeline: [entry] });
}
