import { z } from 'zod';
import type { Language } from '../core/locale.ts';
import type { Crisis } from '../crises/rules.ts';
import {
  actions,
  context,
  type KnownBlock,
  type Message,
  type ModalView,
  message,
  modal,
  section,
  textLength,
} from '../slack/blocks.ts';
import { chooser } from '../slack/contract.ts';
import { clipMrkdwn, firstPage } from '../slack/limits.ts';
import { allStatements } from './buttons.ts';
import { moreButton } from './card.ts';
import { openDraft } from './draft/forms.ts';
import { type Props, standing, statementLine } from './lines.ts';
import { statusName } from './names.ts';
import { openMap, openReply, openTemplates } from './start/forms.ts';
import { words as startWords } from './start/text.ts';
import type { Statement, Status } from './statement.ts';
import { words } from './text.ts';

/** One line each. */
const mostLines = 13;
const longestLine = 200;

/** What we say, in the thread of the brief: what waits first, then what is out, then drafts. */
export function wordsBoard(statements: readonly Statement[], { crisis, roster, reader }: Props): Message {
  const { language } = reader;
  const w = words(language).list;
  const ordered = inOrder(statements);
  const shown = ordered.slice(0, mostLines);
  const lines = shown.map((one) => clipMrkdwn(statementLine(one, roster, crisis, reader), longestLine));
  const rest = ordered.length - shown.length;
  const text = [`*${w.board}*`, ...lines, ...(rest > 0 ? [w.moreBelow(rest)] : [])].join('\n');
  const value = { crisisId: crisis.id };
  const buttons = [
    allStatements.draw(w.all, value),
    ...(crisis.status === 'open' ? [openDraft.draw(w.write, value, { suffix: 'board' })] : []),
  ];
  return message(`${w.board}: ${ordered.length}`, [{ ...section(text), expand: true }, actions(...buttons)]);
}

const ranks: readonly Status[] = [...standing, 'rejected', 'withdrawn'];
const inOrder = (statements: readonly Statement[]): Statement[] =>
  statements.toSorted((a, b) => ranks.indexOf(a.status) - ranks.indexOf(b.status) || a.number - b.number);

const mostShown = 20;

/** What one person asks for: the newest first, and the ways to begin another. */
export function statementList(statements: readonly Statement[], props: Props): Message {
  const { crisis, reader } = props;
  const { language } = reader;
  const w = words(language).list;
  const start = startWords(language).list;
  const value = { crisisId: crisis.id };
  const begin = actions(
    openDraft.draw(w.draft, value, { style: 'primary' }),
    openTemplates.draw(start.template, value),
    openReply.draw(start.reply, value),
    openMap.draw(start.map, value),
  );
  if (statements.length === 0) return message(w.none, [section(w.none), begin]);
  const line = (s: Statement) => row(s, props);
  const shown = firstPage(statements, mostShown, (s) => textLength(line(s)));
  const text = shown.map((s) => `${s.number}. ${s.current.title} (${statusName(s.status, language)})`).join(', ');
  return message(`${w.title}: ${text}`, [
    section(`*${w.title}*`),
    ...shown.map(line),
    ...(statements.length > shown.length ? [context(w.more(statements.length - shown.length))] : []),
    begin,
  ]);
}

const row = (statement: Statement, { crisis, roster, reader }: Props): KnownBlock =>
  section(
    statementLine(statement, roster, crisis, reader, reader.now),
    moreButton('show', words(reader.language).list.show, statement, reader.language),
  );

/** A form takes 100 blocks. */
const mostInForm = 90;
const ofState = z.object({ crisisId: z.uuid() });
export const pickState = chooser('statements.state', ofState);

/** The same as a form that opens from the board, of one state or of all. */
export function allForm(
  statements: readonly Statement[],
  props: Props,
  state: string | null,
  channelId: string | null,
): ModalView {
  const { language } = props.reader;
  const w = words(language).list;
  const states = ranks.filter((status) => statements.some((one) => one.status === status));
  const shown = inOrder(statements).filter((one) => !state || state === any || one.status === state);
  return modal({
    id: 'statements.list',
    title: w.title,
    close: words(language).form.close,
    metadata: { crisisId: props.crisis.id, channelId },
    blocks: [
      ...(states.length > 1 ? [stateChooser(states, state, props.crisis, language)] : []),
      ...shown.slice(0, mostInForm).map((one) => row(one, props)),
      ...(shown.length === 0 ? [section(w.nothing)] : []),
      ...(shown.length > mostInForm ? [context(w.more(shown.length - mostInForm))] : []),
    ],
  });
}

const any = 'any';

function stateChooser(states: readonly Status[], state: string | null, crisis: Crisis, language: Language): KnownBlock {
  const w = words(language).list;
  const choices = [
    { value: any, label: w.anyState },
    ...states.map((status) => ({ value: status, label: statusName(status, language) })),
  ];
  return {
    ...section(w.state, pickState.draw(choices, state ?? any)),
    block_id: pickState.block({ crisisId: crisis.id }),
  };
}
