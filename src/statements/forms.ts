import type { RichTextBlock, RichTextElement } from '@slack/types';
import { z } from 'zod';
import type { Language } from '../core/locale.ts';
import { audienceName, isExternal, kindName } from '../core/statement-kinds.ts';
import {
  type Choice,
  checkboxes,
  context,
  type KnownBlock,
  type ModalView,
  modal,
  multiSelect,
  section,
  sections,
  urlInput,
} from '../slack/blocks.ts';
import { chooser, field, form, momentField, textField, ticksField } from '../slack/contract.ts';
import { splitText } from '../slack/limits.ts';
import { escapeMrkdwn } from '../slack/mrkdwn.ts';
import { mayHaveHeard, passedOver, type Stakeholder } from '../stakeholders/rules.ts';
import { difference, type Piece } from './difference.ts';
import { placeOf } from './lines.ts';
import { languageName } from './names.ts';
import { writtenFor } from './publishing.ts';
import { words as start } from './start/text.ts';
import type { Seen, Statement, Version } from './statement.ts';
import { words } from './text.ts';
import { shortHash } from './wording.ts';

/** A form with nothing to fill in: something to wait for, or to know. */
export const noticeForm = (title: string, text: string, language: Language, below: KnownBlock[] = []): ModalView =>
  modal({
    id: 'statements.notice',
    title,
    close: words(language).form.close,
    blocks: [...sections(text), ...below],
  });

const reasons = ['changes_requested', 'rejected', 'withdraw', 'waive'] as const;
export type Reason = (typeof reasons)[number];

export const giveReason = form(
  'statements.reason',
  z.object({
    about: z.enum(reasons),
    statementId: z.uuid(),
    version: z.number(),
    hash: z.string(),
    channelId: z.string().nullable(),
    viewId: z.string().nullish().default(null),
  }),
  { reason: textField({ multiline: true }) },
);

export function reasonForm(
  about: Reason,
  statement: Statement,
  seen: Seen,
  at: { channelId: string | null; viewId?: string | null },
  language: Language,
): ModalView {
  const w = words(language).reason;
  const [title, label, submit] = {
    changes_requested: [w.changesTitle, w.changes, w.send] as const,
    rejected: [w.rejectTitle, w.reject, w.send] as const,
    withdraw: [w.withdrawTitle, w.withdrawn, w.withdraw] as const,
    waive: [w.waiveTitle, w.waive, w.waiveSend] as const,
  }[about];
  const place = placeOf(statement);
  return giveReason.draw({
    title,
    submit,
    close: words(language).form.cancel,
    metadata: { about, statementId: statement.id, ...seen, ...at },
    blocks: [
      section(which(statement, language)),
      ...(about === 'withdraw' && place ? [section(w.publishedNote(place))] : []),
      giveReason.fields.reason(label, { hint: about === 'waive' ? w.waiveHint : w.changesHint }, { focus: true }),
    ],
  });
}

const which = ({ number, current }: Statement, language: Language): string =>
  words(language).reason.which(number, escapeMrkdwn(current.title), current.number, shortHash(current.hash));

export const markPublished = form(
  'statements.publish',
  z.object({ statementId: z.uuid(), channelId: z.string().nullable(), asksNext: z.boolean().default(false) }),
  {
    url: field(textField().schema, urlInput),
    where: textField({ max: 500 }),
    at: momentField(),
    told: field(ticksField().schema, ticksOrList),
    next: momentField(),
    no_next: ticksField(),
  },
);

/** Slack draws ten boxes at most. */
function ticksOrList(key: string, choices: readonly Choice[]) {
  return choices.length > 10 ? multiSelect(key, choices) : checkboxes(key, choices);
}

/** `there`: everybody who must hear; nobody is ticked, because nothing is assumed. */
export function publishForm(
  statement: Statement,
  there: readonly Stakeholder[],
  now: Date,
  channelId: string | null,
  language: Language,
): ModalView {
  const w = words(language).publish;
  const { url, where, at, told, next, no_next } = markPublished.fields;
  const audience = writtenFor(statement);
  const [reached, skipped] = [mayHaveHeard(audience, there), passedOver(audience, there)];
  const asksNext = isExternal(statement.current);
  return markPublished.draw({
    title: w.title,
    submit: w.submit,
    close: words(language).form.cancel,
    metadata: { statementId: statement.id, channelId, asksNext },
    blocks: [
      section(which(statement, language)),
      context(w.intro),
      url(w.url, { optional: true }),
      where(w.where, { optional: true }, { placeholder: w.wherePlaceholder }),
      at(w.at, {}, now),
      ...(reached.length > 0
        ? [
            told(
              w.told,
              { optional: true },
              reached.map(({ id, name }) => ({ value: id, label: name })),
            ),
          ]
        : []),
      ...(skipped.length > 0 ? [section(w.passedOver(skipped.map(({ name }) => escapeMrkdwn(name))))] : []),
      ...(asksNext
        ? [
            next(w.next, { optional: true, hint: w.nextHint }),
            no_next(w.noNext, { optional: true }, [{ value: 'none', label: w.promisesNone }]),
          ]
        : []),
    ],
  });
}

