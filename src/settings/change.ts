import type { Db } from '../../db/client.ts';
import { accept, type Decision, refuse } from '../core/decision.ts';
import { type Job, toPerson } from '../core/jobs.ts';
import { openCrisesOf } from '../crises/store.ts';
import { commit } from '../jobs/commit.ts';
import { mayChange } from '../people/rules.ts';
import { findEditor } from '../people/store.ts';
import type { Act } from '../slack/feature.ts';
import { changeSettings, nextVersion, type SettingsChange, type SettingsRefusal } from './rules.ts';
import type { Settings } from './settings.ts';
import { directoryFor, loadSettings, lockSettings, type Source, saveSettings } from './store.ts';

type Edit = (settings: Settings) => Settings;

/** Saves a new version of a workspace's settings, based on the version that its author saw, or says why not. */
export function editSettings(
  act: Act,
  basedOn: number,
  edit: Edit,
  source: Source = 'form',
): Promise<Decision<SettingsChange, SettingsRefusal>> {
  return commit(act, act.deliveryKey, async (tx) => {
    const state = await lockSettings(tx, act.who.workspaceId);
    const directory = await directoryFor(tx, state, edit(state.saved.settings));
    const editor = await findEditor(tx, act.who.workspaceId, act.who.userId);
    const decision = changeSettings(state.saved, edit, basedOn, editor, { ...state, directory }, act.now());
    if (!decision.ok || !decision.value.isNew) return { crisis: null, decision };
    await saveSettings(tx, act.who.workspaceId, decision.value, source, act.now());
    const follow = (await openCrisesOf(tx, act.who.workspaceId)).flatMap((crisis) =>
      followSettings(crisis.id, act.who.userId),
    );
    return { crisis: null, decision: { ...decision, jobs: [...decision.jobs, ...follow] } };
  });
}

/** Crises under way go by the new beat, and say that others are named than when a text was submitted. */
const followSettings = (crisisId: string, by: string): Job[] => [
  { kind: 'digests.start', queue: 'alarms', data: { crisisId } },
  { kind: 'statements.crisis_changed', queue: 'alarms', data: { crisisId, by } },
];

/** What a file would change, decided and not done. */
export async function previewSettings(act: Act, wanted: Settings): Promise<Decision<SettingsChange, SettingsRefusal>> {
  const state = await loadSettings(act.db, act.who.workspaceId);
  const directory = await directoryFor(act.db, state, wanted);
  const editor = await findEditor(act.db, act.who.workspaceId, act.who.userId);
  const known = { ...state, directory };
  return changeSettings(state.saved, () => wanted, state.saved.version, editor, known, act.now());
}

/** From the command line, by whoever holds the database: no editor is asked for, everything else is judged alike. */
export function replaceSettings(
  db: Db,
  workspaceId: string,
  wanted: Settings,
  now: Date,
  onlyCheck: boolean,
): Promise<Decision<SettingsChange, SettingsRefusal>> {
  return db.transaction(async (tx) => {
    const state = await lockSettings(tx, workspaceId);
    const directory = await directoryFor(tx, state, wanted);
    const decision = nextVersion(state.saved, wanted, null, { workspaceId, directory }, now);
    if (decision.ok && decision.value.isNew && !onlyCheck)
      await saveSettings(tx, workspaceId, decision.value, 'command_line', now);
    return decision;
  });
}

/** Orders the file of the settings as they stand, for the person who asks. */
export function orderExport(act: Act): Promise<Decision<null, SettingsRefusal>> {
  return commit(act, act.deliveryKey, async (tx) => {
    const { editors } = await loadSettings(tx, act.who.workspaceId);
    const editor = await findEditor(tx, act.who.workspaceId, act.who.userId);
    if (!mayChange(editors, editor))
      return { crisis: null, decision: refuse({ code: 'not_allowed' as const, editors: [...editors] }) };
    const { workspaceId, userId } = act.who;
    const job = toPerson('settings.export', { workspaceId, userId, request: act.deliveryKey });
    return { crisis: null, decision: accept(null, { jobs: [job] }) };
  });
}
