import { newId } from '../../core/ids.ts';
import { type Language, numberText } from '../../core/locale.ts';
import { crisisMeant, crisisNamed, openCrises, readerOf, roomHere, toAct } from '../../crises/here.ts';
import type { Crisis } from '../../crises/rules.ts';
import { SlackFailure } from '../../slack/failures.ts';
import type { Action, Call, Form, Reply, SourceMessage } from '../../slack/feature.ts';
import { escapeMrkdwn, withNames } from '../../slack/mrkdwn.ts';
import { mentionedIn } from '../../timeline/export.ts';
import { sayWhy, withStatement } from '../calls.ts';
import { changeStatement, draftStatement, openStatement } from '../change.ts';
import { noticeForm } from '../forms.ts';
import { edit, editOrKeep, editProblem } from '../rules.ts';
import { guidanceOf } from '../snapshot.ts';
import { offerOf, readAsBody } from '../start/source.ts';
import type { StatementRefusal } from '../statement.ts';
import { words } from '../text.ts';
import { longestTitle } from '../wording.ts';
import { saved } from './calls.ts';
import {
  addRoom,
  choiceOf,
  type Draft,
  draft,
  draftForm,
  draftOf,
  type Entered,
  entered,
  enteredSoFar,
  isInReview,
  newDraft,
  openDraft,
} from './forms.ts';
import { joinParts, withRoom } from './parts.ts';

/** The crises that the caller may draft in: the one that is meant; where none is, all of theirs to choose from. */
async function crisesToDraftIn(call: Call, crisisId?: string): Promise<{ crises: Crisis[] } | { reply: Reply }> {
  const found = await toAct(call, crisisId ? crisisNamed(call, crisisId) : crisisMeant(call));
  if (!('reply' in found)) return { crises: [found.crisis] };
  const open = crisisId || (await roomHere(call)) ? [] : await openCrises(call);
  return open.length > 1 ? { crises: open } : found;
}

/** Opens the form of a new statement; what was typed is its title or, where it is too long for one, its text. */
export async function openNew(call: Call, typed: string, crisisId?: string): Promise<Reply | void> {
  const found = await crisesToDraftIn(call, crisisId);
  if ('reply' in found) return found.reply;
  const { crises } = found;
  const [only] = crises;
  const text = typed.length > longestTitle ? { title: '', body: typed } : { title: typed, body: '' };
  const guidance = only && crises.length === 1 ? await guidanceOf(call.db, only) : null;
  const { language } = call.who;
  await call.openModal(draftForm(newDraft(crises, call.channelId, language, text, guidance), language));
}

export const openEdit = (call: Call, statementId: string): Promise<Reply | void> =>
  withStatement(
    call,
    statementId,
    async (statement, { crisis }) => {
      const guidance = await guidanceOf(call.db, crisis);
      await call.openModal(draftForm(draftOf(statement, call.channelId, guidance), call.who.language));
    },
    editProblem,
  );

/** Makes the text of a message, or its text file, a draft. */
export async function openFromMessage(call: Call, source: SourceMessage): Promise<Reply | void> {
  const { language } = call.who;
  const w = words(language);
  const found = await crisesToDraftIn({ ...call, channelId: source.channelId });
  if ('reply' in found) return found.reply;
  const offer = offerOf(source);
  if (offer.from === 'nowhere') return { text: sourceProblem(offer, language) };
  // A trigger lives 3 s, and a file may take longer: the form opens at once and is filled when the text is there.
  const viewId = await call.openModal(noticeForm(w.form.title, w.form.reading, language));
  const read = offer.from === 'text' ? await messageText(call, offer.text) : await fileText(call, offer.url);
  const form =
    'text' in read
      ? draftForm(newDraft(found.crises, source.channelId, language, { title: '', body: read.text }), language)
      : noticeForm(w.form.title, readProblem(read, language), language);
  await call.updateModal(viewId, form);
}

