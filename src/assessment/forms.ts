import { type Level, levels } from '../core/levels.ts';
import type { Language } from '../core/locale.ts';
import { levelHint, levelLabel } from '../crises/text.ts';
import {
  type Choice,
  checkboxes,
  context,
  input,
  type KnownBlock,
  type ModalView,
  modal,
  momentInput,
  peopleInput,
  section,
  select,
  textInput,
  urlInput,
} from '../slack/blocks.ts';
import { escapeMrkdwn } from '../slack/mrkdwn.ts';
import { anchorOf, flagHint, flagName, questionOf } from './anchors.ts';
import { scoreText } from './lines.ts';
import { type Assessment, accountMax, baselineMax, reasonMax, titleMax } from './rules.ts';
import { assumed, type Dimension, dimensions, flags, type Situation, values } from './score.ts';
import { words } from './text.ts';

export const unknownChoice = 'unknown';

export type Draft = Partial<Situation> & {
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
export function assessForm(draft: Draft, language: Language): ModalView {
  const w = words(language).form;
  const { crisis, matterId, title, account, concernedIds, url, baseline } = draft;
  return modal({
    id: 'assessment.assess',
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
            input(w.titleLabel, titleInput(title, w.titlePlaceholder), { hint: w.titleHint }),
            accountInput(account, language),
            input(w.concerned, peopleInput('concerned', concernedIds), { optional: true, hint: w.concernedHint }),
          ]),
      ...situationInputs(draft, language),
      input(w.url, urlInput('url', url ?? undefined), { optional: true }),
      input(
        w.baseline,
        textInput('baseline', {
          max: baselineMax,
          placeholder: w.baselinePlaceholder,
          initial: baseline,
        }),
        { optional: true, hint: w.baselineHint },
      ),
    ],
  });
}

const accountInput = (account: string | undefined, language: Language): KnownBlock => {
  const w = words(language).form;
  const field = textInput('account', { multiline: true, max: accountMax, initial: account });
  return input(w.account, field, { optional: true, hint: w.accountHint });
};

const titleInput = (title: string | undefined, placeholder: string) =>
  textInput('title', { max: titleMax, placeholder, focus: !title, initial: title });

/** The eight dimensions and what stands beside them: for an assessment, and for a case of the past. */
export const situationInputs = (draft: Partial<Situation>, language: Language): KnownBlock[] => [
  ...dimensions.map((dimension) =>
    input(
      questionOf(dimension, language),
      select(dimension, anchorChoices(dimension, language), String(draft.values?.[dimension] ?? unknownChoice)),
    ),
  ),
  input(
    words(language).form.flags,
    checkboxes(
      'flags',
      flags.map((flag) => ({ value: flag, label: flagName(flag, language), description: flagHint(flag, language) })),
      draft.flags,
    ),
    { optional: true },
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

export type Parent = { viewId: string } | null;

export function watchForm(
  { matterId, v, title }: { matterId: string; v: number; title: string },
  until: Date,
  parent: Parent,
  language: Language,
): ModalView {
  const w = words(language);
  return modal({
    id: 'assessment.watch',
    title: w.watch.title,
    submit: w.watch.submit,
    close: w.form.cancel,
    metadata: { matterId, v, parent },
    blocks: [
      section(`*${escapeMrkdwn(title)}*`),
      input(w.watch.label, momentInput('until', until), { hint: w.watch.hint }),
    ],
  });
}

/** Of a crisis (`assessmentId`) or of a matter (`matterId` and its version). */
export type OverrideTarget = { assessmentId: string } | { matterId: string; v: number };

export function overrideForm(
  target: OverrideTarget,
  assessment: Assessment,
  current: Level,
  parent: Parent,
  language: Language,
): ModalView {
  const w = words(language);
  return modal({
    id: 'assessment.override',
    title: w.override.title,
    submit: w.override.submit,
    close: w.form.cancel,
    metadata: { target, parent },
    blocks: [
      section(w.override.intro(levelLabel(assessment.level, language), scoreText(assessment, language))),
      input(w.override.level, levelSelect('level', current, language)),
      input(w.override.reason, textInput('reason', { multiline: true, max: reasonMax }), {
        hint: w.override.reasonHint,
      }),
    ],
  });
}

export const levelSelect = (id: string, chosen: Level | undefined, language: Language) =>
  select(
    id,
    levels.toReversed().map((level) => ({
      value: level,
      label: levelLabel(level, language),
      description: levelHint(level, language),
    })),
    chosen,
  );

export const noticeForm = (title: string, blocks: KnownBlock[], language: Language): ModalView =>
  modal({ id: 'assessment.notice', title, close: words(language).form.close, blocks });
