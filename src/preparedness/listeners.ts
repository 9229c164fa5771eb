import { z } from 'zod';
import { inBoth } from '../core/locale.ts';
import { mayChange } from '../people/rules.ts';
import { findEditor, namer } from '../people/store.ts';
import { type Call, type Feature, type FormAnswer, onPress, onSubmit, type Reply } from '../slack/feature.ts';
import { workspaceOf } from '../workspaces/store.ts';
import { saidOfPreparation } from './change.ts';
import { jobs } from './jobs.ts';
import { preparationOf, readPlan } from './store.ts';
import { words } from './text.ts';
import { dayIn, planForm, planMessage } from './views.ts';

async function showPlan(call: Call): Promise<Reply> {
  const { workspaceId, language } = call.who;
  const { plan, preparation, settingsBy } = await readPlan(call.db, workspaceId, call.now());
  const ownerId = preparation.ownerId ?? settingsBy;
  const named = await namer(call.db, workspaceId, ownerId ? [ownerId] : []);
  return planMessage(plan, preparation, ownerId, { language, named, day: dayIn(language) });
}

async function openPlanForm(call: Call): Promise<Reply | void> {
  const { workspaceId, userId, language } = call.who;
  const { editors } = await readPlan(call.db, workspaceId, call.now());
  if (!mayChange(editors, await findEditor(call.db, workspaceId, userId)))
    return { text: words(language).refused.not_allowed };
  await call.openModal(planForm(await preparationOf(call.db, workspaceId), language));
}

const formValues = z.object({
  exercised_on: z.iso.date().nullish().catch(null),
  owner: z.string().nullish(),
  reminders: z.enum(['on', 'off']).catch('on'),
});

async function submitPlan(call: Call, values: Record<string, unknown>): Promise<FormAnswer> {
  const { exercised_on, owner, reminders } = formValues.parse(values);
  const decision = await saidOfPreparation(call, {
    exercisedOn: exercised_on ?? null,
    ownerId: owner ?? null,
    remindersOff: reminders === 'off',
  });
  if (decision.ok) return;
  const text = words(call.who.language).refused[decision.refusal.code];
  return { errors: { [decision.refusal.code === 'cannot_own' ? 'owner' : 'exercised_on']: text } };
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
  actions: [onPress('preparedness.open', z.unknown(), openPlanForm)],
  forms: [onSubmit('preparedness.save', z.unknown(), submitPlan)],
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
