import { z } from 'zod';
import { newId } from '../core/ids.ts';
import { inBoth } from '../core/locale.ts';
import { actorOf } from '../crises/listeners.ts';
import { mayAct } from '../crises/rules.ts';
import { findMember } from '../crises/store.ts';
import {
  type Call,
  type Feature,
  type FormAnswer,
  onPress,
  onSubmit,
  type Reply,
  type SourceMessage,
} from '../slack/feature.ts';
import { clip } from '../slack/limits.ts';
import { escapeMrkdwn, messageUrl, withNames } from '../slack/mrkdwn.ts';
import { mentionedIn } from '../timeline/export.ts';
import { workspaceOf } from '../workspaces/store.ts';
import { causes } from './causes/listeners.ts';
import { addFact, changeFact, readFact, type Saved } from './change.ts';
import { decisions } from './decisions/listeners.ts';
import { jobs } from './jobs.ts';
import { measures } from './measures/listeners.ts';
import { posture } from './posture/listeners.ts';
import {
  type FactRecord,
  type FactRefusal,
  type FactStatus,
  factMax,
  factStatuses,
  isSaidFalseByOne,
  peopleInFacts,
  sourceMax,
} from './rules.ts';
import { factsOf, revisionsOf } from './store.ts';
import { words } from './text.ts';
import { factForm, factList, historyForm, recordedNote, savedForm, sayNo } from './views.ts';
import { crisisMeant, crisisNamed, given, isHere, isInRoomOf, readerOf, refusedText } from './who.ts';

const peopleOf = (refusal: FactRefusal): string[] => ('fact' in refusal ? peopleInFacts([refusal.fact]) : []);
const no = async (call: Call, refusal: FactRefusal): Promise<string> =>
  sayNo(refusal, await readerOf(call, peopleOf(refusal)));

/** In the room a line is enough: it is being checked until somebody says who says so. */
async function typedFact(call: Call, text: string): Promise<Reply | void> {
  const meant = await crisisMeant(call, words(call.who.language).list.noCrisis);
  if ('reply' in meant) return meant.reply;
  const { crisis } = meant;
  if (!text) return openNew(call, crisis.id);
  const wish = { id: newId(), text, status: 'checking' as const, source: '', userId: null };
  const decision = await addFact(call, actorOf(call), crisis.id, wish);
  if (!decision.ok) return refusedText(await no(call, decision.refusal), text, call.who.language);
  return noteOf(call, decision.value);
}

const noteOf = (call: Call, { saved, owner }: Saved<FactRecord>) => recordedNote(saved, owner, call.who.language);

async function openNew(call: Call, crisisId: string): Promise<Reply | void> {
  const named = await crisisNamed(call, crisisId);
  if ('reply' in named) return named.reply;
  const { crisis } = named;
  const problem = mayAct(crisis, await findMember(call.db, crisis, call.who.userId, call.channelId));
  if (problem) return { text: escapeMrkdwn(await no(call, problem)) };
  await call.openModal(factForm({ crisis }, isInRoomOf(call, crisis), await readerOf(call, [])));
}

async function openChange(
  call: Call,
  { factId, v }: z.infer<typeof target>,
  status: FactStatus | null,
): Promise<Reply | void> {
  const found = await readFact(call, actorOf(call), { id: factId, v });
  if (!found.ok) return { text: escapeMrkdwn(await no(call, found.refusal)) };
  const fact = found.value;
  const [here, reader] = await Promise.all([isHere(call, fact.crisisId), readerOf(call, peopleInFacts([fact]))]);
  await call.openModal(factForm({ fact, status }, here, reader));
}

async function openHistory(call: Call, { factId, v }: z.infer<typeof target>): Promise<Reply | void> {
  const found = await readFact(call, actorOf(call), { id: factId, v });
  if (!found.ok) return { text: escapeMrkdwn(await no(call, found.refusal)) };
  const revisions = await revisionsOf(call.db, factId);
  const reader = await readerOf(call, [...peopleInFacts([found.value]), ...revisions.map((one) => one.writtenBy)]);
  await call.openModal(historyForm(found.value, revisions, reader));
}

/** What somebody wrote becomes a fact to be checked, and where it was read its source. */
async function fromMessage(call: Call, source: SourceMessage | null): Promise<Reply | void> {
  if (!source) return;
  const meant = await crisisMeant(call, words(call.who.language).list.noCrisis);
  if ('reply' in meant) return meant.reply;
  const { crisis } = meant;
  const problem = mayAct(crisis, await findMember(call.db, crisis, call.who.userId, call.channelId));
  if (problem) return { text: escapeMrkdwn(await no(call, problem)) };
  const [{ domain }, reader] = await Promise.all([
    workspaceOf(call.db, call.who.workspaceId),
    readerOf(call, [...mentionedIn(source.text), ...(source.authorId ? [source.authorId] : [])]),
  ]);
  const who = source.authorId ? `${reader.named(source.authorId)}, ` : '';
  const draft = {
    crisis,
    // The form holds 500 characters; the whole message stays one click away.
    text: clip(withNames(source.text, reader.named).trim(), factMax),
    source: clip(`${who}${messageUrl(domain, source)}`, sourceMax),
  };
  await call.openModal(factForm(draft, isInRoomOf(call, crisis), reader));
}

