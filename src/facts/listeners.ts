import { newId } from '../core/ids.ts';
import { inRoom } from '../core/jobs.ts';
import { inBoth } from '../core/locale.ts';
import {
  asOpened,
  crisisMeant,
  crisisNamed,
  drawnSince,
  type Found,
  isInRoomOf,
  listOfCrisis,
  readerOf,
  toAct,
} from '../crises/here.ts';
import { refusedText } from '../crises/refusals.ts';
import type { Call, Feature, Reply, SourceMessage } from '../slack/feature.ts';
import { clip } from '../slack/limits.ts';
import { escapeMrkdwn, messageUrl, withNames } from '../slack/mrkdwn.ts';
import { mentionedIn } from '../timeline/export.ts';
import { workspaceOf } from '../workspaces/store.ts';
import { causes } from './causes/listeners.ts';
import { addFact, changeFact, readFact, type Saved } from './change.ts';
import { decisions } from './decisions/listeners.ts';
import { kinds } from './entry-kinds.ts';
import { jobs } from './jobs.ts';
import { measures } from './measures/listeners.ts';
import { says, waits } from './overview.ts';
import { posture } from './posture/listeners.ts';
import { sayNo } from './refusals.ts';
import {
  type FactRecord,
  type FactRefusal,
  type FactStatus,
  factMax,
  isSaidFalseByOne,
  peopleInFacts,
  sourceMax,
} from './rules.ts';
import { factsOf, revisionsOf } from './store.ts';
import { words } from './text.ts';
import {
  add,
  all as allFacts,
  change,
  changeForm,
  factForm,
  factList,
  historyForm,
  list,
  menu,
  recordedNote,
  recordForm,
  savedForm,
  second,
  secondForm,
  turnPage,
} from './views.ts';

const peopleOf = (refusal: FactRefusal): string[] => ('fact' in refusal ? peopleInFacts([refusal.fact]) : []);
const no = async (call: Call, refusal: FactRefusal): Promise<string> =>
  sayNo(refusal, await readerOf(call, peopleOf(refusal)));
const refused = async (call: Call, refusal: FactRefusal): Promise<Reply> => ({
  text: escapeMrkdwn(await no(call, refusal)),
});

/** In the room a line is enough: it is being checked until somebody says who says so. */
async function typedFact(call: Call, text: string): Promise<Reply | void> {
  if (!text) return openNew(call, crisisMeant(call));
  const meant = await crisisMeant(call);
  if ('reply' in meant) return meant.reply;
  const wish = { id: newId(), text, status: 'checking' as const, source: '', userId: null };
  const decision = await addFact(call, meant.crisis.id, wish);
  if (!decision.ok) return refusedText(await no(call, decision.refusal), text, call.who.language);
  return noteOf(call, decision.value);
}

const noteOf = (call: Call, { saved, owner }: Saved<FactRecord>) => recordedNote(saved, owner, call.who.language);

async function openNew(call: Call, finding: Promise<Found>): Promise<Reply | void> {
  const found = await toAct(call, finding);
  if ('reply' in found) return found.reply;
  const { crisis } = found;
  await call.openModal(factForm({ crisis }, isInRoomOf(call, crisis), await readerOf(call)));
}

type Target = { factId: string; v: number };

async function openChange(call: Call, { factId, v }: Target, status: FactStatus | null): Promise<Reply | void> {
  const read = await readFact(call, { id: factId, v });
  if (!read.ok) return refused(call, read.refusal);
  const { found: fact, crisis } = read.value;
  const reader = await readerOf(call, peopleInFacts([fact]));
  await call.openModal(factForm({ fact, status }, isInRoomOf(call, crisis), reader));
}

async function openSecond(call: Call, { factId, v }: Target): Promise<Reply | void> {
  const read = await readFact(call, { id: factId, v });
  if (!read.ok) return refused(call, read.refusal);
  const { found: fact } = read.value;
  await call.openModal(secondForm(fact, await readerOf(call, peopleInFacts([fact]))));
}

async function openHistory(call: Call, { factId, v }: Target): Promise<Reply | void> {
  const read = await readFact(call, { id: factId, v });
  if (!read.ok) return refused(call, read.refusal);
  const { found: fact } = read.value;
  const revisions = await revisionsOf(call.db, factId);
  const reader = await readerOf(call, [...peopleInFacts([fact]), ...revisions.map((one) => one.writtenBy)]);
  await call.openModal(historyForm(fact, revisions, reader));
}

