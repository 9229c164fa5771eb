import type { Decision } from '../core/decision.ts';
import { atOnce } from '../core/jobs.ts';
import { inBoth, type Language } from '../core/locale.ts';
import { crisisHere, crisisNamed, toAct } from '../crises/here.ts';
import type { Playbook } from '../playbooks/rules.ts';
import { playbookOf, playbooksOf } from '../playbooks/store.ts';
import type { ModalView } from '../slack/blocks.ts';
import type { Call, Feature, Reply } from '../slack/feature.ts';
import { escapeMrkdwn } from '../slack/mrkdwn.ts';
import { folded } from '../slack/subcommands.ts';
import { startByHand } from './change.ts';
import { kinds } from './entry-kinds.ts';
import { jobs } from './jobs.ts';
import { waits } from './overview.ts';
import { sayNo } from './refusals.ts';
import type { HourRefusal, Start } from './rules.ts';
import { words } from './text.ts';
import {
  notice,
  remindersButton,
  remindersView,
  resourcesButton,
  resourcesView,
  startForm,
  startView,
} from './views.ts';

function said(decision: Decision<Start, HourRefusal>, language: Language): string {
  if (!decision.ok) return sayNo(decision.refusal, language);
  const { playbook, tasks } = decision.value;
  return words(language).form.started(escapeMrkdwn(playbook.name[language]), tasks.length);
}

async function startTyped(call: Call, text: string): Promise<Reply | void> {
  const { workspaceId, language } = call.who;
  const asked = folded(text.trim());
  if (!asked) return openForm(call);
  const here = await crisisHere(call);
  if ('reply' in here) return here.reply;
  const playbook = playbookNamed(await playbooksOf(call.db, workspaceId), asked);
  if (!playbook) return { text: sayNo({ code: 'unknown_playbook' }, language) };
  return { text: said(await startByHand(call, here.crisis.id, playbook.key), language) };
}

/** By its key or name, or by any part of a name that only one of them has. */
function playbookNamed(playbooks: readonly Playbook[], asked: string): Playbook | undefined {
  const matching = (matches: (word: string) => boolean) =>
    playbooks.filter(({ key, name }) => [key, name.en, name.fr].map(folded).some(matches));
  const [exact] = matching((word) => word === asked);
  const [only, another] = matching((word) => word.includes(asked));
  return exact ?? (another ? undefined : only);
}

async function openForm(call: Call): Promise<Reply | void> {
  const [found, playbooks] = await Promise.all([
    toAct(call, crisisHere(call)),
    playbooksOf(call.db, call.who.workspaceId),
  ]);
  if ('reply' in found) return found.reply;
  await call.openModal(startView(found.crisis, playbooks, call.channelId, call.who.language));
}

async function read(
  call: Call,
  { crisisId, playbook }: { crisisId: string; playbook: string },
  view: (playbook: Playbook, language: Language) => ModalView,
): Promise<Reply | void> {
  const found = await crisisNamed(call, crisisId);
  if ('reply' in found) return found.reply;
  await call.openModal(view(await playbookOf(call.db, call.who.workspaceId, playbook), call.who.language));
}

export const firstHour: Feature = {
  name: 'first-hour',
  title: inBoth((l) => words(l).feature),
  waits,
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
    remindersButton.on((call, about) => read(call, about, remindersView)),
    resourcesButton.on((call, about) => read(call, about, resourcesView)),
  ],
  forms: [
    startForm.on(async (call, { playbook_to_start }, { crisisId, channelId }) => {
      // The form was opened in that room, which proved who may act there.
      const decision = await startByHand({ ...call, channelId }, crisisId, playbook_to_start ?? '');
      return { update: notice(said(decision, call.who.language), call.who.language) };
    }),
  ],
  jobs,
};
