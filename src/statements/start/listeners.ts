import { z } from 'zod';
import { inBoth } from '../../core/locale.ts';
import type { Crisis } from '../../crises/rules.ts';
import { findCrisisOf } from '../../crises/store.ts';
import { namer } from '../../people/store.ts';
import { filled, placeholdersOf } from '../../playbooks/rules.ts';
import {
  type Call,
  type Feature,
  type FormAnswer,
  onPress,
  onSubmit,
  type Press,
  type Reply,
} from '../../slack/feature.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';
import { openStatement, saveMessages } from '../change.ts';
import { blocking, lint } from '../check/lint.ts';
import { findingWords } from '../check/text.ts';
import { draftForm, noticeForm } from '../forms.ts';
import { crisesHere, draftOf, inForm, newDraft, refused, textOf, whyNot } from '../listeners.ts';
import { cutIntoParts } from '../parts.ts';
import { editProblem, type StatementRefusal } from '../rules.ts';
import { besideOf, materialOf, templateOf, templatesFor } from '../snapshot.ts';
import { messageMapOf } from '../store.ts';
import { words as statementWords } from '../text.ts';
import { longestBody, longestTitle } from '../wording.ts';
import {
  blankId,
  copyForm,
  fillDraftForm,
  fillForm,
  mapForm,
  mapSavedForm,
  replyFillForm,
  replyForm,
  templatesForm,
} from './forms.ts';
import { messages, textOfMap } from './message-map.ts';
import { repliesOf, replyCategories, truths } from './reply-bank.ts';
import { words } from './text.ts';

const inCrisis = z.object({ crisisId: z.uuid() });
const at = inCrisis.extend({ channelId: z.string().nullish().default(null) });
const language = z.enum(['en', 'fr']);
const ofDraft = z.object({ s: z.uuid(), channelId: z.string().nullable() });
const templateRef = inCrisis.extend({ playbook: z.string(), template: z.string(), language });

/** The ways to begin a statement other than with an empty form. */
export const statementStarts: Feature = {
  name: 'statement starts',
  title: inBoth((l) => statementWords(l).feature),
  subcommands: [
    {
      name: 'template',
      aliases: ['modèle', 'modeles', 'templates'],
      usage: inBoth(() => ''),
      summary: inBoth((l) => words(l).help.template),
      readsOnly: true,
      run: (call) => here(call, (crisis) => openTemplates(call, crisis, null)),
    },
    {
      name: 'reply',
      aliases: ['répondre', 'réponse'],
      usage: inBoth(() => ''),
      summary: inBoth((l) => words(l).help.reply),
      readsOnly: true,
      run: (call) => here(call, (crisis) => openReply(call, crisis)),
    },
    {
      name: 'map',
      aliases: ['messages', 'edl'],
      usage: inBoth(() => ''),
      summary: inBoth((l) => words(l).help.map),
      readsOnly: true,
      run: (call) => here(call, (crisis) => openMap(call, crisis)),
    },
  ],
  actions: [
    onPress('statements.templates', inCrisis, (call, { crisisId }, press) =>
      inside(inForm(call, press), crisisId, (crisis) => openTemplates(inForm(call, press), crisis, press)),
    ),
    onPress('statements.use_template', templateRef, (call, ref, press) =>
      inside(inForm(call, press), ref.crisisId, (crisis) => useTemplate(inForm(call, press), crisis, ref, press)),
    ),
    onPress('statements.fill_draft', z.object({ s: z.uuid() }), (call, { s }, press) =>
      openBlanks(inForm(call, press), s),
    ),
    onPress('statements.open_reply', inCrisis, (call, { crisisId }) =>
      inside(call, crisisId, (crisis) => openReply(call, crisis)),
    ),
    onPress('statements.open_map', inCrisis, (call, { crisisId }) =>
      inside(call, crisisId, (crisis) => openMap(call, crisis)),
    ),
    onPress('statements.map_statement', inCrisis, (call, { crisisId }, press) =>
      inside(inForm(call, press), crisisId, (crisis) => statementOfMap(inForm(call, press), crisis, press)),
    ),
  ],
  forms: [
    onSubmit('statements.fill', templateRef.extend(at.shape), fillTemplate),
    onSubmit('statements.fill_draft', ofDraft, fillDraft),
    onSubmit('statements.reply', at, chooseReply),
    onSubmit(
      'statements.reply_fill',
      at.extend({
        category: z.enum(replyCategories).catch('crisis'),
        language: language.catch('en'),
        reply: z.string().nullish(),
      }),
      fillReply,
    ),
    onSubmit('statements.map', at.extend({ base: z.number() }), saveMapForm),
  ],
};

/** The crisis of the room, or the only one that this person is in. */
async function here(call: Call, open: (crisis: Crisis) => Promise<Reply | void>): Promise<Reply | void> {
  const crises = await crisesHere(call, call.channelId);
  const problem = crises.length > 1 ? ({ code: 'not_in_room' } as const) : await whyNot(call, crises);
  const [crisis] = crises;
  return problem || !crisis ? refused(call, problem ?? { code: 'no_crisis' }) : open(crisis);
}

