import { z } from 'zod';
import { type Level, levels } from '../core/levels.ts';
import type { Language } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import { levelLabel } from '../crises/text.ts';
import { actions, context, type KnownBlock, type ModalView, numberInput, section, sections } from '../slack/blocks.ts';
import { button, family, field, form, textField } from '../slack/contract.ts';
import { escapeMrkdwn, slackTime } from '../slack/mrkdwn.ts';
import { dimensionName, questionOf } from './anchors.ts';
import {
  type Comparison,
  caseTitleMax,
  type PastCase,
  type replay,
  type SavedWeights,
  weightReasonMax,
} from './calibration.ts';
import { words } from './calibration-text.ts';
import { anchorChoices, flagChoices, flagsField, levelField, noticeForm, ratedField, unknownChoice } from './forms.ts';
import {
  type Dimension,
  dimensions,
  type Flag,
  flags,
  type Value,
  type Values,
  type Weights,
  weightTotal,
} from './score.ts';
import { words as assessmentWords } from './text.ts';

const anything = z.unknown();
export const addCaseButton = button('assessment.add_case', anything);
export const casesButton = button('assessment.cases', anything);
export const standardButton = button('assessment.standard_weights', anything);
export const removeButton = button('assessment.remove_case', z.object({ caseId: z.uuid() }));

const weight = field(
  z
    .string()
    .nullish()
    .transform((text) => (text ? Number(text) : Number.NaN)),
  (id, initial: number) => numberInput(id, { initial, min: 0, max: weightTotal }),
);
/** `mark` moves when other weights than the typed ones are put in. */
export const calibrateForm = form('assessment.calibrate', z.object({ mark: z.number() }), {
  weight: family('_', weight),
});
/** Slack keeps what was typed in a block of the same id: other weights are put into other blocks. */
export const weightBlock = (dimension: Dimension, mark: number) => `weight_${dimension}_${mark}` as const;

const weights = z.object(Object.fromEntries(dimensions.map((d) => [d, z.number()])) as Record<Dimension, z.ZodNumber>);
export const weightsForm = form('assessment.save_weights', z.object({ weights, basedOn: z.number() }), {
  reason: textField({ multiline: true, max: weightReasonMax }),
});

const parent = z.object({ viewId: z.string(), mark: z.number() }).nullish().default(null);
export type Parent = z.output<typeof parent>;
export const caseForm = form('assessment.add_case', z.object({ parent }), {
  title: textField({ max: caseTitleMax }),
  level: levelField,
  ...(Object.fromEntries(dimensions.map((dimension) => [dimension, ratedField])) as Record<
    Dimension,
    typeof ratedField
  >),
  flags: flagsField,
});
export const ratingIn = (
  answers: Record<Dimension, Value | null> & { flags: Flag[] },
): { values: Values; flags: Flag[] } => ({
  values: Object.fromEntries(dimensions.map((dimension) => [dimension, answers[dimension]])) as Values,
  flags: answers.flags,
});

const worthComparing = 10;

export function calibrateView(
  saved: SavedWeights,
  shown: Weights,
  mark: number,
  cases: { assessed: number; entered: number },
  { language, timeZone, named }: Reader,
): ModalView {
  const w = words(language);
  const missing = worthComparing - cases.assessed - cases.entered;
  const now = saved.saved
    ? w.nowBy(
        saved.version,
        escapeMrkdwn(named(saved.saved.by)),
        slackTime(saved.saved.at, timeZone, language),
        escapeMrkdwn(saved.saved.reason),
      )
    : w.now(saved.version);
  return calibrateForm.draw({
    title: w.title,
    submit: w.compare,
    close: assessmentWords(language).form.close,
    metadata: { mark },
    blocks: [
      section(w.intro),
      section([w.cases(cases.assessed, cases.entered), ...(missing > 0 ? [w.few(missing)] : [])].join(' ')),
      actions(
        addCaseButton.draw(w.add, {}, { style: 'primary' }),
        ...(cases.entered > 0 ? [casesButton.draw(w.manage, {})] : []),
        standardButton.draw(w.standard, {}),
      ),
      context(`${now} ${w.sum}`),
      ...dimensions.map((dimension) => ({
        ...calibrateForm.fields.weight(dimension, dimensionName(dimension, language), {}, shown[dimension]),
        block_id: weightBlock(dimension, mark),
      })),
    ],
  });
}

const mostRows = 40;

export function comparisonView(
  { rows, before, after }: ReturnType<typeof replay>,
  current: SavedWeights,
  proposed: Weights,
  language: Language,
): ModalView {
  const w = words(language).result;
  const changed = dimensions.filter((d) => current.weights[d] !== proposed[d]);
  const changes = changed.map((d) => `${dimensionName(d, language)} ${current.weights[d]} → ${proposed[d]}`).join(', ');
  const more = rows.length - mostRows;
  return weightsForm.draw({
    title: w.title,
    close: w.back,
    ...(changed.length > 0 ? { submit: w.save } : {}),
    metadata: { weights: proposed, basedOn: current.version },
    blocks: [
      section(changed.length > 0 ? w.changes(changes) : w.same),
      ...(rows.length === 0
        ? [section(w.none)]
        : [
            section(
              [
                w.tally(w.current, before.hits, before.over, before.under),
                w.tally(w.proposed, after.hits, after.over, after.under),
              ].join('\n'),
            ),
            ...sections(
              rows
                .slice(0, mostRows)
                .map((row) => rowText(row, language))
                .join('\n'),
            ),
            context([...(more > 0 ? [w.more(more)] : []), w.legend].join('\n')),
          ]),
      ...(changed.length > 0 ? [weightsForm.fields.reason(w.reason, { hint: w.reasonHint })] : []),
    ],
  });
}

function rowText({ title, before, after, ended }: Comparison, language: Language): string {
  const shown = title || words(language).result.confidential;
  const label = (level: Level) => levelLabel(level, language);
  const off = levels.indexOf(after) - levels.indexOf(ended);
  const mark = off === 0 ? '✅' : off > 0 ? '🔺' : '🔻';
  return words(language).result.row(mark, escapeMrkdwn(shown), label(before), label(after), label(ended));
}

export function caseView(parent: Parent, language: Language): ModalView {
  const w = words(language).case;
  const f = caseForm.fields;
  return caseForm.draw({
    title: w.title,
    submit: w.submit,
    close: assessmentWords(language).form.cancel,
    metadata: { parent },
    blocks: [
      context(w.intro),
      f.title(w.what, {}, { placeholder: w.placeholder, focus: true }),
      f.level(w.level, { hint: w.levelHint }, undefined, language),
      ...dimensions.map((d) => f[d](questionOf(d, language), {}, anchorChoices(d, language), unknownChoice)),
      f.flags(assessmentWords(language).form.flags, { optional: true }, flagChoices(flags, language)),
    ],
  });
}

const mostCases = 80;

export function caseList(cases: readonly PastCase[], language: Language): ModalView {
  const w = words(language).list;
  const lines: KnownBlock[] = cases
    .slice(0, mostCases)
    .map(({ id, title, level }) =>
      section(
        `*${escapeMrkdwn(title)}* · ${levelLabel(level, language)}`,
        removeButton.draw(w.remove, { caseId: id }, { spoken: w.spoken(title) }),
      ),
    );
  return noticeForm(w.title, lines.length > 0 ? lines : [section(w.none)], language);
}
