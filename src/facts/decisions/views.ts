import { z } from 'zod';
import type { Reader } from '../../core/reader.ts';
import type { Crisis } from '../../crises/rules.ts';
import {
  actions,
  firstFitting,
  type KnownBlock,
  type Message,
  type ModalView,
  message,
  paragraphs,
  sections,
} from '../../slack/blocks.ts';
import { button, form, personField, pickField, textField } from '../../slack/contract.ts';
import { pagedList } from '../../slack/list.ts';
import { mrkdwnOf, withNames } from '../../slack/mrkdwn.ts';
import { isolated } from '../../tasks/line.ts';
import { common } from '../common-text.ts';
import { decisionLine } from '../lines.ts';
import { becauseMax, type CrisisDecision, decisionMax, optionsMax, replacedBy, standing } from './rules.ts';
import { words } from './text.ts';

const ofCrisis = z.object({ crisisId: z.uuid() });

export const decide = button('facts.decide', ofCrisis.extend({ replaces: z.number().nullish() }));
export const turnPage = button('facts.decisions_page', ofCrisis.extend({ page: z.number() }));

export const decideForm = form('facts.decide', ofCrisis.extend({ here: z.boolean().default(false) }), {
  text: textField({ multiline: true, max: decisionMax }),
  reason: textField({ multiline: true, max: becauseMax }),
  options: textField({ multiline: true, max: optionsMax }),
  decider: personField(),
  replaces: pickField(),
});

function replaceButton(decision: CrisisDecision, { language }: Reader) {
  const w = words(language).button;
  const value = { crisisId: decision.crisisId, replaces: decision.number };
  return decide.draw(w.replace, value, { suffix: 'replace', spoken: w.spoken(decision.number) });
}

/** Its own message in the room, whole: a decision is not changed, only marked once it is replaced. */
export function decisionCard(
  decision: CrisisDecision,
  made: readonly CrisisDecision[],
  crisis: Crisis,
  reader: Reader,
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

function why(decision: CrisisDecision, reader: Reader, as: typeof withNames): string {
  const w = words(reader.language).card;
  const said = (text: string) => isolated(as(text, reader.named));
  return [w.reason(said(decision.reason)), ...(decision.options ? [w.options(said(decision.options))] : [])].join('\n');
}

/** The latest first. */
export function decisionList(made: readonly CrisisDecision[], crisis: Crisis, page: number, reader: Reader): Message {
  const { language } = reader;
  const w = words(language);
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
    turn: (label, to, suffix) => turnPage.draw(label, { crisisId: crisis.id, page: to }, { suffix }),
    buttons: crisis.status === 'open' ? [decide.draw(w.button.decide, { crisisId: crisis.id })] : [],
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
  const [w, shared, f] = [words(language).form, common(language), decideForm.fields];
  const choices = standing(made).toReversed().slice(0, mostChoices);
  const labelOf = (one: CrisisDecision) => `D${one.number} ${withNames(one.text, reader.named)}`;
  return decideForm.draw({
    title: w.title,
    submit: w.submit,
    close: shared.cancel,
    metadata: { crisisId: about.crisis.id, here },
    blocks: [
      f.text(w.text, { hint: w.textHint }, { placeholder: w.textPlaceholder, initial: about.text }),
      f.reason(w.reason),
      f.options(w.options, { optional: true, hint: w.optionsHint }),
      f.decider(w.decider, { optional: true, hint: w.deciderHint }),
      ...(choices.length > 0
        ? [
            f.replaces(
              w.replaces,
              { optional: true },
              [
                { value: '-', label: w.none },
                ...choices.map((one) => ({ value: String(one.number), label: labelOf(one) })),
              ],
              about.replaces === null ? '-' : String(about.replaces),
            ),
          ]
        : []),
    ],
  });
}
