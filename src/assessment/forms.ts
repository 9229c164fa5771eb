import { z } from 'zod';
import { type Level, levels } from '../core/levels.ts';
import type { Language } from '../core/locale.ts';
import { levelHint, levelLabel } from '../crises/text.ts';
import {
  type Choice,
  checkboxes,
  context,
  type KnownBlock,
  type ModalView,
  modal,
  section,
  select,
  urlInput,
} from '../slack/blocks.ts';
import { type Answers, field, form, momentField, peopleField, textField } from '../slack/contract.ts';
import { escapeMrkdwn } from '../slack/mrkdwn.ts';
import { anchorOf, flagHint, flagName, questionOf } from './anchors.ts';
import { scoreText } from './lines.ts';
import type { Assessment } from './records.ts';
import { accountMax, baselineMax, reasonMax, titleMax } from './rules.ts';
import {
  assumed,
  type Dimension,
  dimensions,
  type Flag,
  flags,
  type Rating,
  type Value,
  type Values,
  values,
} from './score.ts';
import { words } from './text.ts';

const unknownChoice = 'unknown';

const ratedField = field(
  z
    .enum([unknownChoice, '0', '1', '2', '3', '4'])
    .nullish()
    .transform((chosen) => (!chosen || chosen === unknownChoice ? null : (Number(chosen) as Value))),
  select,
);
/** The eight dimensions and what stands beside them: of an assessment, and of a case of the past. */
export const ratingFields = {
  ...(Object.fromEntries(dimensions.map((dimension) => [dimension, ratedField])) as Record<
    Dimension,
    typeof ratedField
  >),
  flags: field(
    z
      .array(z.enum(flags))
      .nullish()
      .transform((raised) => raised ?? []),
    checkboxes,
  ),
};

/** What was chosen in them; what was not chosen is unknown. */
export const ratingIn = (answers: Answers<typeof ratingFields>): { values: Values; flags: Flag[] } => ({
  values: Object.fromEntries(dimensions.map((dimension) => [dimension, answers[dimension]])) as Values,
  flags: answers.flags,
});

export const levelField = field(z.enum(levels), (id, chosen: Level | undefined, language: Language) =>
  select(
    id,
    levels.toReversed().map((level) => ({
      value: level,
      label: levelLabel(level, language),
      description: levelHint(level, language),
    })),
    chosen,
  ),
);

const assessFields = {
  title: textField({ max: titleMax }),
  account: textField({ multiline: true, max: accountMax }),
  concerned: peopleField(),
  ...ratingFields,
  url: field(
    z
      .string()
      .nullish()
      .transform((url) => url?.trim() || null),
    urlInput,
  ),
  baseline: textField({ max: baselineMax }),
};
export type Assessed = Answers<typeof assessFields>;
export const assessForm = form(
  'assessment.assess',
  z.object({ crisisId: z.uuid().nullable(), matterId: z.uuid().nullable() }),
  assessFields,
);

export const matterTarget = { matterId: z.uuid(), v: z.number() };
/** The form that another one was opened from, and that shows what became of it. */
const parent = z.object({ viewId: z.string() }).nullish().default(null);
export type Parent = z.output<typeof parent>;
export const watchForm = form('assessment.watch', z.object({ ...matterTarget, parent }), { until: momentField() });

/** Of a crisis (`assessmentId`) or of a matter (`matterId` and its version). */
const overrideTarget = z.union([z.object({ assessmentId: z.uuid() }), z.object(matterTarget)]);
export const overrideForm = form('assessment.override', z.object({ target: overrideTarget, parent }), {
  level: levelField,
  reason: textField({ multiline: true, max: reasonMax }),
});

export type Draft = Partial<Rating> & {
  /** The crisis that is assessed again; null outside of one. */
  crisis: { id: string; title: string } | null;
  matterId: string | null;
  title?: string;
  account?: string;
  concernedIds?: readonly string[];
  url?: string | null;
  baseline?: string;
};

/** People and law come first: while they are unknown nothing is written off as ordinary criticism. */
export function assessView(draft: Draft, language: Language): ModalView {
  const w = words(language).form;
  const f = assessForm.fields;
  const { crisis, matterId, title, account, concernedIds, url, baseline } = draft;
  return assessForm.draw({
    title: w.title,
    submit: w.submit,
    close: w.cancel,
    metadata: { crisisId: crisis?.id ?? null, matterId },
    blocks: [
      ...(crisis ? [section(w.introCrisis(escapeMrkdwn(crisis.title)))] : []),
      context(w.intro),
      ...(crisis
        ? []
        : [
            f.title(
              w.titleLabel,
              { hint: w.titleHint },
              { placeholder: w.titlePlaceholder, focus: !title, initial: title },
            ),
            f.account(w.account, { optional: true, hint: w.accountHint }, { initial: account }),
            f.concerned(w.concerned, { optional: true, hint: w.concernedHint }, concernedIds),
          ]),
      ...ratingInputs(draft, language),
      f.url(w.url, { optional: true }, url ?? undefined),
      f.baseline(
        w.baseline,
        { optional: true, hint: w.baselineHint },
        { placeholder: w.baselinePlaceholder, initial: baseline },
      ),
    ],
  });
}

/** The inputs of `ratingFields`, whichever form they are in. */
export const ratingInputs = (draft: Partial<Rating>, language: Language): KnownBlock[] => [
  ...dimensions.map((dimension) =>
    assessForm.fields[dimension](
      questionOf(dimension, language),
      {},
      anchorChoices(dimension, language),
      String(draft.values?.[dimension] ?? unknownChoice),
    ),
  ),
  assessForm.fields.flags(
    words(language).form.flags,
    { optional: true },
    flags.map((flag) => ({ value: flag, label: flagName(flag, language), description: flagHint(flag, language) })),
    draft.flags,
  ),
];

function anchorChoices(dimension: Dimension, language: Language): Choice[] {
  const w = words(language).form;
  const counted = w.unknownHint(assumed(dimension));
  return [
    { value: unknownChoice, label: w.unknown, description: counted },
    ...values.map((value) => {
      const { short, full } = anchorOf(dimension, value, language);
      return { value: String(value), label: `${value} · ${short}`, ...(full ? { description: full } : {}) };
    }),
  ];
}

export function watchView(
  { matterId, v, title }: { matterId: string; v: number; title: string },
  until: Date,
  parent: Parent,
  language: Language,
): ModalView {
  const w = words(language);
  return watchForm.draw({
    title: w.watch.title,
    submit: w.watch.submit,
    close: w.form.cancel,
    metadata: { matterId, v, parent },
    blocks: [section(`*${escapeMrkdwn(title)}*`), watchForm.fields.until(w.watch.label, { hint: w.watch.hint }, until)],
  });
}

export function overrideView(
  target: z.input<typeof overrideTarget>,
  assessment: Assessment,
  current: Level,
  parent: Parent,
  language: Language,
): ModalView {
  const w = words(language);
  return overrideForm.draw({
    title: w.override.title,
    submit: w.override.submit,
    close: w.form.cancel,
    metadata: { target, parent },
    blocks: [
      section(w.override.intro(levelLabel(assessment.level, language), scoreText(assessment, language))),
      overrideForm.fields.level(w.override.level, {}, current, language),
      overrideForm.fields.reason(w.override.reason, { hint: w.override.reasonHint }),
    ],
  });
}

export const noticeForm = (title: string, blocks: KnownBlock[], language: Language): ModalView =>
  modal({ id: 'assessment.notice', title, close: words(language).form.close, blocks });
