import type { Language } from '../../core/locale.ts';
import {
  actions,
  button,
  type Choice,
  context,
  divider,
  input,
  type KnownBlock,
  type Message,
  type ModalView,
  message,
  modal,
  multiSelect,
  paragraphs,
  section,
  select,
  textInput,
} from '../../slack/blocks.ts';
import { clip } from '../../slack/limits.ts';
import { channelLink, escapeMrkdwn } from '../../slack/mrkdwn.ts';
import { approversOf } from '../policy.ts';
import { authorsOf, type Statement } from '../rules.ts';
import type { Check } from '../snapshot.ts';
import { seatName, words as statementWords } from '../text.ts';
import type { Scenery } from '../views.ts';
import { forLegal, legalOf } from './answers.ts';
import { answerLines, findingLine, shownExcerpt, twinBlocks } from './lines.ts';
import { answersTo, blocking, type Finding, findingKey, isBlocking, type Material, termKey } from './lint.ts';
import { peopleIn } from './people-named.ts';
import { detailOf, findingWords, words } from './text.ts';

/** How the form is reached: `saved` just now, and perhaps `refused` to be submitted. */
export type Occasion = 'asked' | 'saved' | 'refused' | 'legal_asked';

const seenOf = ({ id, current }: Statement) => ({ s: id, v: current.number, h: current.hash });
/** A view takes 100 blocks; each finding takes two. */
const mostBlocking = 20;

