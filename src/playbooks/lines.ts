import { dayName, type Language } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import { audienceName, kindName } from '../core/statement-kinds.ts';
import { escapeMrkdwn, slackTime } from '../slack/mrkdwn.ts';
import type { Kept } from './editing.ts';
import { clusterName, toneName } from './names.ts';
import { type ItemOfPlaybook, itemOf, type ListOfPlaybook, type Part, reminderAt } from './parts.ts';
import {
  type ClearanceState,
  coreKey,
  type Playbook,
  type PlaybookTask,
  placeholdersIn,
  type Template,
} from './rules.ts';
import { words } from './text.ts';

/** Parts of a playbook as people read them, in mrkdwn. Texts of people are escaped here. */
const other: Record<Language, Language> = { en: 'fr', fr: 'en' };

export const nameOf = (userId: string, reader: Reader): string => `*${escapeMrkdwn(reader.named(userId))}*`;

export const timeOf = (when: Date, { timeZone, language }: Reader): string => slackTime(when, timeZone, language);

export const listTitle = (of: ListOfPlaybook, language: Language): string => words(language).sections[of];

export const originName = ({ origin, version }: Pick<Kept, 'origin' | 'version'>, language: Language): string =>
  words(language).version(words(language).origin[origin], version);

/** By department, the one that acts first at the top; each task with its minutes. */
export function tasksText(tasks: readonly PlaybookTask[], reader: Reader): string {
  const inOrder = tasks.toSorted((a, b) => a.dueMinutes - b.dueMinutes);
  const owners = [...new Set(inOrder.map(({ department }) => department))];
  return owners
    .map((owner) => {
      const lines = inOrder
        .filter(({ department }) => department === owner)
        .map((task) => taskLine(task, reader.language));
      return `*${escapeMrkdwn(reader.department(owner))}*\n${lines.join('\n')}`;
    })
    .join('\n\n');
}

function taskLine({ title, details, dueMinutes }: PlaybookTask, language: Language): string {
  const more = details ? `\n      ${escapeMrkdwn(details[language])}` : '';
  return `• \`${words(language).minutes(dueMinutes)}\` ${escapeMrkdwn(title[language])}${more}`;
}

export const stakeholdersText = (list: Playbook['stakeholders'], { language, department }: Reader): string =>
  list
    .map(({ name, channels, department: owner }, i) => {
      const how = words(language).told(channels[language], department(owner));
      return `${i + 1}. *${escapeMrkdwn(name[language])}* ${escapeMrkdwn(how)}`;
    })
    .join('\n');

export const listText = (playbook: Playbook, list: ListOfPlaybook, language: Language): string =>
  playbook[list].map((line) => `• ${escapeMrkdwn(line[language])}`).join('\n');

export const rolesText = (roles: readonly string[], reader: Reader): string =>
  roles.map((role) => escapeMrkdwn(reader.department(role))).join(', ');

export const toneText = ({ tone, toneNote }: Playbook, language: Language): string =>
  `*${words(language).toneOf(toneName(tone, language))}*\n${escapeMrkdwn(toneNote[language])}`;

export const resourcesText = (resources: Playbook['resources'], language: Language): string =>
  resources
    .map(({ name, contact, checkedOn }) => {
      const where = words(language).checkedResource(contact, dayName(checkedOn, language));
      return `• *${escapeMrkdwn(name[language])}*\n      ${escapeMrkdwn(where)}`;
    })
    .join('\n');

export const remindersText = (reminders: Playbook['reminders'], language: Language): string => {
  const w = words(language);
  return reminders
    .map(({ text, reference, confidence, checkedOn }) => {
      const where = w.checked(reference, w.confidence[confidence], dayName(checkedOn, language));
      return `• ${escapeMrkdwn(text[language])}\n      _${escapeMrkdwn(where)}_`;
    })
    .join('\n');
};

/** What a template is, above its words. */
export function templateHead(template: Template, opens: boolean, state: string, language: Language): string {
  const w = words(language);
  const { title, kind, audience, admits, body } = template;
  const keys = [...placeholdersIn(body[language]).values()].map((spelled) => `\`{${spelled}}\``);
  return [
    `*${escapeMrkdwn(title[language])}* · ${kindName(kind, language)} · ${audienceName(audience, language)}`,
    ...(state ? [state] : []),
    ...(admits ? [`⚠️ ${w.admits}`] : []),
    ...(opens ? [w.opens] : []),
    ...(keys.length > 0 ? [w.placeholders(keys.join(' '))] : []),
  ].join('\n');
}

/** Both languages, the reader's first, with everything that a clearance covers. */
export const templateBodies = ({ title, body, when }: Template, language: Language): string =>
  [language, other[language]]
    .map((one) => {
      const head = `_${words(language).languages[one]}_ · *${escapeMrkdwn(title[one])}*`;
      const condition = when ? [`_${words(language).when}_ · ${escapeMrkdwn(when[one])}`] : [];
      return [head, ...condition, quoted(body[one])].join('\n');
    })
    .join('\n\n');

const quoted = (text: string): string =>
  escapeMrkdwn(text)
    .split('\n')
    .map((line) => `>${line}`)
    .join('\n');

/** Whether legal has cleared a text, by whom and until when; and who edited it last. */
export function clearanceText(state: ClearanceState, editor: string | undefined, reader: Reader): string {
  const w = words(reader.language).clearance;
  const edited = editor ? ` · ${w.edited(nameOf(editor, reader))}` : '';
  if (state.state === 'never') return `${w.never}${edited}`;
  const { clearedBy, validUntil } = state.clearance;
  if (state.state === 'changed') return `${w.changed(nameOf(clearedBy, reader))}${edited}`;
  return w[state.state](nameOf(clearedBy, reader), timeOf(validUntil, reader));
}

/** One part as it stands, for the person who wanted to save another over it. Null where there is nothing any more. */
export function partText(playbook: Playbook, part: Part, reader: Reader): string | null {
  const { language } = reader;
  switch (part.kind) {
    case 'basics':
      return [
        ...[language, other[language]].map(
          (l) => `*${escapeMrkdwn(playbook.name[l])}*\n${escapeMrkdwn(playbook.summary[l])}`,
        ),
        ...(playbook.key === coreKey ? [] : [clusterName(playbook.cluster, language)]),
        toneText(playbook, language),
        rolesText(playbook.roles, reader),
      ].join('\n');
    case 'resources':
      return resourcesText(playbook.resources, language);
    case 'list':
      return [language, other[language]].map((l) => listText(playbook, part.list, l)).join('\n');
    case 'reminder': {
      const one = reminderAt(playbook, part.id);
      return one ? [language, other[language]].map((l) => remindersText([one], l)).join('\n') : null;
    }
    case 'task':
    case 'stakeholder':
    case 'template':
      return itemText(playbook, part, reader);
  }
}

function itemText(
  playbook: Playbook,
  { kind, id }: { kind: ItemOfPlaybook; id: string | null },
  reader: Reader,
): string | null {
  const { language } = reader;
  if (kind === 'task') {
    const task = itemOf(playbook, kind, id);
    return task ? tasksText([task], reader) : null;
  }
  if (kind === 'stakeholder') {
    const one = itemOf(playbook, kind, id);
    return one ? stakeholdersText([one], reader) : null;
  }
  const template = itemOf(playbook, kind, id);
  return template
    ? `${templateHead(template, playbook.opensWith === id, '', language)}\n${templateBodies(template, language)}`
    : null;
}
