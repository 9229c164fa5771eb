import { inBoth } from '../core/locale.ts';
import { readerOf } from '../crises/here.ts';
import { mayChange } from '../people/rules.ts';
import { findEditor } from '../people/store.ts';
import { loadSettings } from '../settings/store.ts';
import type { Call, Feature, Reply } from '../slack/feature.ts';
import { workspaceOf } from '../workspaces/store.ts';
import { saidOfPreparation } from './change.ts';
import { jobs } from './jobs.ts';
import { sayNo } from './refusals.ts';
import { preparationOf, readPlan } from './store.ts';
import { words } from './text.ts';
import { drawPlan, openButton, planForm, planMessage } from './views.ts';

async function showPlan(call: Call): Promise<Reply> {
  const state = await loadSettings(call.db, call.who.workspaceId);
  const { plan, preparation } = await readPlan(call.db, state, call.now());
  const ownerId = preparation.ownerId ?? state.saved.savedBy;
  return planMessage(plan, preparation, ownerId, await readerOf(call, ownerId ? [ownerId] : []));
}

async function openPlan(call: Call): Promise<Reply | void> {
  const { workspaceId, userId, language } = call.who;
  const [{ editors }, editor, preparation] = await Promise.all([
    loadSettings(call.db, workspaceId),
    findEditor(call.db, workspaceId, userId),
    preparationOf(call.db, workspaceId),
  ]);
  if (!mayChange(editors, editor)) return { text: sayNo({ code: 'not_allowed' }, language) };
  await call.openModal(drawPlan(preparation, language));
}

export const preparedness: Feature = {
  name: 'preparedness',
  title: inBoth((l) => words(l).feature),
  subcommands: [
    {
      name: 'plan',
      aliases: ['préparation', 'preparation'],
      usage: inBoth(() => ''),
      summary: inBoth((l) => words(l).help),
      readsOnly: true,
      run: showPlan,
    },
  ],
  actions: [openButton.on(openPlan)],
  forms: [
    planForm.on(async (call, { exercised_on: exercisedOn, owner: ownerId, reminders }) => {
      const decision = await saidOfPreparation(call, { exercisedOn, ownerId, remindersOff: reminders === 'off' });
      if (decision.ok) return;
      const { refusal } = decision;
      const text = sayNo(refusal, call.who.language);
      return planForm.error(refusal.code === 'cannot_own' ? 'owner' : 'exercised_on', text);
    }),
  ],
  jobs,
  /** In the morning of whoever is reminded; a time zone that is changed holds from the next start. */
  start: async ({ boss, db }, workspaceId) =>
    boss.schedule(
      'upkeep',
      '17 8 1 * *',
      { kind: 'preparedness.remind', workspaceId },
      { key: `preparedness.${workspaceId}`, tz: (await workspaceOf(db, workspaceId)).timeZone },
    ),
};
