import { z } from 'zod';
import { newId } from '../core/ids.ts';
import { inBoth } from '../core/locale.ts';
import { crisisHere, crisisNamed, type Found, openCrises, readerOf, roomHere, toAct } from '../crises/here.ts';
import { findCrisisOf, findCrisisOfChannel } from '../crises/store.ts';
import { nameOf } from '../crises/text.ts';
import { order } from '../jobs/commit.ts';
import { personIfKnown } from '../people/who.ts';
import { type Call, type EventCall, type Feature, onEvent, type Reply, type SourceMessage } from '../slack/feature.ts';
import { entryText, mentionedIn, peopleIn } from '../timeline/export.ts';
import { verifyStored } from '../timeline/store.ts';
import { workspaceOf } from '../workspaces/store.ts';
import { addByReaction, addMessage, captureMessage, orderExport, writeIntoTimeline } from './change.ts';
import { kinds } from './entry-kinds.ts';
import { jobs } from './jobs.ts';
import { listen } from './missed/change.ts';
import { readAfterLate } from './missed/rules.ts';
import { sayNo } from './refusals.ts';
import { type LogRefusal, loggingEmoji, momentOf, readFingerprint } from './rules.ts';
import { messageEvent, readEvent } from './slack-message.ts';
import { findDraft, findEntry, keepDraft, numbersOfEntries, pageOfEntries } from './store.ts';
import { verdictText, words } from './text.ts';
import {
  chooseCrisisForm,
  choosing,
  correct,
  entriesPerPage,
  noteForm,
  notice,
  noting,
  openNote,
  sendAll,
  timelinePage,
  turnPage,
  verify,
  written,
} from './views.ts';
import { readNote } from './when.ts';

/** A refusal in words; it names people rather than calling them. */
async function no(call: Call, refusal: LogRefusal): Promise<string> {
  const by = 'by' in refusal ? refusal.by : null;
  return sayNo(refusal, await readerOf(call, by ? [by] : []));
}

async function writeTyped(call: Call, typed: string): Promise<Reply | void> {
  const { language, timeZone } = call.who;
  if (!typed.trim()) return openNoteForm(call, crisisHere(call), null);
  const here = await crisisHere(call);
  if ('reply' in here) return here.reply;
  const note = readNote(typed, call.now(), timeZone);
  if ('problem' in note) return { text: words(language).when[note.problem](note.typed) };
  const wish = { ...note, sourceUrl: null, correctsId: null };
  const decision = await writeIntoTimeline(call, here.crisis.id, wish);
  if (!decision.ok) return { text: await no(call, decision.refusal) };
  return written(decision.value.seq, note, await readerOf(call, mentionedIn(note.text)));
}

async function openNoteForm(call: Call, finding: Promise<Found>, entryId: string | null): Promise<Reply | void> {
  const { language } = call.who;
  const found = await toAct(call, finding);
  if ('reply' in found) return found.reply;
  const { crisis } = found;
  const entry = entryId ? await findEntry(call.db, crisis.id, entryId) : null;
  if (entry === undefined) return { text: await no(call, { code: 'unknown_entry' }) };
  const data = { crisisId: crisis.id, channelId: call.channelId, correctsId: entryId };
  const corrected = entry && { seq: entry.seq, text: entryText(entry, language) };
  await call.openModal(noteForm(data, corrected, language));
}

/** In a room, at once; from elsewhere, a person's open crises are offered. */
async function addFromMessage(call: Call, source: SourceMessage): Promise<Reply | void> {
  const { language, workspaceId, userId } = call.who;
  const w = words(language);
  const crisis = await roomHere(call);
  if (crisis) {
    const decision = await addMessage(call, crisis.id, withoutUrls(source));
    return { text: decision.ok ? w.messageWritten(`*${decision.value.seq}*`) : await no(call, decision.refusal) };
  }
  const open = await openCrises(call, 100);
  if (open.length === 0) return { text: w.form.noCrisis };
  const draft = { id: newId(), workspaceId, userId, message: withoutUrls(source), createdAt: call.now() };
  await keepDraft(call.db, draft);
  await call.openModal(chooseCrisisForm(draft.id, source.text, open, language));
}

const withoutUrls = ({ channelId, ts, threadTs, authorId, text, files }: SourceMessage) => ({
  channelId,
  ts,
  threadTs,
  authorId,
  text,
  files: files.map(({ id, name }) => ({ id, name })),
});

const draftMessage = z.object({
  channelId: z.string(),
  ts: z.string(),
  threadTs: z.string().nullable(),
  authorId: z.string().nullable(),
  text: z.string(),
  files: z.array(z.object({ id: z.string(), name: z.string() })),
});

async function submitChoice(call: Call, crisisId: string | null, draftId: string) {
  const { language, userId, workspaceId } = call.who;
  const w = words(language).form;
  const [draft, crisis] = await Promise.all([
    findDraft(call.db, draftId, userId),
    crisisId ? findCrisisOf(call.db, workspaceId, crisisId) : undefined,
  ]);
  if (!draft || !crisis) return { update: notice(w.chooseTitle, await no(call, { code: 'message_gone' }), language) };
  const decision = await addMessage(call, crisis.id, draftMessage.parse(draft.message), draftId);
  const text = decision.ok
    ? w.done(`*${decision.value.seq}*`, `*${nameOf(crisis)}*`)
    : await no(call, decision.refusal);
  return { update: notice(w.chooseTitle, text, language) };
}

