import { z } from 'zod';
import type { Language } from '../../core/locale.ts';
import {
  actions,
  type Choice,
  context,
  divider,
  type KnownBlock,
  type ModalView,
  modal,
  multiSelect,
  section,
} from '../../slack/blocks.ts';
import { button, field, form, pickField, textField } from '../../slack/contract.ts';
import { clip } from '../../slack/limits.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';
import { more, ofVersion, seenVersion, submitVersion, to, versionOf } from '../buttons.ts';
import { noticeForm } from '../forms.ts';
import type { Props } from '../lines.ts';
import type { Check } from '../snapshot.ts';
import type { Statement } from '../statement.ts';
import { words as statementWords } from '../text.ts';
import { forLegal, legalOf } from './answers.ts';
import { answerLines, backgroundLines, findingLine, shownExcerpt, twinBlocks } from './lines.ts';
import { answersTo, blocking, type Finding, findingKey, isBlocking, type Material, termKey } from './lint.ts';
import { peopleIn } from './people-named.ts';
import { detailOf, findingWords, words } from './text.ts';

const ofFinding = ofVersion.extend({ key: z.string() });
export const answer = button(
  'statements.answer',
  ofFinding
    .extend({ say: z.enum(['person', 'not_person', 'contact', 'not_said', 'legal_ok']) })
    .transform(({ s, v, h, key, say }) => ({
      statementId: s,
      seen: { version: v, hash: h },
      said: say === 'legal_ok' ? ({ say } as const) : ({ say, key } as const),
    })),
);
export const askLegal = button('statements.ask_legal', seenVersion);
export const explain = button('statements.explain', ofFinding);

const channelId = z.string().nullish().default(null);
export const explanation = form(
  'statements.explain',
  z.object({
    statementId: z.uuid(),
    version: z.number(),
    hash: z.string(),
    key: z.string(),
    channelId,
    viewId: z.string().nullish().default(null),
  }),
  {
    targets: field(
      z
        .array(z.string())
        .nullish()
        .transform((ids) => ids ?? []),
      multiSelect,
    ),
    reason: textField({ multiline: true, max: 500 }),
  },
);
export const translation = form('statements.pair', z.object({ statementId: z.uuid(), channelId }), {
  twin: pickField(),
});

/** How the form is reached: `saved` just now, and perhaps `refused` to be submitted. */
export type Occasion = 'asked' | 'saved' | 'refused' | 'legal_asked';

/** A view takes 100 blocks; each finding takes two. */
const mostBlocking = 20;

/** What blocks first, each with the answers there are; then remarks, what was answered, the translation. */
export function checkForm(
  statement: Statement,
  check: Check,
  props: Props,
  by: { userId: string; channelId: string | null },
  occasion: Occasion = 'asked',
): ModalView {
  const { language } = props.reader;
  const w = words(language);
  const against = blocking(check.findings);
  const isDraft = statement.status === 'draft';
  const background = backgroundLines(statement, props);
  const mayAgree = isDraft && legalOf(statement, props).includes(by.userId) && forLegal(against).length > 0;
  return modal({
    id: 'statements.check',
    title: w.title,
    close: statementWords(language).form.close,
    metadata: { statementId: statement.id, channelId: by.channelId },
    blocks: [
      ...openingLines(statement, occasion, against.length > 0, language).map((line) => section(line)),
      ...(background.length > 0 ? [context(background.join('\n'))] : []),
      ...(check.findings.length === 0 ? [section(w.nothing)] : []),
      ...(against.length > 0 ? [section(`*${w.blocked(w.point(against.length))}*`)] : []),
      ...against
        .slice(0, mostBlocking)
        .flatMap((finding, i) => findingBlocks(statement, finding, i, isDraft, language)),
      ...(against.length > mostBlocking ? [context(w.more(against.length - mostBlocking))] : []),
      ...(isDraft ? legalButtons(statement, against, mayAgree, language) : []),
      ...remarks(statement, check.findings, isDraft, language),
      ...answered(statement, check.material, isDraft, props),
      ...(check.twin ? [divider(), ...twinBlocks(check.twin, language)] : []),
      ...(isDraft ? closingButtons(statement, against.length === 0, language) : []),
    ],
  });
}

