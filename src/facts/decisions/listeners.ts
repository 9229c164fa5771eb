import { newId } from '../../core/ids.ts';
import { inBoth } from '../../core/locale.ts';
import { crisisMeant, crisisNamed, type Found, isInRoomOf, readerOf, showPage, toAct } from '../../crises/here.ts';
import { tooLongToType } from '../../crises/refusals.ts';
import type { Call, Feature, Reply } from '../../slack/feature.ts';
import { withNames } from '../../slack/mrkdwn.ts';
import { mentionedIn } from '../../timeline/export.ts';
import { decide as decideOn } from '../change.ts';
import { decisionsOf } from '../store.ts';
import { savedAnswer } from '../views.ts';
import { sayNo } from './refusals.ts';
import { type DecisionRefusal, decisionMax, peopleInDecisions } from './rules.ts';
import { words } from './text.ts';
import { decide, decideForm, decisionForm, decisionList, turnPage } from './views.ts';

async function openForm(
  call: Call,
  finding: Promise<Found>,
  typed: string,
  replaces: number | null,
): Promise<Reply | void> {
  const found = await toAct(call, finding);
  if ('reply' in found) return found.reply;
  const { crisis } = found;
  const made = await decisionsOf(call.db, crisis.id);
  const reader = await readerOf(call, [...peopleInDecisions(made), ...mentionedIn(typed)]);
  const text = withNames(typed, reader.named);
  const tooLong = tooLongToType(text, decisionMax, reader.language);
  if (tooLong) return tooLong;
  await call.openModal(decisionForm({ crisis, text, replaces }, made, isInRoomOf(call, crisis), reader));
}

const showList = showPage(decisionsOf, peopleInDecisions, decisionList);

const fields = {
  options_too_long: 'options',
  reason_missing: 'reason',
  reason_too_long: 'reason',
  cannot_own: 'decider',
  replaces_unknown: 'replaces',
  replaced_already: 'replaces',
} as const;
const fieldOf = ({ code }: DecisionRefusal) => (code in fields ? fields[code as keyof typeof fields] : 'text');

export const decisions = {
  subcommands: [
    {
      name: 'decide',
      aliases: ['décider', 'decision', 'décision'],
      usage: inBoth((l) => words(l).help.decideUsage),
      summary: inBoth((l) => words(l).help.decide),
      readsOnly: true,
      run: (call, text) => openForm(call, crisisMeant(call), text.trim(), null),
    },
    {
      name: 'decisions',
      aliases: ['décisions'],
      usage: inBoth(() => ''),
      summary: inBoth((l) => words(l).help.decisions),
      readsOnly: true,
      run: (call) => showList(call, crisisMeant(call), 0),
    },
  ],
  actions: [
    decide.on((call, { crisisId, replaces }) => openForm(call, crisisNamed(call, crisisId), '', replaces ?? null)),
    turnPage.on((call, { crisisId, page }) => showList(call, crisisNamed(call, crisisId), page)),
  ],
  forms: [
    decideForm.on(async (call, { decider, replaces, ...wish }, { crisisId, here }) => {
      const { language } = call.who;
      const decision = await decideOn(call, crisisId, {
        id: newId(),
        ...wish,
        userId: decider,
        replaces: replaces === null ? null : Number(replaces),
      });
      if (!decision.ok) return decideForm.error(fieldOf(decision.refusal), sayNo(decision.refusal, { language }));
      const { saved, owner } = decision.value;
      return savedAnswer(words(language).made(saved.number), owner, here, language);
    }),
  ],
} satisfies Partial<Feature>;