/** Picks the version to compare with; its block carries the statement and the version that is shown. */
export const compareWith = chooser('statements.compare', z.object({ s: z.uuid(), v: z.number() }));

/** What changed, with nothing left out. */
export function differencesForm(
  statement: Statement,
  versions: readonly Version[],
  from: number,
  to: number,
  language: Language,
): ModalView {
  const w = words(language).differences;
  const [before, after] = [versions.find((v) => v.number === from), versions.find((v) => v.number === to)];
  const shown =
    before && after ? [section(w.intro(from, to)), ...differences(before, after, language)] : [section(w.only)];
  const others = versions
    .filter((v) => v.number !== to)
    .map((v) => ({ value: String(v.number), label: w.version(v.number, wasApproved(statement, v)) }))
    .toReversed();
  const compare: KnownBlock[] =
    others.length > 1
      ? [
          {
            ...section(w.compare, compareWith.draw(others, String(from))),
            block_id: compareWith.block({ s: statement.id, v: to }),
          },
        ]
      : [];
  return modal({
    id: 'statements.differences',
    title: w.title,
    close: words(language).form.close,
    blocks: [...compare, ...shown],
  });
}

/** Everything that differs between two versions: first the fields, then the text. */
export const differences = (before: Version, after: Version, language: Language, pieces?: Piece[]): KnownBlock[] => [
  ...changedFields(before, after, language),
  ...changedText(before, after, language, pieces),
];

const wasApproved = ({ verdicts }: Statement, version: Version) =>
  verdicts.some((v) => v.versionNumber === version.number && v.verdict === 'approved');

function changedFields(before: Version, after: Version, language: Language): KnownBlock[] {
  const w = words(language);
  const yes = words(language).differences;
  const told = (v: Pick<Version, 'title' | 'kind' | 'audience' | 'language' | 'isSensitive'>): [string, string][] => [
    [start(language).sensitive, v.isSensitive ? yes.yes : yes.no],
    [w.form.titleLabel, v.title],
    [w.form.kind, kindName(v.kind, language)],
    [w.form.audience, audienceName(v.audience, language)],
    [w.form.language, languageName(v.language, language)],
  ];
  const old = told(before);
  return told(after).flatMap(([label, value], i) => {
    const was = old[i]?.[1] ?? '';
    return was === value ? [] : [section(w.differences.from(label, escapeMrkdwn(was), escapeMrkdwn(value)))];
  });
}

const piecesPerBlock = 2_500;

/** Rich text rather than mrkdwn: no character of the statement can be taken for a mark. */
export function changedText(
  before: Pick<Version, 'body'>,
  after: Pick<Version, 'body'>,
  language: Language,
  pieces = difference(before.body, after.body),
): KnownBlock[] {
  if (before.body === after.body) return [section(words(language).differences.same)];
  const elements = pieces.flatMap((piece) =>
    splitText(piece.text, piecesPerBlock).map((text) => ({ text, element: styled(piece.kind, text) })),
  );
  const blocks: RichTextElement[][] = [];
  let room = 0;
  for (const { text, element } of elements) {
    if (text.length > room) {
      blocks.push([]);
      room = piecesPerBlock;
    }
    blocks.at(-1)?.push(element);
    room -= text.length;
  }
  return blocks.map(richText);
}

const styled = (kind: Piece['kind'], text: string): RichTextElement => {
  if (kind === 'same') return { type: 'text', text };
  // Screen readers do not say how a word is drawn: the marks do.
  return kind === 'removed'
    ? { type: 'text', text: `[−${text}−]`, style: { strike: true } }
    : { type: 'text', text: `[+${text}+]`, style: { bold: true } };
};

const richText = (elements: RichTextElement[]): RichTextBlock => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements }],
});
