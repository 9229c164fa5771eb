import { z } from 'zod';
import { newId } from '../core/ids.ts';
import { atOnce } from '../core/jobs.ts';
import { inBoth, type Language } from '../core/locale.ts';
import { audiences, kinds } from '../core/outputs.ts';
import { dateTime } from '../core/time.ts';
import type { Crisis } from '../crises/rules.ts';
import { crisesOfPerson, findCrisisOf, findCrisisOfChannel, findMember } from '../crises/store.ts';
import { namer } from '../people/store.ts';
import type { Choice, ModalView } from '../slack/blocks.ts';
import { SlackFailure } from '../slack/failures.ts';
import {
  type Call,
  type Feature,
  type FormAnswer,
  onPress,
  onSubmit,
  type Press,
  type Reply,
  type SourceMessage,
} from '../slack/feature.ts';
import { channelLink, escapeMrkdwn, slackTime, withNames } from '../slack/mrkdwn.ts';
import { approveStatement, changeStatement, draftStatement, openStatement, submitStatement } from './change.ts';
import { checkForm, type Occasion, pairForm } from './check/forms.ts';
import { peopleOfCheck } from './check/lines.ts';
import { blocking } from './check/lint.ts';
import { kinds as entryKinds } from './entry-kinds.ts';
import {
  type Draft,
  differencesForm,
  draftForm,
  noticeForm,
  partId,
  publishForm,
  type Reason,
  reasonForm,
} from './forms.ts';
import { jobs } from './jobs.ts';
import { peopleIn } from './lines.ts';
import { cutIntoParts, joinParts, mostParts, type Parts, withRoom } from './parts.ts';
import {
  edit,
  editOrKeep,
  editProblem,
  publish,
  publishProblem,
  type Scene,
  type Seen,
  type Statement,
  type StatementRefusal,
  seatsToJudge,
  turnDown,
  withdraw,
  withdrawProblem,
} from './rules.ts';
import { besideOf, type Check, checkOf } from './snapshot.ts';
import { offerOf, readAsBody } from './start/source.ts';
import { approversRoster, findStatementByNumber, statementsOf, versionsOf } from './store.ts';
import { refusalText, seatList, words } from './text.ts';
import { card, continuations, type Scenery, statementList } from './views.ts';
import { longestTitle, shortHash } from './wording.ts';

const seenSchema = z
  .object({ s: z.uuid(), v: z.number(), h: z.string() })
  .transform(({ s, v, h }) => ({ statementId: s, seen: { version: v, hash: h } }));
const moreSchema = z.object({
  do: z.enum(['edit', 'diff', 'withdraw', 'publish', 'show', 'check', 'pair']),
  s: z.uuid(),
  v: z.number(),
});

export const statements: Feature = {
  name: 'statements',
  title: inBoth((l) => words(l).feature),
  entryKinds,
  follows: {
    level_changed: (crisisId) => [atOnce('statements.crisis_changed', { crisisId })],
    lead_changed: (crisisId) => [atOnce('statements.crisis_changed', { crisisId })],
    team_changed: (crisisId) => [atOnce('statements.crisis_changed', { crisisId })],
    crisis_reopened: (crisisId, { reopening }) => [atOnce('statements.rearm', { crisisId, reopening })],
  },
  subcommands: [
    {
      name: 'statement',
      aliases: ['communiqué'],
      usage: inBoth((l) => words(l).help.statementUsage),
      summary: inBoth((l) => words(l).help.statement),
      readsOnly: true,
      run: (call, text) => (/^\d+$/.test(text) ? showNumber(call, Number(text)) : openNew(call, text)),
    },
    {
      name: 'statements',
      aliases: ['communiqués'],
      usage: inBoth(() => ''),
      summary: inBoth((l) => words(l).help.statements),
      readsOnly: true,
      run: listStatements,
    },
  ],
  actions: [
    onPress('statements.open_draft', z.object({ crisisId: z.uuid() }), (call, { crisisId }) =>
      openNew(call, '', crisisId),
    ),
    onPress('statements.add_room', z.unknown(), (call, _none, press) => addRoom(call, press)),
    onPress('statements.submit', seenSchema, (call, { statementId, seen }, press) =>
      submitNow(call, statementId, seen, press),
    ),
    onPress('statements.approve', seenSchema, (call, { statementId, seen }) => approveNow(call, statementId, seen)),
    onPress('statements.changes', seenSchema, (call, { statementId, seen }) =>
      askReason(call, 'changes_requested', statementId, seen),
    ),
    onPress('statements.reject', seenSchema, (call, { statementId, seen }) =>
      askReason(call, 'rejected', statementId, seen),
    ),
    onPress('statements.more', moreSchema, (call, { do: what, s }, press) => more[what](inForm(call, press), s)),
    onPress('statements.compare', z.object({ s: z.uuid(), v: z.number() }), async (call, { s, v }, press) => {
      const opened = await openStatement(call, s);
      if (!opened || !press.form) return refused(call, { code: 'not_in_room' });
      const versions = await versionsOf(call.db, s);
      const form = differencesForm(opened.statement, versions, Number(press.chosen), v, call.who.language);
      await call.updateModal(press.form.viewId, form);
    }),
  ],
  forms: [
    onSubmit('statements.draft', z.unknown(), (call, values, metadata) => saveDraft(call, values, metadata)),
    onSubmit('statements.reason', reasonMetadata(), (call, values, metadata) => giveReason(call, values, metadata)),
    onSubmit(
      'statements.publish',
      z.object({ statementId: z.uuid(), channelId: z.string().nullable() }),
      (call, values, metadata) => markPublished(call, values, metadata),
    ),
  ],
  shortcuts: [
    {
      id: 'statements.from_message',
      type: 'message',
      name: 'Use as a statement',
      description: 'Make the text of this message, or its text file, a draft statement',
      run: async (call, source) => (source ? openFromMessage(call, source) : undefined),
    },
  ],
  jobs,
};