/** A crisis that a button or a form names: for its cell alone. */
async function crisisOf(call: Call, crisisId: string): Promise<Crisis | StatementRefusal> {
  const crisis = await findCrisisOf(call.db, call.who.workspaceId, crisisId);
  return crisis ? ((await whyNot(call, [crisis])) ?? crisis) : { code: 'not_in_room' };
}

async function inside(
  call: Call,
  crisisId: string,
  open: (crisis: Crisis) => Promise<Reply | void>,
): Promise<Reply | void> {
  const crisis = await crisisOf(call, crisisId);
  return 'code' in crisis ? refused(call, crisis) : open(crisis);
}

/** In an empty draft the templates take its place; over one in which something was typed they are laid on top. */
async function openTemplates(call: Call, crisis: Crisis, press: Press | null): Promise<void> {
  const offered = await templatesFor(call.db, crisis, call.now());
  const givers = offered.flatMap(({ clearance }) => ('clearance' in clearance ? [clearance.clearance.clearedBy] : []));
  const named = await namer(call.db, call.who.workspaceId, givers);
  const typed = Object.entries(press?.form?.values ?? {}).some(
    ([id, value]) => (id === 'title' || id.startsWith('part_')) && Boolean(value),
  );
  const view = templatesForm(offered, { crisis, channelId: call.channelId }, named, call.who.language, typed);
  if (press?.form && !typed) await call.updateModal(press.form.viewId, view);
  else await call.openModal(view);
}

async function useTemplate(
  call: Call,
  crisis: Crisis,
  ref: z.infer<typeof templateRef>,
  press: Press,
): Promise<Reply | void> {
  const offered = await templateOf(call.db, crisis.workspaceId, ref, call.now());
  if (!offered) return { text: words(call.who.language).templates.gone };
  const material = await materialOf(call.db, crisis, null);
  const view = fillForm(offered, ref.language, { crisis, channelId: call.channelId }, material, call.who.language);
  if (press.form) await call.updateModal(press.form.viewId, view);
  else await call.openModal(view);
}

/** What was typed into the blanks; empty ones are left out, and so stay visible. */
function blanksIn(text: string, values: Record<string, unknown>): Map<string, string> {
  return new Map(
    placeholdersOf(text).flatMap((key) => {
      const value = values[blankId(key)];
      return typeof value === 'string' && value.trim() ? [[key, value.trim()] as const] : [];
    }),
  );
}

async function fillTemplate(
  call: Call,
  values: Record<string, unknown>,
  metadata: z.infer<typeof templateRef> & { channelId: string | null },
): Promise<FormAnswer> {
  const asked = { ...call, channelId: metadata.channelId };
  const crisis = await crisisOf(asked, metadata.crisisId);
  if ('code' in crisis) return problemForm(call, crisis);
  const offered = await templateOf(call.db, crisis.workspaceId, metadata, call.now());
  if (!offered)
    return { update: templatesForm([], { crisis, channelId: metadata.channelId }, String, call.who.language) };
  const { template } = offered;
  const body = template.body[metadata.language];
  const empty = newDraft([crisis], metadata.channelId, call.who.language, { title: '', body: '' });
  return {
    update: draftForm(
      {
        ...empty,
        from: { playbook: metadata.playbook, template: metadata.template },
        beside: await besideOf(call.db, crisis),
        wording: {
          title: template.title[metadata.language].slice(0, longestTitle),
          kind: template.kind,
          audience: template.audience,
          language: metadata.language,
          isSensitive: template.admits,
        },
        parts: cutIntoParts(filled(body, blanksIn(body, values))),
      },
      call.who.language,
    ),
  };
}

/** A draft that still holds blanks, such as a playbook's: they are filled in first, then the whole text is read. */
async function openBlanks(call: Call, statementId: string): Promise<Reply | void> {
  const opened = await openStatement(call, statementId);
  if (!opened) return refused(call, { code: 'not_in_room' });
  const { statement, scene } = opened;
  const problem = editProblem(statement, scene);
  if (problem) return refused(call, problem);
  const material = await materialOf(call.db, scene.crisis, null);
  const where = { crisis: scene.crisis, channelId: call.channelId };
  await call.openModal(fillDraftForm(statement, where, material, call.who.language));
}

async function fillDraft(
  call: Call,
  values: Record<string, unknown>,
  { s, channelId }: z.infer<typeof ofDraft>,
): Promise<FormAnswer> {
  const asked = { ...call, channelId };
  const opened = await openStatement(asked, s);
  if (!opened) return problemForm(call, { code: 'not_in_room' });
  const { statement, scene } = opened;
  const problem = editProblem(statement, scene);
  if (problem) return problemForm(call, problem);
  const { title, body } = statement.current;
  const blanks = blanksIn(`${title}\n${body}`, values);
  const whole = filled(body, blanks);
  const [first] = blanks.keys();
  // A blank may stand many times: what no form could hold is refused while all that was typed is still there.
  if (first && whole.length > longestBody)
    return { errors: { [blankId(first)]: await textOf(call, { code: 'body_too_long', length: whole.length }) } };
  const draft = draftOf(statement, asked);
  return {
    update: draftForm(
      {
        ...draft,
        beside: await besideOf(call.db, scene.crisis),
        wording: { ...draft.wording, title: filled(title, blanks).slice(0, longestTitle) },
        parts: cutIntoParts(whole),
      },
      call.who.language,
    ),
  };
}

