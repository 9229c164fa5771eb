import type { Decision } from '../core/decision.ts';
import { newId } from '../core/ids.ts';
import { inBoth, type Language, list } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import { after } from '../core/time.ts';
import { editorsOf, mayChange } from '../people/rules.ts';
import { findEditor, readerFor, rosterOf } from '../people/store.ts';
import { type KnownBlock, type ModalView, section, sections } from '../slack/blocks.ts';
import { SlackFailure } from '../slack/failures.ts';
import type { Call, Feature, Press, Reply } from '../slack/feature.ts';
import { escapeMrkdwn } from '../slack/mrkdwn.ts';
import { folded } from '../slack/subcommands.ts';
import { workspaceOf } from '../workspaces/store.ts';
import { changePlaybook, clearTemplate, reviewPlaybook } from './change.ts';
import { clearedFor, legalOf } from './clearing.ts';
import { clone, edit, type Kept, type NewVersion, type PlaybookRefusal, retire, revert } from './editing.ts';
import { type Problem, readEdit, readName, tooMany } from './edits.ts';
import { clearForm, cloneForm, drawClear, drawClone, drawEdit, type EditField, editForm } from './forms.ts';
import { type OwnNames, roleOf } from './names.ts';
import { type Part, readPart } from './parts.ts';
import { type Refusal, sayNo, sayProblem, sayStale } from './refusals.ts';
import { clearanceOf, coreKey } from './rules.ts';
import { clearancesOf, coreOf, keptOf, reviewsOf, shelfOf } from './store.ts';
import { words } from './text.ts';
import {
  clearButton,
  cloneButton,
  listButton,
  listView,
  noticeView,
  oneView,
  openButton,
  partChooser,
  playbookView,
  restoreButton,
  retireButton,
  revertButton,
  reviewButton,
} from './views.ts';

/** What the person who looks may do, and how playbooks are read to them. */
type Desk = {
  reader: Reader;
  own: OwnNames;
  mayChange: boolean;
  editors: string[];
  legal: string[];
  mayClear: boolean;
};

async function deskOf(call: Call, ...alsoNamed: (string | null | undefined)[]): Promise<Desk> {
  const { workspaceId, userId } = call.who;
  const [roster, workspace, editor] = await Promise.all([
    rosterOf(call.db, workspaceId),
    workspaceOf(call.db, workspaceId),
    findEditor(call.db, workspaceId, userId),
  ]);
  const editors = editorsOf(roster, workspace.declarers);
  const legal = legalOf(roster);
  const named = [...editors, ...legal, ...alsoNamed].filter((id) => id != null);
  return {
    reader: await readerFor(call.db, { ...call.who, now: call.now() }, named),
    own: new Map(roster.map(({ key, name }) => [key, name])),
    mayChange: mayChange(editors, editor),
    editors,
    legal,
    mayClear: legal.includes(userId),
  };
}

async function showList(call: Call, notice: KnownBlock[] = []): Promise<ModalView> {
  const { workspaceId } = call.who;
  const [shelf, clearances, reviews] = await Promise.all([
    shelfOf(call.db, workspaceId),
    clearancesOf(call.db, workspaceId),
    reviewsOf(call.db, workspaceId),
  ]);
  const { reader } = await deskOf(call, ...reviews.map(({ reviewedBy }) => reviewedBy));
  const listed = shelf.map((kept) => ({ kept, clearances, reviewed: reviews.find(({ key }) => key === kept.key) }));
  return listView(listed, reader, notice);
}

/** The playbook as it stands; the list, where there is none under this key. */
async function showOne(call: Call, key: string, notice: KnownBlock[] = []): Promise<ModalView> {
  const { workspaceId } = call.who;
  const [kept, core, clearances, reviews] = await Promise.all([
    keptOf(call.db, workspaceId, key),
    coreOf(call.db, workspaceId),
    clearancesOf(call.db, workspaceId),
    reviewsOf(call.db, workspaceId),
  ]);
  if (!kept) return showList(call, [section(await no(call, { code: 'unknown' }))]);
  const reviewed = reviews.find((review) => review.key === key);
  const people = [kept.changedBy, reviewed?.reviewedBy, ...Object.values(kept.editors)];
  const { reader, ...may } = await deskOf(call, ...people, ...clearances.map(({ clearedBy }) => clearedBy));
  return playbookView({ kept, core, clearances, reviewed, ...may }, reader, notice);
}

/** In place of our view that the press was in, or on top of everything else. */
async function show(call: Call, view: ModalView, press: Press | null): Promise<void> {
  if (press?.form?.callbackId.startsWith('playbooks.')) await call.updateModal(press.form.viewId, view);
  else await call.openModal(view);
}

