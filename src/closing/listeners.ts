import { inBoth } from '../core/locale.ts';
import { crisisNamed, type Found, readerOf, roomHere } from '../crises/here.ts';
import { type Crisis, type CrisisName, readName } from '../crises/rules.ts';
import { findCrisisNamed, findMember } from '../crises/store.ts';
import { nameOf } from '../crises/text.ts';
import type { Call, Feature, Reply } from '../slack/feature.ts';
import { escapeMrkdwn } from '../slack/mrkdwn.ts';
import { close, reopen } from './change.ts';
import { kinds } from './entry-kinds.ts';
import { jobs } from './jobs.ts';
import { sayNo } from './refusals.ts';
import type { ClosingRefusal, OpenWork } from './rules.ts';
import { openWorkOf } from './store.ts';
import { words } from './text.ts';
import { closeForm, closingForm, doneForm, openClose, openReopen, reopenForm, reopeningForm } from './views.ts';

/** The crisis that was named; undefined for one that the caller may not know of. */
async function crisisCalled(call: Call, name: CrisisName): Promise<Crisis | undefined> {
  const crisis = await findCrisisNamed(call.db, call.who.workspaceId, name);
  const isKnown = !crisis?.isClosed || (await findMember(call.db, crisis, call.who.userId, call.channelId)).inCell;
  return isKnown ? crisis : undefined;
}

async function no(call: Call, refusal: ClosingRefusal): Promise<string> {
  const by = refusal.code === 'closed' ? refusal.by : null;
  return sayNo(refusal, await readerOf(call, by ? [by] : []));
}

async function closeTyped(call: Call, text: string): Promise<Reply | void> {
  const { name } = readName(text);
  const crisis = await (name ? crisisCalled(call, name) : roomHere(call));
  return crisis ? openCloseForm(call, crisisNamed(call, crisis.id)) : { text: words(call.who.language).closeUsage };
}

async function openCloseForm(call: Call, finding: Promise<Found>): Promise<Reply | void> {
  const found = await finding;
  if ('reply' in found) return found.reply;
  const { crisis } = found;
  if (crisis.status === 'closed')
    return { text: await no(call, { code: 'closed', by: crisis.closedBy, at: crisis.closedAt }) };
  await call.openModal(await drawCloseForm(call, crisis, call.channelId, await openWorkOf(call.db, crisis.id)));
}

async function drawCloseForm(call: Call, crisis: Crisis, channelId: string | null, open: OpenWork, note = '') {
  const reader = await readerOf(
    call,
    open.tasks.flatMap((t) => t.assigneeId ?? []),
  );
  return closeForm(crisis, open, channelId, reader, note);
}

async function reopenTyped(call: Call, text: string): Promise<Reply> {
  const w = words(call.who.language);
  const inRoom = await roomHere(call);
  // In a room, a reason may begin with a number: `3 new complaints`.
  const { name, rest } = inRoom ? { name: null, rest: text } : readName(text);
  const crisis = name ? await crisisCalled(call, name) : inRoom;
  if (!crisis || !rest.trim()) return { text: w.reopenUsage };
  const decision = await reopen(call, crisis.id, rest);
  return {
    text: decision.ok ? w.reopening(escapeMrkdwn(nameOf(decision.value))) : await no(call, decision.refusal),
  };
}

async function openReopenForm(call: Call, finding: Promise<Found>): Promise<Reply | void> {
  const found = await finding;
  if ('reply' in found) return found.reply;
  if (found.crisis.status === 'open') return { text: await no(call, { code: 'not_closed' }) };
  await call.openModal(reopenForm(found.crisis, call.channelId, call.who.language));
}

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
      run: closeTyped,
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
    openClose.on((call, { crisisId }) => openCloseForm(call, crisisNamed(call, crisisId))),
    openReopen.on((call, { crisisId }) => openReopenForm(call, crisisNamed(call, crisisId))),
  ],
  forms: [
    closingForm.on(async (call, { note, tasks }, { crisisId, channelId }) => {
      const { language } = call.who;
      const w = words(language).form;
      // The form was opened in that room, which proved who may close it.
      const decision = await close({ ...call, channelId }, crisisId, { note, tasks });
      if (decision.ok) return { update: doneForm(w.title, w.closed(escapeMrkdwn(nameOf(decision.value))), language) };
      const { refusal } = decision;
      // One was opened since the form was: it is shown with the question.
      if (refusal.code === 'tasks_left') {
        const found = await crisisNamed({ ...call, channelId }, crisisId);
        if ('crisis' in found)
          return { update: await drawCloseForm(call, found.crisis, channelId, refusal.open, note) };
      }
      const text = await no(call, refusal);
      if (refusal.code === 'note_missing') return closingForm.error('note', text);
      return { update: doneForm(w.title, text, language) };
    }),
    reopeningForm.on(async (call, { reason }, { crisisId, channelId }) => {
      const { language } = call.who;
      const w = words(language);
      const decision = await reopen({ ...call, channelId }, crisisId, reason);
      const { reopenTitle } = w.form;
      if (decision.ok)
        return { update: doneForm(reopenTitle, w.reopening(escapeMrkdwn(nameOf(decision.value))), language) };
      const text = await no(call, decision.refusal);
      if (decision.refusal.code === 'reason_missing') return reopeningForm.error('reason', text);
      return { update: doneForm(reopenTitle, text, language) };
    }),
  ],
  jobs,
};
