import { levels } from '../core/levels.ts';
import type { Bilingual, Language } from '../core/locale.ts';
import { duration } from '../core/time.ts';
import { otherKey } from '../playbooks/rules.ts';
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
  peopleInput,
  section,
  select,
  textInput,
} from '../slack/blocks.ts';
import { channelLink, escapeMrkdwn } from '../slack/mrkdwn.ts';
import { type Crisis } from './rules.ts';
import { levelHint, levelLabel, levelName, words } from './text.ts';

/** What a crisis can be declared with: the workspace's playbooks, at most as many as a list of Slack shows. */
export type PlaybookChoice = { key: string; name: Bilingual };

export type DeclareDraft = {
  title?: string;
  summary?: string;
  level?: string;
  playbook?: string;
  isPrivate: boolean;
  /** `playbook`: the kind of crisis makes it so, and leaves no choice. */
  closed?: 'playbook' | 'chosen' | null;
  excludedIds?: readonly string[];
  teamIds?: readonly string[];
  /** What was assessed before, when the form is opened from there. */
  matterId?: string | null;
};

export function declareForm(draft: DeclareDraft, playbooks: readonly PlaybookChoice[], language: Language): ModalView {
  const w = words(language).declare;
  return modal({
    id: 'crises.declare',
    title: w.title,
    submit: w.submit,
    close: w.cancel,
    metadata: { matterId: draft.matterId ?? null },
    blocks: [context(w.intro), ...declareInputs(draft, playbooks, language, true)],
  });
}

function declareInputs(
  draft: DeclareDraft,
  playbooks: readonly PlaybookChoice[],
  language: Language,
  focus: boolean,
): KnownBlock[] {
  const w = words(language).declare;
  return [
    input(
      w.titleLabel,
      textInput('title', {
        max: 150,
        placeholder: w.titlePlaceholder,
        focus,
        initial: draft.title,
      }),
    ),
    input(w.whatLabel, textInput('summary', { multiline: true, initial: draft.summary }), {
      optional: true,
      hint: w.whatHint,
    }),
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
        playbooks.map(({ key, name }) => ({ value: key, label: name[language] })),
        draft.playbook ?? otherKey,
      ),
      { dispatch: true },
    ),
    ...privacyInputs(draft, language),
  ];
}

/** A choice that changes what the form asks for is sent at once: the form is drawn again around it. */
function privacyInputs(draft: DeclareDraft, language: Language): KnownBlock[] {
  const w = words(language).declare;
  const choice = input(
    w.privacyLabel,
    select(
      'privacy',
      [
        { value: 'private', label: w.privacyPrivate },
        { value: 'public', label: w.privacyPublic },
        { value: 'closed', label: w.privacyClosed },
      ],
      draft.closed ? 'closed' : draft.isPrivate ? 'private' : 'public',
    ),
    { dispatch: true },
  );
  if (!draft.closed) return [choice];
  return [
    ...(draft.closed === 'chosen' ? [choice] : []),
    context(w.closedNote),
    input(w.concernedLabel, peopleInput('concerned', draft.excludedIds), { optional: true, hint: w.concernedHint }),
    input(w.teamLabel, peopleInput('team', draft.teamIds), { optional: true, hint: w.teamHint }),
  ];
}

/** For the lead only: nobody else is shown who is left out. */
export function teamForm(crisis: Crisis, channelId: string | null, language: Language): ModalView {
  const w = words(language);
  return modal({
    id: 'crises.team',
    title: w.team.title,
    submit: w.team.save,
    close: w.declare.cancel,
    metadata: { crisisId: crisis.id, channelId },
    blocks: [
      section(`*${escapeMrkdwn(crisis.title)}*`),
      ...(crisis.isClosed ? [] : [context(w.team.notClosed)]),
      input(w.declare.concernedLabel, peopleInput('concerned', crisis.excludedIds), {
        optional: true,
        hint: w.declare.concernedHint,
      }),
    ],
  });
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

export function noticeForm(title: string, texts: readonly string[], language: Language): ModalView {
  return modal({
    id: 'crises.notice',
    title,
    close: words(language).declare.close,
    blocks: texts.map((text) => section(text)),
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
  playbooks: readonly PlaybookChoice[],
  language: Language,
): ModalView {
  const w = words(language).declare;
  return modal({
    id: 'crises.declare_anyway',
    title: w.similarTitle,
    submit: w.declareAnyway,
    close: w.cancel,
    metadata: { matterId: entered.matterId ?? null },
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
      ...declareInputs(entered, playbooks, language, false),
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
