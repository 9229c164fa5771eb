import { newId } from '../../core/ids.ts';
import { inBoth } from '../../core/locale.ts';
import { crisisMeant, crisisNamed, type Found, readerOf, toAct } from '../../crises/here.ts';
import type { Crisis } from '../../crises/rules.ts';
import { filled, placeholdersOf } from '../../playbooks/rules.ts';
import type { ModalView } from '../../slack/blocks.ts';
import type { Action, Call, Form, Press, Reply, Subcommand } from '../../slack/feature.ts';
import { inForm, refused, sayWhy, withStatement } from '../calls.ts';
import { changeStatement, draftStatement, openStatement, saveMessages } from '../change.ts';
import { blocking, lint } from '../check/lint.ts';
import { findingWords } from '../check/text.ts';
import { saved } from '../draft/calls.ts';
import { draftForm, draftOf, isTyped, newDraft } from '../draft/forms.ts';
import { cutIntoParts } from '../draft/parts.ts';
import { noticeForm } from '../forms.ts';
import { editOrKeep, editProblem } from '../rules.ts';
import { guidanceOf, materialOf, templateOf, templatesFor } from '../snapshot.ts';
import { messageMapOf } from '../store.ts';
import { longestBody, longestTitle } from '../wording.ts';
import {
  chooseReply,
  copyForm,
  fillDraft,
  fillDraftForm,
  fillForm,
  fillReply,
  fillTemplate,
  makeOfMap,
  mapForm,
  mapSavedForm,
  openDraftBlanks,
  openMap,
  openReply,
  openTemplates,
  replyFillForm,
  replyForm,
  saveMap,
  templatesForm,
  useTemplate,
} from './forms.ts';
import { messages, textOfMap } from './message-map.ts';
import { repliesOf } from './reply-bank.ts';
import { words } from './text.ts';

/** Opens what belongs to a crisis, for somebody who may act in it. */
async function within(
  call: Call,
  finding: Promise<Found>,
  open: (crisis: Crisis) => Promise<Reply | void>,
): Promise<Reply | void> {
  const found = await toAct(call, finding);
  return 'reply' in found ? found.reply : open(found.crisis);
}

/** The same for what a button names; it may stand in a form. */
function named(
  call: Call,
  crisisId: string,
  press: Press,
  open: (call: Call, crisis: Crisis) => Promise<Reply | void>,
): Promise<Reply | void> {
  const here = inForm(call, press);
  return within(here, crisisNamed(here, crisisId), (crisis) => open(here, crisis));
}

/** The same for a submitted form, which says in its place why it cannot go on. */
async function submitted<T>(
  call: Call,
  { crisisId, channelId }: { crisisId: string; channelId: string | null },
  run: (crisis: Crisis) => Promise<T>,
): Promise<T | { update: ModalView }> {
  const here = { ...call, channelId };
  const found = await toAct(here, crisisNamed(here, crisisId));
  return 'reply' in found ? problemForm(call, found.reply.text) : run(found.crisis);
}

const problemForm = ({ who }: Call, text: string) => ({
  update: noticeForm(words(who.language).problem, text, who.language),
});

/** In the form that was pressed in, or as a form of its own. */
const show = async (call: Call, { form }: Press, view: ModalView): Promise<void> => {
  if (form) await call.updateModal(form.viewId, view);
  else await call.openModal(view);
};

/** In an empty draft the templates take its place; over one in which something was typed they are laid on top. */
async function showTemplates(call: Call, crisis: Crisis, press: Press | null): Promise<void> {
  const offered = await templatesFor(call.db, crisis, call.now());
  const givers = offered.flatMap(({ clearance }) => ('clearance' in clearance ? [clearance.clearance.clearedBy] : []));
  const typed = press?.form ? isTyped(press.form.values) : false;
  const at = { crisis, channelId: call.channelId };
  const view = templatesForm(offered, at, await readerOf(call, givers), typed);
  if (press && !typed) await show(call, press, view);
  else await call.openModal(view);
}

const showReply = async (call: Call, crisis: Crisis): Promise<void> => {
  await call.openModal(replyForm({ crisis, channelId: call.channelId }, call.who.language));
};

const showMap = async (call: Call, crisis: Crisis): Promise<void> => {
  const saved = await messageMapOf(call.db, crisis.id);
  await call.openModal(mapForm(saved, { crisis, channelId: call.channelId }, call.who.language));
};

