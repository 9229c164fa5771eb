import type { Language } from '../core/locale.ts';
import type { Crisis } from '../crises/rules.ts';
import {
  actions,
  button,
  type Choice,
  context,
  divider,
  header,
  input,
  type KnownBlock,
  type Message,
  type ModalView,
  message,
  modal,
  overflow,
  paragraphs,
  personInput,
  section,
  select,
  textInput,
} from '../slack/blocks.ts';
import { listText } from '../slack/limits.ts';
import { escapeMrkdwn, mention, withNames } from '../slack/mrkdwn.ts';
import type { CauseRecord } from './causes/rules.ts';
import { causeRow } from './causes/views.ts';
import { common } from './common-text.ts';
import { factLine, momentOf, type Reader, type RoomReader } from './lines.ts';
import type { MeasureRecord } from './measures/rules.ts';
import { measureRow } from './measures/views.ts';
import { pagedList, type Row, rowBlocks, rowLength } from './paged.ts';
import {
  type FactRecord,
  type FactRefusal,
  type FactStatus,
  factMax,
  factStatuses,
  isSaidFalseByOne,
  reasonMax,
  sourceMax,
} from './rules.ts';
import { words } from './text.ts';

const targetOf = (fact: FactRecord): string => JSON.stringify({ factId: fact.id, v: fact.version });

const choice = (ask: 'confirm' | 'change' | 'history', fact: FactRecord, label: string): Choice => ({
  value: JSON.stringify({ ask, factId: fact.id, v: fact.version }),
  label,
});

function factRow(fact: FactRecord, reader: RoomReader): Row {
  const w = words(reader.language).button;
  const menu = [
    ...(fact.status === 'confirmed' ? [] : [choice('confirm', fact, w.confirm)]),
    choice('change', fact, w.change),
    ...(fact.revision > 1 ? [choice('history', fact, w.history)] : []),
  ];
  return {
    text: factLine(fact, reader),
    accessory: overflow('facts.menu', menu),
    label: `F${fact.number} ${withNames(fact.text, reader.named)}`,
  };
}

/** Room for so many characters and rows beside headings; the rest is counted, and one command away. */
const tableRows = 30;

type Known = {
  facts: readonly FactRecord[];
  causes: readonly CauseRecord[];
  measures: readonly MeasureRecord[];
};

