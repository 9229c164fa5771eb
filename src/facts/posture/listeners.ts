import { z } from 'zod';
import { inBoth } from '../../core/locale.ts';
import { type Crisis, mayAct } from '../../crises/rules.ts';
import { findMember } from '../../crises/store.ts';
import { playbookOf } from '../../playbooks/store.ts';
import { type Call, type FormAnswer, onPress, onSubmit, type Reply } from '../../slack/feature.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';
import { answerPosture, showPosture } from '../change.ts';
import { postureInputsOf } from '../store.ts';
import { crisisMeant, crisisNamed, readerOf } from '../who.ts';
import { clusters, type PostureRefusal, reputations, truths } from './rules.ts';
import { words } from './text.ts';
import { postureForm, postureMessage, questionsForm, sayNo } from './views.ts';

const no = async (call: Call, refusal: PostureRefusal): Promise<string> =>
  sayNo(refusal, await readerOf(call, 'inputs' in refusal ? [refusal.inputs.setBy] : []));

/** The suggestion, once somebody has answered; until then, the questions. */
async function typed(call: Call): Promise<Reply | void> {
  const meant = await crisisMeant(call);
  if ('reply' in meant) return meant.reply;
  const inputs = await postureInputsOf(call.db, meant.crisis.id);
  if (!inputs) return openQuestions(call, meant.crisis);
  return postureMessage(inputs, meant.crisis, await readerOf(call, [inputs.setBy]), true);
}

async function openQuestions(call: Call, crisis: Crisis): Promise<Reply | void> {
  const problem = mayAct(crisis, await findMember(call.db, crisis, call.who.userId, call.channelId));
  if (problem) return { text: await no(call, problem) };
  const [before, playbook] = await Promise.all([
    postureInputsOf(call.db, crisis.id),
    playbookOf(call.db, crisis.workspaceId, crisis.playbook),
  ]);
  await call.openModal(questionsForm(crisis, before, playbook.cluster, await readerOf(call, [])));
}

const crisisId = z.uuid();
const values = z.object({
  cluster: z.enum(clusters).nullish(),
  truth: z.enum(truths).nullish(),
  has_history: z.string().nullish(),
  reputation: z.enum(reputations).nullish(),
});

async function submit(
  call: Call,
  raw: Record<string, unknown>,
  metadata: { crisisId: string; v: number },
): Promise<FormAnswer> {
  const { cluster, truth, has_history, reputation } = values.parse(raw);
  const decision = await answerPosture(call, metadata.crisisId, metadata.v, {
    cluster: cluster ?? 'accident',
    truth: truth ?? 'unknown',
    hasHistory: has_history === 'yes',
    reputation: reputation ?? 'neutral',
  });
  if (!decision.ok) return { errors: { cluster: await no(call, decision.refusal) } };
  const named = await crisisNamed(call, metadata.crisisId);
  if ('reply' in named) return;
  const reader = await readerOf(call, [decision.value.setBy]);
  return { update: postureForm(postureMessage(decision.value, named.crisis, reader, false), reader) };
}

export const posture = {
  subcommands: [
    {
      name: 'posture',
      aliases: ['que-dire', 'attitude'],
      usage: inBoth(() => ''),
      summary: inBoth((l) => words(l).help.posture),
      readsOnly: true,
      run: (call: Call) => typed(call),
    },
  ],
  actions: [
    onPress('facts.posture', z.object({ crisisId }), async (call, value) => {
      const named = await crisisNamed(call, value.crisisId);
      return 'reply' in named ? named.reply : openQuestions(call, named.crisis);
    }),
    onPress('facts.post_posture', z.object({ crisisId, v: z.number() }), async (call, value) => {
      const decision = await showPosture(call, value.crisisId, value.v);
      return { text: decision.ok ? words(call.who.language).posted : escapeMrkdwn(await no(call, decision.refusal)) };
    }),
  ],
  forms: [onSubmit('facts.posture', z.object({ crisisId, v: z.number() }), submit)],
};
