import type { RichTextBlock, RichTextElement } from '@slack/types';
import type { Language } from '../core/locale.ts';
import { audienceName, kindName } from '../core/output-names.ts';
import { audiences, kinds } from '../core/outputs.ts';
import {
  actions,
  button,
  type Choice,
  checkboxes,
  context,
  input,
  type KnownBlock,
  type ModalView,
  modal,
  momentInput,
  section,
  sections,
  select,
  textInput,
  urlInput,
} from '../slack/blocks.ts';
import { splitText } from '../slack/limits.ts';
import { escapeMrkdwn } from '../slack/mrkdwn.ts';
import { difference, type Piece } from './difference.ts';
import { placeOf } from './lines.ts';
import { mostParts, type Parts } from './parts.ts';
import type { Seen, Statement, Version } from './rules.ts';
import type { Beside } from './snapshot.ts';
import { besideBlocks } from './start/forms.ts';
import { words as start } from './start/text.ts';
import { kindHint, languageName, words } from './text.ts';
import { longestBody, longestTitle, shortHash, type Wording } from './wording.ts';

export type Draft = {
  statementId: string | null;
  number: number | null;
  /** Null until the person has chosen among several. */
  crisisId: string | null;
  crises: readonly Choice[];
  channelId: string | null;
  /** The version the person started from; 0 for a new statement. */
  base: number;
  inReview: boolean;
  wording: Omit<Wording, 'body'>;
  parts: Parts;
  submitNow: boolean;
  /** The template it was begun from. */
  from: { playbook: string; template: string } | null;
  /** What stands beside it: the tone, a suggested posture. */
  beside: Beside | null;
  /** mrkdwn said on top, when something happened meanwhile. */
  warning?: string;
};

export const partId = (index: number): string => `part_${index + 1}`;

export function draftForm(draft: Draft, language: Language): ModalView {
  const w = words(language).form;
  const { statementId, crisisId, channelId, base, wording } = draft;
  const { title, kind, audience } = wording;
  return modal({
    id: 'statements.draft',
    title: draft.number === null ? w.title : w.editTitle(draft.number),
    submit: w.save,
    close: w.cancel,
    metadata: { statementId, crisisId, channelId, base, joiners: draft.parts.joiners, from: draft.from },
    blocks: [
      ...(draft.warning ? [section(draft.warning)] : []),
      context(base > 0 ? w.editIntro(base, draft.inReview) : w.intro),
      ...(draft.beside ? besideBlocks(draft.beside, language) : []),
      ...(base === 0 && crisisId && !draft.from
        ? [
            actions(
              button(start(language).fromTemplate, { id: 'statements.templates', value: JSON.stringify({ crisisId }) }),
            ),
          ]
        : []),
      ...(crisisId === null ? [input(w.crisis, select('crisis', draft.crises))] : []),
      input(
        w.titleLabel,
        textInput('title', {
          max: longestTitle,
          placeholder: w.titlePlaceholder,
          initial: title,
        }),
      ),
      input(w.kind, select('kind', kindChoices(language), kind), { hint: w.kindHint }),
      input(
        w.audience,
        select(
          'audience',
          audiences.map((a) => ({ value: a, label: audienceName(a, language) })),
          audience,
        ),
      ),
      input(
        w.language,
        select(
          'language',
          (['en', 'fr'] as const).map((l) => ({ value: l, label: languageName(l, language) })),
          wording.language,
        ),
      ),
      ...partInputs(draft.parts, language),
      ...(draft.parts.parts.length < mostParts
        ? [actions(button(w.addRoom, { id: 'statements.add_room', value: '{}' }))]
        : [context(w.noMoreRoom)]),
      input(
        start(language).sensitive,
        checkboxes(
          'sensitive',
          [{ value: 'yes', label: start(language).sensitiveLabel }],
          wording.isSensitive ? ['yes'] : [],
        ),
        { optional: true, hint: start(language).sensitiveHint },
      ),
      input(w.submitNow, checkboxes('submit', [{ value: 'now', label: w.submitNow }], draft.submitNow ? ['now'] : []), {
        optional: true,
        hint: w.submitNowHint,
      }),
    ],
  });
}

const kindChoices = (language: Language): Choice[] =>
  kinds.map((kind) => {
    const description = kindHint(kind, language);
    return { value: kind, label: kindName(kind, language), ...(description ? { description } : {}) };
  });

function partInputs({ parts, joiners }: Parts, language: Language): KnownBlock[] {
  const w = words(language).form;
  const most = longestBody.toLocaleString(language === 'fr' ? 'fr-FR' : 'en-GB');
  const hint = (i: number) => {
    if (i === 0) return w.textHint(most);
    return (joiners[i] ?? '').includes('\n') ? w.nextParagraph : w.sameParagraph;
  };
  return parts.map((part, i) =>
    input(w.text(i + 1, parts.length), textInput(partId(i), { multiline: true, initial: part }), {
      optional: i > 0,
      hint: hint(i),
    }),
  );
}

/** A form with nothing to fill in: something to wait for, or to know. */
export function noticeForm(title: string, text: string, language: Language): ModalView {
  return modal({ id: 'statements.notice', title, close: words(language).form.close, blocks: sections(text) });
}

export type Reason = 'changes_requested' | 'rejected' | 'withdraw';

export function reasonForm(
  about: Reason,
  statement: Statement,
  seen: Seen,
  channelId: string | null,
  language: Language,
): ModalView {
  const w = words(language).reason;
  const { id, number, current } = statement;
  const [title, label, submit] = {
    changes_requested: [w.changesTitle, w.changes, w.send] as const,
    rejected: [w.rejectTitle, w.reject, w.send] as const,
    withdraw: [w.withdrawTitle, w.withdrawn, w.withdraw] as const,
  }[about];
  const place = placeOf(statement);
  return modal({
    id: 'statements.reason',
    title,
    submit,
    close: words(language).form.cancel,
    metadata: { about, statementId: id, ...seen, channelId },
    blocks: [
      section(w.which(number, escapeMrkdwn(current.title), current.number, shortHash(current.hash))),
      ...(about === 'withdraw' && place ? [section(w.publishedNote(place))] : []),
      input(label, textInput('reason', { multiline: true, focus: true }), { hint: w.changesHint }),
    ],
  });
}

export function publishForm(statement: Statement, now: Date, channelId: string | null, language: Language): ModalView {
  const w = words(language).publish;
  const { id, number, current } = statement;
  return modal({
    id: 'statements.publish',
    title: w.title,
    submit: w.submit,
    close: words(language).form.cancel,
    metadata: { statementId: id, channelId },
    blocks: [
      section(
        words(language).reason.which(number, escapeMrkdwn(current.title), current.number, shortHash(current.hash)),
      ),
      context(w.intro),
      input(w.url, urlInput('url'), { optional: true }),
      input(w.where, textInput('where', { max: 500, placeholder: w.wherePlaceholder }), { optional: true }),
      input(w.at, momentInput('at', now)),
    ],
  });
}

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
    .map((v) => ({ value: String(v.number), label: w.version(v.number, wasApproved(statement, v)) }));
  const compare: KnownBlock[] =
    others.length > 1
      ? [
          {
            ...section(w.compare, select('statements.compare', others.toReversed(), String(from))),
            block_id: JSON.stringify({ s: statement.id, v: to }),
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
