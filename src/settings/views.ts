import type { Language } from '../core/locale.ts';
import { levelName } from '../crises/text.ts';
import { departmentName } from '../people/text.ts';
import {
  actions,
  button,
  context,
  divider,
  fileInput,
  input,
  type KnownBlock,
  type ModalView,
  modal,
  multiSelect,
  numberInput,
  peopleInput,
  section,
  sections,
  select,
  textInput,
} from '../slack/blocks.ts';
import { limits } from '../slack/limits.ts';
import { escapeMrkdwn, slackTime } from '../slack/mrkdwn.ts';
import type { FileProblem } from './file.ts';
import { type Directory, type Gap, limitsOfSettings, personFlaw } from './rules.ts';
import { beatLevels, type DepartmentSettings, type Difference, isStandard, type Saved } from './settings.ts';
import { differenceText, fileProblemText, gapText, type Named, problemText, words } from './text.ts';

export type Shown = {
  saved: Saved;
  directory: Directory;
  groups: readonly { id: string; handle: string; isDisabled: boolean }[];
  named: Named;
};

/**
 * Which version a form was filled from, and under which mark its fields go: Slack keeps what was typed in a field as long
 * as its block keeps its id, so a new mark is what makes a form show what stands now.
 */
export type RosterForm = { version: number; mark: number };
export type SubForm = { version: number; parent: ({ viewId: string } & RosterForm) | null };

export const fieldId = (list: string, key: string): string => `${list}_${key}`;
export const blockId = (action: string, mark: number): string => `${action}.${mark}`;

export function rosterForm(shown: Shown, form: RosterForm, language: Language, notice: KnownBlock[] = []): ModalView {
  const w = words(language);
  const { settings } = shown.saved;
  const to = (id: string) => ({ id: `settings.${id}`, value: '{}' });
  return modal({
    id: 'settings.roster',
    title: w.title,
    submit: w.save,
    close: w.close,
    metadata: form,
    blocks: [
      ...notice,
      ...(notice.length > 0 ? [divider()] : [section(shown.saved.version === 0 ? w.firstTime : w.intro)]),
      ...leftOut(shown, settings.departments, 'people', language),
      ...settings.departments.map((d) => {
        const id = fieldId('people', d.key);
        const label = departmentName(d.key, d.name, language);
        return field(label, peopleInput(id, pickable(shown, d.people), w.choosePeople), form.mark, { optional: true });
      }),
      actions(
        button(w.deputiesButton, to('open_deputies')),
        button(w.generalButton, to('open_general')),
        button(w.departmentsButton, to('open_departments')),
        button(w.exportButton, to('export')),
        button(w.importButton, to('open_import')),
      ),
      ...lastSaved(shown, language),
    ],
  });
}

function lastSaved({ saved, named }: Shown, language: Language): KnownBlock[] {
  if (!saved.savedAt) return [];
  const w = words(language);
  const when = slackTime(saved.savedAt, saved.settings.timeZone, language);
  return [context(w.savedBy(saved.savedBy ? escapeMrkdwn(named(saved.savedBy)) : w.commandLine, when))];
}

/** Slack refuses a form that starts with people it does not know any more: they are named above it instead. */
const isGone = (shown: Shown, userId: string) =>
  ['deactivated', 'unknown'].includes(personFlaw(shown.directory.people.get(userId)) ?? '');

const pickable = (shown: Shown, ids: readonly string[]) => ids.filter((id) => !isGone(shown, id));

function leftOut(
  shown: Shown,
  departments: readonly DepartmentSettings[],
  list: 'people' | 'deputies',
  language: Language,
): KnownBlock[] {
  const lines = departments.flatMap((d) =>
    d[list]
      .filter((id) => isGone(shown, id))
      .map((id) => {
        const flaw = personFlaw(shown.directory.people.get(id)) ?? 'unknown';
        return `• *${escapeMrkdwn(departmentName(d.key, d.name, language))}*: ${escapeMrkdwn(problemText({ flaw, name: shown.named(id) }, language))}`;
      }),
  );
  return lines.length > 0 ? sections(lines.join('\n')) : [];
}

