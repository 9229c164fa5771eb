import type { Executor } from '../../db/client.ts';
import { sees } from '../assessment/rules.ts';
import { assessorOf, type Kept, openMatters } from '../assessment/store.ts';
import type { Language } from '../core/locale.ts';
import { type Crisis, isExcluded } from '../crises/rules.ts';
import { crisesOfPerson, openCrisesOf } from '../crises/store.ts';
import { type Department, departmentsOfPerson, mayChange } from '../people/rules.ts';
import { findEditor, namer } from '../people/store.ts';
import { readPlan } from '../preparedness/store.ts';
import { calloutsOf } from '../responders/store.ts';
import { gapsOf } from '../settings/rules.ts';
import { worthKeeping } from '../settings/settings.ts';
import { directoryFor, loadSettings, type State } from '../settings/store.ts';
import { approversRoster, statementsOf } from '../statements/store.ts';
import { tasksOf } from '../tasks/store.ts';
import type { Elsewhere, HomeContent, Reader } from './content.ts';
import { dutiesOf, type Situation } from './duties.ts';

const situationOf = async (db: Executor, crisis: Crisis, roster?: Department[]): Promise<Situation> => ({
  crisis,
  callouts: await calloutsOf(db, crisis.id),
  tasks: await tasksOf(db, [crisis.id]),
  statements: await statementsOf(db, crisis.id),
  roster: roster ?? (await approversRoster(db, crisis)),
});

const most = 10;

/** Open crises that a person may know of: those they are part of, then those whose room is open to everybody. */
async function visibleCrises(
  db: Executor,
  workspaceId: string,
  userId: string,
): Promise<{ mine: Crisis[]; others: Crisis[] }> {
  const mine = (await crisesOfPerson(db, workspaceId, userId, 100)).filter((crisis) => crisis.status === 'open');
  const others = (await openCrisesOf(db, workspaceId)).filter(
    (crisis) =>
      !crisis.isPrivate && !isExcluded(crisis, userId) && crisis.channelId && !mine.some((own) => own.id === crisis.id),
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
): Promise<{ situation: Situation; reader: Reader }> {
  const situation = await situationOf(db, crisis);
  return { situation, reader: await readerFor(db, who, [situation], now) };
}

/** Everything a person may know of, for outside of the rooms. */
export async function readElsewhere(
  db: Executor,
  who: Person,
  now: Date,
): Promise<{ seen: Elsewhere; reader: Reader }> {
  const { mine, others } = await visibleCrises(db, who.workspaceId, who.userId);
  const open = mine.find((crisis) => !crisis.isClosed);
  const roster = open ? await approversRoster(db, open) : undefined;
  const situations: Situation[] = [];
  for (const crisis of mine) situations.push(await situationOf(db, crisis, crisis.isClosed ? undefined : roster));
  const seen = {
    mine: situations.map((situation) => ({ situation, duties: dutiesOf(situation, who.userId) })),
    others,
    isNew: isNew(await loadSettings(db, who.workspaceId)),
  };
  return { seen, reader: await readerFor(db, who, situations, now) };
}

/** What the Home tab of a person shows. */
export async function readHome(
  db: Executor,
  who: Person & { name: string },
  now: Date,
): Promise<{ content: HomeContent; reader: Reader }> {
  const { seen, reader } = await readElsewhere(db, who, now);
  const state = await loadSettings(db, who.workspaceId);
  const { settings } = state.saved;
  const nameOf = (key: string) => settings.departments.find((d) => d.key === key)?.name ?? null;
  const content = {
    ...seen,
    name: who.name,
    answersFor: departmentsOfPerson(state.roster, who.userId).map((d) => ({ ...d, name: nameOf(d.key) })),
    kept: await keptFor(db, who),
    gaps: gapsOf(settings, state.roster, await directoryFor(db, state, settings)),
    mayChange: mayChange(state.editors, await findEditor(db, who.workspaceId, who.userId)),
    settings,
    score: (await readPlan(db, who.workspaceId, now)).plan.score,
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

async function readerFor(
  db: Executor,
  { workspaceId, language, timeZone }: Person,
  situations: readonly Situation[],
  now: Date,
): Promise<Reader> {
  const ids = situations.flatMap(({ crisis, callouts }) => [
    crisis.leadId,
    crisis.declaredBy,
    ...callouts.flatMap((c) => [...c.peopleIds, ...c.deputyIds, ...(c.answeredBy ? [c.answeredBy] : [])]),
  ]);
  return { language, timeZone, now, named: await namer(db, workspaceId, ids) };
}
