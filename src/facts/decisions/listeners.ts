import { z } from 'zod';
import { newId } from '../../core/ids.ts';
import { inBoth } from '../../core/locale.ts';
import { type Crisis, mayAct } from '../../crises/rules.ts';
import { findMember } from '../../crises/store.ts';
import { message, section } from '../../slack/blocks.ts';
import { type Call, type FormAnswer, onPress, onSubmit, type Reply } from '../../slack/feature.ts';
import { escapeMrkdwn, withNames } from '../../slack/mrkdwn.ts';
import { mentionedIn } from '../../timeline/export.ts';
import { decide } from '../change.ts';
import { common } from '../common-text.ts';
import { decisionsOf } from '../store.ts';
import { savedForm } from '../views.ts';
import { crisisMeant, crisisNamed, given, isInRoomOf, readerOf, tooLongToType } from '../who.ts';
import { type DecisionRefusal, decisionMax, peopleInDecisions } from './rules.ts';
import { words } from './text.ts';
import { decisionForm, decisionList, sayNo } from './views.ts';

const meantBy = (call: Call) => crisisMeant(call);

async function openForm(call: Call, crisis: Crisis, text: string, replaces: number | null): Promise<Reply | void> {
  const problem = mayAct(crisis, await findMember(call.db, crisis, call.who.userId, call.channelId));
  if (problem) return { text: sayNo(problem, await readerOf(call, [])) };
  const made = await decisionsOf(call.db, crisis.id);
  const reader = await readerOf(call, [...peopleInDecisions(made), ...mentionedIn(text)]);
  const about = { crisis, text: withNames(text, reader.named), replaces };
  const tooLong = tooLongToType(about.text, decisionMax, reader.language);
  if (tooLong) return tooLong;
  await call.openModal(decisionForm(about, made, isInRoomOf(call, crisis), reader));
}

async function showList(call: Call, crisisId: string | null, page: number): Promise<Reply> {
  const meant = crisisId ? await crisisNamed(call, crisisId) : await meantBy(call);
  if ('reply' in meant) return meant.reply;
  const made = await decisionsOf(call.db, meant.crisis.id);
  return decisionList(made, meant.crisis, page, await readerOf(call, peopleInDecisions(made)));
}

const values = z.object({
  text: given,
  reason: given,
  options: given,
  decider: z.string().nullish(),
  replaces: z.string().nullish(),
});

const fields: Partial<Record<DecisionRefusal['code'], string>> = {
  options_too_long: 'options',
  reason_missing: 'reason',
  reason_too_long: 'reason',
  cannot_own: 'decider',
  replaces_unknown: 'replaces',
  replaced_already: 'replaces',
};

async function submit(
  call: Call,
  raw: Record<string, unknown>,
  { crisisId, here }: { crisisId: string; here: boolean },
): Promise<FormAnswer> {
  const { decider, replaces, ...wish } = values.parse(raw);
  const decision = await decide(call, crisisId, {
    id: newId(),
    ...wish,
    userId: decider ?? null,
    replaces: replaces && replaces !== '-' ? Number(replaces) : null,
  });
  const { language } = call.who;
  if (!decision.ok) {
    const { refusal } = decision;
    return { errors: { [fields[refusal.code] ?? 'text']: sayNo(refusal, await readerOf(call, [])) } };
  }
  const { saved, owner } = decision.value;
  if (here && owner.inCell) return;
  const told = [
    words(language).made(saved.number),
    ...(owner.inCell ? [] : [common(language).outsideCell(escapeMrkdwn(owner.name))]),
  ].join('\n');
  return { update: savedForm(message(told, [section(told)]), language) };
}

const crisisId = z.uuid();

export const decisions = {
  subcommands: [
    {
      name: 'decide',
      aliases: ['décider', 'decision', 'décision'],
      usage: inBoth((l) => words(l).help.decideUsage),
      summary: inBoth((l) => words(l).help.decide),
      readsOnly: true,
      run: async (call: Call, text: string) => {
        const meant = await meantBy(call);
        return 'reply' in meant ? meant.reply : openForm(call, meant.crisis, text.trim(), null);
      },
    },
    {
      name: 'decisions',
      aliases: ['décisions'],
      usage: inBoth(() => ''),
      summary: inBoth((l) => words(l).help.decisions),
      readsOnly: true,
      run: (call: Call) => showList(call, null, 0),
    },
  ],
  actions: [
    onPress('facts.decide', z.object({ crisisId, replaces: z.number().nullish() }), async (call, value) => {
      const named = await crisisNamed(call, value.crisisId);
      return 'reply' in named ? named.reply : openForm(call, named.crisis, '', value.replaces ?? null);
    }),
    onPress('facts.decisions_page', z.object({ crisisId, page: z.number() }), (call, value) =>
      showList(call, value.crisisId, value.page),
    ),
  ],
  forms: [onSubmit('facts.decide', z.object({ crisisId, here: z.boolean().default(false) }), submit)],
};