const openForm = z.object({ channelId: z.string().nullish() });

/** A press in a form happens where the form was opened: its metadata says in which channel. */
export function inForm(call: Call, { form }: Press): Call {
  const channelId = call.channelId ?? openForm.safeParse(form?.metadata).data?.channelId ?? null;
  return { ...call, channelId };
}

const more: Record<z.infer<typeof moreSchema>['do'], (call: Call, statementId: string) => Promise<Reply | void>> = {
  show: async (call, statementId) => {
    const opened = await openStatement(call, statementId);
    return opened ? show(call, opened.statement, opened.scene) : refused(call, { code: 'not_in_room' });
  },
  check: async (call, statementId) => {
    const opened = await openStatement(call, statementId);
    if (!opened) return refused(call, { code: 'not_in_room' });
    await call.openModal(await checkView(call, opened.statement, opened.scene, call.channelId));
  },
  pair: async (call, statementId) => {
    const opened = await openStatement(call, statementId);
    if (!opened) return refused(call, { code: 'not_in_room' });
    const problem = withdrawProblem(opened.statement, opened.scene);
    if (problem) return refused(call, problem);
    const others = await statementsOf(call.db, opened.statement.crisisId);
    await call.openModal(pairForm(opened.statement, others, call.channelId, call.who.language));
  },
  edit: async (call, statementId) => {
    const opened = await openStatement(call, statementId);
    if (!opened) return refused(call, { code: 'not_in_room' });
    const problem = editProblem(opened.statement, opened.scene);
    if (problem) return refused(call, problem);
    const beside = await besideOf(call.db, opened.scene.crisis);
    await call.openModal(draftForm({ ...draftOf(opened.statement, call), beside }, call.who.language));
  },
  diff: async (call, statementId) => {
    const opened = await openStatement(call, statementId);
    if (!opened) return refused(call, { code: 'not_in_room' });
    const { statement } = opened;
    const last = statement.current.number;
    const versions = await versionsOf(call.db, statementId);
    await call.openModal(differencesForm(statement, versions, last - 1, last, call.who.language));
  },
  withdraw: async (call, statementId) => {
    const opened = await openStatement(call, statementId);
    if (!opened) return refused(call, { code: 'not_in_room' });
    const { statement, scene } = opened;
    const problem = withdrawProblem(statement, scene);
    if (problem) return refused(call, problem);
    const { number: version, hash } = statement.current;
    await call.openModal(reasonForm('withdraw', statement, { version, hash }, call.channelId, call.who.language));
  },
  publish: async (call, statementId) => {
    const opened = await openStatement(call, statementId);
    if (!opened) return refused(call, { code: 'not_in_room' });
    const { statement, scene } = opened;
    const problem = publishProblem(statement, scene);
    if (problem) return refused(call, problem);
    await call.openModal(publishForm(statement, call.now(), call.channelId, call.who.language));
  },
};

