import { z } from 'zod';
import type { Language } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import { levelName } from '../crises/text.ts';
import { departmentName } from '../people/text.ts';
import {
  actions,
  context,
  divider,
  fileInput,
  type KnownBlock,
  type ModalView,
  modal,
  multiSelect,
  section,
  sections,
  textInput,
} from '../slack/blocks.ts';
import { button, choiceField, family, field, form, numberField, peopleField, textField } from '../slack/contract.ts';
import { limits } from '../slack/limits.ts';
import { escapeMrkdwn, slackTime } from '../slack/mrkdwn.ts';
import type { FileProblem } from './file.ts';
import { differenceText, gapLine } from './lines.ts';
import { sayFileProblem, sayProblem } from './refusals.ts';
import { type Directory, type Gap, limitsOfSettings, personFlaw } from './rules.ts';
import { beatLevels, type DepartmentSettings, type Difference, isStandard, type Saved } from './settings.ts';
import { words } from './text.ts';

const nothing = z.object({});
export const openButton = button('settings.open', nothing);
export const deputiesButton = button('settings.open_deputies', nothing);
export const generalButton = button('settings.open_general', nothing);
export const departmentsButton = button('settings.open_departments', nothing);
export const importButton = button('settings.open_import', nothing);
export const exportButton = button('settings.export', nothing);

/**
 * Which version a form was filled from, and under which mark its fields go: Slack keeps what was typed in a field as long
 * as its block keeps its id, so a new mark is what makes a form show what stands now.
 */
export const rosterMetadata = z.object({ version: z.number(), mark: z.number() });
/** The first view under the form, if it was opened from there. */
const parent = rosterMetadata.extend({ viewId: z.string() }).nullable();
const subMetadata = z.object({ version: z.number(), parent });
export type RosterForm = z.infer<typeof rosterMetadata>;
export type SubForm = z.infer<typeof subMetadata>;

export const rosterForm = form('settings.roster', rosterMetadata, { people: family('_', peopleField()) });

/** Slack has no picker for user groups, and a list holds 100: beyond, handles are typed. */
const groupsField = field(
  z.union([z.array(z.string()), z.string()]).nullish(),
  (key, shown: { choices: { value: string; label: string }[]; chosen: string[]; placeholder: string } | string) =>
    typeof shown === 'string'
      ? textInput(key, { initial: shown })
      : multiSelect(key, shown.choices, shown.chosen, shown.placeholder),
);
export const deputiesForm = form('settings.deputies', subMetadata, {
  deputies: family('_', peopleField()),
  groups: family('_', groupsField),
});

export const generalForm = form('settings.general', subMetadata, {
  declarers: peopleField(),
  privacy: choiceField(['private', 'public']),
  language: choiceField(['en', 'fr']),
  time_zone: textField({ max: 60 }),
  digest: family('_', numberField()),
});

const ids = z
  .array(z.string())
  .nullish()
  .transform((chosen) => chosen ?? []);
export const departmentsForm = form('settings.departments', subMetadata, {
  added: textField({ max: limitsOfSettings.departmentName }),
  removed: field(ids, multiSelect),
});

const files = z.array(z.looseObject({ id: z.string(), url_private_download: z.string() })).catch([]);
export const importForm = form('settings.import', z.object({ parent }), { file: field(files, fileInput) });

/** `hash`: of the file whose differences are shown. */
const previewMetadata = subMetadata.extend({ url: z.string(), hash: z.string() });
export const confirmForm = form('settings.import_confirm', previewMetadata, {});

export type Shown = {
  saved: Saved;
  directory: Directory;
  groups: readonly { id: string; handle: string; isDisabled: boolean }[];
  /** Names groups by their handles as well. */
  reader: Reader;
};

export function drawRoster(shown: Shown, metadata: RosterForm, notice: KnownBlock[] = []): ModalView {
  const { language } = shown.reader;
  const w = words(language);
  const { settings } = shown.saved;
  const look = { mark: metadata.mark, optional: true };
  return rosterForm.draw({
    title: w.title,
    submit: w.save,
    close: w.close,
    metadata,
    blocks: [
      ...notice,
      ...(notice.length > 0 ? [divider()] : [section(shown.saved.version === 0 ? w.firstTime : w.intro)]),
      ...leftOut(shown, 'people'),
      ...settings.departments.map((d) => {
        const label = departmentName(d.key, d.name, language);
        return rosterForm.fields.people(d.key, label, look, pickable(shown, d.people), w.choosePeople);
      }),
      actions(
        deputiesButton.draw(w.deputiesButton, {}),
        generalButton.draw(w.generalButton, {}),
        departmentsButton.draw(w.departmentsButton, {}),
        exportButton.draw(w.exportButton, {}),
        importButton.draw(w.importButton, {}),
      ),
      ...lastSaved(shown),
    ],
  });
}