/** The one live message of what is known: confirmed first, then what may not be said, then why and what we do. */
export function factsTable(crisis: Crisis, { facts, causes, measures }: Known, reader: RoomReader): Message {
  const { language } = crisis;
  const w = words(language).table;
  const of = (status: FactStatus) => facts.filter((fact) => fact.status === status);
  const [confirmed, checking, wrong] = [of('confirmed'), of('checking'), of('false')];
  const toRow = (fact: FactRecord) => factRow(fact, reader);
  const space = { characters: listText, rows: tableRows };
  const blocks: KnownBlock[] = [
    header(w.title),
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

const recordButton = (crisisId: string, language: Language) =>
  button(words(language).button.record, { id: 'facts.add', value: JSON.stringify({ crisisId }) });

/** `since`: the version at which it was said to be false, which this message is about. */
export function secondMessage(fact: FactRecord, since: number, crisis: Crisis, reader: RoomReader): Message {
  const w = words(crisis.language);
  const name = (userId: string) => `*${escapeMrkdwn(reader.named(userId))}*`;
  const isAbout = fact.falseVersion === since && fact.falseSaidBy !== null;
  if (!isAbout) return message(w.second.overText(fact.number), [context(w.second.over(fact.number))]);
  const first = fact.falseSaidBy as string;
  if (fact.falseConfirmedBy)
    return message(w.second.overText(fact.number), [
      section(w.second.confirmed(fact.number, name(first), name(fact.falseConfirmedBy))),
      section(factLine(fact, reader)),
    ]);
  const second = w.second.danger;
  const press = {
    id: 'facts.second',
    value: targetOf(fact),
    confirm: { title: second.title, text: second.text, yes: second.yes, no: second.no },
  };
  return message(w.second.text(fact.number, reader.named(first)), [
    section(w.second.ask(whoElse(fact, crisis), name(first), fact.number)),
    section(factLine(fact, reader)),
    ...(crisis.status === 'open'
      ? [
          actions(
            button(w.button.second, press),
            button(w.button.notFalse, { id: 'facts.change', value: targetOf(fact) }),
          ),
        ]
      : []),
  ]);
}

/** Called: whoever answers for the fact, or leads, unless they are the one who said it. */
function whoElse(fact: FactRecord, crisis: Crisis): string {
  const other = [fact.ownerId, crisis.leadId].find((userId) => userId !== fact.falseSaidBy);
  return other ? `${mention(other)}, ` : '';
}

export function factList(facts: readonly FactRecord[], crisis: Crisis, page: number, reader: Reader): Message {
  const { language } = reader;
  const w = words(language).list;
  const rank = (fact: FactRecord) => factStatuses.indexOf(fact.status);
  const ordered = facts.toSorted((a, b) => rank(a) - rank(b) || a.number - b.number);
  return pagedList({
    title: w.title(facts.length),
    empty: w.empty,
    rows: ordered.map((fact) => factRow(fact, reader)),
    page,
    language,
    turn: { id: 'facts.page', crisisId: crisis.id },
    buttons: crisis.status === 'open' ? [recordButton(crisis.id, language)] : [],
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
  const status = ('fact' in about ? about.status : null) ?? (isPending ? 'false' : (fact?.status ?? 'checking'));
  const label = (one: FactStatus) =>
    one === 'false' && isPending ? w.pending(reader.named(fact?.falseSaidBy ?? '')) : w.statusOption[one];
  return modal({
    id: fact ? 'facts.change' : 'facts.record',
    title: fact ? w.change : w.new,
    submit: shared.save,
    close: shared.cancel,
    metadata:
      'fact' in about ? { factId: about.fact.id, v: about.fact.version, here } : { crisisId: about.crisis.id, here },
    blocks: [
      ...(fact ? [section(`*F${fact.number}*`)] : []),
      input(
        w.text,
        textInput('text', { multiline: true, max: factMax, placeholder: w.textPlaceholder, initial: text }),
        { hint: w.textHint },
      ),
      input(
        w.status,
        select(
          'fact_status',
          (['checking', 'confirmed', 'false'] as const).map((one) => ({ value: one, label: label(one) })),
          status,
        ),
      ),
      input(w.source, textInput('source', { max: sourceMax, initial: source }), {
        optional: true,
        hint: w.sourceHint,
      }),
      input(shared.owner, personInput('owner', fact?.ownerId), {
        optional: true,
        hint: shared.ownerHint,
      }),
      ...(fact
        ? [
            input(w.reason, textInput('reason', { multiline: true, max: reasonMax }), {
              optional: true,
              hint: w.reasonHint,
            }),
          ]
        : []),
    ],
  });
}

/** What whoever recorded it reads: what stands now, and what is missing. */
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
          button(w.button.confirm, {
            id: 'facts.change:confirm',
            value: JSON.stringify({ factId: fact.id, v: fact.version, status: 'confirmed' }),
            spoken: w.button.spoken.confirm(fact.number),
          }),
        ]
      : []),
    button(w.button.change, {
      id: 'facts.change',
      value: targetOf(fact),
      spoken: w.button.spoken.change(fact.number),
    }),
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

/** Plain text: why not, and what to do next. */
export function sayNo(refusal: FactRefusal, reader: Reader): string {
  const [w, shared] = [words(reader.language).refused, common(reader.language)];
  switch (refusal.code) {
    case 'not_in_room':
      return shared.notInRoom;
    case 'closed':
      return shared.closed;
    case 'cannot_own':
      return shared.cannotOwn(refusal.name, refusal.why);
    case 'text_too_long':
      return shared.tooLong(refusal.length, factMax);
    case 'source_too_long':
      return shared.tooLong(refusal.length, sourceMax);
    case 'reason_too_long':
      return shared.tooLong(refusal.length, reasonMax);
    case 'nothing_changed':
      return shared.nothingChanged;
    case 'source_missing':
      return w.source_missing(refusal.status);
    case 'not_said_false':
      return w.not_said_false(seen(refusal.fact, reader));
    case 'stale': {
      const { number, by, at } = seen(refusal.fact, reader);
      return shared.stale(w.what(number), by, at);
    }
    case 'text_missing':
    case 'reason_missing':
    case 'same_person':
      return w[refusal.code]();
  }
}

const seen = (fact: FactRecord, reader: Reader) => ({
  number: fact.number,
  by: reader.named(fact.changedBy),
  at: momentOf(fact.changedAt, reader),
  status: words(reader.language).status[fact.status],
});
