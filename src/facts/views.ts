import { z } from 'zod';
import type { Language } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import { momentOf } from '../core/time.ts';
import type { Crisis } from '../crises/rules.ts';
import {
  actions,
  context,
  divider,
  type KnownBlock,
  type Message,
  type ModalView,
  message,
  modal,
  paragraphs,
  section,
} from '../slack/blocks.ts';
import { button, choiceField, form, personField, textField } from '../slack/contract.ts';
import { clip, listText } from '../slack/limits.ts';
import { filteredList, type OneCrisisWish, ofOneCrisis, type Row, rowBlocks, rowLength } from '../slack/list.ts';
import { escapeMrkdwn, withNames } from '../slack/mrkdwn.ts';
import type { Wait } from '../slack/waits.ts';
import type { CauseRecord } from './causes/rules.ts';
import { causeRow } from './causes/views.ts';
import { common } from './common-text.ts';
import { factLine } from './lines.ts';
import type { MeasureRecord } from './measures/rules.ts';
import { measureRow } from './measures/views.ts';
import {
  type FactRecord,
  type FactStatus,
  factMax,
  factStatuses,
  isSaidFalseByOne,
  peopleInFacts,
  reasonMax,
  sourceMax,
} from './rules.ts';
import { words } from './text.ts';

const target = { factId: z.uuid(), v: z.number() };
const targetOf = (fact: FactRecord) => ({ factId: fact.id, v: fact.version });
const ofCrisis = z.object({ crisisId: z.uuid() });

export const add = button('facts.add', ofCrisis);
export const change = button('facts.change', z.object({ ...target, status: z.enum(factStatuses).nullish() }));
export const menu = button(
  'facts.menu',
  z.object({ ...target, ask: z.enum(['confirm', 'second', 'change', 'history']) }),
);
export const second = button('facts.second', z.object(target));
export const all = button('facts.all', ofCrisis);
/** Of lists that an earlier version showed. */
export const turnPage = button('facts.page', ofCrisis);

export const list = filteredList('facts', ofOneCrisis);

const here = { here: z.boolean().default(false) };
const factFields = {
  text: textField({ multiline: true, max: factMax }),
  fact_status: choiceField(factStatuses),
  source: textField({ max: sourceMax }),
  owner: personField(),
  reason: textField({ multiline: true, max: reasonMax }),
};
export const recordForm = form('facts.record', z.object({ ...here, crisisId: z.uuid() }), factFields);
export const changeForm = form('facts.change', z.object({ ...here, ...target }), {
  ...factFields,
  fact_status: choiceField([...factStatuses, 'kept'] as const),
});

function factRow(fact: FactRecord, reader: Reader): Row {
  const w = words(reader.language).button;
  const choice = (ask: 'confirm' | 'second' | 'change' | 'history', label: string) => ({
    value: { ask, ...targetOf(fact) },
    label,
  });
  return {
    text: factLine(fact, reader),
    accessory: menu.menu([
      ...(fact.status === 'confirmed' ? [] : [choice('confirm', w.confirm)]),
      ...(isSaidFalseByOne(fact) ? [choice('second', w.isFalse)] : []),
      choice('change', w.change),
      ...(fact.revision > 1 ? [choice('history', w.history)] : []),
    ]),
    label: `F${fact.number} ${withNames(fact.text, reader.named)}`,
  };
}

/** Room for so many characters and rows beside headings; the rest is counted, and one command away. */
const tableRows = 12;

type Known = {
  facts: readonly FactRecord[];
  causes: readonly CauseRecord[];
  measures: readonly MeasureRecord[];
};

/** The one live message of what is known: confirmed first, then what may not be said, then why and what we do. */
export function factsTable(crisis: Crisis, { facts, causes, measures }: Known, reader: Reader): Message {
  const { language } = crisis;
  const w = words(language).table;
  const of = (status: FactStatus) => facts.filter((fact) => fact.status === status);
  const [confirmed, checking, wrong] = [of('confirmed'), of('checking'), of('false')];
  const toRow = (fact: FactRecord) => factRow(fact, reader);
  const space = { characters: listText, rows: tableRows };
  const blocks: KnownBlock[] = [
    section(`*${w.title}*`, all.draw(w.all, { crisisId: crisis.id })),
    ...(confirmed.length === 0 ? [section(w.none)] : part(w.confirmed, confirmed.map(toRow), 'facts', space, language)),
    ...part(w.checking, checking.map(toRow), 'facts', space, language),
    ...part(w.false, wrong.map(toRow), 'facts', space, language),
    ...part(
      w.causes,
      causes.filter((cause) => cause.status !== 'ruled_out').map((cause) => causeRow(cause, reader)),
      'cause',
      space,
      language,
    ),
    ...part(
      w.measures,
      measures.map((measure) => measureRow(measure, reader)),
      'measure',
      space,
      language,
    ),
    divider(),
    ...(crisis.status === 'open' ? [actions(recordButton(crisis.id, language))] : []),
    context(w.howTo),
  ];
  return message(w.text(confirmed.length, checking.length, wrong.length), blocks);
}