/** The crisis of the room, or the open crises of the person where they are not in one. */
export async function crisesHere(call: Call, channelId: string | null): Promise<Crisis[]> {
  const here = channelId
    ? await findCrisisOfChannel(call.db, call.who.workspaceId, channelId, call.who.userId)
    : undefined;
  if (here) return [here];
  const mine = await crisesOfPerson(call.db, call.who.workspaceId, call.who.userId);
  return mine.filter((crisis) => crisis.status === 'open');
}

const choiceOf = (crisis: Crisis): Choice => ({ value: crisis.id, label: `${crisis.number}. ${crisis.title}` });

export function newDraft(
  crises: readonly Crisis[],
  channelId: string | null,
  language: Language,
  text: { title: string; body: string },
  beside: Draft['beside'] = null,
): Draft {
  const [only, ...others] = crises;
  return {
    statementId: null,
    number: null,
    crisisId: only && others.length === 0 ? only.id : null,
    crises: crises.map(choiceOf),
    channelId,
    base: 0,
    inReview: false,
    wording: { title: text.title, kind: 'holding', audience: 'public', language: only?.language ?? language },
    parts: cutIntoParts(text.body),
    submitNow: false,
    from: null,
    beside,
  };
}

export const draftOf = ({ id, number, crisisId, current, status }: Statement, call: Call): Draft => ({
  statementId: id,
  number,
  crisisId,
  crises: [],
  channelId: call.channelId,
  base: current.number,
  inReview: status === 'in_review' || status === 'approved',
  wording: current,
  parts: cutIntoParts(current.body),
  submitNow: false,
  from: null,
  beside: null,
});

async function openNew(call: Call, text: string, crisisId?: string): Promise<Reply | void> {
  const named = crisisId ? await findCrisisOf(call.db, call.who.workspaceId, crisisId) : undefined;
  if (crisisId && !named) return refused(call, { code: 'not_in_room' });
  const crises = named ? [named] : await crisesHere(call, call.channelId);
  const problem = await whyNot(call, crises);
  if (problem) return refused(call, problem);
  // What is too long for a title is the beginning of the text: nothing typed is cut.
  const typed = text.length > longestTitle ? { title: '', body: text } : { title: text, body: '' };
  const [only] = crises;
  const beside = only && crises.length === 1 ? await besideOf(call.db, only) : null;
  await call.openModal(
    draftForm(newDraft(crises, call.channelId, call.who.language, typed, beside), call.who.language),
  );
}

export async function whyNot(call: Call, crises: readonly Crisis[]): Promise<StatementRefusal | null> {
  const [only, ...others] = crises;
  if (!only) return { code: 'no_crisis' };
  if (others.length > 0) return null;
  const member = await findMember(call.db, only, call.who.userId, call.channelId);
  return editProblem({ status: 'draft' }, { crisis: only, by: member });
}

async function openFromMessage(call: Call, source: SourceMessage): Promise<Reply | void> {
  const { language } = call.who;
  const w = words(language);
  const crises = await crisesHere(call, source.channelId);
  const problem = await whyNot(call, crises);
  if (problem) return refused(call, problem);
  const offer = offerOf(source);
  if (offer.from === 'nowhere') return { text: sourceProblem(offer, language) };
  // A trigger lives 3 s, and a file may take longer: the form opens at once and is filled when the text is there.
  const viewId = await call.openModal(noticeForm(w.form.title, w.form.reading, language));
  const read = offer.from === 'text' ? await messageText(call, offer.text) : await fileText(call, offer.url);
  const form =
    'text' in read
      ? draftForm(newDraft(crises, source.channelId, language, { title: '', body: read.text }), language)
      : noticeForm(w.form.title, readProblem(read, language), language);
  await call.updateModal(viewId, form);
}

async function messageText(call: Call, text: string) {
  const ids = [...text.matchAll(/<@([UW][A-Z0-9]+)>/g)].map((m) => m[1] as string);
  return readAsBody(withNames(text, await namer(call.db, call.who.workspaceId, ids)));
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
  if (offer.because === 'too_large') return w.tooLarge(Math.ceil(offer.size / 1000).toLocaleString(language));
  return w[offer.because];
}

function readProblem(read: Exclude<ReturnType<typeof readAsBody>, { text: string }>, language: Language): string {
  const w = words(language).source;
  return read.problem === 'too_long' ? w.tooLong(read.length.toLocaleString(language)) : w.unreadable;
}

