import { z } from 'zod';
import { sha256 } from '../core/ids.ts';
import { inBoth } from '../core/locale.ts';
import { SECOND } from '../core/time.ts';
import { mayChange } from '../people/rules.ts';
import { findEditor, namer } from '../people/store.ts';
import { meetStrangers } from '../people/who.ts';
import type { KnownBlock, ModalView } from '../slack/blocks.ts';
import { section } from '../slack/blocks.ts';
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
import { editSettings, orderExport, previewSettings } from './change.ts';
import { type Edit, type Lists, withDepartments, withGeneral, withLists } from './edits.ts';
import { readSettingsFile } from './file.ts';
import { jobs } from './jobs.ts';
import { gapsOf, type SettingsChange, type SettingsRefusal } from './rules.ts';
import { beatLevels, differences, type Settings } from './settings.ts';
import { changesSince, directoryFor, idsIn, loadSettings, type Source, type State } from './store.ts';
import { problemText, refusalText, words } from './text.ts';
import {
  blockId,
  brokenFile,
  departmentsForm,
  deputiesForm,
  fieldId,
  followedForm,
  generalForm,
  importForm,
  noticeForm,
  previewForm,
  rosterForm,
  type Shown,
  type SubForm,
  savedBlocks,
  staleBlocks,
} from './views.ts';

const rosterMetadata = z.object({ version: z.number(), mark: z.number() });
const parentSchema = rosterMetadata.extend({ viewId: z.string() }).nullable();
const subMetadata = z.object({ version: z.number(), parent: parentSchema });

/** Opens what `open` makes of the settings as they stand, or says who may. */
async function openForm(
  call: Call,
  open: (shown: Shown) => ModalView,
  over: Press['form'] = null,
): Promise<Reply | void> {
  const state = await loadSettings(call.db, call.who.workspaceId);
  const editor = await findEditor(call.db, call.who.workspaceId, call.who.userId);
  if (!mayChange(state.editors, editor))
    return { text: await refusalWords(call, { code: 'not_allowed', editors: state.editors }) };
  const view = open(await shownOf(call, state));
  if (over) await call.updateModal(over.viewId, view);
  else await call.openModal(view);
}

/** Over the form that it was asked from, if any: only three forms may lie on one another. */
const openRoster = (call: Call, over: Press['form'] = null) =>
  openForm(
    call,
    (shown) => {
      const { version } = shown.saved;
      return rosterForm(shown, { version, mark: version }, call.who.language);
    },
    over,
  );

const parentOf = ({ form }: Press): SubForm['parent'] =>
  form?.callbackId === 'settings.roster' ? { viewId: form.viewId, ...rosterMetadata.parse(form.metadata) } : null;

const openSub = (id: string, view: (shown: Shown, form: SubForm, language: Call['who']['language']) => ModalView) =>
  onPress(id, z.unknown(), (call, _value, press) =>
    openForm(call, (shown) =>
      view(shown, { version: shown.saved.version, parent: parentOf(press) }, call.who.language),
    ),
  );

const openImport = (call: Call, parent: SubForm['parent']) =>
  openForm(call, () => importForm({ parent }, call.who.language));

async function exportFile(call: Call): Promise<Reply> {
  const decision = await orderExport(call);
  if (decision.ok) return { text: words(call.who.language).exporting };
  return { text: await refusalWords(call, decision.refusal) };
}

async function shownOf(call: Call, state: State, ...others: Settings[]): Promise<Shown> {
  const directory = await directoryFor(call.db, state, state.saved.settings, ...others);
  const saver = state.saved.savedBy ? [state.saved.savedBy] : [];
  const named = await namer(call.db, state.workspaceId, [...directory.people.keys(), ...saver]);
  const handles = new Map(state.groups.map((g) => [g.id, `@${g.handle}`]));
  return { saved: state.saved, directory, groups: state.groups, named: (id) => handles.get(id) ?? named(id) };
}