const commands = {
  facts: { en: '/crisis facts', fr: '/crise faits' },
  cause: { en: '/crisis cause', fr: '/crise cause' },
  measure: { en: '/crisis measure', fr: '/crise mesure' },
} as const;

/** As many rows as there is space left for in the message. */
function part(
  title: string,
  rows: readonly Row[],
  command: keyof typeof commands,
  space: { characters: number; rows: number },
  language: Language,
): KnownBlock[] {
  if (rows.length === 0) return [];
  const shown: Row[] = [];
  for (const row of rows) {
    const length = rowLength(row);
    if (space.rows === 0 || length > space.characters) break;
    space.rows -= 1;
    space.characters -= length;
    shown.push(row);
  }
  const rest = rows.length - shown.length;
  return [
    section(`*${title}*`),
    ...shown.flatMap(rowBlocks),
    ...(rest > 0 ? [context(common(language).more(rest, commands[command][language]))] : []),
  ];
}

const recordButton = (crisisId: string, language: Language) => add.draw(words(language).button.record, { crisisId });

const shownText = 160;

/** The second person is asked: it is confirmed, or said not to be false. */
export const secondWait = (fact: FactRecord, userId: string): Wait => ({
  userId,
  key: `false:${fact.id}`,
  news: `said-${fact.falseVersion}`,
  isUrgent: false,
  since: fact.falseSaidAt ?? fact.changedAt,
  dueAt: null,
  changesAt: null,
  names: peopleInFacts([fact]),
  text: (reader) => {
    const said = escapeMrkdwn(clip(withNames(fact.text, reader.named).replace(/\s+/gu, ' '), shownText));
    return words(reader.language).second.ask(fact.number, said, escapeMrkdwn(reader.named(fact.falseSaidBy ?? '')));
  },
  button: (language) => {
    const w = words(language);
    return second.draw(w.button.second, targetOf(fact), { confirm: w.second.danger, suffix: String(fact.number) });
  },
  also: (language) => change.draw(words(language).button.notFalse, targetOf(fact), { suffix: String(fact.number) }),
});

export function factList(
  facts: readonly FactRecord[],
  crisis: Crisis,
  wish: OneCrisisWish,
  reader: Reader,
  userId: string,
): ModalView {
  const { language } = reader;
  const w = words(language);
  const isOpen = crisis.status === 'open';
  const rank = (fact: FactRecord) => factStatuses.indexOf(fact.status);
  return list.draw(wish, {
    title: w.table.title,
    empty: w.list.empty,
    rows: facts
      .toSorted((a, b) => rank(a) - rank(b) || a.number - b.number)
      .map((fact) => {
        const { accessory, ...row } = factRow(fact, reader);
        return {
          ...row,
          ...(isOpen ? { accessory } : {}),
          isMine: [fact.ownerId, fact.recordedBy].includes(userId),
          state: fact.status,
        };
      }),
    states: factStatuses
      .filter((status) => facts.some((fact) => fact.status === status))
      .map((status) => ({ value: status, label: w.status[status] })),
    language,
    buttons: isOpen ? [recordButton(crisis.id, language)] : [],
  });
}