const metadataSchema = z.object({
  statementId: z.uuid().nullable(),
  crisisId: z.uuid().nullable(),
  channelId: z.string().nullable(),
  base: z.number(),
  joiners: z.array(z.string()),
  from: z.object({ playbook: z.string(), template: z.string() }).nullish().catch(null),
});
const wordingSchema = z.object({
  title: z
    .string()
    .nullish()
    .transform((t) => t ?? ''),
  kind: z.enum(kinds).catch('holding'),
  audience: z.enum(audiences).catch('public'),
  language: z.enum(['en', 'fr']).catch('en'),
  submit: z.array(z.string()).catch([]),
  sensitive: z.array(z.string()).catch([]),
  crisis: z.uuid().nullish().catch(null),
});

function readForm(values: Record<string, unknown>, rawMetadata: unknown) {
  const metadata = metadataSchema.parse(rawMetadata);
  const { submit: now, crisis, sensitive, ...plain } = wordingSchema.parse(values);
  const wording = { ...plain, isSensitive: sensitive.includes('yes') };
  const typed = Array.from({ length: mostParts }, (_, i) => values[partId(i)]).filter((part) => part !== undefined);
  const parts: Parts = {
    parts: typed.map((part) => (typeof part === 'string' ? part : '')),
    joiners: metadata.joiners,
  };
  return { metadata, wording, parts, submitNow: now.includes('now'), crisisId: metadata.crisisId ?? crisis ?? null };
}

async function addRoom(call: Call, { form }: Press): Promise<void> {
  if (!form) return;
  const read = readForm(form.values, form.metadata);
  await call.updateModal(form.viewId, draftForm(await sameDraft(call, read, withRoom(read.parts)), call.who.language));
}

/** The form as it stands, with what was typed. */
async function sameDraft(call: Call, read: ReturnType<typeof readForm>, parts: Parts): Promise<Draft> {
  const { metadata, wording, submitNow } = read;
  const here = { ...call, channelId: metadata.channelId };
  const opened = metadata.statementId ? await openStatement(here, metadata.statementId) : null;
  const crises = metadata.crisisId === null ? await crisesHere(call, metadata.channelId) : [];
  return {
    ...metadata,
    from: metadata.from ?? null,
    beside: await besideFor(here, metadata.crisisId),
    number: opened?.statement.number ?? null,
    crises: crises.map(choiceOf),
    inReview: opened ? ['in_review', 'approved'].includes(opened.statement.status) : false,
    wording,
    parts,
    submitNow,
  };
}

/** A form's metadata may name any crisis: what stands beside its statements is for its cell. */
async function besideFor(call: Call, crisisId: string | null): Promise<Draft['beside']> {
  const crisis = crisisId ? await findCrisisOf(call.db, call.who.workspaceId, crisisId) : undefined;
  if (!crisis) return null;
  const member = await findMember(call.db, crisis, call.who.userId, call.channelId);
  return member.inCell ? besideOf(call.db, crisis) : null;
}

async function saveDraft(call: Call, values: Record<string, unknown>, rawMetadata: unknown): Promise<FormAnswer> {
  const read = readForm(values, rawMetadata);
  const { metadata, parts, crisisId } = read;
  if (!metadata.statementId && !crisisId) return { errors: { crisis: await textOf(call, { code: 'no_crisis' }) } };
  const here = { ...call, channelId: metadata.channelId };
  const wish = { ...read.wording, body: joinParts(parts) };
  const change = read.submitNow ? editOrKeep : edit;
  const decision = metadata.statementId
    ? await changeStatement(
        here,
        metadata.statementId,
        (s, scene) => change(s, wish, metadata.base, scene),
        read.submitNow,
      )
    : await draftStatement(
        here,
        crisisId as string,
        { ...wish, id: newId(), from: metadata.from ?? null },
        read.submitNow,
      );
  if (decision.ok) return saved(call, decision.value, metadata.channelId, read.submitNow);
  return notSaved(call, read, decision.refusal);
}