async function refusalWords(call: Call, refusal: SettingsRefusal): Promise<string> {
  const ids =
    refusal.code === 'not_allowed'
      ? refusal.editors
      : refusal.code === 'stale' && refusal.savedBy
        ? [refusal.savedBy]
        : [];
  const named = await namer(call.db, call.who.workspaceId, ids);
  const { language, timeZone } = call.who;
  return refusalText(
    refusal,
    language,
    (id) => `*${escapeMrkdwn(named(id))}*`,
    (at) => slackTime(at, timeZone, language),
  );
}

type Submission = { basedOn: number; edit: Edit; source?: Source };

async function save(call: Call, { basedOn, edit, source }: Submission) {
  const { saved } = await loadSettings(call.db, call.who.workspaceId);
  await meetStrangers(call, call.who.workspaceId, idsIn(edit(saved.settings)));
  return editSettings(call, basedOn, edit, source);
}

/** The first view: it stays, and shows what was saved and what is still missing. */
async function submitRoster(
  call: Call,
  values: Record<string, unknown>,
  form: { version: number; mark: number },
): Promise<FormAnswer> {
  const edit = withLists(listsIn(values));
  const decision = await save(call, { basedOn: form.version, edit });
  const { language } = call.who;
  if (decision.ok) return { update: followedForm(await outcome(call, decision.value), language) };
  const { refusal } = decision;
  if (refusal.code === 'people') return { errors: errorsOf(refusal, form.mark, Object.keys(values), language) };
  if (refusal.code === 'stale') return { update: await staleRoster(call, form.version, edit) };
  return { update: noticeForm([section(await refusalWords(call, refusal))], language) };
}

async function outcome(call: Call, change: SettingsChange): Promise<KnownBlock[]> {
  const state = await loadSettings(call.db, call.who.workspaceId);
  const shown = await shownOf(call, state, change.before);
  const gaps = gapsOf(state.saved.settings, state.roster, shown.directory);
  return savedBlocks(change.differences, gaps, shown, call.who.language);
}

/** What stands now, who changed it and what this person had entered: nothing is lost, nothing is overwritten. */
async function stale(call: Call, basedOn: number, edit: Edit): Promise<{ shown: Shown; notice: KnownBlock[] }> {
  const state = await loadSettings(call.db, call.who.workspaceId);
  const { settings: now } = state.saved;
  const theirs = await changesSince(call.db, state.workspaceId, basedOn, now);
  const wanted = edit(now);
  const shown = await shownOf(call, state, wanted, theirs?.before ?? now);
  const notice = staleBlocks(shown, theirs?.found ?? [], differences(now, wanted), call.who.language);
  return { shown, notice };
}

async function staleRoster(call: Call, basedOn: number, edit: Edit): Promise<ModalView> {
  const { shown, notice } = await stale(call, basedOn, edit);
  const { language } = call.who;
  const { version } = shown.saved;
  return rosterForm(shown, { version, mark: version }, language, [...notice, section(words(language).staleNow)]);
}

