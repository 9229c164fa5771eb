import { newId } from '../../core/ids.ts';
import { inBoth } from '../../core/locale.ts';
import { crisisMeant, crisisNamed, type Found, isInRoomOf, readerOf, showPage, toWrite } from '../../crises/here.ts';
import type { Call, Feature, Reply } from '../../slack/feature.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';
import { addMeasure, changeMeasure, readMeasure, type Saved } from '../change.ts';
import { measuresOf } from '../store.ts';
import { savedAnswer } from '../views.ts';
import { sayNo } from './refusals.ts';
import { type MeasureRecord, type MeasureRefusal, measureMax, peopleInMeasures } from './rules.ts';
import { words } from './text.ts';
import {
  type Ask,
  add,
  addForm,
  changeForm,
  doneForm,
  drawDoneForm,
  measureForm,
  measureList,
  menu,
  turnPage,
} from './views.ts';

const no = async (call: Call, refusal: MeasureRefusal): Promise<string> =>
  sayNo(refusal, await readerOf(call, 'measure' in refusal ? peopleInMeasures([refusal.measure]) : []));

const showList = showPage(measuresOf, peopleInMeasures, measureList);

async function openNew(call: Call, finding: Promise<Found>, typed: string): Promise<Reply | void> {
  const draft = await toWrite(call, finding, typed, measureMax);
  if ('reply' in draft) return draft.reply;
  await call.openModal(measureForm(draft, isInRoomOf(call, draft.crisis), draft.reader));
}

async function fromMenu(call: Call, target: { id: string; v: number }, ask: Ask): Promise<Reply | void> {
  if (ask === 'undo') {
    const decision = await changeMeasure(call, target, { kind: 'undo' });
    if (!decision.ok) return { text: escapeMrkdwn(await no(call, decision.refusal)) };
    return { text: words(call.who.language).saved.undo(decision.value.saved.number) };
  }
  const read = await readMeasure(call, target, ask);
  if (!read.ok) return { text: escapeMrkdwn(await no(call, read.refusal)) };
  const { found: measure, crisis } = read.value;
  const [reader, here] = [await readerOf(call, peopleInMeasures([measure])), isInRoomOf(call, crisis)];
  await call.openModal(ask === 'done' ? drawDoneForm(measure, here, reader) : measureForm({ measure }, here, reader));
}

const wishOf = ({ text, owner, due, is_public }: ReturnType<typeof addForm.read>) => ({
  text,
  userId: owner,
  dueAt: due,
  isPublic: is_public === 'yes',
});

const fieldOf = ({ code }: MeasureRefusal) => (code === 'cannot_own' ? 'owner' : 'text');

function answer(call: Call, did: 'add' | 'change' | 'done', { saved, owner }: Saved<MeasureRecord>, here: boolean) {
  const { language } = call.who;
  // Of what is done, nobody has to be told any more.
  return savedAnswer(words(language).saved[did](saved.number), saved.doneAt ? null : owner, here, language);
}

export const measures = {
  subcommands: [
    {
      name: 'measure',
      aliases: ['mesure', 'measures', 'mesures'],
      usage: inBoth((l) => words(l).help.measureUsage),
      summary: inBoth((l) => words(l).help.measure),
      readsOnly: true,
      // Alone: the measures there are. With words: the form, with them in it.
      run: async (call, text) =>
        text.trim() ? openNew(call, crisisMeant(call), text.trim()) : showList(call, crisisMeant(call), 0),
    },
  ],
  actions: [
    add.on((call, { crisisId }) => openNew(call, crisisNamed(call, crisisId), '')),
    menu.on((call, { ask, measureId, v }) => fromMenu(call, { id: measureId, v }, ask)),
    turnPage.on((call, { crisisId, page }) => showList(call, crisisNamed(call, crisisId), page)),
  ],
  forms: [
    addForm.on(async (call, entered, { crisisId, here }) => {
      const decision = await addMeasure(call, crisisId, { id: newId(), ...wishOf(entered) });
      if (decision.ok) return answer(call, 'add', decision.value, here);
      return addForm.error(fieldOf(decision.refusal), await no(call, decision.refusal));
    }),
    changeForm.on(async (call, entered, { measureId, v, here }) => {
      const decision = await changeMeasure(call, { id: measureId, v }, { kind: 'change', ...wishOf(entered) });
      if (decision.ok) return answer(call, 'change', decision.value, here);
      return changeForm.error(fieldOf(decision.refusal), await no(call, decision.refusal));
    }),
    doneForm.on(async (call, { proof, done_at }, { measureId, v, here }) => {
      const decision = await changeMeasure(call, { id: measureId, v }, { kind: 'done', proof, doneAt: done_at });
      if (decision.ok) return answer(call, 'done', decision.value, here);
      const { refusal } = decision;
      return doneForm.error(refusal.code === 'done_in_future' ? 'done_at' : 'proof', await no(call, refusal));
    }),
  ],
} satisfies Partial<Feature>;
