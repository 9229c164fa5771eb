import { sha256 } from '../core/ids.ts';
import { inBoth, type Language } from '../core/locale.ts';
import { SECOND } from '../core/time.ts';
import { readerOf } from '../crises/here.ts';
import { mayChange } from '../people/rules.ts';
import { findEditor } from '../people/store.ts';
import { meetStrangers } from '../people/who.ts';
import type { KnownBlock, ModalView } from '../slack/blocks.ts';
import { section } from '../slack/blocks.ts';
import { SlackFailure } from '../slack/failures.ts';
import type { Call, Feature, Press, Reply } from '../slack/feature.ts';
import { escapeMrkdwn, slackTime } from '../slack/mrkdwn.ts';
import { folded } from '../slack/subcommands.ts';
import { editSettings, orderExport, previewSettings } from './change.ts';
import { type Edit, withDepartments, withGeneral, withLists } from './edits.ts';
import { readSettingsFile } from './file.ts';
import { jobs } from './jobs.ts';
import { sayNo, sayProblem } from './refusals.ts';
import { gapsOf, type SettingsChange, type SettingsRefusal } from './rules.ts';
import { differences, type Settings } from './settings.ts';
import { changesSince, directoryFor, idsIn, loadSettings, type Source, type State } from './store.ts';
import { words } from './text.ts';
import {
  brokenFile,
  confirmForm,
  departmentsButton,
  departmentsForm,
  deputiesButton,
  deputiesForm,
  drawDepartments,
  drawDeputies,
  drawGeneral,
  drawImport,
  drawPreview,
  drawRoster,
  exportButton,
  followedForm,
  generalButton,
  generalForm,
  importButton,
  importForm,
  noticeForm,
  openButton,
  rosterForm,
  rosterMetadata,
  type Shown,
  type SubForm,
  savedBlocks,
  staleBlocks,
} from './views.ts';

/** Opens what `open` makes of the settings as they stand, or says who may. */
async function openForm(
  call: Call,
  open: (shown: Shown) => ModalView,
  over: Press['form'] = null,
): Promise<Reply | void> {
  const [state, editor] = await Promise.all([
    loadSettings(call.db, call.who.workspaceId),
    findEditor(call.db, call.who.workspaceId, call.who.userId),
  ]);
  if (!mayChange(state.editors, editor))
    return { text: await no(call, { code: 'not_allowed', editors: state.editors }) };
  const view = open(await shownOf(call, state));
  if (over) await call.updateModal(over.viewId, view);
  else await call.openModal(view);
}

const asItStands = (shown: Shown, notice: KnownBlock[] = []): ModalView =>
  drawRoster(shown, { version: shown.saved.version, mark: shown.saved.version }, notice);

const parentOf = ({ form }: Press): SubForm['parent'] =>
  form?.callbackId === rosterForm.id ? { viewId: form.viewId, ...rosterMetadata.parse(form.metadata) } : null;

const openSub = (draw: (shown: Shown, form: SubForm) => ModalView) => (call: Call, _value: unknown, press: Press) =>
  openForm(call, (shown) => draw(shown, { version: shown.saved.version, parent: parentOf(press) }));

const openImport = (call: Call, parent: SubForm['parent']) =>
  openForm(call, () => drawImport(parent, call.who.language));

async function exportFile(call: Call): Promise<Reply> {
  const decision = await orderExport(call);
  return { text: decision.ok ? words(call.who.language).exporting : await no(call, decision.refusal) };
}

async function shownOf(call: Call, state: State, ...others: Settings[]): Promise<Shown> {
  const { saved, groups } = state;
  const directory = await directoryFor(call.db, state, saved.settings, ...others);
  const reader = await readerOf(call, [...directory.people.keys(), ...(saved.savedBy ? [saved.savedBy] : [])]);
  const handles = new Map(groups.map((g) => [g.id, `@${g.handle}`]));
  const named = (id: string) => handles.get(id) ?? reader.named(id);
  return { saved, directory, groups, reader: { ...reader, named } };
}

async function no(call: Call, refusal: SettingsRefusal): Promise<string> {
  const stale = refusal.code === 'stale' && refusal.savedBy ? [refusal.savedBy] : [];
  const { language, timeZone, named } = await readerOf(call, 'editors' in refusal ? refusal.editors : stale);
  return sayNo(refusal, {
    language,
    named: (id) => `*${escapeMrkdwn(named(id))}*`,
    at: (when) => slackTime(when, timeZone, language),
  });
}

/** Why not, in place of the form. */
const refused = async (call: Call, refusal: SettingsRefusal) => ({
  update: noticeForm([section(await no(call, refusal))], call.who.language),
});

type Wanted = { edit: Edit; source?: Source };

async function save(call: Call, basedOn: number, { edit, source }: Wanted) {
  const { saved } = await loadSettings(call.db, call.who.workspaceId);
  await meetStrangers(call, call.who.workspaceId, idsIn(edit(saved.settings)));
  return editSettings(call, basedOn, edit, source);
}

