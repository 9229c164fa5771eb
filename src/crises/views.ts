import type { Language } from '../core/locale.ts';
import { duration } from '../core/time.ts';
import {
  actions,
  button,
  context,
  input,
  type KnownBlock,
  type Message,
  type ModalView,
  message,
  modal,
  section,
  select,
  textInput,
} from '../slack/blocks.ts';
import { channelLink, escapeMrkdwn } from '../slack/mrkdwn.ts';
import { playbookName, playbooks } from './playbooks.ts';
import { type Crisis, levels } from './rules.ts';
import { levelHint, levelLabel, levelName, words } from './text.ts';

export type DeclareDraft = { title?: string; summary?: string; level?: string; playbook?: string; isPrivate: boolean };

export function declareForm(draft: DeclareDraft, language: Language): ModalView {
  const w = words(language).declare;
  return modal({
    id: 'crises.declare',
    title: w.title,
    submit: w.submit,
    close: w.cancel,
    blocks: [context(w.intro), ...declareInputs(draft, language, true)],
  });
}

function declareInputs(draft: DeclareDraft, language: Language, focus: boolean): KnownBlock[] {
  const w = words(language).declare;
  return [
    input(
      w.titleLabel,
      textInput('title', {
        max: 150,
        placeholder: w.titlePlaceholder,
        focus,
        ...(draft.title ? { initial: draft.title } : {}),
      }),
    ),
    input(
      w.whatLabel,
      textInput('summary', { multiline: true, ...(draft.summary ? { initial: draft.summary } : {}) }),
      { optional: true, hint: w.whatHint },
    ),
    input(
      w.levelLabel,
      select(
        'level',
        levels
          .filter((l) => l !== 'routine')
          .toReversed()
          .map((l) => ({ value: l, label: levelLabel(l, language), description: levelHint(l, language) })),
        draft.level ?? 'crisis',
      ),
    ),
    input(
      w.playbookLabel,
      select(
        'playbook',
        playbooks.map((p) => ({ value: p, label: playbookName(p, language) })),
        draft.playbook ?? 'other',
      ),
    ),
    input(
      w.privacyLabel,
      select(
        'privacy',
        [
          { value: 'private', label: w.privacyPrivate },
          { value: 'public', label: w.privacyPublic },
        ],
        draft.isPrivate ? 'private' : 'public',
      ),
    ),
  ];
}

export function openingForm(title: string, language: Language): ModalView {
  const w = words(language).declare;
  return modal({
    id: 'crises.opening',
    title: w.openingTitle,
    close: w.close,
    blocks: [section(w.opening(escapeMrkdwn(title)))],
  });
}

export function refusedForm(why: string, language: Language): ModalView {
  const w = words(language).declare;
  return modal({ id: 'crises.refused', title: w.title, close: w.close, blocks: [section(why)] });
}

/** What was entered stays in the form's own inputs: a long summary is more than a view's metadata can hold. */
export function similarForm(
  found: { crisisId: string; title: string | null; by: string; age: number },
  entered: DeclareDraft,
  language: Language,
): ModalView {
  const w = words(language).declare;
  return modal({
    id: 'crises.declare_anyway',
    title: w.similarTitle,
    submit: w.declareAnyway,
    close: w.cancel,
    blocks: [
      section(
        found.title === null
          ? w.similarConfidential(escapeMrkdwn(found.by), duration(found.age, language))
          : w.similar(escapeMrkdwn(found.title), escapeMrkdwn(found.by), duration(found.age, language)),
      ),
      actions(
        button(w.askToJoin, {
          id: 'war-room.ask_to_join',
          value: JSON.stringify({ crisisId: found.crisisId }),
          style: 'primary',
        }),
      ),
      ...declareInputs(entered, language, false),
    ],
  });
}

const crisisLine = (crisis: Crisis, language: Language, now: Date): string => {
  const w = words(language).list;
  const room = crisis.channelId ? channelLink(crisis.channelId) : w.opening;
  return w.line(
    crisis.number,
    escapeMrkdwn(crisis.title),
    levelLabel(crisis.level, language),
    room,
    duration(now.getTime() - crisis.declaredAt.getTime(), language),
  );
};

const crisesPerPage = 15;

/** `asked`: which page, from 1 on. */
export function crisisList(crises: readonly Crisis[], asked: number, language: Language, now: Date): Message {
  const w = words(language).list;
  const declare: KnownBlock = actions(button(w.declare, { id: 'crises.open_declare', value: '{}', style: 'primary' }));
  if (crises.length === 0) return message(w.none, [section(w.none), declare]);
  const page = Math.min(Math.max(Math.floor(asked), 1), Math.ceil(crises.length / crisesPerPage));
  const shown = crises.slice((page - 1) * crisesPerPage, page * crisesPerPage);
  const more = crises.length - page * crisesPerPage;
  return message(
    `${w.title}: ${shown.map((c) => `#${c.number} ${c.title} (${levelName(c.level, language)})`).join(', ')}`,
    [
      section(`*${w.title}*`),
      ...shown.map((crisis) => section(crisisLine(crisis, language, now))),
      ...(more > 0 ? [context(w.more(more, page + 1))] : []),
      declare,
    ],
  );
}
