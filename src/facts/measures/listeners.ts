import { z } from 'zod';
import { newId } from '../../core/ids.ts';
import { inBoth } from '../../core/locale.ts';
import { type Crisis, mayAct } from '../../crises/rules.ts';
import { findMember } from '../../crises/store.ts';
import { message, section } from '../../slack/blocks.ts';
import { type Call, type FormAnswer, onPress, onSubmit, type Reply } from '../../slack/feature.ts';
import { escapeMrkdwn, withNames } from '../../slack/mrkdwn.ts';
import { mentionedIn } from '../../timeline/export.ts';
import { addMeasure, changeMeasure, type MeasureAsk, readMeasure, type Saved } from '../change.ts';
import { common } from '../common-text.ts';
import { measuresOf } from '../store.ts';
import { savedForm } from '../views.ts';
import { crisisMeant, crisisNamed, given, isHere, isInRoomOf, readerOf, tooLongToType } from '../who.ts';
import { type MeasureRecord, type MeasureRefusal, measureMax, peopleInMeasures } from './rules.ts';
import { words } from './text.ts';
import { doneForm, measureForm, measureList, sayNo } from './views.ts';

const peopleOf = (refusal: MeasureRefusal): string[] =>
  'measure' in refusal ? peopleInMeasures([refusal.measure]) : [];
const no = async (call: Call, refusal: MeasureRefusal): Promise<string> =>
  sayNo(refusal, await readerOf(call, peopleOf(refusal)));

/** Alone: the measures there are. With words: the form, with them in it. */
async function typedMeasure(call: Call, text: string): Promise<Reply | void> {
  const meant = await crisisMeant(call);
  if ('reply' in meant) return meant.reply;
  return text ? openNew(call, meant.crisis, text) : listOf(call, meant.crisis, 0);
}

async function listOf(call: Call, crisis: Crisis, page: number): Promise<Reply> {
  const measures = await measuresOf(call.db, crisis.id);
  return measureList(measures, crisis, page, await readerOf(call, peopleInMeasures(measures)));
}

async function openNew(call: Call, crisis: Crisis, text: string): Promise<Reply | void> {
  const problem = mayAct(crisis, await findMember(call.db, crisis, call.who.userId, call.channelId));
  if (problem) return { text: await no(call, problem) };
  const reader = await readerOf(call, mentionedIn(text));
  const about = { crisis, text: withNames(text, reader.named) };
  const tooLong = tooLongToType(about.text, measureMax, reader.language);
  if (tooLong) return tooLong;
  await call.openModal(measureForm(about, isInRoomOf(call, crisis), reader));
}

type Target = { measureId: string; v: number };

async function fromMenu(call: Call, { measureId, v }: Target, ask: 'done' | 'change' | 'undo'): Promise<Reply | void> {
  const target = { id: measureId, v };
  if (ask === 'undo') {
    const decision = await changeMeasure(call, target, { kind: 'undo' });
    if (!decision.ok) return { text: escapeMrkdwn(await no(call, decision.refusal)) };
    return { text: words(call.who.language).saved.undo(decision.value.saved.number) };
  }
  const found = await readMeasure(call, target, ask);
  if (!found.ok) return { text: escapeMrkdwn(await no(call, found.refusal)) };
  const reader = await readerOf(call, peopleInMeasures([found.value]));
  const here = await isHere(call, found.value.crisisId);
  await call.openModal(
    ask === 'done' ? doneForm(found.value, here, reader) : measureForm({ measure: found.value }, here, reader),
  );
}

const values = z.object({
  text: given,
  owner: z.string().nullish(),
  due: z.date().nullish(),
  is_public: z.string().nullish(),
});
const doneValues = z.object({ proof: given, done_at: z.date().nullish() });

const wishOf = (raw: Record<string, unknown>) => {
  const { text, owner, due, is_public } = values.parse(raw);
  return { text, userId: owner ?? null, dueAt: due ?? null, isPublic: is_public === 'yes' };
};

const fields: Partial<Record<MeasureRefusal['code'], string>> = {
  cannot_own: 'owner',
  proof_too_long: 'proof',
  done_in_future: 'done_at',
};

/** The table of the room shows it; what it does not show is said. */
function answer(call: Call, { saved, owner }: Saved<MeasureRecord>, told: string, here: boolean): FormAnswer {
  if (here && owner.inCell) return;
  const { language } = call.who;
  const needsCall = !owner.inCell && saved.doneAt === null;
  const text = [told, ...(needsCall ? [common(language).outsideCell(escapeMrkdwn(owner.name))] : [])].join('\n');
  return { update: savedForm(message(text, [section(text)]), language) };
}

async function submitMove(
  call: Call,
  { measureId, v, here }: Target & { here: boolean },
  ask: MeasureAsk,
  otherwise: string,
): Promise<FormAnswer> {
  const decision = await changeMeasure(call, { id: measureId, v }, ask);
  if (!decision.ok)
    return { errors: { [fields[decision.refusal.code] ?? otherwise]: await no(call, decision.refusal) } };
  const told = words(call.who.language).saved[ask.kind](decision.value.saved.number);
  return answer(call, decision.value, told, here);
}

const crisisId = z.uuid();
const target = z.object({ measureId: z.uuid(), v: z.number() });
const here = z.object({ here: z.boolean().default(false) });

export const measures = {
  subcommands: [
    {
      name: 'measure',
      aliases: ['mesure', 'measures', 'mesures'],
      usage: inBoth((l) => words(l).help.measureUsage),
      summary: inBoth((l) => words(l).help.measure),
      readsOnly: true,
      run: (call: Call, text: string) => typedMeasure(call, text.trim()),
    },
  ],
  actions: [
    onPress('facts.add_measure', z.object({ crisisId }), async (call, value) => {
      const named = await crisisNamed(call, value.crisisId);
      return 'reply' in named ? named.reply : openNew(call, named.crisis, '');
    }),
    onPress('facts.measure_menu', target.extend({ ask: z.enum(['done', 'change', 'undo']) }), (call, { ask, ...one }) =>
      fromMenu(call, one, ask),
    ),
    onPress('facts.measures_page', z.object({ crisisId, page: z.number() }), async (call, value) => {
      const named = await crisisNamed(call, value.crisisId);
      return 'reply' in named ? named.reply : listOf(call, named.crisis, value.page);
    }),
  ],
  forms: [
    onSubmit('facts.add_measure', here.extend({ crisisId }), async (call, raw, metadata) => {
      const decision = await addMeasure(call, metadata.crisisId, { id: newId(), ...wishOf(raw) });
      if (!decision.ok)
        return { errors: { [fields[decision.refusal.code] ?? 'text']: await no(call, decision.refusal) } };
      const told = words(call.who.language).saved.add(decision.value.saved.number);
      return answer(call, decision.value, told, metadata.here);
    }),
    onSubmit('facts.change_measure', here.extend(target.shape), (call, raw, metadata) =>
      submitMove(call, metadata, { kind: 'change', ...wishOf(raw) }, 'text'),
    ),
    onSubmit('facts.measure_done', here.extend(target.shape), (call, raw, metadata) => {
      const { proof, done_at } = doneValues.parse(raw);
      return submitMove(call, metadata, { kind: 'done', proof, doneAt: done_at ?? null }, 'proof');
    }),
  ],
};
