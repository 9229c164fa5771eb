import type { Language } from '../core/locale.ts';
import { dateTime } from '../core/time.ts';
import type { Crisis } from '../crises/rules.ts';
import { pagedList, type Row, rowBlocks, rowLength } from '../facts/paged.ts';
import { departmentName } from '../people/text.ts';
import {
  actions,
  button,
  type Choice,
  context,
  header,
  input,
  type Message,
  type ModalView,
  message,
  modal,
  momentInput,
  overflow,
  personInput,
  section,
  select,
  textInput,
} from '../slack/blocks.ts';
import { firstPage } from '../slack/limits.ts';
import { escapeMrkdwn } from '../slack/mrkdwn.ts';
import { type Reader, stakeholderLine } from './lines.ts';
import {
  channelMax,
  circles,
  inOrder,
  nameMax,
  reasonMax,
  type Stakeholder,
  type StakeholderRefusal,
  toldTooEarly,
} from './rules.ts';
import { words } from './text.ts';

export const asks = ['told', 'change', 'not_needed', 'waiting', 'up', 'down'] as const;
export type Ask = (typeof asks)[number];

const choice = (ask: Ask, one: Stakeholder, label: string): Choice => ({
  value: JSON.stringify({ ask, who: one.id, v: one.version }),
  label,
});

function row(one: Stakeholder, reader: Reader): Row {
  const w = words(reader.language).button;
  const menu = [
    ...(one.status === 'told' ? [] : [choice('told', one, w.told)]),
    choice('change', one, w.edit),
    one.status === 'waiting'
      ? choice('not_needed', one, w.notNeeded)
      : choice('waiting', one, one.status === 'told' ? w.waiting : w.needed),
    choice('up', one, w.up),
    choice('down', one, w.down),
  ];
  return { text: stakeholderLine(one, reader), accessory: overflow('stakeholders.menu', menu), label: one.name };
}

const countOf = (there: readonly Stakeholder[]) => {
  const concerned = there.filter((one) => one.status !== 'not_needed');
  return { told: concerned.filter((one) => one.status === 'told').length, all: concerned.length };
};

/** More would be a message that Slack refuses; the rest is counted, and one command away. */
const mostRows = 30;

/** The one live message of who must hear, in their order. */
export function listMessage(there: readonly Stakeholder[], crisis: Crisis, reader: Reader): Message {
  const w = words(crisis.language).table;
  const { told, all } = countOf(there);
  const rows = firstPage(
    inOrder(there).map((one) => row(one, reader)),
    mostRows,
    rowLength,
  );
  const rest = there.length - rows.length;
  return message(w.text(told, all), [
    header(w.title),
    context(`${w.count(told, all)} · ${w.howTo}`),
    ...rows.flatMap(rowBlocks),
    ...(rest > 0 ? [context(w.more(rest))] : []),
    ...(crisis.status === 'open' ? [actions(addButton(crisis.id, crisis.language))] : []),
  ]);
}

const addButton = (crisisId: string, language: Language) =>
  button(words(language).button.add, { id: 'stakeholders.add', value: JSON.stringify({ crisisId }) });

/** For one reader: every one of them is on some page. */
export function listPage(there: readonly Stakeholder[], crisis: Crisis, page: number, reader: Reader): Message {
  const w = words(reader.language);
  const { told, all } = countOf(there);
  return pagedList({
    title: w.list.title(told, all),
    empty: w.table.empty,
    rows: inOrder(there).map((one) => row(one, reader)),
    page,
    language: reader.language,
    turn: { id: 'stakeholders.page', crisisId: crisis.id },
    buttons: crisis.status === 'open' ? [addButton(crisis.id, reader.language)] : [],
  });
}

/** Said in the room: the press or the public heard before those whom it hurts. */
export function tooEarlyMessage(one: Stakeholder, skipped: readonly Stakeholder[], language: Language): Message {
  const w = words(language);
  const names = skipped.map((other) => escapeMrkdwn(other.name));
  return message(w.toldBeforeText, [section(w.toldBefore(escapeMrkdwn(one.name), names))]);
}

export type Statements = readonly { number: number; current: { title: string } }[];
export type Departments = readonly { key: string; name: string | null }[];

/** Choices of a list that Slack still shows: the latest ones. */
const mostChoices = 90;

const statementInput = (statements: Statements, chosen: number | null, language: Language) => {
  const w = words(language).form;
  const choices = statements.toReversed().slice(0, mostChoices);
  return choices.length === 0
    ? []
    : [
        input(
          w.statement,
          select(
            'statement',
            [
              { value: '-', label: w.noStatement },
              ...choices.map((s) => ({ value: String(s.number), label: `${s.number}. ${s.current.title}` })),
            ],
            chosen === null ? '-' : String(chosen),
          ),
          { optional: true },
        ),
      ];
};