async function showList(call: Call, crisisId: string | null, page: number): Promise<Reply> {
  const meant = crisisId
    ? await crisisNamed(call, crisisId)
    : await crisisMeant(call, words(call.who.language).list.noCrisis);
  if ('reply' in meant) return meant.reply;
  const facts = await factsOf(call.db, meant.crisis.id);
  return factList(facts, meant.crisis, page, await readerOf(call, peopleInFacts(facts)));
}

const target = z.object({ factId: z.uuid(), v: z.number() });
const here = z.object({ here: z.boolean().default(false) });
const factValues = z.object({
  text: given,
  fact_status: z.enum(factStatuses).nullish(),
  source: given,
  owner: z.string().nullish(),
  reason: given,
});

const fields: Partial<Record<FactRefusal['code'], string>> = {
  source_missing: 'source',
  source_too_long: 'source',
  cannot_own: 'owner',
  reason_missing: 'reason',
  reason_too_long: 'reason',
};
const errorAt = async (call: Call, refusal: FactRefusal, isNew: boolean): Promise<FormAnswer> => {
  const field = fields[refusal.code] ?? 'text';
  return { errors: { [isNew && field === 'reason' ? 'text' : field]: await no(call, refusal) } };
};

function read(values: Record<string, unknown>) {
  const { text, fact_status, source, owner, reason } = factValues.parse(values);
  return { text, status: fact_status ?? ('checking' as const), source, userId: owner ?? null, reason };
}

/** In its room the table shows it at once; what the table does not show, and where it went from elsewhere, is said. */
function answer(call: Call, result: Saved<FactRecord>, inRoom: boolean): FormAnswer {
  const { saved, owner } = result;
  const isWhole = saved.source !== '' && owner.inCell && !isSaidFalseByOne(saved);
  return inRoom && isWhole ? undefined : { update: savedForm(noteOf(call, result), call.who.language) };
}

export const facts: Feature = {
  name: 'facts',
  subcommands: [
    {
      name: 'fact',
      aliases: ['fait'],
      usage: inBoth((l) => words(l).help.factUsage),
      summary: inBoth((l) => words(l).help.fact),
      run: (call, text) => typedFact(call, text.trim()),
    },
    {
      name: 'facts',
      aliases: ['faits'],
      usage: inBoth(() => ''),
      summary: inBoth((l) => words(l).help.facts),
      readsOnly: true,
      run: (call) => showList(call, null, 0),
    },
    ...decisions.subcommands,
    ...measures.subcommands,
    ...causes.subcommands,
    ...posture.subcommands,
  ],
  actions: [
    onPress('facts.add', z.object({ crisisId: z.uuid() }), (call, { crisisId }) => openNew(call, crisisId)),
    onPress('facts.change', target.extend({ status: z.enum(factStatuses).nullish() }), (call, { status, ...fact }) =>
      openChange(call, fact, status ?? null),
    ),
    onPress('facts.menu', target.extend({ ask: z.enum(['confirm', 'change', 'history']) }), (call, { ask, ...fact }) =>
      ask === 'history' ? openHistory(call, fact) : openChange(call, fact, ask === 'confirm' ? 'confirmed' : null),
    ),
    onPress('facts.second', target, async (call, { factId, v }) => {
      const decision = await changeFact(call, actorOf(call), { id: factId, v }, 'second');
      if (!decision.ok) return { text: escapeMrkdwn(await no(call, decision.refusal)) };
    }),
    onPress('facts.page', z.object({ crisisId: z.uuid(), page: z.number() }), (call, { crisisId, page }) =>
      showList(call, crisisId, page),
    ),
    ...decisions.actions,
    ...measures.actions,
    ...causes.actions,
    ...posture.actions,
  ],
  forms: [
    onSubmit('facts.record', here.extend({ crisisId: z.uuid() }), async (call, values, metadata) => {
      const { reason: _, ...wish } = read(values);
      const decision = await addFact(call, actorOf(call), metadata.crisisId, { id: newId(), ...wish });
      if (!decision.ok) return errorAt(call, decision.refusal, true);
      return answer(call, decision.value, metadata.here);
    }),
    onSubmit('facts.change', here.extend(target.shape), async (call, values, metadata) => {
      const decision = await changeFact(call, actorOf(call), { id: metadata.factId, v: metadata.v }, read(values));
      if (!decision.ok) return errorAt(call, decision.refusal, false);
      return answer(call, decision.value, metadata.here);
    }),
    ...decisions.forms,
    ...measures.forms,
    ...causes.forms,
    ...posture.forms,
  ],
  shortcuts: [
    {
      id: 'facts.from_message',
      type: 'message',
      name: 'Record as fact',
      description: 'Add what this message says to what is known of the crisis',
      run: fromMessage,
    },
  ],
  jobs,
};
