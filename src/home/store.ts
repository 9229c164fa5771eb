import type { Executor } from '../../db/client.ts';
import { sees } from '../assessment/rules.ts';
import { assessorOf, type Kept, openMatters } from '../assessment/store.ts';
import type { Language } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import { type Crisis, isExcluded } from '../crises/rules.ts';
import { crisesOfPerson, openCrisesOf } from '../crises/store.ts';
import { type Department, departmentsOfPerson, mayChange } from '../people/rules.ts';
import { findEditor, readerFor } from '../people/store.ts';
import { readPlan } from '../preparedness/store.ts';
import { calloutsOf } from '../responders/store.ts';
import { worthKeeping } from '../settings/settings.ts';
import { loadSettings, type State } from '../settings/store.ts';
import { approversRoster, statementsOf } from '../statements/store.ts';
import { tasksOf } from '../tasks/store.ts';
import type { Elsewhere, HomeContent } from './content.ts';
import { dutiesOf, type Snapshot } from './duties.ts';

async function snapshotOf(db: Executor, crisis: Crisis, known?: Department[]): Promise<Snapshot> {
  const [callouts, tasks, statements, roster] = await Promise.all([
    calloutsOf(db, crisis.id),
    tasksOf(db, [crisis.id]),
    statementsOf(db, crisis.id),
    known ?? approversRoster(db, crisis),
  ]);
  return { crisis, callouts, tasks, statements, roster };
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

type Person = { workspaceId: string; userId: string; language: Language; timeZone: string };

/** One crisis, for somebody of its cell. */
export async function readPanel(
  db: Executor,
  crisis: Crisis,
  who: Person,
  now: Date,
): Promise<{ snapshot: Snapshot; reader: Reader }> {
  const snapshot = await snapshotOf(db, crisis);
  return { snapshot, reader: await readerOf(db, who, [snapshot], now) };
}

/** Everything a person may know of, for outside of the rooms. */
export const readElsewhere = async (
  db: Executor,
  who: Person,
  now: Date,
): Promise<{ seen: Elsewhere; reader: Reader }> => elsewhere(db, who, now, await loadSettings(db, who.workspaceId));

async function elsewhere(
  db: Executor,
  who: Person,
  now: Date,
  state: State,
): Promise<{ seen: Elsewhere; reader: Reader }> {
  const { mine, others } = await visibleCrises(db, who.workspaceId, who.userId);
  const open = mine.find((crisis) => !crisis.isClosed);
  const roster = open ? await approversRoster(db, open) : undefined;
  const snapshots: Snapshot[] = [];
  for (const crisis of mine) snapshots.push(await snapshotOf(db, crisis, crisis.isClosed ? undefined : roster));
  const seen = {
    mine: snapshots.map((snapshot) => ({ snapshot, duties: dutiesOf(snapshot, who.userId) })),
    others,
    isNew: isNew(state),
  };
  return { seen, reader: await readerOf(db, who, snapshots, now) };
}

/** What the Home tab of a person shows. */
export async function readHome(
  db: Executor,
  who: Person & { name: string },
  now: Date,
): Promise<{ content: HomeContent; reader: Reader }> {
  const state = await loadSettings(db, who.workspaceId);
  const [{ seen, reader }, kept, editor, { plan, gaps }] = await Promise.all([
    elsewhere(db, who, now, state),
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

function readerOf(db: Executor, who: Person, snapshots: readonly Snapshot[], now: Date): Promise<Reader> {
  const ids = snapshots.flatMap(({ crisis, callouts }) => [
    crisis.leadId,
    crisis.declaredBy,
    ...callouts.flatMap((c) => [...c.peopleIds, ...c.deputyIds, ...(c.answeredBy ? [c.answeredBy] : [])]),
  ]);
  return readerFor(db, { ...who, now }, ids);
}
