import { z } from 'zod';
import type { Decision } from '../core/decision.ts';
import { atOnce } from '../core/jobs.ts';
import { inBoth } from '../core/locale.ts';
import { type Crisis, mayAct } from '../crises/rules.ts';
import { findCrisisOf, findCrisisOfChannel, findMember } from '../crises/store.ts';
import type { Playbook } from '../playbooks/rules.ts';
import { playbooksOf } from '../playbooks/store.ts';
import { type Call, type Feature, type FormAnswer, onPress, onSubmit, type Reply } from '../slack/feature.ts';
import { escapeMrkdwn } from '../slack/mrkdwn.ts';
import { folded } from '../slack/subcommands.ts';
import { startByHand } from './change.ts';
import { kinds } from './entry-kinds.ts';
import { jobs } from './jobs.ts';
import type { HourRefusal, Start } from './rules.ts';
import { words } from './text.ts';
import { notice, startForm } from './views.ts';

const said = (decision: Decision<Start, HourRefusal>, call: Call): string => {
  const { language } = call.who;
  const w = words(language);
  if (!decision.ok) return w.refused[decision.refusal.code];
  const { playbook, tasks } = decision.value;
  return w.form.started(escapeMrkdwn(playbook.name[language]), tasks.length);
};

async function startTyped(call: Call, text: string): Promise<Reply | void> {
  const { workspaceId, language, userId } = call.who;
  const crisis = call.channelId ? await findCrisisOfChannel(call.db, workspaceId, call.channelId, userId) : undefined;
  const asked = folded(text.trim());
  if (!crisis || !asked) return openForm(call, crisis);
  const playbook = playbookNamed(await playbooksOf(call.db, workspaceId), asked);
  if (!playbook) return { text: words(language).refused.unknown_playbook };
  return { text: said(await startByHand(call, crisis.id, playbook.key), call) };
}

/** By its key or name, or by any part of a name that only one of them has. */
function playbookNamed(playbooks: readonly Playbook[], asked: string): Playbook | undefined {
  const matching = (matches: (word: string) => boolean) =>
    playbooks.filter(({ key, name }) => [key, name.en, name.fr].map(folded).some(matches));
  const [exact] = matching((word) => word === asked);
  const [only, another] = matching((word) => word.includes(asked));
  return exact ?? (another ? undefined : only);
}

async function openForm(call: Call, crisis: Crisis | undefined): Promise<Reply | void> {
  const { workspaceId, language, userId } = call.who;
  const w = words(language);
  if (!crisis) return { text: w.refused.not_in_room };
  const no = mayAct(crisis, await findMember(call.db, crisis, userId, call.channelId));
  if (no) return { text: w.refused[no.code] };
  await call.openModal(startForm(crisis, await playbooksOf(call.db, workspaceId), call.channelId, language));
}

const formData = z.object({ crisisId: z.uuid(), channelId: z.string().nullable() });

async function submitStart(
  call: Call,
  values: Record<string, unknown>,
  data: z.infer<typeof formData>,
): Promise<FormAnswer> {
  const chosen = z.object({ playbook_to_start: z.string().nullish() }).parse(values).playbook_to_start ?? '';
  // The form was opened in that room, which proved who may act there.
  const decision = await startByHand({ ...call, channelId: data.channelId }, data.crisisId, chosen);
  return { update: notice(said(decision, call), call.who.language) };
}

export const firstHour: Feature = {
  name: 'first-hour',
  title: inBoth((l) => words(l).feature),
  entryKinds: kinds,
  follows: {
    level_changed: (crisisId) => [atOnce('first_hour.start', { crisisId })],
    crisis_reopened: (crisisId) => [atOnce('first_hour.set_clock', { crisisId })],
  },
  subcommands: [
    {
      name: 'start',
      aliases: ['lancer', 'démarrer', 'demarrer'],
      usage: inBoth((l) => words(l).help.startUsage),
      summary: inBoth((l) => words(l).help.start),
      run: startTyped,
    },
  ],
  actions: [
    onPress('first-hour.choose', z.object({ crisisId: z.uuid() }), async (call, { crisisId }) =>
      openForm(call, await findCrisisOf(call.db, call.who.workspaceId, crisisId)),
    ),
  ],
  forms: [onSubmit('first-hour.start', formData, submitStart)],
  jobs,
};