/** By key or by any word of its name; the list where nothing, or more than one, is meant. */
async function openAsked(call: Call, text: string): Promise<void> {
  const asked = folded(text.trim());
  if (!asked) return show(call, await showList(call), null);
  const shelf = await shelfOf(call.db, call.who.workspaceId);
  const named = (kept: Kept) => [kept.key, kept.playbook.name.en, kept.playbook.name.fr].map(folded);
  const exact = shelf.filter((kept) => named(kept).includes(asked));
  const found = exact.length > 0 ? exact : shelf.filter((kept) => named(kept).some((name) => name.includes(asked)));
  const [only, ...more] = found;
  if (only && more.length === 0) return show(call, await showOne(call, only.key), null);
  const unknown = words(call.who.language).unknown(text.trim());
  return show(call, await showList(call, found.length > 0 ? [] : sections(escapeMrkdwn(unknown))), null);
}

const parentOf = ({ form }: Press): string | null => (form?.callbackId === oneView.id ? form.viewId : null);

async function no(call: Call, refusal: Refusal): Promise<string> {
  const { reader } = await deskOf(call, refusal.code === 'stale' ? refusal.changedBy : null);
  return sayNo(refusal, reader);
}

/** Why not, in place of the form. */
const refused = async (call: Call, refusal: Refusal) => ({
  update: noticeView(await no(call, refusal), call.who.language),
});

/** Opens what `open` makes of a playbook, for those who may change it. */
async function openForm(
  call: Call,
  key: string,
  open: (kept: Kept, desk: Desk) => ModalView | null,
): Promise<Reply | void> {
  const [kept, desk] = await Promise.all([keptOf(call.db, call.who.workspaceId, key), deskOf(call)]);
  const { mayChange, editors, reader } = desk;
  if (!mayChange) return { text: sayNo({ code: 'not_allowed', editors }, reader) };
  const view = kept ? open(kept, desk) : null;
  if (!view) return { text: sayNo({ code: 'unknown' }, reader) };
  await call.openModal(view);
}

async function openEdit(call: Call, press: Press): Promise<Reply | void> {
  const shown = oneView.metadata.safeParse(press.form?.metadata);
  // Not pressed in the view of a playbook: an earlier version's message, or a forged one.
  if (!shown.success) return { text: await no(call, { code: 'unknown' }) };
  const { key } = shown.data;
  const part = readPart(press.chosen ?? 'basics');
  return openForm(call, key, ({ playbook }, { own, reader }) => {
    if (!part) return null;
    const full = tooMany(part, playbook);
    if (full) return noticeView(sayNo(full, reader), reader.language);
    return drawEdit({ key, playbook, part, parent: parentOf(press), departments: [...own.keys()] }, reader);
  });
}

type Submitted = { key: string; part: Part; parent: string | null };

/** Where somebody saved the same part meanwhile, the form stays with what was typed, and shows what stands now. */
async function refusedEdit(call: Call, { key, part, parent }: Submitted, refusal: PlaybookRefusal) {
  if (refusal.code !== 'stale') return refused(call, refusal);
  const [kept, { own, reader }] = await Promise.all([
    keptOf(call.db, call.who.workspaceId, key),
    deskOf(call, refusal.changedBy),
  ]);
  if (!kept) return refused(call, refusal);
  const from = { key, playbook: kept.playbook, part, parent, departments: [...own.keys()] };
  return { update: drawEdit(from, reader, sayStale(refusal, reader)) };
}

/** Several problems of one field are one text under it. */
function errorsOf(problems: readonly Problem[], language: Language) {
  const errors: Partial<Record<EditField, string>> = {};
  for (const problem of problems)
    errors[problem.field] = [errors[problem.field], sayProblem(problem, language)].filter(Boolean).join(' ');
  return editForm.errors(errors);
}

async function nameTaken(call: Call, refusal: PlaybookRefusal) {
  return refusal.code === 'name_taken' ? editForm.error('name_en', await no(call, refusal)) : null;
}

/** What was saved, and which clearances it voids. */
async function savedNotice(call: Call, before: Kept | undefined, saved: NewVersion | null): Promise<KnownBlock[]> {
  const { language, workspaceId } = call.who;
  const w = words(language).done;
  if (!saved) return [section(w.nothing)];
  const clearances = await clearancesOf(call.db, workspaceId);
  const stateIn = (kept: Kept['playbook'] | null | undefined, id: string) => {
    const template = kept?.templates.find((one) => one.id === id);
    return template ? clearanceOf(template, clearances, call.now()).state : null;
  };
  const voided = (saved.content?.templates ?? []).filter(
    ({ id }) => stateIn(before?.playbook, id) === 'cleared' && stateIn(saved.content, id) === 'changed',
  );
  const titles = list(
    language,
    voided.map(({ title }) => `*${escapeMrkdwn(title[language])}*`),
  );
  return [section(w.saved(saved.version)), ...(voided.length > 0 ? sections(w.voided(titles)) : [])];
}

/** The form closes over the view that it was opened from, which then shows what was saved; standing alone, it shows it itself. */
async function backTo(call: Call, parent: string | null, view: ModalView): Promise<{ update: ModalView } | undefined> {
  if (!parent) return { update: view };
  await call.updateModal(parent, view).catch((error: unknown) => {
    // The person closed everything: what was saved is saved.
    if (!(error instanceof SlackFailure)) throw error;
  });
}

