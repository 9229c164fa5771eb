import { z } from 'zod';
import { inBoth } from '../core/locale.ts';
import type { Crisis } from '../crises/rules.ts';
import { findCrisisOf, findCrisisOfChannel, findMember } from '../crises/store.ts';
import { findPerson, namer } from '../people/store.ts';
import { type Call, type Feature, type FormAnswer, onPress, onSubmit, type Reply } from '../slack/feature.ts';
import { escapeMrkdwn, slackTime } from '../slack/mrkdwn.ts';
import { close, reopen } from './change.ts';
import { kinds } from './entry-kinds.ts';
import { jobs } from './jobs.ts';
import { type ClosingRefusal, readCrisisNumber } from './rules.ts';
import { crisisOfNumber, openWorkOf } from './store.ts';
import { words } from './text.ts';
import { closeForm, doneForm, reopenForm } from './views.ts';

/** The crisis of this room, or the one whose number was given. */
async function crisisMeant(call: Call, number: number | null): Promise<Crisis | undefined> {
  const { workspaceId } = call.who;
  if (number !== null) {
    const crisis = await crisisOfNumber(call.db, workspaceId, number);
    const isKnown = !crisis?.isClosed || (await findMember(call.db, crisis, call.who.userId, call.channelId)).inCell;
    return isKnown ? crisis : undefined;
  }
  return call.channelId ? findCrisisOfChannel(call.db, workspaceId, call.channelId, call.who.userId) : undefined;
}

async function refusalText(call: Call, refusal: ClosingRefusal): Promise<string> {
  const { language, timeZone, workspaceId } = call.who;
  const w = words(language).refused;
  if (refusal.code !== 'closed') return w[refusal.code];
  const by = refusal.by ? await findPerson(call.db, workspaceId, refusal.by) : undefined;
  return w.closed(escapeMrkdwn(by?.name ?? '–'), refusal.at ? slackTime(refusal.at, timeZone, language) : '–');
}

/** A crisis that a button names, and that is not there, is refused like one that is not theirs. */
const openKnown = async (call: Call, crisis: Crisis | undefined): Promise<Reply | void> =>
  crisis ? openCloseForm(call, crisis) : { text: words(call.who.language).refused.not_in_room };

async function openCloseForm(call: Call, crisis: Crisis | undefined): Promise<Reply | void> {
  const { language, userId, workspaceId } = call.who;
  const w = words(language);
  if (!crisis) return { text: w.closeUsage };
  const member = await findMember(call.db, crisis, userId, call.channelId);
  if (!member.inCell) return { text: w.refused.not_in_room };
  if (crisis.status === 'closed')
    return { text: await refusalText(call, { code: 'closed', by: crisis.closedBy, at: crisis.closedAt }) };
  const open = await openWorkOf(call.db, crisis.id);
  const named = await namer(
    call.db,
    workspaceId,
    open.tasks.flatMap((t) => t.assigneeId ?? []),
  );
  await call.openModal(closeForm(crisis, open, call.channelId, named, language));
}

async function submitClose(
  call: Call,
  { note }: { note: string },
  data: z.infer<typeof formData>,
): Promise<FormAnswer> {
  const { language } = call.who;
  const w = words(language).form;
  // The form was opened in that room, which proved who may close it.
  const decision = await close({ ...call, channelId: data.channelId }, data.crisisId, note);
  if (decision.ok) return { update: doneForm(w.title, w.closed(escapeMrkdwn(decision.value.title)), language) };
  const text = await refusalText(call, decision.refusal);
  if (decision.refusal.code === 'note_missing') return { errors: { note: text } };
  return { update: doneForm(w.title, text, language) };
}

async function reopenTyped(call: Call, text: string): Promise<Reply> {
  const w = words(call.who.language);
  const inRoom = await crisisMeant(call, null);
  // In a room, a reason may begin with a number: `3 new complaints`.
  const { number, rest } = inRoom ? { number: null, rest: text } : readCrisisNumber(text);
  const crisis = inRoom ?? (await crisisMeant(call, number));
  if (!crisis || !rest.trim()) return { text: w.reopenUsage };
  const decision = await reopen(call, crisis.id, rest);
  return {
    text: decision.ok ? w.reopening(escapeMrkdwn(decision.value.title)) : await refusalText(call, decision.refusal),
  };
}

async function openReopenForm(call: Call, crisisId: string): Promise<Reply | void> {
  const { language, userId } = call.who;
  const w = words(language);
  const crisis = await findCrisisOf(call.db, call.who.workspaceId, crisisId);
  if (!crisis || !(await findMember(call.db, crisis, userId, call.channelId)).inCell)
    return { text: w.refused.not_in_room };
  if (crisis.status === 'open') return { text: w.refused.not_closed };
  await call.openModal(reopenForm(crisis, call.channelId, language));
}

async function submitReopen(call: Call, reason: string, data: z.infer<typeof formData>): Promise<FormAnswer> {
  const { language } = call.who;
  const w = words(language);
  const decision = await reopen({ ...call, channelId: data.channelId }, data.crisisId, reason);
  if (decision.ok)
    return { update: doneForm(w.form.reopenTitle, w.reopening(escapeMrkdwn(decision.value.title)), language) };
  const text = await refusalText(call, decision.refusal);
  if (decision.refusal.code === 'reason_missing') return { errors: { reason: text } };
  return { update: doneForm(w.form.reopenTitle, text, language) };
}

const formData = z.object({ crisisId: z.uuid(), channelId: z.string().nullable() });
const typed = z
  .string()
  .nullish()
  .transform((text) => text ?? '');

export const closing: Feature = {
  name: 'closing',
  title: inBoth((l) => words(l).feature),
  entryKinds: kinds,
  subcommands: [
    {
      name: 'close',
      aliases: ['clore', 'clôturer', 'fermer'],
      usage: inBoth((l) => words(l).help.closeUsage),
      summary: inBoth((l) => words(l).help.close),
      run: async (call, text) => openCloseForm(call, await crisisMeant(call, readCrisisNumber(text).number)),
    },
    {
      name: 'reopen',
      aliases: ['rouvrir'],
      usage: inBoth((l) => words(l).help.reopenUsage),
      summary: inBoth((l) => words(l).help.reopen),
      run: reopenTyped,
    },
  ],
  actions: [
    onPress('closing.open_close', z.object({ crisisId: z.uuid() }), async (call, { crisisId }) =>
      openKnown(call, await findCrisisOf(call.db, call.who.workspaceId, crisisId)),
    ),
    onPress('closing.open_reopen', z.object({ crisisId: z.uuid() }), (call, { crisisId }) =>
      openReopenForm(call, crisisId),
    ),
  ],
  forms: [
    onSubmit('closing.close', formData, (call, values, data) =>
      submitClose(call, z.object({ note: typed }).parse(values), data),
    ),
    onSubmit('closing.reopen', formData, (call, values, data) =>
      submitReopen(call, z.object({ reason: typed }).parse(values).reason, data),
    ),
  ],
  jobs,
};