/** What blocks a submission is shown at once; otherwise the card says it all, and elsewhere the form says where it is. */
async function saved(
  call: Call,
  statement: Statement,
  channelId: string | null,
  wasToSubmit: boolean,
): Promise<FormAnswer> {
  const { number, current, crisisId, status } = statement;
  const opened = status === 'draft' ? await openStatement({ ...call, channelId }, statement.id) : null;
  if (opened) {
    const occasion = wasToSubmit ? 'refused' : 'saved';
    const check = await checkOf(call.db, opened.scene.crisis, statement);
    if (blocking(check.findings).length > 0)
      return { update: await checkView(call, statement, opened.scene, channelId, occasion, check) };
  }
  const crisis = await findCrisisOf(call.db, call.who.workspaceId, crisisId);
  if (!crisis || crisis.channelId === channelId) return undefined;
  const { language } = call.who;
  const w = words(language).form;
  const room = crisis.channelId ? channelLink(crisis.channelId) : escapeMrkdwn(crisis.title);
  const length = current.body.length.toLocaleString(language);
  return { update: noticeForm(w.savedTitle, w.saved(number, current.number, length, room), language) };
}

/** What the check says of a statement, with the answers that this person may give. */
export async function checkView(
  call: Call,
  statement: Statement,
  { crisis, roster }: Pick<Scene, 'crisis' | 'roster'>,
  channelId: string | null,
  occasion: Occasion = 'asked',
  known?: Check,
): Promise<ModalView> {
  const check = known ?? (await checkOf(call.db, crisis, statement));
  const named = await namer(call.db, call.who.workspaceId, [
    ...peopleIn([statement], roster, crisis),
    ...peopleOfCheck(statement, check),
  ]);
  const scenery = { crisis, roster, named, language: call.who.language };
  return checkForm(statement, check, scenery, { userId: call.who.userId, channelId }, occasion);
}

/** The form stays open with everything that was typed. */
async function notSaved(call: Call, read: ReturnType<typeof readForm>, no: StatementRefusal): Promise<FormAnswer> {
  const { language } = call.who;
  const text = await textOf(call, no);
  if (no.code === 'unchanged') return { update: noticeForm(words(language).form.savedTitle, text, language) };
  if (no.code === 'edited_meanwhile') {
    const named = await namer(call.db, call.who.workspaceId, [no.byId]);
    const warning = words(language).form.meanwhile(escapeMrkdwn(named(no.byId)), no.version);
    const draft = await sameDraft(call, read, read.parts);
    return { update: draftForm({ ...draft, base: no.version, warning }, language) };
  }
  const where = no.code.startsWith('title_')
    ? 'title'
    : no.code === 'no_approver' || no.code === 'not_submittable'
      ? 'submit'
      : partId(Math.max(0, read.parts.parts.length - 1));
  return { errors: { [where]: text } };
}

async function submitNow(call: Call, statementId: string, seen: Seen, press: Press): Promise<Reply | void> {
  const here = inForm(call, press);
  const { language } = call.who;
  const decision = await submitStatement(here, statementId, seen);
  if (!decision.ok) {
    if (decision.refusal.code !== 'blocked' || press.form) return refusedOn(here, statementId, decision.refusal);
    await call.tell(await refused(call, decision.refusal));
    return more.check(here, statementId);
  }
  const { number, requiredDepartments } = decision.value;
  const text = words(language).done.submitted(number, seatList(requiredDepartments, language));
  if (!press.form) return { text };
  await call.updateModal(press.form.viewId, noticeForm(words(language).form.savedTitle, text, language));
}

async function approveNow(call: Call, statementId: string, seen: Seen): Promise<Reply | void> {
  const decision = await approveStatement(call, statementId, seen);
  if (!decision.ok) return refusedOn(call, statementId, decision.refusal);
  const { number, current, status } = decision.value;
  const w = words(call.who.language).done;
  const given = w.approval(number, current.number, shortHash(current.hash));
  return { text: status === 'approved' ? `${given} ${w.approvedAll(number)}` : given };
}

/** Who may not decide is told before having written a reason. */
async function askReason(call: Call, about: Reason, statementId: string, seen: Seen): Promise<Reply | void> {
  const opened = await openStatement(call, statementId);
  if (!opened) return refused(call, { code: 'not_in_room' });
  const may = seatsToJudge(opened.statement, seen, opened.scene);
  if (!may.ok) return refusedOn(call, statementId, may.refusal);
  await call.openModal(reasonForm(about, opened.statement, seen, call.channelId, call.who.language));
}

function reasonMetadata() {
  return z.object({
    about: z.enum(['changes_requested', 'rejected', 'withdraw']),
    statementId: z.uuid(),
    version: z.number(),
    hash: z.string(),
    channelId: z.string().nullable(),
  });
}