async function showTimeline(call: Call, finding: Promise<Found>, upToSeq?: number): Promise<Reply> {
  const found = await finding;
  if ('reply' in found) return found.reply;
  const { crisis } = found;
  const entries = await pageOfEntries(call.db, crisis.id, upToSeq ?? crisis.timelineSeq, entriesPerPage);
  const corrected = entries.flatMap((e) => (e.correctsId ? [e.correctsId] : []));
  const [numbers, reader] = await Promise.all([
    numbersOfEntries(call.db, crisis.id, corrected),
    readerOf(call, peopleIn(entries)),
  ]);
  return timelinePage({ crisis, entries, numbers }, reader);
}

async function exportTimeline(call: Call, finding: Promise<Found>): Promise<Reply> {
  const found = await finding;
  if ('reply' in found) return found.reply;
  const decision = await orderExport(call, found.crisis.id, newId());
  return { text: decision.ok ? words(call.who.language).exportOrdered : await no(call, decision.refusal) };
}

/** Reads everything and changes nothing: who may read the timeline may ask whether it is still what was written. */
async function verifyTimeline(call: Call, finding: Promise<Found>, kept: string | null | undefined): Promise<Reply> {
  const { language } = call.who;
  const found = await finding;
  if ('reply' in found) return found.reply;
  if (kept === undefined) return { text: words(language).verify.usage };
  return {
    text: verdictText(await verifyStored(call.db, found.crisis.id, kept ?? undefined, call.slices.verify), language),
  };
}

const wholeTimeline = /^(all|export|tout|toute|fichier|file)$/i;

async function reacted(
  call: EventCall,
  event: {
    user: string;
    reaction: string;
    item: { type: string; channel?: string | undefined; ts?: string | undefined };
  },
): Promise<void> {
  const { channel: channelId, ts } = event.item;
  if (!channelId || !ts || !loggingEmoji.includes(event.reaction)) return;
  const crisis = await findCrisisOfChannel(call.db, call.workspaceId, channelId, event.user);
  if (!crisis) return;
  const person = await personIfKnown(call, call.workspaceId, event.user);
  if (!person || person.isBot || person.isGuest || person.isExternal) return;
  await addByReaction(call, { userId: event.user, deliveryKey: call.deliveryKey }, crisis.id, { channelId, ts });
}

export const log: Feature = {
  name: 'log',
  title: inBoth((l) => words(l).feature),
  entryKinds: kinds,
  subcommands: [
    {
      name: 'log',
      aliases: ['noter', 'note', 'consigner'],
      usage: inBoth((l) => words(l).help.logUsage),
      summary: inBoth((l) => words(l).help.log),
      run: writeTyped,
    },
    {
      name: 'timeline',
      aliases: ['chronologie', 'main-courante', 'main_courante'],
      usage: inBoth((l) => words(l).help.timelineUsage),
      summary: inBoth((l) => words(l).help.timeline),
      run: (call, text) => (wholeTimeline.test(text.trim()) ? exportTimeline : showTimeline)(call, crisisHere(call)),
    },
    {
      name: 'verify',
      aliases: ['vérifier', 'verifier'],
      usage: inBoth((l) => words(l).help.verifyUsage),
      summary: inBoth((l) => words(l).help.verify),
      readsOnly: true,
      run: (call, typed) => verifyTimeline(call, crisisHere(call), readFingerprint(typed)),
    },
  ],
  actions: [
    openNote.on((call, { crisisId }) => openNoteForm(call, crisisNamed(call, crisisId), null)),
    correct.on((call, { crisisId, entryId }) => openNoteForm(call, crisisNamed(call, crisisId), entryId)),
    turnPage.on((call, { crisisId, upToSeq }) => showTimeline(call, crisisNamed(call, crisisId), upToSeq)),
    verify.on((call, { crisisId, head = null }) => verifyTimeline(call, crisisNamed(call, crisisId), head)),
    sendAll.on((call, { crisisId }) => exportTimeline(call, crisisNamed(call, crisisId))),
  ],
  forms: [
    noting.on(async (call, { text, when, source }, { crisisId, channelId, correctsId }) => {
      const note = { text, occurredAt: when ?? call.now(), sourceUrl: source, correctsId };
      // The form was opened in that room, which proved who may write there.
      const decision = await writeIntoTimeline({ ...call, channelId }, crisisId, note);
      if (decision.ok) return;
      const { refusal } = decision;
      return noting.error(refusal.code === 'future' ? 'when' : 'text', await no(call, refusal));
    }),
    choosing.on((call, { crisis }, { draftId }) => submitChoice(call, crisis, draftId)),
  ],
  shortcuts: [
    {
      id: 'log.from_message',
      type: 'message',
      name: 'Add to the timeline',
      description: 'Keep this message in the timeline of the crisis',
      run: async (call, source) => (source ? addFromMessage(call, source) : undefined),
    },
  ],
  start: (deps, workspaceId) => listen(deps, workspaceId),
  events: [
    onEvent('message', messageEvent, async (call, event) => {
      const crisis = await findCrisisOfChannel(call.db, call.workspaceId, event.channel, null);
      if (!crisis) return;
      const { botUserId } = await workspaceOf(call.db, call.workspaceId);
      const message = readEvent(event, botUserId);
      if (!message) return;
      await captureMessage(call, call.deliveryKey, crisis.id, event.channel, message);
      const late = readAfterLate(crisis, event.channel, momentOf(event.event_ts ?? message.ts), call.now());
      if (late) await order(call, [late]);
    }),
    onEvent(
      'reaction_added',
      z.looseObject({
        user: z.string(),
        reaction: z.string(),
        item: z.looseObject({ type: z.string(), channel: z.string().optional(), ts: z.string().optional() }),
      }),
      reacted,
    ),
  ],
  jobs,
};
