import type { Level } from '../core/levels.ts';
import { levels } from '../core/levels.ts';
import type { Language } from '../core/locale.ts';
import { levelLabel } from '../crises/text.ts';
import {
  actions,
  button,
  context,
  input,
  type KnownBlock,
  type ModalView,
  modal,
  numberInput,
  section,
  sections,
  textInput,
} from '../slack/blocks.ts';
import { escapeMrkdwn, slackTime } from '../slack/mrkdwn.ts';
import { dimensionName } from './anchors.ts';
import {
  type Comparison,
  caseTitleMax,
  type PastCase,
  type replay,
  type SavedWeights,
  weightReasonMax,
} from './calibration.ts';
import { words } from './calibration-text.ts';
import { levelSelect, noticeForm, type Parent, situationInputs } from './forms.ts';
import { type Dimension, dimensions, type Weights, weightTotal } from './score.ts';
import { words as assessmentWords } from './text.ts';

type Reader = { language: Language; timeZone: string; named: (userId: string) => string };

export const weightId = (dimension: Dimension): string => `weight_${dimension}`;
/** Slack keeps what was typed in a block of the same id: other weights are put into other blocks. */
export const weightBlock = (dimension: Dimension, mark: number): string => `${weightId(dimension)}_${mark}`;

const worthComparing = 10;

export function calibrateForm(
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
  return modal({
    id: 'assessment.calibrate',
    title: w.title,
    submit: w.compare,
    close: assessmentWords(language).form.close,
    metadata: { mark },
    blocks: [
      section(w.intro),
      section([w.cases(cases.assessed, cases.entered), ...(missing > 0 ? [w.few(missing)] : [])].join(' ')),
      actions(
        button(w.add, { id: 'assessment.add_case', value: '{}', style: 'primary' }),
        ...(cases.entered > 0 ? [button(w.manage, { id: 'assessment.cases', value: '{}' })] : []),
        button(w.standard, { id: 'assessment.standard_weights', value: '{}' }),
      ),
      context(`${now} ${w.sum}`),
      ...dimensions.map((dimension) => ({
        ...input(
          dimensionName(dimension, language),
          numberInput(weightId(dimension), { initial: shown[dimension], min: 0, max: weightTotal }),
        ),
        block_id: weightBlock(dimension, mark),
      })),
    ],
  });
}

const mostRows = 40;

export function comparisonForm(
  { rows, before, after }: ReturnType<typeof replay>,
  current: SavedWeights,
  proposed: Weights,
  language: Language,
): ModalView {
  const w = words(language).result;
  const changed = dimensions.filter((d) => current.weights[d] !== proposed[d]);
  const changes = changed.map((d) => `${dimensionName(d, language)} ${current.weights[d]} → ${proposed[d]}`).join(', ');
  const more = rows.length - mostRows;
  return modal({
    id: 'assessment.save_weights',
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
      ...(changed.length > 0
        ? [input(w.reason, textInput('reason', { multiline: true, max: weightReasonMax }), { hint: w.reasonHint })]
        : []),
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

export function caseForm(parent: Parent, language: Language): ModalView {
  const w = words(language).case;
  return modal({
    id: 'assessment.add_case',
    title: w.title,
    submit: w.submit,
    close: assessmentWords(language).form.cancel,
    metadata: { parent },
    blocks: [
      context(w.intro),
      input(w.what, textInput('title', { max: caseTitleMax, placeholder: w.placeholder, focus: true })),
      input(w.level, levelSelect('level', undefined, language), { hint: w.levelHint }),
      ...situationInputs({}, language),
    ],
  });
}

const mostCases = 80;

export function caseList(cases: readonly PastCase[], language: Language): ModalView {
  const w = words(language).list;
  const lines: KnownBlock[] = cases.slice(0, mostCases).map(({ id, title, level }) =>
    section(
      `*${escapeMrkdwn(title)}* · ${levelLabel(level, language)}`,
      button(w.remove, {
        id: 'assessment.remove_case',
        value: JSON.stringify({ caseId: id }),
        spoken: w.spoken(title),
      }),
    ),
  );
  return noticeForm(w.title, lines.length > 0 ? lines : [section(w.none)], language);
}