/** What was typed into the blanks of a text; empty ones are left out, and so stay visible. */
const given = (text: string, blanks: ReadonlyMap<string, string>): Map<string, string> =>
  new Map(
    placeholdersOf(text).flatMap((key) => {
      const value = blanks.get(key);
      return value ? [[key, value] as const] : [];
    }),
  );

/** Nothing is left to be written, and whoever filled it in asks for approval; otherwise the whole text is read first. */
const isComplete = (text: string, submit: readonly string[]): boolean =>
  submit.includes('now') && placeholdersOf(text).length === 0;

/** A draft that still holds blanks, such as a playbook's: they are filled in first, then the whole text is read. */
const showBlanks = (call: Call, statementId: string): Promise<Reply | void> =>
  withStatement(
    call,
    statementId,
    async (statement, { crisis }) => {
      const material = await materialOf(call.db, crisis, null);
      await call.openModal(
        fillDraftForm(statement, { crisis, channelId: call.channelId }, material, call.who.language),
      );
    },
    editProblem,
  );

/** The ways to begin a statement other than with an empty form. */
export const starts: { subcommands: Subcommand[]; actions: Action[]; forms: Form[] } = {
  subcommands: [
    {
      name: 'template',
      aliases: ['modèle', 'modeles', 'templates'],
      usage: inBoth(() => ''),
      summary: inBoth((l) => words(l).help.template),
      readsOnly: true,
      run: (call) => within(call, crisisMeant(call), (crisis) => showTemplates(call, crisis, null)),
    },
    {
      name: 'reply',
      aliases: ['répondre', 'réponse'],
      usage: inBoth(() => ''),
      summary: inBoth((l) => words(l).help.reply),
      readsOnly: true,
      run: (call) => within(call, crisisMeant(call), (crisis) => showReply(call, crisis)),
    },
    {
      name: 'map',
      aliases: ['messages', 'edl'],
      usage: inBoth(() => ''),
      summary: inBoth((l) => words(l).help.map),
      readsOnly: true,
      run: (call) => within(call, crisisMeant(call), (crisis) => showMap(call, crisis)),
    },
  ],
  actions: [
    openTemplates.on((call, { crisisId }, press) =>
      named(call, crisisId, press, (here, crisis) => showTemplates(here, crisis, press)),
    ),
    useTemplate.on((call, { crisisId, ...from }, press) =>
      named(call, crisisId, press, async (here, crisis) => {
        const { language } = here.who;
        const offered = await templateOf(here.db, crisis.workspaceId, from, here.now());
        if (!offered) return { text: words(language).templates.gone };
        const at = { crisis, channelId: here.channelId };
        const material = await materialOf(here.db, crisis, null);
        await show(here, press, fillForm(offered, from.language, at, material, language));
      }),
    ),
    openDraftBlanks.on((call, { s }, press) => showBlanks(inForm(call, press), s)),
    openReply.on((call, { crisisId }, press) => named(call, crisisId, press, showReply)),
    openMap.on((call, { crisisId }, press) => named(call, crisisId, press, showMap)),
    makeOfMap.on((call, { crisisId }, press) =>
      named(call, crisisId, press, async (here, crisis) => {
        const saved = await messageMapOf(here.db, crisis.id);
        if (!saved) return refused(here, { code: 'map_empty' });
        const { language } = here.who;
        const text = { title: words(language).map.statementTitle, body: textOfMap(saved.messages) };
        const guidance = await guidanceOf(here.db, crisis);
        await show(here, press, draftForm(newDraft([crisis], here.channelId, language, text, guidance), language));
      }),
    ),
  ],
  forms: [
    fillTemplate.on((call, { blank, submit }, metadata) =>
      submitted(call, metadata, async (crisis) => {
        const { language: of, channelId, playbook, template: id } = metadata;
        const { language } = call.who;
        const offered = await templateOf(call.db, crisis.workspaceId, { playbook, template: id }, call.now());
        if (!offered) return { update: templatesForm([], { crisis, channelId }, await readerOf(call)) };
        const { title, body, kind, audience, admits } = offered.template;
        const wording = {
          title: title[of].slice(0, longestTitle),
          kind,
          audience,
          language: of,
          isSensitive: admits,
        };
        const text = { title: '', body: filled(body[of], given(body[of], blank)) };
        if (isComplete(text.body, submit)) {
          const here = { ...call, channelId };
          const wish = { ...wording, body: text.body, id: newId(), from: { playbook, template: id } };
          const decision = await draftStatement(here, crisis.id, wish, true);
          if (decision.ok) return saved(here, decision.value, true);
        }
        const submitNow = submit.includes('now');
        const begun = newDraft([crisis], channelId, language, text, await guidanceOf(call.db, crisis));
        return { update: draftForm({ ...begun, from: { playbook, template: id }, wording, submitNow }, language) };
      }),
    ),
    fillDraft.on(async (call, { blank, submit }, { s, channelId }) => {
      const opened = await openStatement({ ...call, channelId }, s);
      const no = opened ? editProblem(opened.statement, opened.context) : { code: 'not_in_room' as const };
      if (!opened || no) return problemForm(call, (await refused(call, no ?? { code: 'not_in_room' })).text);
      const { statement, context } = opened;
      const { title, body } = statement.current;
      const blanks = given(`${title}\n${body}`, blank);
      const whole = filled(body, blanks);
      const [first] = blanks.keys();
      // A blank may stand many times: what no form could hold is refused while all that was typed is still there.
      if (first && whole.length > longestBody)
        return fillDraft.error(`blank_${first}`, await sayWhy(call, { code: 'body_too_long', length: whole.length }));
      const drawn = draftOf(statement, channelId, await guidanceOf(call.db, context.crisis));
      const wording = { ...drawn.wording, title: filled(title, blanks).slice(0, longestTitle) };
      if (isComplete(`${wording.title}\n${whole}`, submit)) {
        const here = { ...call, channelId };
        const wish = { ...statement.current, title: wording.title, body: whole };
        const decision = await changeStatement(
          here,
          s,
          (now, around) => editOrKeep(now, wish, statement.current.number, around),
          true,
        );
        if (decision.ok) return saved(here, decision.value, true);
      }
      return {
        update: draftForm(
          { ...drawn, wording, parts: cutIntoParts(whole), submitNow: submit.includes('now') },
          call.who.language,
        ),
      };
    }),
    chooseReply.on((call, { truth, category, language }, metadata) =>
      submitted(call, metadata, async (crisis) => {
        const choice = { truth: truth ?? 'unknown', category: category ?? 'crisis', language: language ?? 'en' };
        const [text] = repliesOf(choice.category);
        const material = await materialOf(call.db, crisis, null);
        const at = { crisis, channelId: metadata.channelId };
        return { update: replyFillForm(choice, text, at, material, call.who.language) };
      }),
    ),
    fillReply.on((call, { blank, use }, metadata) =>
      submitted(call, metadata, async (crisis) => {
        const { language } = call.who;
        const w = words(language).reply;
        const text = repliesOf(metadata.category).find(({ id }) => id === metadata.reply)?.body[metadata.language];
        if (!text) return undefined;
        const blanks = given(text, blank);
        const missing = placeholdersOf(text).filter((key) => !blanks.has(key));
        if (missing.length > 0)
          return fillReply.errors(Object.fromEntries(missing.map((key) => [`blank_${key}` as const, w.empty])));
        const body = filled(text, blanks);
        const kind = 'reply_from_bank' as const;
        if (use === 'statement') {
          const begun = newDraft([crisis], metadata.channelId, language, { title: w.statementTitle, body });
          const wording = { ...begun.wording, kind, language: metadata.language };
          return { update: draftForm({ ...begun, wording }, language) };
        }
        const material = await materialOf(call.db, crisis, null);
        const against = blocking(lint({ body, language: metadata.language, kind, isSensitive: false }, material));
        if (against.length === 0) return { update: copyForm(body, language) };
        const titles = [...new Set(against.map(({ code }) => findingWords(code, language).title))].join(', ');
        return fillReply.error('use', w.blocked(titles));
      }),
    ),
    saveMap.on(async (call, { message, proofs }, { crisisId, channelId, base }) => {
      const here = { ...call, channelId };
      const map = Array.from({ length: messages }, (_, i) => ({
        message: message.get(String(i + 1)) ?? '',
        proofs: (proofs.get(String(i + 1)) ?? '').split('\n'),
      }));
      const decision = await saveMessages(here, crisisId, { messages: map, base });
      if (!decision.ok) return saveMap.error('message_1', await sayWhy(call, decision.refusal));
      return submitted(call, { crisisId, channelId }, async (crisis) => ({
        update: mapSavedForm(decision.value, { crisis, channelId }, call.who.language),
      }));
    }),
  ],
};