async function messageText(call: Call, text: string) {
  const { named } = await readerOf(call, mentionedIn(text));
  return readAsBody(withNames(text, named));
}

async function fileText(call: Call, url: string) {
  try {
    return readAsBody(await call.slack.fileText(url));
  } catch (error) {
    if (!(error instanceof SlackFailure)) throw error;
    return { problem: 'unreadable' as const };
  }
}

function sourceProblem(offer: Extract<ReturnType<typeof offerOf>, { from: 'nowhere' }>, language: Language): string {
  const w = words(language).source;
  if (offer.because === 'too_large') return w.tooLarge(numberText(Math.ceil(offer.size / 1000), language));
  return w[offer.because];
}

function readProblem(read: Exclude<ReturnType<typeof readAsBody>, { text: string }>, language: Language): string {
  const w = words(language).source;
  return read.problem === 'too_long' ? w.tooLong(numberText(read.length, language)) : w.unreadable;
}

/** The form as it stands, with what was typed. A form's metadata may name any crisis: its cell alone is told more. */
async function sameDraft(call: Call, typed: Entered): Promise<Draft> {
  const { statementId, crisisId } = typed;
  const [opened, found, crises] = await Promise.all([
    statementId ? openStatement(call, statementId) : null,
    crisisId ? crisisNamed(call, crisisId) : null,
    crisisId ? [] : openCrises(call),
  ]);
  return {
    ...typed,
    guidance: found && 'crisis' in found ? await guidanceOf(call.db, found.crisis) : null,
    number: opened?.statement.number ?? null,
    crises: crises.map(choiceOf),
    inReview: opened !== null && isInReview(opened.statement),
  };
}

/** The form stays open with everything that was typed. */
async function notSaved(call: Call, typed: Entered, no: StatementRefusal) {
  const { language } = call.who;
  const w = words(language).form;
  const text = await sayWhy(call, no);
  if (no.code === 'unchanged') return { update: noticeForm(w.savedTitle, text, language) };
  if (no.code === 'edited_meanwhile') {
    const [{ named }, same] = await Promise.all([readerOf(call, [no.byId]), sameDraft(call, typed)]);
    const warning = w.meanwhile(escapeMrkdwn(named(no.byId)), no.version);
    return { update: draftForm({ ...same, base: no.version, warning }, language) };
  }
  if (no.code.startsWith('title_')) return draft.error('title', text);
  if (no.code === 'no_approver' || no.code === 'not_submittable') return draft.error('submit', text);
  const last: `part_${string}` = `part_${Math.max(1, typed.parts.parts.length)}`;
  return draft.error(last, text);
}

/** A draft and its form: a new one, one from a message, and the new wording of a statement. */
export const drafts: { actions: Action[]; forms: Form[] } = {
  actions: [
    openDraft.on((call, { crisisId }) => openNew(call, '', crisisId)),
    addRoom.on(async (call, _none, { form }) => {
      if (!form) return;
      const typed = enteredSoFar(form);
      const same = await sameDraft({ ...call, channelId: typed.channelId }, typed);
      await call.updateModal(form.viewId, draftForm({ ...same, parts: withRoom(typed.parts) }, call.who.language));
    }),
  ],
  forms: [
    draft.on(async (call, answers, metadata) => {
      const typed = entered(answers, metadata);
      const { statementId, crisis, submitNow, from, base } = typed;
      const here = { ...call, channelId: typed.channelId };
      if (!statementId && !crisis) return draft.error('crisis', await sayWhy(call, { code: 'no_crisis' }));
      const wish = { ...typed.wording, body: joinParts(typed.parts) };
      const change = submitNow ? editOrKeep : edit;
      const decision = statementId
        ? await changeStatement(
            here,
            statementId,
            (statement, context) => change(statement, wish, base, context),
            submitNow,
          )
        : await draftStatement(here, crisis as string, { ...wish, id: newId(), from }, submitNow);
      return decision.ok ? saved(here, decision.value, submitNow) : notSaved(here, typed, decision.refusal);
    }),
  ],
};
