import { newId } from '../../core/ids.ts';
import { inBoth } from '../../core/locale.ts';
import { crisisMeant, crisisNamed, type Found, isInRoomOf, readerOf, showPage, toWrite } from '../../crises/here.ts';
import type { Call, Feature, Reply } from '../../slack/feature.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';
import { addCause, changeCause, readCause } from '../change.ts';
import { causesOf } from '../store.ts';
import { savedAnswer } from '../views.ts';
import { sayNo } from './refusals.ts';
import { type CauseRefusal, causeMax, peopleInCauses } from './rules.ts';
import { words } from './text.ts';
import { add, addForm, causeForm, causeList, change, changeForm, turnPage } from './views.ts';

const no = async (call: Call, refusal: CauseRefusal): Promise<string> =>
  sayNo(refusal, await readerOf(call, 'cause' in refusal ? peopleInCauses([refusal.cause]) : []));

const showList = showPage(causesOf, peopleInCauses, causeList);

async function openNew(call: Call, finding: Promise<Found>, typed: string): Promise<Reply | void> {
  const draft = await toWrite(call, finding, typed, causeMax);
  if ('reply' in draft) return draft.reply;
  await call.openModal(causeForm(draft, isInRoomOf(call, draft.crisis), draft.reader));
}

const wishOf = ({ cause_status, family, owner, ...wish }: ReturnType<typeof addForm.read>) => ({
  ...wish,
  family: family ?? ('quality' as const),
  status: cause_status ?? ('hypothesis' as const),
  userId: owner,
});

function fieldOf({ code }: CauseRefusal) {
  if (code === 'cannot_own') return 'owner';
  return code === 'evidence_missing' || code === 'evidence_too_long' ? 'evidence' : 'text';
}

export const causes = {
  subcommands: [
    {
      name: 'cause',
      aliases: ['causes'],
      usage: inBoth((l) => words(l).help.causeUsage),
      summary: inBoth((l) => words(l).help.cause),
      readsOnly: true,
      // Alone: the causes there are. With words: the form, with them in it.
      run: async (call, text) =>
        text.trim() ? openNew(call, crisisMeant(call), text.trim()) : showList(call, crisisMeant(call), 0),
    },
  ],
  actions: [
    add.on((call, { crisisId }) => openNew(call, crisisNamed(call, crisisId), '')),
    change.on(async (call, { causeId, v }) => {
      const read = await readCause(call, { id: causeId, v });
      if (!read.ok) return { text: escapeMrkdwn(await no(call, read.refusal)) };
      const { found: cause, crisis } = read.value;
      const reader = await readerOf(call, peopleInCauses([cause]));
      await call.openModal(causeForm({ cause }, isInRoomOf(call, crisis), reader));
    }),
    turnPage.on((call, { crisisId, page }) => showList(call, crisisNamed(call, crisisId), page)),
  ],
  forms: [
    addForm.on(async (call, entered, { crisisId, here }) => {
      const decision = await addCause(call, crisisId, { id: newId(), ...wishOf(entered) });
      if (!decision.ok) return addForm.error(fieldOf(decision.refusal), await no(call, decision.refusal));
      const { saved, owner } = decision.value;
      return savedAnswer(words(call.who.language).saved(saved.number), owner, here, call.who.language);
    }),
    changeForm.on(async (call, entered, { causeId, v, here }) => {
      const decision = await changeCause(call, { id: causeId, v }, wishOf(entered));
      if (!decision.ok) return changeForm.error(fieldOf(decision.refusal), await no(call, decision.refusal));
      const { saved, owner } = decision.value;
      return savedAnswer(words(call.who.language).saved(saved.number), owner, here, call.who.language);
    }),
  ],
} satisfies Partial<Feature>;
