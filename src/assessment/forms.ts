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
  radios,
  section,
  select,
  urlInput,
} from '../slack/blocks.ts';
import { type Answers, button, field, form, momentField, peopleField, textField } from '../slack/contract.ts';
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
  firstDimensions,
  firstFlags,
  flags,
  laterFlags,
  type Rating,
  type Value,
  type Values,
  values,
} from './score.ts';
import { words } from './text.ts';

export const unknownChoice = 'unknown';

const ratedSchema = z
  .enum([unknownChoice, '0', '1', '2', '3', '4'])
  .nullish()
  .transform((chosen) => (!chosen || chosen === unknownChoice ? null : (Number(chosen) as Value)));
export const ratedField = field(ratedSchema, select);
/** One press where a list takes two. */
const pressedField = field(ratedSchema, radios);
export const flagsField = field(
  z
    .array(z.enum(flags))
    .nullish()
    .transform((raised) => raised ?? []),
  checkboxes,
);
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

/** Of both steps: people and law first, then what else weighs. */
const assessFields = {
  title: textField({ max: titleMax }),
  account: textField({ multiline: true, max: accountMax }),
  concerned: peopleField(),
  harm: pressedField,
  legal: pressedField,
  flags: flagsField,
  reach: pressedField,
  source: pressedField,
  evidence: pressedField,
  sentiment: pressedField,
  business: ratedField,
  internal: ratedField,
  also: flagsField,
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
/** The crisis or the matter that is assessed again; neither: something new. */
const subject = z.object({ crisisId: z.uuid().nullable(), matterId: z.uuid().nullable() });
export type Subject = z.output<typeof subject>;

export const matterTarget = { matterId: z.uuid(), v: z.number() };
/** The form that another one was opened from, and that shows what became of it. */
const parent = z.object({ viewId: z.string() }).nullish().default(null);
export type Parent = z.output<typeof parent>;

/** The first step. Its answers travel with the second one: nothing is kept before there is something to keep. */
export const assessForm = form('assessment.assess', subject, assessFields);
const begun = z.object({
  title: z.string(),
  concerned: z.array(z.string()),
  harm: z.literal(values).nullable(),
  legal: z.literal(values).nullable(),
  flags: z.array(z.enum(flags)),
});
export type Begun = z.output<typeof begun>;
export const restForm = form('assessment.rest', subject.extend({ begun, parent }), assessFields);
export const refine = button('assessment.refine', subject);

/** What the first step says, over what was known before. */
export const firstRating = (known: Partial<Rating>, answers: Assessed): Rating => ({
  values: Object.fromEntries(
    dimensions.map((d) => [
      d,
      (firstDimensions as readonly string[]).includes(d) ? answers[d] : (answers[d] ?? known.values?.[d] ?? null),
    ]),
  ) as Values,
  flags: [
    ...new Set([
      ...answers.flags,
      ...(known.flags ?? []).filter((flag) => (laterFlags as readonly string[]).includes(flag)),
    ]),
  ],
});

/** What the second step adds to the first. */
export const ratingOf = (
  { harm, legal, flags: first }: z.output<typeof begun>,
  answers: Pick<Assessed, Exclude<Dimension, 'harm' | 'legal'> | 'also'>,
): Rating => ({
  values: Object.fromEntries(
    dimensions.map((d) => [d, d === 'harm' ? harm : d === 'legal' ? legal : answers[d]]),
  ) as Values,
  flags: [...new Set([...first, ...answers.also])],
});
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
  const { crisis, matterId, title, account, concernedIds, url } = draft;
  // What a message brought is read here, and travels on from here.
  const isBrought = !crisis && !draft.values && Boolean(account || url);
  return assessForm.draw({
    title: w.title,
    submit: w.next,
    close: w.cancel,
    metadata: { crisisId: crisis?.id ?? null, matterId },
    blocks: [
      ...(crisis
        ? [section(w.introCrisis(escapeMrkdwn(crisis.title)))]
        : [f.title(w.titleLabel, {}, { placeholder: w.titlePlaceholder, focus: !title, initial: title })]),
      ...(isBrought ? [f.account(w.account, { optional: true }, { initial: account })] : []),
      ...firstDimensions.map((d) => f[d](questionOf(d, language), {}, pressChoices(d, language), chosenOf(draft, d))),
      f.flags(w.flags, { optional: true }, flagChoices(firstFlags, language), draft.flags),
      ...(crisis ? [] : [f.concerned(w.concerned, { optional: true, hint: w.concernedHint }, concernedIds)]),
      ...(isBrought ? [f.url(w.url, { optional: true }, url ?? undefined)] : []),
    ],
  });
}

const pressed = ['reach', 'source', 'evidence', 'sentiment'] as const;
const listed = ['business', 'internal'] as const;

/** The second step: what else weighs, and where it was seen. `rating`: what is known of it from before. */
export function restView(draft: Draft, rating: Rating, parent: Parent, language: Language): ModalView {
  const w = words(language).form;
  const f = restForm.fields;
  const { crisis, matterId, title = '', account, concernedIds = [], url, baseline } = draft;
  const known = { values: rating.values, flags: rating.flags };
  return restForm.draw({
    title: w.title,
    submit: w.submit,
    close: w.back,
    metadata: {
      crisisId: crisis?.id ?? null,
      matterId,
      parent,
      begun: {
        title,
        concerned: [...concernedIds],
        harm: rating.values.harm,
        legal: rating.values.legal,
        flags: rating.flags.filter((flag) => (firstFlags as readonly string[]).includes(flag)),
      },
    },
    blocks: [
      context(w.rest),
      ...pressed.map((d) => f[d](questionOf(d, language), {}, pressChoices(d, language), chosenOf(known, d))),
      ...listed.map((d) => f[d](questionOf(d, language), {}, anchorChoices(d, language), chosenOf(known, d))),
      f.also(w.flags, { optional: true }, flagChoices(laterFlags, language), rating.flags),
      ...(crisis ? [] : [f.account(w.account, { optional: true, hint: w.accountHint }, { initial: account })]),
      f.url(w.url, { optional: true }, url ?? undefined),
      f.baseline(
        w.baseline,
        { optional: true, hint: w.baselineHint },
        { placeholder: w.baselinePlaceholder, initial: baseline },
      ),
    ],
  });
}

const chosenOf = ({ values: given }: Partial<Rating>, dimension: Dimension): string =>
  String(given?.[dimension] ?? unknownChoice);

export const flagChoices = (offered: readonly Flag[], language: Language): Choice[] =>
  offered.map((flag) => ({ value: flag, label: flagName(flag, language), description: flagHint(flag, language) }));

/** In words alone: what is looked for is a description, not a number. */
function pressChoices(dimension: Dimension, language: Language): Choice[] {
  return [
    { value: unknownChoice, label: words(language).form.unknown },
    ...values.map((value) => {
      const { short, full } = anchorOf(dimension, value, language);
      // Of reach the second way to say it is another measure; of the others it is the whole of the first.
      if (dimension === 'reach') return { value: String(value), label: short, ...(full ? { description: full } : {}) };
      return { value: String(value), label: full ?? short };
    }),
  ];
}

/** For a list: the number stands beside its words. */
export function anchorChoices(dimension: Dimension, language: Language): Choice[] {
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