async function outcome(call: Call, change: SettingsChange): Promise<KnownBlock[]> {
  const state = await loadSettings(call.db, call.who.workspaceId);
  const { directory, reader } = await shownOf(call, state, change.before);
  return savedBlocks(change.differences, gapsOf(state.saved.settings, state.roster, directory), reader);
}

/** What stands now, who changed it and what this person had entered: nothing is lost, nothing is overwritten. */
async function stale(call: Call, basedOn: number, edit: Edit): Promise<{ shown: Shown; notice: KnownBlock[] }> {
  const state = await loadSettings(call.db, call.who.workspaceId);
  const { settings: now } = state.saved;
  const theirs = await changesSince(call.db, state.workspaceId, basedOn, now);
  const wanted = edit(now);
  const shown = await shownOf(call, state, wanted, theirs?.before ?? now);
  return { shown, notice: staleBlocks(shown, theirs?.found ?? [], differences(now, wanted)) };
}

/** A sub-form closes over the first view, which then shows what was saved; standing alone, it says so itself. */
async function submitSub<K extends string, E>(
  call: Call,
  { errors: say }: { errors: (texts: Partial<Record<`${K}.${number}`, string>>) => E },
  form: SubForm,
  wanted: Wanted,
  fields: readonly K[],
) {
  const { language } = call.who;
  const decision = await save(call, form.version, wanted);
  if (!decision.ok) {
    const { refusal } = decision;
    const errors = errorsOf(refusal, form.version, fields, language);
    if (errors) return say(errors);
    if (refusal.code !== 'stale') return refused(call, refusal);
    return { update: followedForm((await stale(call, form.version, wanted.edit)).notice, language) };
  }
  const blocks = await outcome(call, decision.value);
  if (!form.parent) return { update: followedForm(blocks, language) };
  await refreshParent(call, form.parent, form.version, blocks, wanted.source === 'file');
}

/**
 * What was typed in the first view stays, unless somebody else saved since it was opened, or a file replaced everything:
 * then it shows what stands now.
 */
async function refreshParent(
  call: Call,
  parent: NonNullable<SubForm['parent']>,
  basedOn: number,
  notice: KnownBlock[],
  replaced: boolean,
): Promise<void> {
  const state = await loadSettings(call.db, call.who.workspaceId);
  const { version } = state.saved;
  const othersToo = parent.version !== basedOn;
  const mark = replaced || othersToo ? version : parent.mark;
  const said = othersToo ? [...notice, section(`⚠️ ${words(call.who.language).othersToo}`)] : notice;
  const view = drawRoster(await shownOf(call, state), { version, mark }, said);
  await call.updateModal(parent.viewId, view).catch((error: unknown) => {
    // The person closed everything: what was saved is saved.
    if (!(error instanceof SlackFailure)) throw error;
  });
}

/** The fields that a refusal is about, each with what is wrong with it. */
function flawsIn(refusal: SettingsRefusal, language: Language): { field: string; text: string }[] {
  const plain = { language, named: (id: string) => id, at: () => '' };
  const here = (field: string) => [{ field, text: sayNo(refusal, plain) }];
  switch (refusal.code) {
    case 'not_allowed':
    case 'stale':
      return [];
    case 'people':
      return refusal.problems.map((problem) => ({
        field: problem.department ? `${problem.list}_${problem.department}` : problem.list,
        text: sayProblem(problem, language),
      }));
    case 'bad_time_zone':
      return here('time_zone');
    case 'bad_beat':
      return here(`digest_${refusal.level}`);
    default:
      return here('added');
  }
}

/** Each flaw under its field, or under the first one where the form does not show that; null when it is about none. */
function errorsOf<K extends string>(refusal: SettingsRefusal, mark: number, fields: readonly K[], language: Language) {
  const errors: Partial<Record<`${K}.${number}`, string>> = {};
  for (const { field, text } of flawsIn(refusal, language)) {
    const shown = fields.find((one) => one === field) ?? fields[0];
    if (!shown) return null;
    const at: `${K}.${number}` = `${shown}.${mark}`;
    errors[at] = [errors[at], text].filter(Boolean).join(' ');
  }
  return Object.keys(errors).length > 0 ? errors : null;
}

const fieldsOf = <L extends string>(list: L, answers: ReadonlyMap<string, unknown>) =>
  [...answers.keys()].map((key): `${L}_${string}` => `${list}_${key}`);

/** Handles as they were typed, as ids; a handle that is not known stands for itself and is refused by name. */
function groupsIn(chosen: string[] | string | null | undefined, groups: State['groups']): string[] {
  if (Array.isArray(chosen)) return chosen;
  const byHandle = new Map(groups.map((g) => [folded(g.handle), g.id]));
  const handles = (chosen ?? '').split(/[\s,;]+/).filter((word) => word !== '' && word !== '@');
  return handles.map((handle) => byHandle.get(folded(handle.replace(/^@/, ''))) ?? handle);
}