function openingLines(
  { number, current }: Statement,
  occasion: Occasion,
  isBlocked: boolean,
  language: Language,
): string[] {
  const w = words(language);
  if (occasion === 'asked') return [];
  if (occasion === 'legal_asked') return [w.askedLegal];
  return [w.saved(number, current.number), ...(occasion === 'refused' && isBlocked ? [w.notSubmitted] : [])];
}

function findingBlocks(
  statement: Statement,
  finding: Finding,
  i: number,
  isDraft: boolean,
  language: Language,
): KnownBlock[] {
  const w = words(language);
  const question =
    finding.code === 'person' && !finding.isSure
      ? `\n*${w.maybePerson}*`
      : 'exact' in finding && !finding.exact
        ? `\n*${w.maybeSame}*`
        : '';
  const buttons = isDraft ? answerButtons(statement, finding, i, language) : [];
  return [
    section(`${findingLine(finding, language)}${question}`),
    ...(buttons.length > 0 ? [actions(...buttons)] : []),
  ];
}

function answerButtons(statement: Statement, finding: Finding, i: number, language: Language) {
  const w = words(language);
  const labels = { person: w.person, not_person: w.notPerson, contact: w.contact, not_said: w.notSaid } as const;
  const value = { ...versionOf(statement), key: findingKey(finding) };
  const spoken = (label: string) => `${label}: ${clip(finding.excerpt, 40)}`;
  const explained = (label: string) => [explain.draw(label, value, { suffix: i, spoken: spoken(label) })];
  return answersTo(finding).flatMap((say) => {
    if (say === 'linked') return explained(w.deed);
    if (say === 'waived') return explained(w.waive);
    if (say === 'not_ours' || say === 'legal_ok') return [];
    return [answer.draw(labels[say], { ...value, say }, { suffix: `${i}-${say}`, spoken: spoken(labels[say]) })];
  });
}

/** Legal answers for all names and data at once; everybody else can ask legal. */
function legalButtons(
  statement: Statement,
  against: readonly Finding[],
  mayAgree: boolean,
  language: Language,
): KnownBlock[] {
  if (forLegal(against).length === 0) return [];
  const w = words(language);
  return [actions(mayAgree ? legalButton(statement, language) : askLegal.draw(w.askLegal, versionOf(statement)))];
}

export const legalButton = (statement: Statement, language: Language) => {
  const w = words(language);
  const text = w.legalOkText(statement.number, statement.current.number);
  return answer.draw(
    w.legalOk,
    { ...versionOf(statement), key: 'legal', say: 'legal_ok' },
    { suffix: 'legal', style: 'primary', confirm: { title: w.legalOkTitle, text, yes: w.yes, no: w.no } },
  );
};

function remarks(
  statement: Statement,
  findings: readonly Finding[],
  isDraft: boolean,
  language: Language,
): KnownBlock[] {
  const w = words(language);
  const mine = findings.filter((finding) => !isBlocking(finding));
  if (mine.length === 0) return [];
  const codes = [...new Set(mine.map(({ code }) => code))];
  const lines = codes.map((code) => {
    const same = mine.filter((finding) => finding.code === code);
    const { title, why, instead } = findingWords(code, language);
    const shown = same.map((finding) => {
      const detail = detailOf(finding, language);
      return detail ? escapeMrkdwn(clip(detail, 200)) : w.quote(shownExcerpt(finding.excerpt));
    });
    return section(`${w.warning(title, shown.slice(0, 8).join(', '))}\n${w.why(why, instead)}`);
  });
  const next = mine.find((finding) => finding.code === 'slot_missing' && finding.slot === 'next');
  const waive = next && isDraft ? answerButtons(statement, next, mostBlocking, language) : [];
  return [divider(), section(w.remarks), ...lines, ...(waive.length > 0 ? [actions(...waive)] : [])];
}

