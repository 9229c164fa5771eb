import { z } from 'zod';
import type { Decision } from '../core/decision.ts';
import { newId } from '../core/ids.ts';
import { inBoth, list } from '../core/locale.ts';
import { after } from '../core/time.ts';
import { editorsOf, mayChange } from '../people/rules.ts';
import { findEditor, namer, rosterOf } from '../people/store.ts';
import { type KnownBlock, type ModalView, section, sections } from '../slack/blocks.ts';
import { SlackFailure } from '../slack/failures.ts';
import {
  type Call,
  type Feature,
  type FormAnswer,
  onPress,
  onSubmit,
  type Press,
  type Reply,
} from '../slack/feature.ts';
import { escapeMrkdwn, slackTime } from '../slack/mrkdwn.ts';
import { folded } from '../slack/subcommands.ts';
import { workspaceOf } from '../workspaces/store.ts';
import { problemText, refusalText, type Speaker } from './answers.ts';
import { type By, changePlaybook, clearTemplate, reviewPlaybook } from './change.ts';
import { type ClearRefusal, clearedFor, legalOf } from './clearing.ts';
import { clone, edit, type Kept, type NewVersion, type PlaybookRefusal, retire, revert } from './editing.ts';
import { type Problem, readEdit, readName, tooMany, type Values } from './edits.ts';
import { clearForm, cloneForm, editForm } from './forms.ts';
import { type OwnNames, roleOf } from './names.ts';
import { type Part, readPart } from './parts.ts';
import { clearanceOf, coreKey } from './rules.ts';
import { clearancesOf, coreOf, keptOf, reviewsOf, shelfOf } from './store.ts';
import { words } from './text.ts';
import { listView, noticeView, playbookView, type ShownPlaybook } from './views.ts';

const byOf = ({ who, deliveryKey }: Call): By => ({
  workspaceId: who.workspaceId,
  userId: who.userId,
  deliveryKey,
});

/** Everything that the views need of a workspace, for the person who looks. */
type Desk = {
  speaker: Speaker;
  own: OwnNames;
  mayChange: boolean;
  editors: string;
  mayClear: boolean;
};