const field = (
  label: string,
  element: Parameters<typeof input>[1],
  mark: number,
  options: Parameters<typeof input>[2] = {},
): KnownBlock => {
  const block = input(label, element, options);
  return { ...block, block_id: blockId(block.block_id ?? '', mark) };
};

export function deputiesForm(shown: Shown, form: SubForm, language: Language): ModalView {
  const w = words(language);
  const { departments } = shown.saved.settings;
  const byHandle = shown.groups.length > limits.options;
  return modal({
    id: 'settings.deputies',
    title: w.deputiesTitle,
    submit: w.save,
    close: w.back,
    metadata: form,
    blocks: [
      section(w.deputiesIntro),
      ...leftOut(shown, departments, 'deputies', language),
      ...departments.flatMap((d): KnownBlock[] => {
        const name = departmentName(d.key, d.name, language);
        const deputies = peopleInput(fieldId('deputies', d.key), pickable(shown, d.deputies), w.choosePeople);
        return [
          field(w.deputies(name), deputies, form.version, { optional: true }),
          ...(shown.groups.length === 0 ? [] : [groupField(shown, d, name, byHandle, form.version, language)]),
        ];
      }),
      ...(shown.groups.length === 0 ? [context(w.noGroups)] : []),
    ],
  });
}

/** Slack has no picker for user groups, and a list holds 100: beyond, handles are typed. */
function groupField(
  shown: Shown,
  department: DepartmentSettings,
  name: string,
  byHandle: boolean,
  mark: number,
  language: Language,
): KnownBlock {
  const w = words(language);
  const id = fieldId('groups', department.key);
  if (byHandle) {
    const handles = department.groups.map((g) => `@${shown.directory.groups.get(g)?.handle ?? g}`).join(' ');
    const element = textInput(id, { initial: handles });
    return field(w.groups(name), element, mark, { optional: true, hint: w.groupsByHandle });
  }
  const choices = shown.groups
    .filter((g) => !g.isDisabled || department.groups.includes(g.id))
    .map((g) => ({ value: g.id, label: g.isDisabled ? w.disabledGroup(g.handle) : `@${g.handle}` }));
  if (choices.length === 0) return context(w.noGroups);
  return field(w.groups(name), multiSelect(id, choices, department.groups, w.chooseGroups), mark, { optional: true });
}

export function generalForm(shown: Shown, form: SubForm, language: Language): ModalView {
  const w = words(language);
  const { settings } = shown.saved;
  const mark = form.version;
  return modal({
    id: 'settings.general',
    title: w.generalTitle,
    submit: w.save,
    close: w.back,
    metadata: form,
    blocks: [
      field(w.declarers, peopleInput('declarers', pickable(shown, settings.declarers ?? []), w.choosePeople), mark, {
        optional: true,
        hint: w.declarersHint,
      }),
      field(
        w.privacy,
        select(
          'privacy',
          [
            { value: 'private', label: w.privateRoom },
            { value: 'public', label: w.publicRoom },
          ],
          settings.private ? 'private' : 'public',
        ),
        mark,
      ),
      field(
        w.language,
        select(
          'language',
          (['en', 'fr'] as const).map((l) => ({ value: l, label: words(l).languages[l] })),
          settings.language,
        ),
        mark,
        { hint: w.languageHint },
      ),
      field(w.timeZone, textInput('time_zone', { initial: settings.timeZone, max: 60 }), mark, {
        hint: w.timeZoneHint,
      }),
      ...beatLevels.map((level) =>
        field(
          w.beat(levelName(level, language)),
          numberInput(fieldId('digest', level), {
            initial: settings.digestMinutes[level],
            min: 0,
            max: limitsOfSettings.minutesTo,
          }),
          mark,
          { optional: true, hint: w.beatHint[level] },
        ),
      ),
    ],
  });
}

export function departmentsForm(shown: Shown, form: SubForm, language: Language): ModalView {
  const w = words(language);
  const own = shown.saved.settings.departments.filter((d) => !isStandard(d.key));
  const choices = own.map((d) => ({ value: d.key, label: d.name ?? d.key }));
  const remove = multiSelect('removed', choices);
  return modal({
    id: 'settings.departments',
    title: w.departmentsTitle,
    submit: w.save,
    close: w.back,
    metadata: form,
    blocks: [
      field(w.newDepartment, textInput('added', { max: limitsOfSettings.departmentName, focus: true }), form.version, {
        optional: own.length > 0,
        hint: w.newDepartmentHint,
      }),
      ...(own.length > 0
        ? [field(w.removeDepartments, remove, form.version, { optional: true, hint: w.removeHint })]
        : []),
    ],
  });
}