/** What blocks first, each with the answers there are; then remarks, what was answered, the translation. */
export function checkForm(
  statement: Statement,
  check: Check,
  scenery: Scenery,
  by: { userId: string; channelId: string | null },
  occasion: Occasion = 'asked',
): ModalView {
  const { language } = scenery;
  const w = words(language);
  const against = blocking(check.findings);
  const isDraft = statement.status === 'draft';
  const mayAgree = isDraft && legalOf(statement, scenery).includes(by.userId) && forLegal(against).length > 0;
  return modal({
    id: 'statements.check',
    title: w.title,
    close: statementWords(language).form.close,
    metadata: { statementId: statement.id, channelId: by.channelId },
    blocks: [
      ...openingLines(statement, occasion, against.length > 0, language).map((line) => section(line)),
      ...(check.findings.length === 0 ? [section(w.nothing)] : []),
      ...(against.length > 0 ? [section(`*${w.blocked(w.point(against.length))}*`)] : []),
      ...against
        .slice(0, mostBlocking)
        .flatMap((finding, i) => findingBlocks(statement, finding, i, isDraft, language)),
      ...(against.length > mostBlocking ? [context(w.more(against.length - mostBlocking))] : []),
      ...(isDraft ? legalButtons(statement, against, mayAgree, language) : []),
      ...remarks(statement, check.findings, isDraft, language),
      ...answered(statement, check.material, isDraft, scenery),
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
  const value = (say: string) => JSON.stringify({ ...seenOf(statement), key: findingKey(finding), say });
  const spoken = (label: string) => `${label}: ${clip(finding.excerpt, 40)}`;
  return answersTo(finding).flatMap((answer) => {
    if (answer === 'linked')
      return [button(w.deed, { id: `statements.explain:${i}`, value: value('deed'), spoken: spoken(w.deed) })];
    if (answer === 'waived')
      return [button(w.waive, { id: `statements.explain:${i}`, value: value('waived'), spoken: spoken(w.waive) })];
    if (answer === 'not_ours' || answer === 'legal_ok') return [];
    return [
      button(labels[answer], {
        id: `statements.answer:${i}-${answer}`,
        value: value(answer),
        spoken: spoken(labels[answer]),
      }),
    ];
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
  return [
    actions(
      mayAgree
        ? legalButton(statement, language)
        : button(w.askLegal, { id: 'statements.ask_legal', value: JSON.stringify(seenOf(statement)) }),
    ),
  ];
}

const legalButton = (statement: Statement, language: Language) => {
  const w = words(language);
  return button(w.legalOk, {
    id: 'statements.answer:legal',
    value: JSON.stringify({ ...seenOf(statement), key: 'legal', say: 'legal_ok' }),
    style: 'primary',
    confirm: {
      title: w.legalOkTitle,
      text: w.legalOkText(statement.number, statement.current.number),
      yes: w.yes,
      no: w.no,
    },
  });
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

function answered(statement: Statement, material: Material, isDraft: boolean, scenery: Scenery): KnownBlock[] {
  const { language } = scenery;
  const w = words(language);
  const lines = answerLines(statement, material, scenery);
  if (lines.length === 0) return [];
  const names = [...new Set(peopleIn(statement.current.body).map(({ name }) => name))].filter((name) =>
    material.terms.some((t) => t.kind === 'person' && !t.isSo && t.key === termKey('person', name)),
  );
  const mistakes = names.slice(0, 5).map((name, i) =>
    button(clip(`${w.itIsAPerson}: ${name}`, 75), {
      id: `statements.answer:mistake-${i}`,
      value: JSON.stringify({ ...seenOf(statement), key: `term:${termKey('person', name)}`, say: 'person' }),
    }),
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
      ...(isFree
        ? [
            button(w.submit, {
              id: 'statements.submit',
              value: JSON.stringify(seenOf(statement)),
              style: 'primary' as const,
            }),
          ]
        : []),
      button(w.edit, {
        id: 'statements.more',
        value: JSON.stringify({ do: 'edit', s: statement.id, v: statement.current.number }),
      }),
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
  const common = {
    id: 'statements.explain',
    submit: w.submit,
    close: statementWords(language).form.cancel,
    metadata: {
      statementId: statement.id,
      version: statement.current.number,
      hash: statement.current.hash,
      key: findingKey(finding),
      ...at,
    },
  };
  if (finding.code !== 'done_action')
    return modal({
      ...common,
      title: w.waiveTitle,
      blocks: [
        input(w.waiveReason, textInput('reason', { multiline: true, max: 500, focus: true }), { hint: w.waiveHint }),
      ],
    });
  const choices: Choice[] = [
    ...measures
      .filter((m) => m.doneAt)
      .map((m) => ({ value: `measure:${m.id}`, label: words(language).measure(m.number, m.text) })),
    ...doneTasks.map((t) => ({ value: `task:${t.id}`, label: words(language).task(t.number, t.title) })),
  ];
  return modal({
    ...common,
    title: w.title,
    blocks: [
      section(w.intro(shownExcerpt(finding.excerpt))),
      ...(choices.length > 0
        ? [input(w.targets, multiSelect('targets', choices), { optional: true })]
        : [section(w.none)]),
      input(w.reason, textInput('reason', { multiline: true, max: 500 }), { optional: true, hint: w.reasonHint }),
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
  const choices: Choice[] = [
    ...fitting.map(({ id, number, current }) => ({ value: id, label: `${number}. ${current.title}` })),
    { value: 'none', label: w.none },
  ];
  return modal({
    id: 'statements.pair',
    title: w.title,
    close: statementWords(language).form.cancel,
    metadata: { statementId: statement.id, channelId },
    ...(fitting.length > 0
      ? {
          submit: w.submit,
          blocks: [
            section(w.intro),
            input(w.which, select('twin', choices.slice(0, 100), statement.twinId ?? undefined)),
          ],
        }
      : { blocks: [section(w.nothing)] }),
  });
}

/** What legal is sent: the names and data, the text or its beginning, and the button. */
export function legalMessage(
  statement: Statement,
  check: Check,
  userId: string,
  [beginning, ...rest]: readonly [string, ...string[]],
  scenery: Scenery,
): Message {
  const { crisis, language } = scenery;
  const w = words(language);
  const { number, current } = statement;
  const open = statement.status === 'draft' ? forLegal(check.findings) : [];
  const isMine = legalOf(statement, scenery).includes(userId);
  const text = w.legal.text(number, current.title);
  if (open.length === 0 || !isMine) return message(text, [section(escapeMrkdwn(text)), context(w.legal.settled)]);
  const room = crisis.channelId ? channelLink(crisis.channelId) : escapeMrkdwn(crisis.title);
  return message(text, [
    section(w.legal.intro(room, number, escapeMrkdwn(current.title), current.number)),
    ...standInNote(statement, scenery),
    section(
      open
        .slice(0, mostBlocking)
        .map((finding) =>
          `• ${w.quote(shownExcerpt(finding.excerpt))} ${escapeMrkdwn(detailOf(finding, language))}`.trimEnd(),
        )
        .join('\n'),
    ),
    context(w.legal.otherwise),
    actions(
      legalButton(statement, language),
      button(w.check, {
        id: 'statements.more',
        value: JSON.stringify({ do: 'check', s: statement.id, v: current.number }),
      }),
    ),
    divider(),
    section(w.legal.textFollows),
    ...paragraphs(beginning),
    ...(rest.length > 0 ? [context(statementWords(language).card.continues(rest.length + 1))] : []),
  ]);
}

/** Whoever answers in place of legal is told that they do, and why. */
function standInNote(statement: Statement, { crisis, roster, language }: Scenery): KnownBlock[] {
  const { standIn } = approversOf('legal', roster, crisis.leadId, authorsOf(statement));
  if (!standIn) return [];
  return [context(statementWords(language).standIn(seatName('legal', language), standIn.by, standIn.because))];
}