async function giveReason(
  call: Call,
  values: Record<string, unknown>,
  { about, statementId, channelId, ...seen }: z.infer<ReturnType<typeof reasonMetadata>>,
): Promise<FormAnswer> {
  const reason = typeof values['reason'] === 'string' ? values['reason'] : '';
  const decision = await changeStatement({ ...call, channelId }, statementId, (s, scene) =>
    about === 'withdraw' ? withdraw(s, reason, scene) : turnDown(s, seen, about, reason, scene),
  );
  return decision.ok ? undefined : { errors: { reason: await textOf(call, decision.refusal) } };
}

const publicationSchema = z.object({
  url: z
    .string()
    .nullish()
    .transform((t) => t ?? ''),
  where: z
    .string()
    .nullish()
    .transform((t) => t ?? ''),
  at: z.date().nullish(),
});

async function markPublished(
  call: Call,
  values: Record<string, unknown>,
  { statementId, channelId }: { statementId: string; channelId: string | null },
): Promise<FormAnswer> {
  const { at, ...place } = publicationSchema.parse(values);
  const decision = await changeStatement({ ...call, channelId }, statementId, (s, scene) =>
    publish(s, { ...place, at: at ?? call.now() }, scene),
  );
  if (decision.ok) return undefined;
  const { code } = decision.refusal;
  return { errors: { [code.startsWith('published_') ? 'at' : 'url']: await textOf(call, decision.refusal) } };
}

async function showNumber(call: Call, number: number): Promise<Reply | void> {
  const [crisis, ...others] = await crisesHere(call, call.channelId);
  if (!crisis || others.length > 0) return refused(call, { code: 'not_in_room' });
  const statement = await findStatementByNumber(call.db, crisis.id, number);
  const opened = statement ? await openStatement(call, statement.id) : null;
  return opened ? show(call, opened.statement, opened.scene) : refused(call, { code: 'unknown' });
}

/** The card for this person only, in their language; the rest of a long text follows. */
async function show(call: Call, statement: Statement, { crisis, roster }: Scene): Promise<void> {
  const { language } = call.who;
  const check = await checkOf(call.db, crisis, statement);
  const scenery = { ...(await sceneryOf(call, crisis, roster, [statement], peopleOfCheck(statement, check))), check };
  for (const message of [card(statement, scenery, true), ...continuations(statement, language)])
    await call.tell(message);
}

async function listStatements(call: Call): Promise<Reply> {
  const [crisis, ...others] = await crisesHere(call, call.channelId);
  if (!crisis || others.length > 0) return refused(call, { code: 'not_in_room' });
  const member = await findMember(call.db, crisis, call.who.userId, call.channelId);
  if (!member.inCell) return refused(call, { code: 'not_in_room' });
  const all = await statementsOf(call.db, crisis.id);
  const roster = await approversRoster(call.db, crisis);
  return statementList(all, await sceneryOf(call, crisis, roster, all), call.now());
}

async function sceneryOf(
  call: Call,
  crisis: Crisis,
  roster: Scene['roster'],
  of: readonly Statement[],
  others: readonly string[] = [],
): Promise<Scenery> {
  const named = await namer(call.db, call.who.workspaceId, [...peopleIn(of, roster, crisis), ...others]);
  return { crisis, roster, named, language: call.who.language };
}

/** As plain text: forms show their errors so. */
export async function textOf(call: Call, no: StatementRefusal): Promise<string> {
  const { language, timeZone, workspaceId } = call.who;
  const named = await namer(call.db, workspaceId, 'byId' in no ? [no.byId] : []);
  return refusalText(no, language, { named, time: (at) => dateTime(at, timeZone, language) });
}

export async function refused(call: Call, no: StatementRefusal): Promise<Reply> {
  const { language, timeZone, workspaceId } = call.who;
  const named = await namer(call.db, workspaceId, 'byId' in no ? [no.byId] : []);
  return {
    text: refusalText(no, language, {
      named: (id) => `*${escapeMrkdwn(named(id))}*`,
      time: (at) => slackTime(at, timeZone, language),
    }),
  };
}

/** Somebody who pressed a button of an old card is shown the one that counts. */
async function refusedOn(call: Call, statementId: string, no: StatementRefusal): Promise<Reply | void> {
  if (no.code !== 'stale') return refused(call, no);
  await call.tell(await refused(call, no));
  return more.show(call, statementId);
}