/** A sub-form closes over the first view, which then shows what was saved; standing alone, it says so itself. */
async function submitSub(
  call: Call,
  form: SubForm,
  wanted: { edit: Edit; source?: Source },
  errors: (refusal: SettingsRefusal) => Record<string, string> | null,
): Promise<FormAnswer> {
  const { language } = call.who;
  const decision = await save(call, { ...wanted, basedOn: form.version });
  if (!decision.ok) {
    const shownAtFields = errors(decision.refusal);
    if (shownAtFields && Object.keys(shownAtFields).length > 0) return { errors: shownAtFields };
    if (decision.refusal.code === 'stale')
      return { update: followedForm((await stale(call, form.version, wanted.edit)).notice, language) };
    return { update: noticeForm([section(await refusalWords(call, decision.refusal))], language) };
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
  const view = rosterForm(await shownOf(call, state), { version, mark }, call.who.language, said);
  await call.updateModal(parent.viewId, view).catch((error: unknown) => {
    // The person closed everything: what was saved is saved.
    if (!(error instanceof SlackFailure)) throw error;
  });
}

const idList = z.array(z.string());

function listsIn(values: Record<string, unknown>): Lists {
  const lists: Lists = {};
  for (const [id, value] of Object.entries(values)) {
    const [, list, key] = /^(people|deputies|groups)_(.+)$/.exec(id) ?? [];
    const ids = idList.safeParse(value);
    if (!list || !key || !ids.success) continue;
    (lists[list as keyof Lists] ??= {})[key] = ids.data;
  }
  return lists;
}

/** Each problem under the field it is about; under the first field where the form does not show that one. */
function errorsOf(
  refusal: Extract<SettingsRefusal, { code: 'people' }>,
  mark: number,
  shown: readonly string[],
  language: Call['who']['language'],
): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const problem of refusal.problems) {
    const wanted = problem.department ? fieldId(problem.list, problem.department) : problem.list;
    const at = blockId(shown.includes(wanted) ? wanted : (shown[0] ?? ''), mark);
    errors[at] = [errors[at], problemText(problem, language)].filter(Boolean).join(' ');
  }
  return errors;
}

async function submitDeputies(call: Call, values: Record<string, unknown>, form: SubForm): Promise<FormAnswer> {
  const { groups } = await loadSettings(call.db, call.who.workspaceId);
  const typed = groupsTyped(values, groups);
  return submitSub(call, form, { edit: withLists(listsIn({ ...values, ...typed })) }, (refusal) =>
    refusal.code === 'people' ? errorsOf(refusal, form.version, Object.keys(values), call.who.language) : null,
  );
}

/** Handles as they were typed, as ids; a handle that is not known stands for itself and is refused by name. */
function groupsTyped(values: Record<string, unknown>, groups: State['groups']): Record<string, string[]> {
  const byHandle = new Map(groups.map((g) => [folded(g.handle), g.id]));
  const handles = (text: string) => text.split(/[\s,;]+/).filter((word) => word !== '' && word !== '@');
  return Object.fromEntries(
    Object.entries(values).flatMap(([id, value]) => {
      if (!id.startsWith('groups_') || Array.isArray(value)) return [];
      const text = typeof value === 'string' ? value : '';
      return [[id, handles(text).map((h) => byHandle.get(folded(h.replace(/^@/, ''))) ?? h)]];
    }),
  );
}

const generalValues = z.object({
  declarers: idList.nullable().transform((ids) => (ids?.length ? ids : null)),
  privacy: z.enum(['private', 'public']),
  language: z.enum(['en', 'fr']),
  time_zone: z
    .string()
    .nullable()
    .transform((t) => t?.trim() ?? ''),
});

function submitGeneral(call: Call, values: Record<string, unknown>, form: SubForm): Promise<FormAnswer> {
  const { declarers, privacy, language, time_zone: timeZone } = generalValues.parse(values);
  const digestMinutes = Object.fromEntries(
    beatLevels.flatMap((level) => {
      const minutes = z.coerce.number().safeParse(values[fieldId('digest', level)] || Number.NaN);
      return minutes.success ? [[level, minutes.data]] : [];
    }),
  );
  const edit = withGeneral({ declarers, private: privacy === 'private', language, timeZone, digestMinutes });
  const own = call.who.language;
  const at = (action: string, text: string) => ({ [blockId(action, form.version)]: text });
  return submitSub(call, form, { edit }, (refusal) => {
    if (refusal.code === 'people') return errorsOf(refusal, form.version, ['declarers'], own);
    if (refusal.code === 'bad_time_zone') return at('time_zone', words(own).refused.bad_time_zone(refusal.given));
    if (refusal.code === 'bad_beat') return at(fieldId('digest', refusal.level), words(own).refused.bad_beat(''));
    return null;
  });
}

