import { inBoth } from '../../core/locale.ts';
import { crisisMeant, crisisNamed, type Found, readerOf, toAct } from '../../crises/here.ts';
import { playbookOf } from '../../playbooks/store.ts';
import type { Call, Feature, Reply } from '../../slack/feature.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';
import { answerPosture, showPosture } from '../change.ts';
import { postureInputsOf } from '../store.ts';
import { sayNo } from './refusals.ts';
import type { PostureRefusal } from './rules.ts';
import { words } from './text.ts';
import { ask, post, postureForm, postureMessage, questions, questionsForm } from './views.ts';

const no = async (call: Call, refusal: PostureRefusal): Promise<string> =>
  sayNo(refusal, await readerOf(call, 'inputs' in refusal ? [refusal.inputs.setBy] : []));

/** The suggestion, once somebody has answered; until then, the questions. */
async function typed(call: Call): Promise<Reply | void> {
  const meant = await crisisMeant(call);
  if ('reply' in meant) return meant.reply;
  const inputs = await postureInputsOf(call.db, meant.crisis.id);
  if (!inputs) return openQuestions(call, Promise.resolve(meant));
  return postureMessage(inputs, meant.crisis, await readerOf(call, [inputs.setBy]), true);
}

async function openQuestions(call: Call, finding: Promise<Found>): Promise<Reply | void> {
  const found = await toAct(call, finding);
  if ('reply' in found) return found.reply;
  const { crisis } = found;
  const [before, playbook, reader] = await Promise.all([
    postureInputsOf(call.db, crisis.id),
    playbookOf(call.db, crisis.workspaceId, crisis.playbook),
    readerOf(call),
  ]);
  await call.openModal(questionsForm(crisis, before, playbook.cluster, reader));
}

export const posture = {
  subcommands: [
    {
      name: 'posture',
      aliases: ['que-dire', 'attitude'],
      usage: inBoth(() => ''),
      summary: inBoth((l) => words(l).help.posture),
      readsOnly: true,
      run: (call) => typed(call),
    },
  ],
  actions: [
    ask.on((call, { crisisId }) => openQuestions(call, crisisNamed(call, crisisId))),
    post.on(async (call, { crisisId, v }) => {
      const decision = await showPosture(call, crisisId, v);
      return { text: decision.ok ? words(call.who.language).posted : escapeMrkdwn(await no(call, decision.refusal)) };
    }),
  ],
  forms: [
    questions.on(async (call, { cluster, truth, has_history, reputation }, { crisisId, v }) => {
      const decision = await answerPosture(call, crisisId, v, {
        cluster: cluster ?? 'accident',
        truth: truth ?? 'unknown',
        hasHistory: has_history === 'yes',
        reputation: reputation ?? 'neutral',
      });
      if (!decision.ok) return questions.error('cluster', await no(call, decision.refusal));
      const named = await crisisNamed(call, crisisId);
      if ('reply' in named) return;
      const reader = await readerOf(call, [decision.value.setBy]);
      return { update: postureForm(postureMessage(decision.value, named.crisis, reader, false), reader) };
    }),
  ],
} satisfies Partial<Feature>;