export function stakeholderForm(
  about: { crisis: Crisis; name: string } | { stakeholder: Stakeholder },
  known: { statements: Statements; departments: Departments },
  here: boolean,
  language: Language,
): ModalView {
  const w = words(language);
  const one = 'stakeholder' in about ? about.stakeholder : null;
  return modal({
    id: one ? 'stakeholders.change' : 'stakeholders.add',
    title: one ? w.form.edit : w.form.new,
    submit: w.form.save,
    close: w.form.cancel,
    metadata:
      'stakeholder' in about
        ? { who: about.stakeholder.id, v: about.stakeholder.version, here }
        : { crisisId: about.crisis.id, here },
    blocks: [
      input(
        w.form.name,
        textInput('name', {
          max: nameMax,
          placeholder: w.form.namePlaceholder,
          initial: 'stakeholder' in about ? about.stakeholder.name : about.name,
        }),
      ),
      input(
        w.form.circle,
        select(
          'circle',
          circles.map((circle) => ({ value: circle, label: w.circle[circle] })),
          one?.circle,
        ),
        { hint: w.form.circleHint },
      ),
      input(
        w.form.channel,
        textInput('channel', { max: channelMax, placeholder: w.form.channelPlaceholder, initial: one?.channel }),
        { optional: true },
      ),
      ...statementInput(known.statements, one?.statementNumber ?? null, language),
      input(w.form.owner, personInput('owner', one?.ownerId), { optional: true }),
      input(
        w.form.department,
        select(
          'department',
          [
            { value: '-', label: w.form.noDepartment },
            ...known.departments.map(({ key, name }) => ({ value: key, label: departmentName(key, name, language) })),
          ],
          one?.department ?? '-',
        ),
        { optional: true },
      ),
    ],
  });
}

/** `there`: everybody listed, to warn of those who would learn it from others. */
export function toldForm(
  one: Stakeholder,
  there: readonly Stakeholder[],
  statements: Statements,
  here: boolean,
  reader: Reader,
): ModalView {
  const { language } = reader;
  const w = words(language);
  const skipped = toldTooEarly(one, there).map((other) => escapeMrkdwn(other.name));
  return modal({
    id: 'stakeholders.told',
    title: w.form.toldTitle,
    submit: w.form.save,
    close: w.form.cancel,
    metadata: { who: one.id, v: one.version, here },
    blocks: [
      section(stakeholderLine(one, reader)),
      ...(skipped.length > 0 ? [section(w.warning(escapeMrkdwn(one.name), skipped))] : []),
      input(w.form.channel, textInput('channel', { max: channelMax, initial: one.channel }), { optional: true }),
      ...statementInput(statements, one.statementNumber, language),
      input(w.form.at, momentInput('at'), { optional: true, hint: w.form.atHint }),
    ],
  });
}

export function notNeededForm(one: Stakeholder, here: boolean, reader: Reader): ModalView {
  const w = words(reader.language);
  return modal({
    id: 'stakeholders.not_needed',
    title: w.form.notNeededTitle,
    submit: w.form.save,
    close: w.form.cancel,
    metadata: { who: one.id, v: one.version, here },
    blocks: [
      section(stakeholderLine(one, reader)),
      input(w.form.reason, textInput('reason', { multiline: true, max: reasonMax })),
    ],
  });
}

/** In its room the list shows it; elsewhere the form says that it is done. */
export const savedForm = (told: string, language: Language): ModalView =>
  modal({
    id: 'stakeholders.saved',
    title: words(language).form.saved,
    close: words(language).form.close,
    blocks: [section(escapeMrkdwn(told))],
  });

/** Plain text: why not, and what to do next. */
export function sayNo(refusal: StakeholderRefusal, { language, timeZone, named }: Omit<Reader, 'departments'>): string {
  const w = words(language).refused;
  const when = (at: Date) => dateTime(at, timeZone, language);
  switch (refusal.code) {
    case 'name_too_long':
      return w.too_long(refusal.length, nameMax);
    case 'channel_too_long':
      return w.too_long(refusal.length, channelMax);
    case 'reason_too_long':
      return w.too_long(refusal.length, reasonMax);
    case 'listed_already':
      return w.listed_already(refusal.number);
    case 'cannot_own':
      return w.cannot_own(refusal.name, refusal.why);
    case 'already_told': {
      const { name, toldBy, toldAt, changedAt } = refusal.stakeholder;
      return w.already_told(name, named(toldBy ?? ''), when(toldAt ?? changedAt));
    }
    case 'stale': {
      const { name, changedBy, changedAt } = refusal.stakeholder;
      return w.stale(name, changedBy ? named(changedBy) : 'War Room', when(changedAt));
    }
    case 'not_in_room':
    case 'closed':
    case 'name_missing':
    case 'told_in_future':
    case 'reason_missing':
    case 'nothing_changed':
    case 'first_already':
    case 'last_already':
      return w[refusal.code];
  }
}
