import type { Tx } from '../../db/client.ts';
import { accept, type Decision, refuse } from '../core/decision.ts';
import { newId } from '../core/ids.ts';
import { actIn } from '../crises/change.ts';
import { type Crisis, mayAct } from '../crises/rules.ts';
import { codeNamesOf, lockCrisis, saveCrisis } from '../crises/store.ts';
import { commit, type Deps } from '../jobs/commit.ts';
import { namer } from '../people/store.ts';
import { clearanceOf, coreKey, type Playbook } from '../playbooks/rules.ts';
import { clearancesOf, coreOf, keptOf, playbookOf, rootOf } from '../playbooks/store.ts';
import type { Act } from '../slack/feature.ts';
import { addStakeholders } from '../stakeholders/store.ts';
import { originIn } from '../statements/snapshot.ts';
import { saveStatement, statementsOf } from '../statements/store.ts';
import { insertTasks } from '../tasks/store.ts';
import { workspaceOf } from '../workspaces/store.ts';
import { firstWordsAt, firstWordsLate, setClock } from './clock.ts';
import { type HourRefusal, plannedTemplate, type Start, startPlaybook } from './rules.ts';
import { beforeStart, calledIn } from './store.ts';

/** What the declaration, or a higher level, starts by itself. A second time it finds nothing missing. */
export function startFirstHour(deps: Deps, crisisId: string): Promise<Decision<Start, HourRefusal>> {
  return commit(deps, null, async (tx) => {
    const crisis = await lockCrisis(tx, crisisId);
    const playbook = await playbookOf(tx, crisis.workspaceId, crisis.playbook);
    return { crisis, decision: await started(deps, tx, crisis, playbook, null) };
  });
}

/** Somebody of the room starts a playbook by its key: for a crisis whose kind was not known, or that turned into another. */
export function startByHand(act: Act, crisisId: string, key: string): Promise<Decision<Start, HourRefusal>> {
  return actIn<Start, HourRefusal>(act, crisisId, async (tx, crisis, member) => {
    const no = mayAct(crisis, member);
    if (no) return refuse(no);
    const kept = key === coreKey ? undefined : await keptOf(tx, crisis.workspaceId, key);
    if (!kept || kept.isRetired) return refuse({ code: 'unknown_playbook' });
    return started(act, tx, crisis, kept.playbook, act.who.userId);
  });
}

async function started(
  deps: Deps,
  tx: Tx,
  crisis: Crisis,
  playbook: Playbook,
  byId: string | null,
): Promise<Decision<Start, HourRefusal>> {
  const [core, root, { name: organisation }, before, people, codeNames, targeted] = await Promise.all([
    coreOf(tx, crisis.workspaceId),
    rootOf(tx, crisis.workspaceId, playbook.key),
    workspaceOf(tx, crisis.workspaceId),
    beforeStart(tx, crisis.id),
    calledIn(tx, crisis),
    codeNamesOf(tx, crisis.workspaceId),
    namer(tx, crisis.workspaceId, crisis.targetedIds),
  ]);
  const now = deps.now();
  const origins = await originsIn(tx, crisis, playbook, core, now);
  const input = { crisis, core, root, organisation, origins, before, people, codeNames, now, newId };
  const decision = startPlaybook(playbook, byId, { ...input, targeted: crisis.targetedIds.map(targeted) });
  if (decision.ok) {
    const { crisis: next, tasks, statements, stakeholders } = decision.value;
    await saveCrisis(tx, next);
    await insertTasks(tx, tasks);
    await addStakeholders(tx, stakeholders);
    for (const statement of statements) await saveStatement(tx, null, statement);
  }
  return decision;
}

async function originsIn(tx: Tx, crisis: Crisis, playbook: Playbook, core: Playbook, now: Date) {
  const template = plannedTemplate(playbook, core, crisis);
  if (!template) return { en: null, fr: null };
  const clearance = clearanceOf(template, await clearancesOf(tx, crisis.workspaceId), now);
  const offered = { playbook: playbook.templates.includes(template) ? playbook : core, template, clearance };
  return { en: originIn(offered, 'en'), fr: originIn(offered, 'fr') };
}

/** Sets the alarms of the first words. Those of an earlier level ring in vain: each asks again where the clock stands. */
export const setFirstWordsClock = (deps: Deps, crisisId: string): Promise<Decision<null, never>> =>
  commit(deps, null, async (tx) => {
    const crisis = await lockCrisis(tx, crisisId);
    const publishedAt = firstWordsAt(await statementsOf(tx, crisisId));
    return { crisis, decision: accept(null, { jobs: setClock(crisis, publishedAt, deps.now()) }) };
  });

/** An alarm of that clock: what the brief shows has changed colour, and at the limit the lead is told. */
export const ringFirstWords = (deps: Deps, crisisId: string) =>
  commit(deps, null, async (tx) => {
    const crisis = await lockCrisis(tx, crisisId);
    const decision = firstWordsLate(crisis, firstWordsAt(await statementsOf(tx, crisisId)), deps.now());
    if (decision.ok) await saveCrisis(tx, decision.value);
    return { crisis, decision };
  });
