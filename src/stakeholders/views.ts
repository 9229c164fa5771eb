import { z } from 'zod';
import type { Language } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import type { Crisis } from '../crises/rules.ts';
import { actions, context, type Message, type ModalView, message, modal, section } from '../slack/blocks.ts';
import { button, choiceField, form, momentField, personField, pickField, textField } from '../slack/contract.ts';
import { clip, firstPage } from '../slack/limits.ts';
import { filteredList, type OneCrisisWish, ofOneCrisis, type Row, rowBlocks, rowLength } from '../slack/list.ts';
import { escapeMrkdwn } from '../slack/mrkdwn.ts';
import { stakeholderLine } from './lines.ts';
import {
  channelMax,
  circles,
  heardTooEarly,
  inOrder,
  nameMax,
  reasonMax,
  type Stakeholder,
  toldTooEarly,
} from './rules.ts';
import { words } from './text.ts';

const ofCrisis = z.object({ crisisId: z.uuid() });
/** Slack allows 75 characters for what a menu carries. */
const target = z.object({ who: z.uuid(), v: z.number() });
const targetOf = (one: Stakeholder) => ({ who: one.id, v: one.version });

const asks = ['told', 'change', 'not_needed', 'waiting', 'up', 'down'] as const;
export type Ask = (typeof asks)[number];

export const add = button('stakeholders.add', ofCrisis);
export const menu = button('stakeholders.menu', target.extend({ ask: z.enum(asks) }));
export const all = button('stakeholders.all', ofCrisis);
/** Of lists that an earlier version showed. */
export const turnPage = button('stakeholders.page', ofCrisis);

export const list = filteredList('stakeholders', ofOneCrisis);

const here = { here: z.boolean().default(false) };
const [channel, statement] = [textField({ max: channelMax }), pickField()];
const wishFields = {
  name: textField({ max: nameMax }),
  circle: choiceField(circles),
  channel,
  statement,
  owner: personField(),
  department: pickField(),
};
export const addForm = form('stakeholders.add', ofCrisis.extend(here), wishFields);
export const changeForm = form('stakeholders.change', target.extend(here), wishFields);
export const toldForm = form('stakeholders.told', target.extend(here), { channel, statement, at: momentField() });
export const notNeededForm = form('stakeholders.not_needed', target.extend(here), {
  reason: textField({ multiline: true, max: reasonMax }),
});

function row(one: Stakeholder, reader: Reader): Row {
  const w = words(reader.language).button;
  const choice = (ask: Ask, label: string) => ({ value: { ask, ...targetOf(one) }, label });
  return {
    text: stakeholderLine(one, reader),
    accessory: menu.menu([
      ...(one.status === 'told' ? [] : [choice('told', w.told)]),
      choice('change', w.edit),
      one.status === 'waiting'
        ? choice('not_needed', w.notNeeded)
        : choice('waiting', one.status === 'told' ? w.waiting : w.needed),
      choice('up', w.up),
      choice('down', w.down),
    ]),
    label: one.name,
  };
}

const countOf = (there: readonly Stakeholder[]) => {
  const concerned = there.filter((one) => one.status !== 'not_needed');
  return { told: concerned.filter((one) => one.status === 'told').length, all: concerned.length };
};

/** More would be a message that Slack refuses; the rest is counted, and one command away. */
const mostRows = 12;

const mostNames = 5;
const namesOf = (some: readonly Stakeholder[]) =>
  some.slice(0, mostNames).map(({ name }) => escapeMrkdwn(clip(name, 60)));

/** The one live message of who must hear, in their order; first of all who learned it too late, while it can be made good. */
export function listMessage(there: readonly Stakeholder[], crisis: Crisis, reader: Reader): Message {
  const w = words(reader.language).table;
  const { told, all: listed } = countOf(there);
  const early = crisis.status === 'open' ? heardTooEarly(there) : null;
  const rows = firstPage(
    inOrder(there).map((one) => row(one, reader)),
    mostRows,
    rowLength,
  );
  const rest = there.length - rows.length;
  return message(w.text(told, listed), [
    section(`*${w.title}*`, all.draw(w.all, { crisisId: crisis.id })),
    context(`${w.count(told, listed)} · ${w.howTo}`),
    ...(early
      ? [section(words(reader.language).toldBefore(namesOf([early.told]).join(''), namesOf(early.skipped)))]
      : []),
    ...rows.flatMap(rowBlocks),
    ...(rest > 0 ? [context(w.more(rest))] : []),
    ...(crisis.status === 'open' ? [actions(addButton(crisis.id, reader.language))] : []),
  ]);
}

const addButton = (crisisId: string, language: Language) => add.draw(words(language).button.add, { crisisId });