function submitDepartments(call: Call, values: Record<string, unknown>, form: SubForm): Promise<FormAnswer> {
  const read = z.object({ added: z.string().nullable().default(null), removed: idList.nullable().default(null) });
  const { added, removed } = read.parse(values);
  const edit = withDepartments(added ?? '', removed ?? []);
  const w = words(call.who.language).refused;
  return submitSub(call, form, { edit }, (refusal) => {
    const text =
      refusal.code === 'name_taken'
        ? w.name_taken(refusal.name)
        : refusal.code === 'name_missing' || refusal.code === 'name_too_long' || refusal.code === 'too_many_departments'
          ? w[refusal.code]
          : null;
    return text ? { [blockId('added', form.version)]: text } : null;
  });
}

const fileSchema = z.looseObject({ id: z.string(), url_private_download: z.string() });
const previewMetadata = subMetadata.extend({ url: z.string(), hash: z.string() });

/** A form must be answered within 3 s, and reading the file is part of it. */
const fileWithin = 2 * SECOND;

async function readUpload(call: Call, url: string): Promise<string | null> {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), fileWithin).unref());
  return Promise.race([call.slack.fileText(url).catch(() => null), late]);
}

async function submitImport(
  call: Call,
  values: Record<string, unknown>,
  { parent }: { parent: SubForm['parent'] },
): Promise<FormAnswer> {
  const { language } = call.who;
  const w = words(language);
  const [file] = z.array(fileSchema).catch([]).parse(values['file']);
  if (!file) return { errors: { file: w.importMissing } };
  const text = await readUpload(call, file.url_private_download);
  if (text === null) return { errors: { file: w.importSlow } };
  const read = readSettingsFile(text);
  if (!read.ok) return { update: brokenFile(read.problems, language) };
  await meetStrangers(call, call.who.workspaceId, idsIn(read.settings));
  const decision = await previewSettings(call, read.settings);
  if (!decision.ok) return { update: noticeForm([section(await refusalWords(call, decision.refusal))], language) };
  const state = await loadSettings(call.db, call.who.workspaceId);
  const { differences: found, before } = decision.value;
  const { named } = await shownOf(call, state, before, read.settings);
  const form = { version: state.saved.version, parent, url: file.url_private_download, hash: sha256(text) };
  return { update: previewForm(found, form, named, language) };
}

/** The file is read again, and must be the one whose differences were shown. */
async function applyImport(call: Call, form: z.infer<typeof previewMetadata>): Promise<FormAnswer> {
  const { language } = call.who;
  const text = await readUpload(call, form.url);
  const read = text === null || sha256(text) !== form.hash ? null : readSettingsFile(text);
  if (!read?.ok) {
    const w = words(language);
    return { update: noticeForm([section(text === null ? w.importSlow : w.importChanged)], language, w.importTitle) };
  }
  return submitSub(call, form, { edit: () => read.settings, source: 'file' }, () => null);
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
        return openRoster(call);
      },
    },
  ],
  actions: [
    onPress('settings.open', z.unknown(), (call, _value, press) => openRoster(call, press.form)),
    openSub('settings.open_deputies', deputiesForm),
    openSub('settings.open_general', generalForm),
    openSub('settings.open_departments', departmentsForm),
    onPress('settings.open_import', z.unknown(), (call, _value, press) => openImport(call, parentOf(press))),
    onPress('settings.export', z.unknown(), (call) => exportFile(call)),
  ],
  forms: [
    onSubmit('settings.roster', rosterMetadata, submitRoster),
    onSubmit('settings.deputies', subMetadata, submitDeputies),
    onSubmit('settings.general', subMetadata, submitGeneral),
    onSubmit('settings.departments', subMetadata, submitDepartments),
    onSubmit('settings.import', z.object({ parent: parentSchema }), submitImport),
    onSubmit('settings.import_confirm', previewMetadata, (call, _values, form) => applyImport(call, form)),
  ],
  jobs,
};