function lastSaved({ saved, reader }: Shown): KnownBlock[] {
  if (!saved.savedAt) return [];
  const { who, when } = saverOf(saved, reader);
  return [context(words(reader.language).savedBy(who, when))];
}

function saverOf({ savedBy, savedAt, settings }: Saved, { language, named }: Reader): { who: string; when: string } {
  return {
    who: savedBy ? escapeMrkdwn(named(savedBy)) : words(language).commandLine,
    when: savedAt ? slackTime(savedAt, settings.timeZone, language) : '',
  };
}

/** Slack refuses a form that starts with people it does not know any more: they are named above it instead. */
const isGone = (shown: Shown, userId: string) =>
  ['deactivated', 'unknown'].includes(personFlaw(shown.directory.people.get(userId)) ?? '');

const pickable = (shown: Shown, ids: readonly string[]) => ids.filter((id) => !isGone(shown, id));

function leftOut(shown: Shown, list: 'people' | 'deputies'): KnownBlock[] {
  const { language, named } = shown.reader;
  const lines = shown.saved.settings.departments.flatMap((d) =>
    d[list]
      .filter((id) => isGone(shown, id))
      .map((id) => {
        const flaw = personFlaw(shown.directory.people.get(id)) ?? 'unknown';
        const problem = sayProblem({ flaw, name: named(id) }, language);
        return `• *${escapeMrkdwn(departmentName(d.key, d.name, language))}*: ${escapeMrkdwn(problem)}`;
      }),
  );
  return lines.length > 0 ? sections(lines.join('\n')) : [];
}

export function drawDeputies(shown: Shown, metadata: SubForm): ModalView {
  const { language } = shown.reader;
  const w = words(language);
  const look = { mark: metadata.version, optional: true };
  return deputiesForm.draw({
    title: w.deputiesTitle,
    submit: w.save,
    close: w.back,
    metadata,
    blocks: [
      section(w.deputiesIntro),
      ...leftOut(shown, 'deputies'),
      ...shown.saved.settings.departments.flatMap((d): KnownBlock[] => {
        const name = departmentName(d.key, d.name, language);
        const chosen = pickable(shown, d.deputies);
        return [
          deputiesForm.fields.deputies(d.key, w.deputies(name), look, chosen, w.choosePeople),
          ...(shown.groups.length === 0 ? [] : [groupBlock(shown, d, name, metadata.version)]),
        ];
      }),
      ...(shown.groups.length === 0 ? [context(w.noGroups)] : []),
    ],
  });
}

function groupBlock(shown: Shown, { key, groups }: DepartmentSettings, name: string, mark: number): KnownBlock {
  const w = words(shown.reader.language);
  const draw = deputiesForm.fields.groups;
  if (shown.groups.length > limits.options) {
    const handles = groups.map((g) => `@${shown.directory.groups.get(g)?.handle ?? g}`).join(' ');
    return draw(key, w.groups(name), { mark, optional: true, hint: w.groupsByHandle }, handles);
  }
  const choices = shown.groups
    .filter((g) => !g.isDisabled || groups.includes(g.id))
    .map((g) => ({ value: g.id, label: g.isDisabled ? w.disabledGroup(g.handle) : `@${g.handle}` }));
  if (choices.length === 0) return context(w.noGroups);
  const look = { mark, optional: true };
  return draw(key, w.groups(name), look, { choices, chosen: groups, placeholder: w.chooseGroups });
}

export function drawGeneral(shown: Shown, metadata: SubForm): ModalView {
  const { language } = shown.reader;
  const w = words(language);
  const { settings } = shown.saved;
  const { fields } = generalForm;
  const mark = metadata.version;
  const rooms = [
    { value: 'private', label: w.privateRoom },
    { value: 'public', label: w.publicRoom },
  ];
  const languages = (['en', 'fr'] as const).map((l) => ({ value: l, label: words(l).languages[l] }));
  return generalForm.draw({
    title: w.generalTitle,
    submit: w.save,
    close: w.back,
    metadata,
    blocks: [
      fields.declarers(
        w.declarers,
        { mark, optional: true, hint: w.declarersHint },
        pickable(shown, settings.declarers ?? []),
        w.choosePeople,
      ),
      fields.privacy(w.privacy, { mark }, rooms, settings.private ? 'private' : 'public'),
      fields.language(w.language, { mark, hint: w.languageHint }, languages, settings.language),
      fields.time_zone(w.timeZone, { mark, hint: w.timeZoneHint }, { initial: settings.timeZone }),
      ...beatLevels.map((level) =>
        fields.digest(
          level,
          w.beat(levelName(level, language)),
          { mark, optional: true, hint: w.beatHint[level] },
          { initial: settings.digestMinutes[level], min: 0, max: limitsOfSettings.minutesTo },
        ),
      ),
    ],
  });
}

