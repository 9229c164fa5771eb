import { z } from 'zod';
import { newId } from '../core/ids.ts';
import { inBoth } from '../core/locale.ts';
import { type Crisis, mayAct } from '../crises/rules.ts';
import { crisesOfPerson, findCrisisOf, findCrisisOfChannel, findMember } from '../crises/store.ts';
import { findPerson, namer } from '../people/store.ts';
import { personIfKnown } from '../people/who.ts';
import {
  type Call,
  type EventCall,
  type Feature,
  type FormAnswer,
  onEvent,
  onPress,
  onSubmit,
  type Reply,
  type SourceMessage,
} from '../slack/feature.ts';
import { peopleIn } from '../timeline/export.ts';
import type { Reader } from '../timeline/lines.ts';
import { verifyStored } from '../timeline/store.ts';
import { workspaceOf } from '../workspaces/store.ts';
import { addByReaction, addMessage, captureMessage, orderExport, type Written, writeIntoTimeline } from './change.ts';
import { kinds } from './entry-kinds.ts';
import { jobs } from './jobs.ts';
import { loggingEmoji, mayRead, readFingerprint } from './rules.ts';
import { messageEvent, readEvent } from './slack-message.ts';
import { findDraft, findEntry, keepDraft, numbersOfEntries, pageOfEntries } from './store.ts';
import { refusalText, verdictText, words } from './text.ts';
import { chooseCrisisForm, entriesPerPage, noteForm, notice, timelinePage, written } from './views.ts';
import { readNote } from './when.ts';

const here = (call: Call): Promise<Crisis | undefined> =>
  call.channelId
    ? findCrisisOfChannel(call.db, call.who.workspaceId, call.channelId, call.who.userId)
    : Promise.resolve(undefined);

const pressed = (call: Call, crisisId: string): Promise<Crisis | undefined> =>
  findCrisisOf(call.db, call.who.workspaceId, crisisId);

const readerOf = async (call: Call, userIds: Iterable<string>): Promise<Reader> => ({
  language: call.who.language,
  timeZone: call.who.timeZone,
  named: await namer(call.db, call.who.workspaceId, userIds),
});

/** A refusal in words; it names people rather than calling them. */
async function refusalOf(call: Call, decision: Extract<Written, { ok: false }>): Promise<string> {
  const by = 'by' in decision.refusal ? decision.refusal.by : null;
  const named = by ? (await findPerson(call.db, call.who.workspaceId, by))?.name : null;
  return refusalText(decision.refusal, named ?? null, call.who.language);
}

async function writeTyped(call: Call, typed: string): Promise<Reply | void> {
  const { language, timeZone } = call.who;
  const crisis = await here(call);
  if (!crisis) return { text: words(language).refused.not_in_room };
  if (!typed.trim()) return openNoteForm(call, crisis, null);
  const note = readNote(typed, call.now(), timeZone);
  if ('problem' in note) return { text: words(language).when[note.problem](note.typed) };
  const decision = await writeIntoTimeline(call, crisis.id, {
    ...note,
    sourceUrl: null,
    correctsId: null,
  });
  if (!decision.ok) return { text: await refusalOf(call, decision) };
  const mentioned = peopleIn([{ actorId: null, textEn: note.text }]);
  return written(decision.value.seq, note, await readerOf(call, mentioned));
}

async function openNoteForm(call: Call, crisis: Crisis | undefined, entryId: string | null): Promise<Reply | void> {
  const { language } = call.who;
  if (!crisis) return { text: words(language).refused.not_in_room };
  const no = mayAct(crisis, await findMember(call.db, crisis, call.who.userId, call.channelId));
  if (no) return { text: words(language).refused[no.code] };
  const entry = entryId ? await findEntry(call.db, crisis.id, entryId) : null;
  if (entry === undefined) return { text: words(language).refused.unknown_entry };
  const text = language === 'fr' ? entry?.textFr : entry?.textEn;
  await call.openModal(
    noteForm(
      { crisisId: crisis.id, channelId: call.channelId, correctsId: entryId },
      entry ? { seq: entry.seq, text: text ?? '' } : null,
      language,
    ),
  );
}

const noteData = z.object({
  crisisId: z.uuid(),
  channelId: z.string().nullable(),
  correctsId: z.string().nullable(),
});
const noteValues = z.object({
  text: z
    .string()
    .nullish()
    .transform((t) => t ?? ''),
  when: z.date().nullish(),
  source: z.string().nullish(),
});

async function submitNote(
  call: Call,
  values: Record<string, unknown>,
  data: z.infer<typeof noteData>,
): Promise<FormAnswer> {
  const { text, when, source } = noteValues.parse(values);
  const note = { text, occurredAt: when ?? call.now(), sourceUrl: source ?? null, correctsId: data.correctsId };
  // The form was opened in that room, which proved who may write there.
  const decision = await writeIntoTimeline({ ...call, channelId: data.channelId }, data.crisisId, note);
  if (decision.ok) return;
  const words = await refusalOf(call, decision);
  return { errors: { [decision.refusal.code === 'future' ? 'when' : 'text']: words } };
}

