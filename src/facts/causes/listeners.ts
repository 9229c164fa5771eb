import { z } from 'zod';
import { newId } from '../../core/ids.ts';
import { inBoth } from '../../core/locale.ts';
import { type Crisis, mayAct } from '../../crises/rules.ts';
import { findMember } from '../../crises/store.ts';
import { message, section } from '../../slack/blocks.ts';
import { type Call, type FormAnswer, onPress, onSubmit, type Reply } from '../../slack/feature.ts';
import { escapeMrkdwn, withNames } from '../../slack/mrkdwn.ts';
import { mentionedIn } from '../../timeline/export.ts';
import { addCause, changeCause, readCause, type Saved } from '../change.ts';
import { common } from '../common-text.ts';
import { causesOf } from '../store.ts';
import { savedForm } from '../views.ts';
import { crisisMeant, crisisNamed, given, isHere, isInRoomOf, readerOf, tooLongToType } from '../who.ts';
import { type CauseRecord, type CauseRefusal, causeMax, families, peopleInCauses } from './rules.ts';
import { words } from './text.ts';
import { causeForm, causeList, sayNo } from './views.ts';

const peopleOf = (refusal: CauseRefusal): string[] => ('cause' in refusal ? peopleInCauses([refusal.cause]) : []);
const no = async (call: Call, refusal: CauseRefusal): Promise<string> =>
  sayNo(refusal, await readerOf(call, peopleOf(refusal)));

/** Alone: the causes there are. With words: the form, with them in it. */
async function typedCause(call: Call, text: string): Promise<Reply | void> {
  const meant = await crisisMeant(call);
  if ('reply' in meant) return meant.reply;
  return text ? openNew(call, meant.crisis, text) : listOf(call, meant.crisis, 0);
}

async function listOf(call: Call, crisis: Crisis, page: number): Promise<Reply> {
  const causes = await causesOf(call.db, crisis.id);
  return causeList(causes, crisis, page, await readerOf(call, peopleInCauses(causes)));
}

async function openNew(call: Call, crisis: Crisis, text: string): Promise<Reply | void> {
  const problem = mayAct(crisis, await findMember(call.db, crisis, call.who.userId, call.channelId));
  if (problem) return { text: await no(call, problem) };
  const reader = await readerOf(call, mentionedIn(text));
  const about = { crisis, text: withNames(text, reader.named) };
  const tooLong = tooLongToType(about.text, causeMax, reader.language);
  if (tooLong) return tooLong;
  await call.openModal(causeForm(about, isInRoomOf(call, crisis), reader));
}

const values = z.object({
  text: given,
  family: z.enum(families).nullish(),
  cause_status: z.enum(['hypothesis', 'confirmed', 'ruled_out']).nullish(),
  evidence: given,
  owner: z.string().nullish(),
});

const wishOf = (raw: Record<string, unknown>) => {
  const { text, family, cause_status, evidence, owner } = values.parse(raw);
  return {
    text,
    family: family ?? ('quality' as const),
    status: cause_status ?? ('hypothesis' as const),
    evidence,
    userId: owner ?? null,
  };
};

const fields: Partial<Record<CauseRefusal['code'], string>> = {
  cannot_own: 'owner',
  evidence_missing: 'evidence',
  evidence_too_long: 'evidence',
};
const errorAt = async (call: Call, refusal: CauseRefusal): Promise<FormAnswer> => ({
  errors: { [fields[refusal.code] ?? 'text']: await no(call, refusal) },
});

/** The table of the room shows it; what it does not show is said. */
function answer(call: Call, { saved, owner }: Saved<CauseRecord>, here: boolean): FormAnswer {
  if (here && owner.inCell) return;
  const { language } = call.who;
  const missing = owner.inCell ? [] : [common(language).outsideCell(escapeMrkdwn(owner.name))];
  const text = [words(language).saved(saved.number), ...missing].join('\n');
  return { update: savedForm(message(text, [section(text)]), language) };
}

const crisisId = z.uuid();
const target = z.object({ causeId: z.uuid(), v: z.number() });
const here = z.object({ here: z.boolean().default(false) });

export const causes = {
  subcommands: [
    {
      name: 'cause',
      aliases: ['causes'],
      usage: inBoth((l) => words(l).help.causeUsage),
      summary: inBoth((l) => words(l).help.cause),
      readsOnly: true,
      run: (call: Call, text: string) => typedCause(call, text.trim()),
    },
  ],
  actions: [
    onPress('facts.add_cause', z.object({ crisisId }), async (call, value) => {
      const named = await crisisNamed(call, value.crisisId);
      return 'reply' in named ? named.reply : openNew(call, named.crisis, '');
    }),
    onPress('facts.change_cause', target, async (call, { causeId, v }) => {
      const found = await readCause(call, { id: causeId, v });
      if (!found.ok) return { text: escapeMrkdwn(await no(call, found.refusal)) };
      const reader = await readerOf(call, peopleInCauses([found.value]));
      await call.openModal(causeForm({ cause: found.value }, await isHere(call, found.value.crisisId), reader));
    }),
    onPress('facts.causes_page', z.object({ crisisId, page: z.number() }), async (call, value) => {
      const named = await crisisNamed(call, value.crisisId);
      return 'reply' in named ? named.reply : listOf(call, named.crisis, value.page);
    }),
  ],
  forms: [
    onSubmit('facts.add_cause', here.extend({ crisisId }), async (call, raw, metadata) => {
      const decision = await addCause(call, metadata.crisisId, { id: newId(), ...wishOf(raw) });
      return decision.ok ? answer(call, decision.value, metadata.here) : errorAt(call, decision.refusal);
    }),
    onSubmit('facts.change_cause', here.extend(target.shape), async (call, raw, { causeId, v, here: inRoom }) => {
      const decision = await changeCause(call, { id: causeId, v }, wishOf(raw));
      return decision.ok ? answer(call, decision.value, inRoom) : errorAt(call, decision.refusal);
    }),
  ],
};