async function openReply(call: Call, crisis: Crisis): Promise<void> {
  await call.openModal(replyForm({ crisis, channelId: call.channelId }, call.who.language));
}

const replyChoice = z.object({
  truth: z.enum(truths).catch('unknown'),
  category: z.enum(replyCategories).catch('crisis'),
  language: language.catch('en'),
});

async function chooseReply(
  call: Call,
  values: Record<string, unknown>,
  { crisisId, channelId }: z.infer<typeof at>,
): Promise<FormAnswer> {
  const crisis = await crisisOf({ ...call, channelId }, crisisId);
  if ('code' in crisis) return problemForm(call, crisis);
  const choice = replyChoice.parse(values);
  const [text] = repliesOf(choice.category);
  const material = await materialOf(call.db, crisis, null);
  return { update: replyFillForm(choice, text, { crisis, channelId }, material, call.who.language) };
}

async function fillReply(
  call: Call,
  values: Record<string, unknown>,
  metadata: z.infer<typeof at> & {
    category: (typeof replyCategories)[number];
    language: 'en' | 'fr';
    reply?: string | null | undefined;
  },
): Promise<FormAnswer> {
  const w = words(call.who.language).reply;
  const { channelId } = metadata;
  const crisis = await crisisOf({ ...call, channelId }, metadata.crisisId);
  if ('code' in crisis) return problemForm(call, crisis);
  const text = repliesOf(metadata.category).find(({ id }) => id === metadata.reply)?.body[metadata.language];
  if (!text) return undefined;
  const blanks = blanksIn(text, values);
  const missing = placeholdersOf(text).filter((key) => !blanks.has(key));
  if (missing.length > 0) return { errors: Object.fromEntries(missing.map((key) => [blankId(key), w.empty])) };
  const body = filled(text, blanks);
  if (values['use'] === 'statement') {
    const draft = newDraft([crisis], channelId, call.who.language, { title: w.statementTitle, body });
    const wording = { ...draft.wording, kind: 'reply_from_bank' as const, language: metadata.language };
    return { update: draftForm({ ...draft, wording }, call.who.language) };
  }
  const checked = { body, language: metadata.language, kind: 'reply_from_bank' as const, isSensitive: false };
  const material = await materialOf(call.db, crisis, null);
  const against = blocking(lint(checked, material));
  if (against.length === 0) return { update: copyForm(body, call.who.language) };
  const titles = [...new Set(against.map(({ code }) => findingWords(code, call.who.language).title))].join(', ');
  return { errors: { use: w.blocked(titles) } };
}

async function openMap(call: Call, crisis: Crisis): Promise<void> {
  const saved = await messageMapOf(call.db, crisis.id);
  await call.openModal(mapForm(saved, { crisis, channelId: call.channelId }, call.who.language));
}

async function saveMapForm(
  call: Call,
  values: Record<string, unknown>,
  { crisisId, channelId, base }: z.infer<typeof at> & { base: number },
): Promise<FormAnswer> {
  const typed = (id: string): string => (typeof values[id] === 'string' ? values[id] : '');
  const map = Array.from({ length: messages }, (_, i) => ({
    message: typed(`message_${i + 1}`),
    proofs: typed(`proofs_${i + 1}`).split('\n'),
  }));
  const decision = await saveMessages({ ...call, channelId }, crisisId, { messages: map, base });
  if (!decision.ok) return { errors: { message_1: await textOf(call, decision.refusal) } };
  const crisis = await crisisOf({ ...call, channelId }, crisisId);
  return 'code' in crisis
    ? undefined
    : { update: mapSavedForm(decision.value, { crisis, channelId }, call.who.language) };
}

async function statementOfMap(call: Call, crisis: Crisis, press: Press): Promise<Reply | void> {
  const saved = await messageMapOf(call.db, crisis.id);
  if (!saved) return refused(call, { code: 'map_empty' });
  const w = words(call.who.language).map;
  const text = { title: w.statementTitle, body: textOfMap(saved.messages) };
  const view = draftForm(
    newDraft([crisis], call.channelId, call.who.language, text, await besideOf(call.db, crisis)),
    call.who.language,
  );
  if (press.form) await call.updateModal(press.form.viewId, view);
  else await call.openModal(view);
}

/** A form that cannot go on says so in its place. */
async function problemForm(call: Call, no: StatementRefusal): Promise<FormAnswer> {
  const text = await textOf(call, no);
  return { update: noticeForm(words(call.who.language).problem, escapeMrkdwn(text), call.who.language) };
}