/** A form must be answered within 3 s, and reading the file is part of it. */
const fileWithin = 2 * SECOND;

/** Null when Slack does not hand it over in time. */
async function readUpload(call: Call, url: string): Promise<string | null> {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), fileWithin).unref());
  return Promise.race([call.slack.fileText(url).catch(() => null), late]);
}

export const settings: Feature = {
  name: 'settings',
  title: inBoth((l) => words(l).feature),
  subcommands: [
    {
      name: 'settings',
      aliases: ['réglages', 'annuaire', 'setup', 'roster'],
      usage: inBoth((l) => words(l).usage),
      summary: inBoth((l) => words(l).help),
      run: async (call, text) => {
        const asked = folded(text.trim().split(/\s+/)[0] ?? '');
        if (asked.startsWith('export')) return exportFile(call);
        if (asked.startsWith('import')) return openImport(call, null);
        return openForm(call, asItStands);
      },
    },
  ],
  actions: [
    // Over the form that it was asked from, if any: only three forms may lie on one another.
    openButton.on((call, _value, press) => openForm(call, asItStands, press.form)),
    deputiesButton.on(openSub(drawDeputies)),
    generalButton.on(openSub(drawGeneral)),
    departmentsButton.on(openSub(drawDepartments)),
    importButton.on((call, _value, press) => openImport(call, parentOf(press))),
    exportButton.on(exportFile),
  ],
  forms: [
    /** The first view: it stays, and shows what was saved and what is still missing. */
    rosterForm.on(async (call, { people }, { version, mark }) => {
      const { language } = call.who;
      const edit = withLists({ people: Object.fromEntries(people) });
      const decision = await save(call, version, { edit });
      if (decision.ok) return { update: followedForm(await outcome(call, decision.value), language) };
      const { refusal } = decision;
      const errors = errorsOf(refusal, mark, fieldsOf('people', people), language);
      if (errors) return rosterForm.errors(errors);
      if (refusal.code !== 'stale') return refused(call, refusal);
      const { shown, notice } = await stale(call, version, edit);
      return { update: asItStands(shown, [...notice, section(words(language).staleNow)]) };
    }),
    deputiesForm.on(async (call, { deputies, groups }, form) => {
      const known = (await loadSettings(call.db, call.who.workspaceId)).groups;
      const chosen = [...groups].map(([key, value]) => [key, groupsIn(value, known)]);
      const edit = withLists({ deputies: Object.fromEntries(deputies), groups: Object.fromEntries(chosen) });
      return submitSub(call, deputiesForm, form, { edit }, [
        ...fieldsOf('deputies', deputies),
        ...fieldsOf('groups', groups),
      ]);
    }),
    generalForm.on((call, { declarers, privacy, language, digest, time_zone: timeZone }, form) => {
      const digestMinutes = Object.fromEntries([...digest].filter(([, minutes]) => minutes !== null));
      const edit = withGeneral({
        declarers: declarers.length > 0 ? declarers : null,
        private: privacy !== 'public',
        timeZone,
        digestMinutes,
        ...(language ? { language } : {}),
      });
      return submitSub(call, generalForm, form, { edit }, ['declarers', 'time_zone', ...fieldsOf('digest', digest)]);
    }),
    departmentsForm.on((call, { added, removed }, form) =>
      submitSub(call, departmentsForm, form, { edit: withDepartments(added, removed) }, ['added']),
    ),
    importForm.on(async (call, { file: [file] }, { parent }) => {
      const { language, workspaceId } = call.who;
      const w = words(language);
      if (!file) return importForm.error('file', w.importMissing);
      const url = file.url_private_download;
      const text = await readUpload(call, url);
      if (text === null) return importForm.error('file', w.importSlow);
      const read = readSettingsFile(text);
      if (!read.ok) return { update: brokenFile(read.problems, language) };
      await meetStrangers(call, workspaceId, idsIn(read.settings));
      const decision = await previewSettings(call, read.settings);
      if (!decision.ok) return refused(call, decision.refusal);
      const state = await loadSettings(call.db, workspaceId);
      const { differences: found, before } = decision.value;
      const { reader } = await shownOf(call, state, before, read.settings);
      return { update: drawPreview(found, { version: state.saved.version, parent, url, hash: sha256(text) }, reader) };
    }),
    /** The file is read again, and must be the one whose differences were shown. */
    confirmForm.on(async (call, _answers, form) => {
      const { language } = call.who;
      const w = words(language);
      const text = await readUpload(call, form.url);
      const read = text === null || sha256(text) !== form.hash ? null : readSettingsFile(text);
      if (read?.ok) return submitSub(call, confirmForm, form, { edit: () => read.settings, source: 'file' }, []);
      const why = text === null ? w.importSlow : w.importChanged;
      return { update: noticeForm([section(why)], language, w.importTitle) };
    }),
  ],
  jobs,
};