/** `fact`: the one that is changed, with the status that the person has asked for. */
export function factForm(
  about: { crisis: Crisis; text?: string; source?: string } | { fact: FactRecord; status: FactStatus | null },
  here: boolean,
  reader: Reader,
): ModalView {
  const { language } = reader;
  const [w, shared] = [words(language).form, common(language)];
  const fact = 'fact' in about ? about.fact : null;
  const text = 'fact' in about ? about.fact.text : about.text;
  const source = 'fact' in about ? about.fact.source : about.source;
  const isPending = fact !== null && isSaidFalseByOne(fact);
  // Nobody confirms anything by leaving the form as it was opened.
  const stands = fact?.status === 'confirmed' ? 'kept' : isPending ? 'false' : (fact?.status ?? 'checking');
  const status = ('fact' in about ? about.status : null) ?? stands;
  const label = (one: FactStatus | 'kept') => {
    if (one === 'kept') return w.kept(reader.named(fact?.confirmedBy ?? ''));
    return one === 'false' && isPending ? w.pending(reader.named(fact?.falseSaidBy ?? '')) : w.statusOption[one];
  };
  const f = changeForm.fields;
  const view = {
    title: fact ? w.change : w.new,
    submit: shared.save,
    close: shared.cancel,
    blocks: [
      ...(fact ? [section(`*F${fact.number}*`)] : []),
      f.text(w.text, { hint: w.textHint }, { placeholder: w.textPlaceholder, initial: text }),
      f.fact_status(
        w.status,
        {},
        [...(stands === 'kept' ? (['kept'] as const) : []), ...(['checking', 'confirmed', 'false'] as const)].map(
          (one) => ({ value: one, label: label(one) }),
        ),
        status,
      ),
      f.source(w.source, { optional: true, hint: w.sourceHint }, { initial: source }),
      f.owner(shared.owner, { optional: true, hint: shared.ownerHint }, fact?.ownerId),
      ...(fact ? [f.reason(w.reason, { optional: true, hint: w.reasonHint })] : []),
    ],
  };
  return 'fact' in about
    ? changeForm.draw({ ...view, metadata: { ...targetOf(about.fact), here } })
    : recordForm.draw({ ...view, metadata: { crisisId: about.crisis.id, here } });
}

/** From the list, for a second person who was not asked: what it means to confirm it, once more. */
export function secondForm(fact: FactRecord, reader: Reader): ModalView {
  const w = words(reader.language);
  return modal({
    id: 'facts.second',
    title: w.button.isFalse.replace('…', ''),
    close: common(reader.language).close,
    blocks: [
      section(factLine(fact, reader)),
      section(w.second.danger.text),
      actions(
        second.draw(w.button.second, targetOf(fact), { confirm: w.second.danger }),
        change.draw(w.button.notFalse, targetOf(fact)),
      ),
    ],
  });
}

/** Tells the person who recorded a fact what stands now, and what is missing. */
export function recordedNote(fact: FactRecord, owner: { name: string; inCell: boolean }, language: Language): Message {
  const w = words(language);
  const shared = common(language);
  const status = isSaidFalseByOne(fact) ? w.status.checking : w.status[fact.status];
  const lines = [
    w.recorded.told(fact.number, status.toLowerCase()),
    ...(fact.source ? [] : [w.recorded.source]),
    ...(isSaidFalseByOne(fact) ? [w.recorded.second] : []),
    ...(owner.inCell ? [] : [shared.outsideCell(escapeMrkdwn(owner.name))]),
  ];
  const buttons = [
    ...(fact.status === 'checking' && !isSaidFalseByOne(fact)
      ? [
          change.draw(
            w.button.confirm,
            { ...targetOf(fact), status: 'confirmed' },
            { suffix: 'confirm', spoken: w.button.spoken.confirm(fact.number) },
          ),
        ]
      : []),
    change.draw(w.button.change, targetOf(fact), { spoken: w.button.spoken.change(fact.number) }),
  ];
  return message(lines[0] ?? '', [section(lines.join('\n')), actions(...buttons)]);
}

/** After a form, when there is more to say than that it is saved. */
export const savedForm = (said: Message, language: Language): ModalView =>
  modal({
    id: 'facts.saved',
    title: common(language).saved,
    close: common(language).close,
    blocks: said.blocks.filter((block) => block.type !== 'actions'),
  });

/**
 * How a form is answered: not at all where the room's table shows what was saved, and with what it does not show.
 * `owner`: who answers for it, null where nobody has to be told.
 */
export function savedAnswer(
  told: string,
  owner: { name: string; inCell: boolean } | null,
  here: boolean,
  language: Language,
): { update: ModalView } | void {
  const isOutside = owner !== null && !owner.inCell;
  if (here && !isOutside) return;
  const text = [told, ...(isOutside ? [common(language).outsideCell(escapeMrkdwn(owner.name))] : [])].join('\n');
  return { update: savedForm(message(text, [section(text)]), language) };
}

export function historyForm(
  fact: FactRecord,
  revisions: readonly { revision: number; text: string; writtenBy: string; writtenAt: Date }[],
  reader: Reader,
): ModalView {
  const w = words(reader.language).history;
  return modal({
    id: 'facts.history',
    title: w.title,
    close: common(reader.language).close,
    blocks: [
      section(`*${w.text(fact.number)}*`),
      ...revisions
        .toReversed()
        .flatMap((one) => [
          section(w.line(one.revision, escapeMrkdwn(reader.named(one.writtenBy)), momentOf(one.writtenAt, reader))),
          ...paragraphs(withNames(one.text, reader.named)),
        ]),
    ],
  });
}