/** What somebody wrote becomes a fact to be checked, and where it was read its source. */
async function fromMessage(call: Call, source: SourceMessage | null): Promise<Reply | void> {
  if (!source) return;
  const found = await toAct(call, crisisMeant(call));
  if ('reply' in found) return found.reply;
  const { crisis } = found;
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

const all = listOfCrisis(factsOf, peopleInFacts, (facts, crisis, wish, reader, { who }) =>
  factList(facts, crisis, wish, reader, who.userId),
);

const fields = {
  source_missing: 'source',
  source_too_long: 'source',
  source_of_other: 'source',
  cannot_own: 'owner',
  reason_missing: 'reason',
  reason_too_long: 'reason',
} as const;
const fieldOf = ({ code }: FactRefusal) => (code in fields ? fields[code as keyof typeof fields] : 'text');

/** In its room the table shows it at once; what the table does not show, and where it went from elsewhere, is said. */
function answer(call: Call, result: Saved<FactRecord>, isHere: boolean) {
  const { saved, owner } = result;
  const isWhole = saved.source !== '' && owner.inCell && !isSaidFalseByOne(saved);
  return isHere && isWhole ? undefined : { update: savedForm(noteOf(call, result), call.who.language) };
}

export const facts: Feature = {
  name: 'facts',
  title: inBoth((l) => words(l).feature),
  says,
  waits,
  entryKinds: kinds,
  follows: {
    room_lost: (crisisId) => [inRoom('facts.show_table', { crisisId })],
  },
  start: drawnSince('facts.show_table'),
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
      usage: inBoth((l) => words(l).help.factsUsage),
      summary: inBoth((l) => words(l).help.facts),
      readsOnly: true,
      run: (call, text) => all.open(call, crisisMeant(call), text.trim()),
    },
    ...decisions.subcommands,
    ...measures.subcommands,
    ...causes.subcommands,
    ...posture.subcommands,
  ],
  actions: [
    add.on((call, { crisisId }) => openNew(call, crisisNamed(call, crisisId))),
    change.on((call, { status, ...fact }) => openChange(call, fact, status ?? null)),
    menu.on((call, { ask, ...fact }, { form }) => {
      const there = asOpened(call, form);
      if (ask === 'history') return openHistory(there, fact);
      return ask === 'second'
        ? openSecond(there, fact)
        : openChange(there, fact, ask === 'confirm' ? 'confirmed' : null);
    }),
    second.on(async (call, { factId, v }, { form }) => {
      const decision = await changeFact(call, { id: factId, v }, 'second');
      if (!decision.ok) return refused(call, decision.refusal);
      if (form) return call.updateModal(form.viewId, savedForm(noteOf(call, decision.value), call.who.language));
    }),
    allFacts.on((call, { crisisId }) => all.open(call, crisisNamed(call, crisisId))),
    turnPage.on((call, { crisisId }) => all.open(call, crisisNamed(call, crisisId))),
    ...list.actions(all.show),
    ...decisions.actions,
    ...measures.actions,
    ...causes.actions,
    ...posture.actions,
  ],
  forms: [
    recordForm.on(async (call, { text, source, owner, ...entered }, { crisisId, here }) => {
      const wish = { id: newId(), text, status: entered.fact_status ?? ('checking' as const), source, userId: owner };
      const decision = await addFact(call, crisisId, wish);
      if (decision.ok) return answer(call, decision.value, here);
      // The form of a new fact does not ask for a reason.
      const field = fieldOf(decision.refusal);
      return recordForm.error(field === 'reason' ? 'text' : field, await no(call, decision.refusal));
    }),
    changeForm.on(async (call, { text, source, owner, reason, ...entered }, { factId, v, here }) => {
      const wish = { text, status: entered.fact_status ?? ('kept' as const), source, userId: owner, reason };
      const decision = await changeFact(call, { id: factId, v }, wish);
      if (decision.ok) return answer(call, decision.value, here);
      return changeForm.error(fieldOf(decision.refusal), await no(call, decision.refusal));
    }),
    list.form(all.show),
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
