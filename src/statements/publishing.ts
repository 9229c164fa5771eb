import { accept, type Decision, refuse } from '../core/decision.ts';
import { isExternal } from '../core/statement-kinds.ts';
import { dateTime } from '../core/time.ts';
import { type Stakeholder, tellAll } from '../stakeholders/rules.ts';
import { entry } from './entries.ts';
import { type Publication, publish } from './rules.ts';
import type { Context, Statement, StatementRefusal } from './statement.ts';

/** What a published text says of when we speak next; `dueAt` is null where it promises nothing. */
export type Promised = {
  id: string;
  crisisId: string;
  statementId: string;
  dueAt: Date | null;
  keptBy: string | null;
  keptAt: Date | null;
  missedAt: Date | null;
};

export type PublicationWish = Publication & {
  /** Stakeholders whom it reached. */
  told: readonly string[];
  /** Null when the form did not ask: of a text for ourselves, or drawn by an earlier version. */
  next: { at: Date | null; isNone: boolean } | null;
};

export type Published = { statement: Statement; told: Stakeholder[]; promised: Promised | null };

/** It is out, whom it reached has heard, and what it promises is kept: one fact. `there`: everybody who must hear. */
export function publishAndTell(
  statement: Statement,
  wish: PublicationWish,
  context: Context,
  there: readonly Stakeholder[],
): Decision<Published, StatementRefusal> {
  const published = publish(statement, wish, context);
  if (!published.ok) return published;
  const no = wish.next && promiseProblem(wish.next, wish.at);
  if (no) return refuse(no);
  const { crisis, by, now, newId } = context;
  const { publishedAt: at, number } = published.value;
  const told = tellAll(wish.told, { at: at ?? now, statementNumber: number }, there, crisis, by, now);
  const promised: Promised | null = wish.next && {
    id: newId(),
    crisisId: crisis.id,
    statementId: statement.id,
    dueAt: wish.next.at,
    keptBy: null,
    keptAt: null,
    missedAt: null,
  };
  return accept(
    { statement: published.value, told: told.value, promised },
    {
      timeline: [
        ...published.timeline,
        ...told.timeline,
        ...(promised ? [promiseEntry(published.value, promised.dueAt, context)] : []),
      ],
      jobs: [...published.jobs, ...told.jobs],
    },
  );
}

function promiseProblem({ at, isNone }: { at: Date | null; isNone: boolean }, publishedAt: Date) {
  if ((at !== null) === isNone) return { code: 'promise_missing' } as const;
  return at && at <= publishedAt ? ({ code: 'promise_past' } as const) : null;
}

const promiseEntry = (statement: Statement, dueAt: Date | null, { crisis, by, now }: Context) =>
  entry(
    statement,
    'update_promised',
    now,
    by.userId,
    (w, { language }) =>
      dueAt ? w.promised(dateTime(dueAt, crisis.timeZone, language), crisis.timeZone) : w.promisedNone,
    { dueAt: dueAt?.toISOString() ?? null },
  );

/** Whom a text is written for, as far as it decides who hears it: a note for ourselves is for employees, whatever else it says. */
export const writtenFor = ({ current }: Pick<Statement, 'current'>) =>
  isExternal(current) ? current.audience : 'employees';