export function drawDepartments(shown: Shown, metadata: SubForm): ModalView {
  const w = words(shown.reader.language);
  const own = shown.saved.settings.departments.filter((d) => !isStandard(d.key));
  const choices = own.map((d) => ({ value: d.key, label: d.name ?? d.key }));
  const { added, removed } = departmentsForm.fields;
  const mark = metadata.version;
  return departmentsForm.draw({
    title: w.departmentsTitle,
    submit: w.save,
    close: w.back,
    metadata,
    blocks: [
      added(w.newDepartment, { mark, optional: own.length > 0, hint: w.newDepartmentHint }, { focus: true }),
      ...(own.length > 0 ? [removed(w.removeDepartments, { mark, optional: true, hint: w.removeHint }, choices)] : []),
    ],
  });
}

export function drawImport(parent: SubForm['parent'], language: Language): ModalView {
  const w = words(language);
  return importForm.draw({
    title: w.importTitle,
    submit: w.importSubmit,
    close: w.back,
    metadata: { parent },
    blocks: [importForm.fields.file(w.importLabel, { hint: w.importHint }, ['json'])],
  });
}

export function drawPreview(
  found: readonly Difference[],
  metadata: z.infer<typeof previewMetadata>,
  reader: Reader,
): ModalView {
  const w = words(reader.language);
  if (found.length === 0) return noticeForm([section(w.importSame)], reader.language, w.importTitle);
  return confirmForm.draw({
    title: w.importTitle,
    submit: w.importConfirm,
    close: w.back,
    metadata,
    blocks: [section(w.importPreview), ...differenceBlocks(found, reader)],
  });
}

const mostProblems = 20;

export function brokenFile(problems: readonly FileProblem[], language: Language): ModalView {
  const w = words(language);
  const shown = problems.slice(0, mostProblems).map((p) => escapeMrkdwn(sayFileProblem(p, language)));
  const more = problems.length > mostProblems ? [w.importMore(problems.length - mostProblems)] : [];
  const text = [...shown, ...more].map((line) => `• ${line}`).join('\n');
  return noticeForm([section(w.importRefused), ...sections(text)], language, w.importTitle);
}

/** What was saved, and what would still be missing. */
export function savedBlocks(found: readonly Difference[], gaps: readonly Gap[], reader: Reader): KnownBlock[] {
  const w = words(reader.language);
  const lines = gaps.map((gap) => `• ${gapLine(gap, reader)}`).join('\n');
  return [
    section(found.length > 0 ? `✅ *${w.saved}*` : w.savedNothing),
    ...differenceBlocks(found, reader),
    ...(gaps.length > 0 ? [section(`⚠️ *${w.stillMissing}*`), ...sections(lines)] : [section(w.allReady)]),
  ];
}

/** What became of a form, in its place, with the way back to the settings. */
export const followedForm = (blocks: KnownBlock[], language: Language): ModalView =>
  noticeForm([...blocks, actions(openButton.draw(words(language).again, {}))], language);

const differenceBlocks = (found: readonly Difference[], reader: Reader): KnownBlock[] =>
  found.length === 0 ? [] : sections(differenceLines(found, reader));

const differenceLines = (found: readonly Difference[], reader: Reader): string =>
  found.map((d) => `• ${differenceText(d, reader, escapeMrkdwn)}`).join('\n');

/** Somebody saved in between: who, when, what, and what this person had entered, so that it can be entered again. */
export function staleBlocks(
  { saved, reader }: Shown,
  theirs: readonly Difference[],
  yours: readonly Difference[],
): KnownBlock[] {
  const w = words(reader.language);
  const { who, when } = saverOf(saved, reader);
  return [
    ...sections(`⚠️ ${w.staleTitle(who, when)}\n${differenceLines(theirs, reader)}`),
    ...(yours.length > 0 ? sections(`${w.staleYours}\n${differenceLines(yours, reader)}`) : []),
  ];
}

export const noticeForm = (blocks: KnownBlock[], language: Language, title?: string): ModalView =>
  modal({ id: 'settings.notice', title: title ?? words(language).title, close: words(language).close, blocks });