/** In a room, at once; from elsewhere, a person's open crises are offered. */
async function addFromMessage(call: Call, source: SourceMessage): Promise<Reply | void> {
  const { language, workspaceId, userId } = call.who;
  const w = words(language);
  const crisis = await here(call);
  if (crisis) {
    const decision = await addMessage(call, crisis.id, withoutUrls(source));
    return { text: decision.ok ? w.messageWritten(`*${decision.value.seq}*`) : await refusalOf(call, decision) };
  }
  const open = (await crisesOfPerson(call.db, workspaceId, userId, 100)).filter((c) => c.status === 'open');
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

async function submitChoice(call: Call, crisisId: string, draftId: string): Promise<FormAnswer> {
  const { language, userId } = call.who;
  const w = words(language);
  const draft = await findDraft(call.db, draftId, userId);
  const crisis = await pressed(call, crisisId);
  if (!draft || !crisis) return { update: notice(w.form.chooseTitle, w.refused.message_gone, language) };
  const decision = await addMessage(call, crisisId, draftMessage.parse(draft.message), draftId);
  const text = decision.ok
    ? w.form.done(`*${decision.value.seq}*`, `*${crisis.title}*`)
    : await refusalOf(call, decision);
  return { update: notice(w.form.chooseTitle, text, language) };
}

async function showTimeline(call: Call, crisis: Crisis | undefined, upToSeq?: number): Promise<Reply> {
  const w = words(call.who.language);
  if (!crisis) return { text: w.refused.not_in_room };
  const no = mayRead(await findMember(call.db, crisis, call.who.userId, call.channelId));
  if (no) return { text: w.refused[no.code] };
  const entries = await pageOfEntries(call.db, crisis.id, upToSeq ?? crisis.timelineSeq, entriesPerPage);
  const corrected = entries.flatMap((e) => (e.correctsId ? [e.correctsId] : []));
  const numbers = await numbersOfEntries(call.db, crisis.id, corrected);
  return timelinePage({ crisis, entries, numbers, channelId: call.channelId }, await readerOf(call, peopleIn(entries)));
}

async function exportTimeline(call: Call, crisis: Crisis | undefined): Promise<Reply> {
  const w = words(call.who.language);
  if (!crisis) return { text: w.refused.not_in_room };
  const decision = await orderExport(call, crisis.id, newId());
  return { text: decision.ok ? w.exportOrdered : await refusalOf(call, decision) };
}

/** Reads everything and changes nothing: whoever may read the timeline may ask whether it is still what was written. */
async function verifyTimeline(call: Call, typed: string): Promise<Reply> {
  const { language, userId } = call.who;
  const w = words(language);
  const crisis = await here(call);
  if (!crisis) return { text: w.refused.not_in_room };
  const no = mayRead(await findMember(call.db, crisis, userId, call.channelId));
  if (no) return { text: w.refused[no.code] };
  const kept = readFingerprint(typed);
  if (kept === undefined) return { text: w.verify.usage };
  return { text: verdictText(await verifyStored(call.db, crisis.id, kept ?? undefined), language) };
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

const ofCrisis = z.object({ crisisId: z.uuid() });

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
      run: async (call, text) =>
        wholeTimeline.test(text.trim()) ? exportTimeline(call, await here(call)) : showTimeline(call, await here(call)),
    },
    {
      name: 'verify',
      aliases: ['vérifier', 'verifier'],
      usage: inBoth((l) => words(l).help.verifyUsage),
      summary: inBoth((l) => words(l).help.verify),
      readsOnly: true,
      run: verifyTimeline,
    },
  ],
  actions: [
    onPress('log.open', ofCrisis, async (call, { crisisId }) =>
      openNoteForm(call, await pressed(call, crisisId), null),
    ),
    onPress('log.correct', ofCrisis.extend({ entryId: z.uuid() }), async (call, { crisisId, entryId }) =>
      openNoteForm(call, await pressed(call, crisisId), entryId),
    ),
    onPress('log.page', ofCrisis.extend({ upToSeq: z.number().optional() }), async (call, { crisisId, upToSeq }) =>
      showTimeline(call, await pressed(call, crisisId), upToSeq),
    ),
    onPress('log.export', ofCrisis, async (call, { crisisId }) => exportTimeline(call, await pressed(call, crisisId))),
  ],
  forms: [
    onSubmit('log.note', noteData, (call, values, data) => submitNote(call, values, data)),
    onSubmit('log.choose_crisis', z.object({ draftId: z.uuid() }), (call, values, { draftId }) =>
      submitChoice(call, z.object({ crisis: z.uuid() }).parse(values).crisis, draftId),
    ),
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
  events: [
    onEvent('message', messageEvent, async (call, event) => {
      const crisis = await findCrisisOfChannel(call.db, call.workspaceId, event.channel, null);
      if (!crisis) return;
      const { botUserId } = await workspaceOf(call.db, call.workspaceId);
      const message = readEvent(event, botUserId);
      if (message) await captureMessage(call, call.deliveryKey, crisis.id, event.channel, message);
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