function answered(statement: Statement, material: Material, isDraft: boolean, props: Props): KnownBlock[] {
  const { language } = props.reader;
  const w = words(language);
  const lines = answerLines(statement, material, props);
  if (lines.length === 0) return [];
  const names = [...new Set(peopleIn(statement.current.body).map(({ name }) => name))].filter((name) =>
    material.terms.some((t) => t.kind === 'person' && !t.isSo && t.key === termKey('person', name)),
  );
  const mistakes = names
    .slice(0, 5)
    .map((name, i) =>
      answer.draw(
        clip(`${w.itIsAPerson}: ${name}`, 75),
        { ...versionOf(statement), key: `term:${termKey('person', name)}`, say: 'person' },
        { suffix: `mistake-${i}` },
      ),
    );
  return [
    divider(),
    section([w.answered, ...lines].join('\n')),
    ...(isDraft && mistakes.length > 0 ? [actions(...mistakes)] : []),
  ];
}

function closingButtons(statement: Statement, isFree: boolean, language: Language): KnownBlock[] {
  const w = words(language);
  return [
    divider(),
    actions(
      ...(isFree ? [submitVersion.draw(w.submit, versionOf(statement), { style: 'primary' })] : []),
      more.draw(w.edit, to('edit', statement)),
    ),
  ];
}

/** What stands behind a sentence that tells an act as done, or why there is no hour of a next update. */
export function explainForm(
  statement: Statement,
  finding: Finding,
  { doneTasks, measures }: Material,
  at: { channelId: string | null; viewId: string | null },
  language: Language,
): ModalView {
  const w = words(language).link;
  const { number: version, hash } = statement.current;
  const common = {
    submit: w.submit,
    close: statementWords(language).form.cancel,
    metadata: { statementId: statement.id, version, hash, key: findingKey(finding), ...at },
  };
  const { targets, reason } = explanation.fields;
  if (finding.code !== 'done_action')
    return explanation.draw({
      ...common,
      title: w.waiveTitle,
      blocks: [reason(w.waiveReason, { hint: w.waiveHint }, { focus: true })],
    });
  const choices: Choice[] = [
    ...measures
      .filter((m) => m.doneAt)
      .map((m) => ({ value: `measure:${m.id}`, label: words(language).measure(m.number, m.text) })),
    ...doneTasks.map((t) => ({ value: `task:${t.id}`, label: words(language).task(t.number, t.title) })),
  ];
  return explanation.draw({
    ...common,
    title: w.title,
    blocks: [
      section(w.intro(shownExcerpt(finding.excerpt))),
      choices.length > 0 ? targets(w.targets, { optional: true }, choices) : section(w.none),
      reason(w.reason, { optional: true, hint: w.reasonHint }),
    ],
  });
}

/** Which statement says the same in the other language. */
export function pairForm(
  statement: Statement,
  others: readonly Statement[],
  channelId: string | null,
  language: Language,
): ModalView {
  const w = words(language).pair;
  const fitting = others.filter(
    (one) => one.current.language !== statement.current.language && one.status !== 'withdrawn',
  );
  if (fitting.length === 0) return noticeForm(w.title, w.nothing, language);
  const choices: Choice[] = [
    ...fitting.slice(0, 99).map(({ id, number, current }) => ({ value: id, label: `${number}. ${current.title}` })),
    { value: '-', label: w.none },
  ];
  return translation.draw({
    title: w.title,
    submit: w.submit,
    close: statementWords(language).form.cancel,
    metadata: { statementId: statement.id, channelId },
    blocks: [section(w.intro), translation.fields.twin(w.which, {}, choices, statement.twinId ?? undefined)],
  });
}