/** A press that changes a whole playbook: done and shown, or shown as it stands with why not. */
async function act(
  call: Call,
  press: Press,
  key: string,
  done: 'reviewed' | 'reverted' | 'retired' | 'restored',
  changing: Promise<Decision<unknown, PlaybookRefusal>>,
): Promise<Reply | void> {
  const decision = await changing;
  if (decision.ok) return show(call, await showOne(call, key, [section(words(call.who.language).done[done])]), press);
  const text = await no(call, decision.refusal);
  if (decision.refusal.code !== 'stale') return { text };
  return show(call, await showOne(call, key, sections(text)), press);
}

async function openClear(call: Call, key: string, templateId: string, press: Press): Promise<Reply | void> {
  const [kept, { legal, mayClear, reader }] = await Promise.all([
    keptOf(call.db, call.who.workspaceId, key),
    deskOf(call),
  ]);
  if (!mayClear) return { text: sayNo({ code: 'not_legal', legal }, reader) };
  const template = kept?.playbook.templates.find(({ id }) => id === templateId);
  if (!template) return { text: sayNo({ code: 'unknown' }, reader) };
  const until = after(call.now(), clearedFor);
  await call.openModal(drawClear({ key, template, parent: parentOf(press) }, until, call.who.language));
}

export const playbooks: Feature = {
  name: 'playbooks',
  title: inBoth((l) => words(l).feature),
  subcommands: [
    {
      name: 'playbook',
      aliases: ['fiche', 'fiches', 'playbooks'],
      usage: inBoth((l) => words(l).usage),
      summary: inBoth((l) => words(l).help),
      readsOnly: true,
      run: openAsked,
    },
  ],
  actions: [
    listButton.on(async (call, _value, press) => show(call, await showList(call), press)),
    openButton.on(async (call, { key }, press) => show(call, await showOne(call, key), press)),
    partChooser.on(openEdit),
    cloneButton.on((call, { key }, press) =>
      openForm(call, key, ({ playbook }) =>
        key === coreKey ? null : drawClone({ key, playbook, parent: parentOf(press) }, call.who.language),
      ),
    ),
    reviewButton.on((call, seen, press) => act(call, press, seen.key, 'reviewed', reviewPlaybook(call, seen))),
    revertButton.on((call, { key, version }, press) =>
      act(
        call,
        press,
        key,
        'reverted',
        changePlaybook(call, (desk) => revert(desk, key, version)),
      ),
    ),
    retireButton.on((call, { key, version }, press) =>
      act(
        call,
        press,
        key,
        'retired',
        changePlaybook(call, (desk) => retire(desk, key, version, true)),
      ),
    ),
    restoreButton.on((call, { key, version }, press) =>
      act(
        call,
        press,
        key,
        'restored',
        changePlaybook(call, (desk) => retire(desk, key, version, false)),
      ),
    ),
    clearButton.on((call, { key, templateId }, press) => openClear(call, key, templateId, press)),
  ],
  forms: [
    editForm.on(async (call, answers, { key, shown, parent, ...metadata }) => {
      const { language, workspaceId } = call.who;
      const part = readPart(metadata.part);
      if (!part) return refused(call, { code: 'unknown' });
      const [{ own }, before] = await Promise.all([deskOf(call), keptOf(call.db, workspaceId, key)]);
      const today = call.now().toISOString().slice(0, 10);
      const known = { newId: newId().slice(-12), today, roleOf: (name: string) => roleOf(name, own) };
      const read = readEdit(part, answers, known);
      if (!read.ok) return errorsOf(read.problems, language);
      const change = { part, shown, change: read.edit, note: answers.note };
      const decision = await changePlaybook(call, (desk) => edit(desk, key, change));
      if (decision.ok)
        return backTo(call, parent, await showOne(call, key, await savedNotice(call, before, decision.value)));
      return (await nameTaken(call, decision.refusal)) ?? refusedEdit(call, { key, part, parent }, decision.refusal);
    }),
    cloneForm.on(async (call, answers, { key, parent }) => {
      const { language } = call.who;
      const read = readName(answers);
      if (!read.ok) return errorsOf(read.problems, language);
      const decision = await changePlaybook(call, (desk) => clone(desk, key, read.name));
      if (decision.ok)
        return backTo(call, parent, await showOne(call, decision.value.key, [section(words(language).done.cloned)]));
      return (await nameTaken(call, decision.refusal)) ?? refused(call, decision.refusal);
    }),
    clearForm.on(async (call, { until }, { parent, ...wanted }) => {
      const decision = await clearTemplate(call, { ...wanted, until });
      if (decision.ok)
        return backTo(call, parent, await showOne(call, wanted.key, [section(words(call.who.language).done.cleared)]));
      const { refusal } = decision;
      return refusal.code === 'bad_until' ? clearForm.error('until', await no(call, refusal)) : refused(call, refusal);
    }),
  ],
};