export function importForm(form: { parent: SubForm['parent'] }, language: Language): ModalView {
  const w = words(language);
  return modal({
    id: 'settings.import',
    title: w.importTitle,
    submit: w.importSubmit,
    close: w.back,
    metadata: form,
    blocks: [input(w.importLabel, fileInput('file', ['json']), { hint: w.importHint })],
  });
}

type Preview = SubForm & { url: string; hash: string };

export function previewForm(found: readonly Difference[], form: Preview, named: Named, language: Language): ModalView {
  const w = words(language);
  if (found.length === 0) return noticeForm([section(w.importSame)], language, w.importTitle);
  return modal({
    id: 'settings.import_confirm',
    title: w.importTitle,
    submit: w.importConfirm,
    close: w.back,
    metadata: form,
    blocks: [section(w.importPreview), ...differenceBlocks(found, named, language)],
  });
}

const mostProblems = 20;

export function brokenFile(problems: readonly FileProblem[], language: Language): ModalView {
  const w = words(language);
  const shown = problems.slice(0, mostProblems).map((p) => escapeMrkdwn(fileProblemText(p, language)));
  const more = problems.length > mostProblems ? [w.importMore(problems.length - mostProblems)] : [];
  const text = [...shown, ...more].map((line) => `• ${line}`).join('\n');
  return noticeForm([section(w.importRefused), ...sections(text)], language, w.importTitle);
}

/** What was saved, and what would still be missing. */
export function savedBlocks(
  found: readonly Difference[],
  gaps: readonly Gap[],
  shown: Shown,
  language: Language,
): KnownBlock[] {
  const w = words(language);
  const lines = gaps.map((gap) => `• ${gapLine(gap, shown.saved, language)}`).join('\n');
  return [
    section(found.length > 0 ? `✅ *${w.saved}*` : w.savedNothing),
    ...differenceBlocks(found, shown.named, language),
    ...(gaps.length > 0 ? [section(`⚠️ *${w.stillMissing}*`), ...sections(lines)] : [section(w.allReady)]),
  ];
}

/** What became of a form, in its place, with the way back to the settings. */
export const followedForm = (blocks: KnownBlock[], language: Language): ModalView =>
  noticeForm([...blocks, actions(button(words(language).again, { id: 'settings.open', value: '{}' }))], language);

const gapLine = (gap: Gap, saved: Saved, language: Language): string =>
  gapText(gap, (key) => saved.settings.departments.find((d) => d.key === key)?.name ?? null, language, escapeMrkdwn);

const differenceBlocks = (found: readonly Difference[], named: Named, language: Language): KnownBlock[] =>
  found.length === 0 ? [] : sections(differenceLines(found, named, language));

const differenceLines = (found: readonly Difference[], named: Named, language: Language): string =>
  found.map((d) => `• ${differenceText(d, language, named, escapeMrkdwn)}`).join('\n');

/** Somebody saved in between: who, when, what, and what this person had entered, so that it can be entered again. */
export function staleBlocks(
  { saved, named }: Shown,
  theirs: readonly Difference[],
  yours: readonly Difference[],
  language: Language,
): KnownBlock[] {
  const w = words(language);
  const who = saved.savedBy ? escapeMrkdwn(named(saved.savedBy)) : w.commandLine;
  const when = saved.savedAt ? slackTime(saved.savedAt, saved.settings.timeZone, language) : '';
  return [
    ...sections(`⚠️ ${w.staleTitle(who, when)}\n${differenceLines(theirs, named, language)}`),
    ...(yours.length > 0 ? sections(`${w.staleYours}\n${differenceLines(yours, named, language)}`) : []),
  ];
}

export const noticeForm = (blocks: KnownBlock[], language: Language, title?: string): ModalView =>
  modal({ id: 'settings.notice', title: title ?? words(language).title, close: words(language).close, blocks });