async function deskOf(call: Call, ...alsoNamed: (string | null)[]): Promise<Desk> {
  const { workspaceId, userId, language, timeZone } = call.who;
  const [roster, workspace, editor] = await Promise.all([
    rosterOf(call.db, workspaceId),
    workspaceOf(call.db, workspaceId),
    findEditor(call.db, workspaceId, userId),
  ]);
  const editors = editorsOf(roster, workspace.declarers);
  const legal = legalOf(roster);
  const ids = [...editors, ...legal, ...alsoNamed].filter((id) => id !== null);
  const nameOf = await namer(call.db, workspaceId, ids);
  const named = (id: string) => `*${escapeMrkdwn(nameOf(id))}*`;
  return {
    speaker: { language, named, at: (when) => slackTime(when, timeZone, language) },
    own: new Map(roster.map(({ key, name }) => [key, name])),
    mayChange: mayChange(editors, editor),
    editors: editors.length > 0 ? list(language, editors.map(named)) : words(language).nobody,
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
  const { speaker } = await deskOf(call, ...reviews.map(({ reviewedBy }) => reviewedBy));
  const now = call.now();
  const shown = shelf.map((kept) => ({
    kept,
    clearances,
    reviewed: reviews.find(({ key }) => key === kept.key),
    now,
  }));
  return listView(shown, speaker, notice);
}

/** The playbook as it stands; the list, where there is none under this key. */
async function showOne(call: Call, key: string, notice: KnownBlock[] = []): Promise<ModalView> {
  const { workspaceId, language } = call.who;
  const [kept, core, clearances, reviews] = await Promise.all([
    keptOf(call.db, workspaceId, key),
    coreOf(call.db, workspaceId),
    clearancesOf(call.db, workspaceId),
    reviewsOf(call.db, workspaceId),
  ]);
  if (!kept) return showList(call, [section(words(language).refused.unknown)]);
  const reviewed = reviews.find((review) => review.key === key);
  const people = [kept.changedBy, reviewed?.reviewedBy ?? null, ...Object.values(kept.editors)];
  const desk = await deskOf(call, ...people, ...clearances.map(({ clearedBy }) => clearedBy));
  const { speaker, ...may } = desk;
  const shown: ShownPlaybook = { kept, core, clearances, reviewed, now: call.now(), ...may };
  return playbookView(shown, speaker, notice);
}

const isOurs = (press: Press): boolean => press.form?.callbackId.startsWith('playbooks.') ?? false;

/** In place of our view that the press was in, or on top of everything else. */
async function show(call: Call, view: ModalView, press: Press | null): Promise<void> {
  if (press?.form && isOurs(press)) await call.updateModal(press.form.viewId, view);
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

const parentOf = (press: Press): string | null =>
  press.form?.callbackId === 'playbooks.one' ? press.form.viewId : null;

/** Says why not, where the person looks: in a form of its own. */
async function refusalWords(call: Call, refusal: PlaybookRefusal | ClearRefusal): Promise<string> {
  const { speaker } = await deskOf(call, refusal.code === 'stale' ? refusal.changedBy : null);
  return refusalText(refusal, speaker);
}

const keySchema = z.object({ key: z.string() });
const versionSchema = keySchema.extend({ version: z.number() });

/** Opens what `open` makes of a playbook, for those who may change it. */
async function openForm(
  call: Call,
  key: string,
  open: (kept: Kept, desk: Desk) => ModalView | null,
): Promise<Reply | void> {
  const kept = await keptOf(call.db, call.who.workspaceId, key);
  const desk = await deskOf(call);
  const w = words(call.who.language).refused;
  if (!desk.mayChange) return { text: w.not_allowed(desk.editors) };
  const view = kept ? open(kept, desk) : null;
  if (!view) return { text: w.unknown };
  await call.openModal(view);
}

async function openEdit(call: Call, value: unknown, press: Press): Promise<Reply | void> {
  const { key } = keySchema.parse(isOurs(press) ? press.form?.metadata : value);
  const part = readPart(press.chosen ?? 'basics');
  return openForm(call, key, ({ playbook }, { own }) => {
    if (!part) return null;
    const full = tooMany(part, playbook);
    if (full) return noticeView(words(call.who.language).refused.too_many(full.limit), call.who.language);
    return editForm({ key, playbook, part, parent: parentOf(press), own }, call.who.language);
  });
}

const editMetadata = z.object({ key: z.string(), part: z.string(), shown: z.string(), parent: z.string().nullable() });

async function submitEdit(
  call: Call,
  values: Values,
  { key, part: partKey, shown, parent }: z.infer<typeof editMetadata>,
): Promise<FormAnswer> {
  const { language, workspaceId } = call.who;
  const part = readPart(partKey);
  if (!part) return { update: noticeView(words(language).refused.unknown, language) };
  const { own } = await deskOf(call);
  const today = call.now().toISOString().slice(0, 10);
  const known = { newId: newId().slice(-12), today, roleOf: (name: string) => roleOf(name, own) };
  const read = readEdit(part, values, known);
  if (!read.ok) return { errors: errorsOf(read.problems, language) };
  const before = await keptOf(call.db, workspaceId, key);
  const note = z.string().nullable().catch(null).parse(values['note']) ?? '';
  const decision = await changePlaybook(call, byOf(call), (desk) =>
    edit(desk, key, { part, shown, change: read.edit, note }),
  );
  if (!decision.ok) return refusedEdit(call, { key, part, parent }, decision.refusal);
  const notice = await savedNotice(call, before, decision.value);
  return backTo(call, parent, await showOne(call, key, notice));
}

/** Where somebody saved the same part meanwhile, the form stays with what was typed, and shows what stands now. */
async function refusedEdit(
  call: Call,
  { key, part, parent }: { key: string; part: Part; parent: string | null },
  refusal: PlaybookRefusal,
): Promise<FormAnswer> {
  const { language, workspaceId } = call.who;
  if (refusal.code === 'name_taken') return { errors: { name_en: words(language).refused.name_taken(refusal.name) } };
  const kept = refusal.code === 'stale' ? await keptOf(call.db, workspaceId, key) : undefined;
  if (refusal.code !== 'stale' || !kept) return { update: noticeView(await refusalWords(call, refusal), language) };
  const { speaker, own } = await deskOf(call, refusal.changedBy);
  const w = words(language);
  const who = refusal.changedBy ? speaker.named(refusal.changedBy) : w.somebody;
  const notice = w.staleForm(who, refusal.changedAt ? speaker.at(refusal.changedAt) : w.meanwhile);
  return { update: editForm({ key, playbook: kept.playbook, part, parent, own }, language, notice) };
}

/** Several problems of one field are one text under it. */
function errorsOf(problems: readonly Problem[], language: Call['who']['language']): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const problem of problems)
    errors[problem.field] = [errors[problem.field], problemText(problem, language)].filter(Boolean).join(' ');
  return errors;
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
async function backTo(call: Call, parent: string | null, view: ModalView): Promise<FormAnswer> {
  if (!parent) return { update: view };
  await call.updateModal(parent, view).catch((error: unknown) => {
    // The person closed everything: what was saved is saved.
    if (!(error instanceof SlackFailure)) throw error;
  });
}

/** A press that changes a whole playbook: done and shown, or shown as it stands with why not. */
async function act<T>(
  call: Call,
  press: Press,
  key: string,
  done: string,
  change: () => Promise<Decision<T, PlaybookRefusal>>,
): Promise<Reply | void> {
  const decision = await change();
  if (decision.ok) return show(call, await showOne(call, key, [section(done)]), press);
  const text = await refusalWords(call, decision.refusal);
  if (decision.refusal.code !== 'stale') return { text };
  return show(call, await showOne(call, key, sections(text)), press);
}

const parentMetadata = keySchema.extend({ parent: z.string().nullable() });

async function submitClone(
  call: Call,
  values: Values,
  { key, parent }: z.infer<typeof parentMetadata>,
): Promise<FormAnswer> {
  const { language } = call.who;
  const w = words(language);
  const read = readName(values);
  if (!read.ok) return { errors: errorsOf(read.problems, language) };
  const decision = await changePlaybook(call, byOf(call), (desk) => clone(desk, key, read.name));
  if (decision.ok) return backTo(call, parent, await showOne(call, decision.value.key, [section(w.done.cloned)]));
  if (decision.refusal.code === 'name_taken')
    return { errors: { name_en: w.refused.name_taken(decision.refusal.name) } };
  return { update: noticeView(await refusalWords(call, decision.refusal), language) };
}

async function openClear(
  call: Call,
  { key, templateId }: { key: string; templateId: string },
  press: Press,
): Promise<Reply | void> {
  const kept = await keptOf(call.db, call.who.workspaceId, key);
  const legal = legalOf(await rosterOf(call.db, call.who.workspaceId));
  if (!legal.includes(call.who.userId)) return { text: await refusalWords(call, { code: 'not_legal', legal }) };
  const template = kept?.playbook.templates.find(({ id }) => id === templateId);
  if (!template) return { text: words(call.who.language).refused.unknown };
  const until = after(call.now(), clearedFor);
  await call.openModal(clearForm({ key, template, parent: parentOf(press) }, until, call.who.language));
}

const clearMetadata = parentMetadata.extend({ templateId: z.string(), hash: z.string() });

async function submitClear(
  call: Call,
  values: Values,
  { parent, ...wanted }: z.infer<typeof clearMetadata>,
): Promise<FormAnswer> {
  const { language } = call.who;
  const until = z.date().nullable().catch(null).parse(values['until']);
  const decision = await clearTemplate(call, byOf(call), { ...wanted, until });
  if (decision.ok)
    return backTo(call, parent, await showOne(call, wanted.key, [section(words(language).done.cleared)]));
  if (decision.refusal.code === 'bad_until') return { errors: { until: words(language).refused.bad_until } };
  return { update: noticeView(await refusalWords(call, decision.refusal), language) };
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
    onPress('playbooks.list', z.unknown(), async (call, _value, press) => show(call, await showList(call), press)),
    onPress('playbooks.open', keySchema, async (call, { key }, press) => show(call, await showOne(call, key), press)),
    onPress('playbooks.edit', z.unknown(), openEdit),
    onPress('playbooks.clone', keySchema, (call, { key }, press) =>
      openForm(call, key, ({ playbook }) =>
        key === coreKey ? null : cloneForm({ key, playbook, parent: parentOf(press) }, call.who.language),
      ),
    ),
    onPress('playbooks.review', versionSchema, (call, seen, press) =>
      act(call, press, seen.key, words(call.who.language).done.reviewed, () => reviewPlaybook(call, byOf(call), seen)),
    ),
    onPress('playbooks.revert', versionSchema, (call, { key, version }, press) =>
      act(call, press, key, words(call.who.language).done.reverted, () =>
        changePlaybook(call, byOf(call), (desk) => revert(desk, key, version)),
      ),
    ),
    onPress('playbooks.retire', versionSchema, (call, { key, version }, press) =>
      act(call, press, key, words(call.who.language).done.retired, () =>
        changePlaybook(call, byOf(call), (desk) => retire(desk, key, version, true)),
      ),
    ),
    onPress('playbooks.restore', versionSchema, (call, { key, version }, press) =>
      act(call, press, key, words(call.who.language).done.restored, () =>
        changePlaybook(call, byOf(call), (desk) => retire(desk, key, version, false)),
      ),
    ),
    onPress('playbooks.clear', keySchema.extend({ templateId: z.string() }), openClear),
  ],
  forms: [
    onSubmit('playbooks.edit', editMetadata, submitEdit),
    onSubmit('playbooks.clone', parentMetadata, submitClone),
    onSubmit('playbooks.clear', clearMetadata, submitClear),
  ],
};
