import type { Crisis } from '../../crises/rules.ts';
import {
  actions,
  button,
  firstFitting,
  input,
  type KnownBlock,
  type Message,
  type ModalView,
  message,
  modal,
  paragraphs,
  personInput,
  sections,
  select,
  textInput,
} from '../../slack/blocks.ts';
import { mrkdwnOf, withNames } from '../../slack/mrkdwn.ts';
import { isolated } from '../../tasks/line.ts';
import { common } from '../common-text.ts';
import { decisionLine, type Reader, type RoomReader } from '../lines.ts';
import { pagedList } from '../paged.ts';
import {
  becauseMax,
  type CrisisDecision,
  type DecisionRefusal,
  decisionMax,
  optionsMax,
  replacedBy,
  standing,
} from './rules.ts';
import { words } from './text.ts';

const replaceButton = (decision: CrisisDecision, { language }: RoomReader) => {
  const w = words(language).button;
  return button(w.replace, {
    id: 'facts.decide:replace',
    value: JSON.stringify({ crisisId: decision.crisisId, replaces: decision.number }),
    spoken: w.spoken(decision.number),
  });
};

/** Its own message in the room, whole: a decision is not changed, only marked once it is replaced. */
export function decisionCard(
  decision: CrisisDecision,
  made: readonly CrisisDecision[],
  crisis: Crisis,
  reader: RoomReader,
): Message {
  const w = words(crisis.language).card;
  const by = replacedBy(decision.number, made);
  const drawn = (because: KnownBlock[]) => [
    ...sections(decisionLine(decision, by, reader)),
    ...because,
    ...(by === null && crisis.status === 'open' ? [actions(replaceButton(decision, reader))] : []),
  ];
  // Escaped, a text of many signs is several times as long: plain text needs no escape.
  const because = [sections(why(decision, reader, mrkdwnOf)), paragraphs(why(decision, reader, withNames))];
  return message(w.text(decision.number, withNames(decision.text, reader.named)), firstFitting(because, drawn));
}

function why(decision: CrisisDecision, reader: RoomReader, as: typeof withNames): string {
  const w = words(reader.language).card;
  const said = (text: string) => isolated(as(text, reader.named));
  return [w.reason(said(decision.reason)), ...(decision.options ? [w.options(said(decision.options))] : [])].join('\n');
}

/** The latest first. */
export function decisionList(made: readonly CrisisDecision[], crisis: Crisis, page: number, reader: Reader): Message {
  const { language } = reader;
  const w = words(language);
  const decide = button(w.button.decide, { id: 'facts.decide', value: JSON.stringify({ crisisId: crisis.id }) });
  return pagedList({
    title: w.list.title(made.length),
    empty: w.list.empty,
    rows: made.toReversed().map((decision) => {
      const by = replacedBy(decision.number, made);
      return {
        text: `${decisionLine(decision, by, reader)}\n${w.card.reason(isolated(mrkdwnOf(decision.reason, reader.named)))}`,
        label: `D${decision.number} ${withNames(decision.text, reader.named)}`,
        ...(by === null && crisis.status === 'open' ? { accessory: replaceButton(decision, reader) } : {}),
      };
    }),
    page,
    language,
    turn: { id: 'facts.decisions_page', crisisId: crisis.id },
    buttons: crisis.status === 'open' ? [decide] : [],
  });
}

/** Choices of a list that Slack still shows: the latest ones. */
const mostChoices = 90;

export function decisionForm(
  about: { crisis: Crisis; text: string; replaces: number | null },
  made: readonly CrisisDecision[],
  here: boolean,
  reader: Reader,
): ModalView {
  const { language } = reader;
  const [w, shared] = [words(language).form, common(language)];
  const choices = standing(made).toReversed().slice(0, mostChoices);
  return modal({
    id: 'facts.decide',
    title: w.title,
    submit: w.submit,
    close: shared.cancel,
    metadata: { crisisId: about.crisis.id, here },
    blocks: [
      input(
        w.text,
        textInput('text', {
          multiline: true,
          max: decisionMax,
          placeholder: w.textPlaceholder,
          initial: about.text,
        }),
        { hint: w.textHint },
      ),
      input(w.reason, textInput('reason', { multiline: true, max: becauseMax })),
      input(w.options, textInput('options', { multiline: true, max: optionsMax }), {
        optional: true,
        hint: w.optionsHint,
      }),
      input(w.decider, personInput('decider'), { optional: true, hint: w.deciderHint }),
      ...(choices.length > 0
        ? [
            input(
              w.replaces,
              select(
                'replaces',
                [
                  { value: '-', label: w.none },
                  ...choices.map((one) => ({
                    value: String(one.number),
                    label: `D${one.number} ${withNames(one.text, reader.named)}`,
                  })),
                ],
                about.replaces === null ? '-' : String(about.replaces),
              ),
              { optional: true },
            ),
          ]
        : []),
    ],
  });
}

/** Plain text: why not, and what to do next. */
export function sayNo(refusal: DecisionRefusal, reader: Reader): string {
  const [w, shared] = [words(reader.language).refused, common(reader.language)];
  switch (refusal.code) {
    case 'not_in_room':
      return shared.notInRoom;
    case 'closed':
      return shared.closed;
    case 'cannot_own':
      return shared.cannotOwn(refusal.name, refusal.why);
    case 'text_too_long':
      return shared.tooLong(refusal.length, decisionMax);
    case 'options_too_long':
      return shared.tooLong(refusal.length, optionsMax);
    case 'reason_too_long':
      return shared.tooLong(refusal.length, becauseMax);
    case 'replaces_unknown':
      return w.replaces_unknown(refusal.number);
    case 'replaced_already':
      return w.replaced_already(refusal.number, refusal.by);
    case 'text_missing':
    case 'reason_missing':
      return w[refusal.code]();
  }
}
