import type { Executor } from '../../db/client.ts';
import { sees } from '../assessment/rules.ts';
import { assessorOf, type Kept, openMatters } from '../assessment/store.ts';
import type { Language } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import { type Slices, soonest } from '../core/slices.ts';
import { type Crisis, isExcluded } from '../crises/rules.ts';
import { crisesOfPerson, openCrisesOf } from '../crises/store.ts';
import { departmentsOfPerson, mayChange } from '../people/rules.ts';
import { findEditor, readerFor } from '../people/store.ts';
import { readPlan } from '../preparedness/store.ts';
import { worthKeeping } from '../settings/settings.ts';
import { loadSettings, type State } from '../settings/store.ts';
import type { Elsewhere, HomeContent, Mine } from './content.ts';

type Person = { workspaceId: string; userId: string; language: Language; timeZone: string };

/** What waits on one person in these crises, the soonest first, and the same person as its reader. */
export async function waitsOn(
  db: Executor,
  slices: Slices,
  crises: readonly Crisis[],
  who: Person,
  now: Date,
): Promise<{ waits: Mine[]; reader: Reader }> {
  const all: Mine[] = [];
  for (const crisis of crises) {
    const waits = await slices.waits(db, crisis, now);
    all.push(...waits.filter(({ userId }) => userId === who.userId).map((wait) => ({ crisis, wait })));
  }
  const names = [...all.flatMap(({ wait }) => wait.names), ...crises.map(({ leadId }) => leadId)];
  return {
    waits: all.toSorted((a, b) => soonest(a.wait, b.wait)),
    reader: await readerFor(db, { ...who, now }, names),
  };
}

const most = 10;

/** Open crises that a person may know of: those they are part of, then those whose room is open to everybody. */
async function visibleCrises(
  db: Executor,
  workspaceId: string,
  userId: string,
): Promise<{ mine: Crisis[]; others: Crisis[] }> {
  const [own, open] = await Promise.all([crisesOfPerson(db, workspaceId, userId, 100), openCrisesOf(db, workspaceId)]);
  const mine = own.filter((crisis) => crisis.status === 'open');
  const others = open.filter(
    (crisis) =>
      !crisis.isPrivate && !isExcluded(crisis, userId) && crisis.channelId && !mine.some((one) => one.id === crisis.id),
  );
  return { mine: mine.slice(0, most), others: others.slice(0, most) };
}

/** Everything a person may know of, for outside of the rooms. */
export const readElsewhere = async (
  db: Executor,
  slices: Slices,
  who: Person,
  now: Date,
): Promise<{ seen: Elsewhere; reader: Reader }> =>
  elsewhere(db, slices, who, now, await loadSettings(db, who.workspaceId));

async function elsewhere(
  db: Executor,
  slices: Slices,
  who: Person,
  now: Date,
  state: State,
): Promise<{ seen: Elsewhere; reader: Reader }> {
  const { mine, others } = await visibleCrises(db, who.workspaceId, who.userId);
  const { waits, reader } = await waitsOn(db, slices, mine, who, now);
  return { seen: { waits, mine, others, isNew: isNew(state) }, reader };
}

/** What the Home tab of a person shows. */
export async function readHome(
  db: Executor,
  slices: Slices,
  who: Person & { name: string },
  now: Date,
): Promise<{ content: HomeContent; reader: Reader }> {
  const state = await loadSettings(db, who.workspaceId);
  const [{ seen, reader }, kept, editor, { plan, gaps }] = await Promise.all([
    elsewhere(db, slices, who, now, state),
    keptFor(db, who),
    findEditor(db, who.workspaceId, who.userId),
    readPlan(db, state, now),
  ]);
  const content = {
    ...seen,
    name: who.name,
    answersFor: departmentsOfPerson(state.roster, who.userId),
    kept,
    gaps,
    mayChange: mayChange(state.editors, editor),
    score: plan.score,
  };
  return { content, reader };
}

const mostKept = 200;

async function keptFor(db: Executor, { workspaceId, userId }: Person): Promise<Kept[]> {
  const open = await openMatters(db, workspaceId, mostKept);
  if (open.length === 0) return [];
  const by = await assessorOf(db, workspaceId, userId);
  return open.filter(({ matter, history }) => sees(matter, history, by));
}

/** Nobody ever saved the settings, and nobody is named in them. */
const isNew = ({ saved }: State): boolean =>
  saved.version === 0 && worthKeeping(saved.settings.departments).length === 0;