/** `mine`: who reads it, and their departments. */
export function stakeholderList(
  there: readonly Stakeholder[],
  crisis: Crisis,
  wish: OneCrisisWish,
  mine: { userId: string; departments: readonly string[] },
  reader: Reader,
): ModalView {
  const { language } = reader;
  const w = words(language);
  const isOpen = crisis.status === 'open';
  const used = [...new Set(there.flatMap(({ department }) => department ?? []))];
  return list.draw(wish, {
    title: w.form.new,
    empty: w.table.empty,
    rows: inOrder(there).map((one) => {
      const { accessory, ...shown } = row(one, reader);
      return {
        ...shown,
        ...(isOpen ? { accessory } : {}),
        isMine: one.ownerId ? one.ownerId === mine.userId : mine.departments.includes(one.department ?? ''),
        department: one.department,
        state: one.status,
      };
    }),
    departments: used.map((key) => ({ value: key, label: reader.department(key) })),
    states: (['waiting', 'told', 'not_needed'] as const)
      .filter((status) => there.some((one) => one.status === status))
      .map((status) => ({ value: status, label: w.status[status] })),
    language,
    buttons: isOpen ? [addButton(crisis.id, language)] : [],
  });
}

export type Statements = readonly { number: number; title: string }[];

/** Choices of a list that Slack still shows: the latest ones. */
const mostChoices = 90;

function statementInput(statements: Statements, chosen: number | null, language: Language) {
  const w = words(language).form;
  if (statements.length === 0) return [];
  const latest = statements.toReversed().slice(0, mostChoices);
  const choices = latest.map((s) => ({ value: String(s.number), label: `${s.number}. ${s.title}` }));
  const none = { value: '-', label: w.noStatement };
  return [
    toldForm.fields.statement(
      w.statement,
      { optional: true },
      [none, ...choices],
      chosen === null ? '-' : String(chosen),
    ),
  ];
}

const frame = (title: string, language: Language) => {
  const { save, cancel } = words(language).form;
  return { title, submit: save, close: cancel };
};

/** `departments`: the keys of those that may tell them. */
export function stakeholderForm(
  about: { crisis: Crisis; name: string } | { stakeholder: Stakeholder },
  known: { statements: Statements; departments: readonly string[] },
  here: boolean,
  reader: Reader,
): ModalView {
  const { language } = reader;
  const w = words(language);
  const one = 'stakeholder' in about ? about.stakeholder : null;
  const f = addForm.fields;
  const optional = true;
  const view = {
    ...frame(one ? w.form.edit : w.form.new, language),
    blocks: [
      f.name(
        w.form.name,
        {},
        {
          placeholder: w.form.namePlaceholder,
          initial: 'stakeholder' in about ? about.stakeholder.name : about.name,
        },
      ),
      f.circle(
        w.form.circle,
        { hint: w.form.circleHint },
        circles.map((circle) => ({ value: circle, label: w.circle[circle] })),
        one?.circle,
      ),
      f.channel(w.form.channel, { optional }, { placeholder: w.form.channelPlaceholder, initial: one?.channel }),
      ...statementInput(known.statements, one?.statementNumber ?? null, language),
      f.owner(w.form.owner, { optional }, one?.ownerId),
      f.department(
        w.form.department,
        { optional },
        [
          { value: '-', label: w.form.noDepartment },
          ...known.departments.map((key) => ({ value: key, label: reader.department(key) })),
        ],
        one?.department ?? '-',
      ),
    ],
  };
  return 'stakeholder' in about
    ? changeForm.draw({ ...view, metadata: { ...targetOf(about.stakeholder), here } })
    : addForm.draw({ ...view, metadata: { crisisId: about.crisis.id, here } });
}

/** `there`: everybody listed, to warn of those who would learn it from others. */
export function drawToldForm(
  one: Stakeholder,
  there: readonly Stakeholder[],
  statements: Statements,
  here: boolean,
  reader: Reader,
): ModalView {
  const { language } = reader;
  const w = words(language);
  const skipped = toldTooEarly(one, there).map((other) => escapeMrkdwn(other.name));
  const f = toldForm.fields;
  return toldForm.draw({
    ...frame(w.form.toldTitle, language),
    metadata: { ...targetOf(one), here },
    blocks: [
      section(stakeholderLine(one, reader)),
      ...(skipped.length > 0 ? [section(w.warning(escapeMrkdwn(one.name), skipped))] : []),
      f.channel(w.form.channel, { optional: true }, { initial: one.channel }),
      ...statementInput(statements, one.statementNumber, language),
      f.at(w.form.at, { optional: true, hint: w.form.atHint }),
    ],
  });
}

export function drawNotNeededForm(one: Stakeholder, here: boolean, reader: Reader): ModalView {
  const w = words(reader.language).form;
  return notNeededForm.draw({
    ...frame(w.notNeededTitle, reader.language),
    metadata: { ...targetOf(one), here },
    blocks: [section(stakeholderLine(one, reader)), notNeededForm.fields.reason(w.reason)],
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
