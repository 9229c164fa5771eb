import { z } from 'zod';
import { atLeast } from '../core/levels.ts';
import { type Language, list } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import { MINUTE } from '../core/time.ts';
import type { Crisis } from '../crises/rules.ts';
import { nameOf } from '../crises/text.ts';
import type { Department } from '../people/rules.ts';
import type { Playbook } from '../playbooks/rules.ts';
import {
  actions,
  context,
  header,
  type KnownBlock,
  type Message,
  type ModalView,
  message,
  modal,
  section,
  sections,
} from '../slack/blocks.ts';
import { form, pickField, runCommand } from '../slack/contract.ts';
import { escapeMrkdwn, slackTime } from '../slack/mrkdwn.ts';
import { waitsText } from '../statements/lines.ts';
import type { Statement } from '../statements/statement.ts';
import type { Task } from '../tasks/rules.ts';
import { firstWordsDue, isOutward } from './clock.ts';
import { type Cast, openPlaceholders } from './rules.ts';
import { words } from './text.ts';

export const startForm = form('first-hour.start', z.object({ crisisId: z.uuid(), channelId: z.string().nullable() }), {
  playbook_to_start: pickField(),
});

export type Started = {
  isFirst: boolean;
  tasks: readonly Task[];
  statements: readonly Statement[];
  cast: Cast;
};

const mostMistakes = 3;

/** One message for everything a playbook starts: by department, with due times, then the draft and what to avoid. */
export function startMessage(crisis: Crisis, playbook: Playbook, started: Started, reader: Reader): Message {
  const { language, timeZone } = reader;
  const w = words(language).message;
  const name = playbook.name[language];
  const { tasks } = started;
  const last = tasks.reduce<Date | null>((a, { dueAt }) => (dueAt && (!a || dueAt > a) ? dueAt : a), null);
  const departments = [...new Set(tasks.map(({ department }) => department ?? 'lead'))];
  const missing = (state: ReturnType<Cast>) =>
    departments.filter((key) => started.cast(key) === state).map((key) => escapeMrkdwn(reader.department(key)));
  const [nobody, notCalled] = [missing('nobody'), missing('not_called')];
  return message(w.text(name, tasks.length), [
    header(w.title(name)),
    ...(tasks.length > 0 && last ? [section(w.intro(tasks.length, slackTime(last, timeZone, language, 'time')))] : []),
    ...(tasks.length === 0 && !atLeast(crisis.level, 'incident') ? [section(w.nothingYet)] : []),
    ...departments.flatMap((key) => departmentBlocks(key, tasks, reader)),
    ...(crisis.isClosed && nobody.length + notCalled.length > 0
      ? [section(w.notInTeam(list(language, [...nobody, ...notCalled])))]
      : [
          ...(nobody.length > 0 ? [section(w.nobody(list(language, nobody)))] : []),
          ...(notCalled.length > 0 ? [section(w.notCalled(list(language, notCalled)))] : []),
        ]),
    ...draftBlocks(started.statements, language),
    ...(started.isFirst ? advice(playbook, language) : []),
    ...(crisis.isClosed ? [context(w.closed)] : []),
    actions(
      runCommand.draw(w.allTasks, { name: 'tasks' }, { suffix: 'tasks' }),
      runCommand.draw(w.statements, { name: 'statements' }, { suffix: 'statements' }),
    ),
  ]);
}

function departmentBlocks(
  key: string,
  tasks: readonly Task[],
  { language, timeZone, department }: Reader,
): KnownBlock[] {
  const w = words(language).message;
  const lines = tasks
    .filter((task) => (task.department ?? 'lead') === key)
    .map(({ number, title, dueAt }) => {
      const due = dueAt ? ` · ${w.due(slackTime(dueAt, timeZone, language, 'time'))}` : '';
      return `• *#${number}* ${escapeMrkdwn(title)}${due}`;
    });
  return sections([`*${escapeMrkdwn(department(key))}*`, ...lines].join('\n'));
}

function draftBlocks(statements: readonly Statement[], language: Language): KnownBlock[] {
  if (statements.length === 0) return [];
  const w = words(language).message;
  const numbers = statements.map(({ number }) => `#${number}`).join(', ');
  const languages = list(
    language,
    statements.map(({ current }) => w.languages[current.language]),
  );
  const open = openPlaceholders(statements).map((key) => `\`{${key}}\``);
  return [section([w.drafted(numbers, languages), ...(open.length > 0 ? [w.fill(open.join(' '))] : [])].join('\n'))];
}

function advice({ toneNote, mistakes }: Playbook, language: Language): KnownBlock[] {
  const w = words(language).message;
  const avoid = mistakes.slice(0, mostMistakes).map((mistake) => escapeMrkdwn(mistake[language]));
  const mistaken = avoid.length > 0 ? [w.mistakes(avoid.join(language === 'fr' ? ' ; ' : '; '))] : [];
  return sections([w.tone(escapeMrkdwn(toneNote[language])), ...mistaken].join('\n'));
}

/** To the lead alone: what keeps the first words from being out. */
export function lateMessage(
  crisis: Crisis,
  statements: readonly Statement[],
  roster: readonly Department[],
  { language, named }: Reader,
): Message {
  const w = words(language).lateDm;
  const due = firstWordsDue(crisis);
  const minutes = due ? Math.round((due.limitAt.getTime() - crisis.declaredAt.getTime()) / MINUTE) : 0;
  const outside = statements.filter(isOutward).toReversed();
  const linesOf = (...states: Statement['status'][]) =>
    outside
      .filter(({ status }) => states.includes(status))
      .slice(0, 5)
      .map((s) => {
        const on = waitsText(s, roster, crisis, { language, named });
        const title = escapeMrkdwn(s.current.title);
        return on ? w.waitsOn(s.number, title, on) : w.line(s.number, title);
      })
      .join('\n');
  const [drafts, waits, approved] = [linesOf('draft', 'changes_requested'), linesOf('in_review'), linesOf('approved')];
  return message(w.text, [
    section(w.head(escapeMrkdwn(nameOf(crisis)), minutes)),
    ...(approved ? sections(w.approved(approved)) : []),
    ...(waits ? sections(w.waits(waits)) : []),
    ...(drafts ? sections(w.drafts(drafts)) : []),
    ...(approved || waits || drafts ? [] : [section(w.none)]),
    context(w.why),
  ]);
}

export function startView(
  crisis: Crisis,
  playbooks: readonly Pick<Playbook, 'key' | 'name'>[],
  channelId: string | null,
  language: Language,
): ModalView {
  const w = words(language).form;
  const choices = playbooks.map(({ key, name }) => ({ value: key, label: name[language] }));
  return startForm.draw({
    title: w.title,
    submit: w.submit,
    close: w.cancel,
    metadata: { crisisId: crisis.id, channelId },
    blocks: [
      section(`*${escapeMrkdwn(nameOf(crisis))}*`),
      startForm.fields.playbook_to_start(w.which, { hint: w.intro }, choices, crisis.playbook),
    ],
  });
}

export const notice = (text: string, language: Language): ModalView => {
  const w = words(language).form;
  return modal({ id: 'first-hour.notice', title: w.title, close: w.close, blocks: [section(text)] });
};
