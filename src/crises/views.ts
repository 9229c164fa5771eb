import { z } from 'zod';
import { levels } from '../core/levels.ts';
import type { Bilingual, Language } from '../core/locale.ts';
import { duration } from '../core/time.ts';
import { otherKey } from '../playbooks/rules.ts';
import {
  actions,
  context,
  type KnownBlock,
  type Message,
  type ModalView,
  message,
  modal,
  section,
} from '../slack/blocks.ts';
import {
  type Answers,
  button,
  choiceField,
  chooser,
  form,
  peopleField,
  personField,
  pickField,
  textField,
} from '../slack/contract.ts';
import { channelLink, escapeMrkdwn } from '../slack/mrkdwn.ts';
import { type Crisis } from './rules.ts';
import { levelHint, levelLabel, levelName, nameOf, signedName, words } from './text.ts';

export const openDeclare = button('crises.open_declare', z.unknown());
/** What it does belongs to the war room, which lies above. */
export const askToJoin = button('war-room.ask_to_join', z.object({ crisisId: z.uuid() }));

/** Choices that change what the form asks for: each is sent at once, and the form is drawn again around it. */
export const playbookChoice = chooser('playbook');
export const privacyChoice = chooser('privacy');

const privacies = ['private', 'public', 'closed'] as const;
export type Privacy = (typeof privacies)[number];
const declared = {
  title: textField({ max: 150 }),
  summary: textField({ multiline: true }),
  level: choiceField(levels),
  [playbookChoice.id]: pickField(),
  // Not asked where the kind of crisis decides.
  [privacyChoice.id]: choiceField(privacies),
  targeted: peopleField(),
  concerned: peopleField(),
  /** Asked only where nobody of legal could be called. */
  lawyer: personField(),
  team: peopleField(),
};
export type Declared = Answers<typeof declared>;
export const fromAssessment = z.object({ matterId: z.uuid().nullish() });
export const declaring = form('crises.declare', fromAssessment, declared);
export const declaringAnyway = form('crises.declare_anyway', fromAssessment, declared);

const teamData = z.object({ crisisId: z.uuid(), channelId: z.string().nullable() });
export const leavingOut = form('crises.team', teamData, { concerned: peopleField(), lawyer: personField() });

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
  targetedIds?: readonly string[];
  excludedIds?: readonly string[];
  /** Nobody of legal could be called. */
  asksLawyer?: boolean;
  lawyerId?: string | null;
  teamIds?: readonly string[];
  /** What was assessed before, when the form is opened from there. */
  matterId?: string | null;
};

export function declareForm(draft: DeclareDraft, playbooks: readonly PlaybookChoice[], language: Language): ModalView {
  const w = words(language).declare;
  return declaring.draw({
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
  const f = declaring.fields;
  const shown = levels.filter((l) => l !== 'routine').toReversed();
  return [
    f.title(w.titleLabel, {}, { placeholder: w.titlePlaceholder, focus, initial: draft.title }),
    f.summary(w.whatLabel, { optional: true, hint: w.whatHint }, { initial: draft.summary }),
    f.level(
      w.levelLabel,
      {},
      shown.map((l) => ({ value: l, label: levelLabel(l, language), description: levelHint(l, language) })),
      draft.level ?? 'crisis',
    ),
    f.playbook(
      w.playbookLabel,
      { dispatch: true },
      playbooks.map(({ key, name }) => ({ value: key, label: name[language] })),
      draft.playbook ?? otherKey,
    ),
    ...privacyInputs(draft, language),
  ];
}

function privacyInputs(draft: DeclareDraft, language: Language): KnownBlock[] {
  const w = words(language).declare;
  const f = declaring.fields;
  const label = { private: w.privacyPrivate, public: w.privacyPublic, closed: w.privacyClosed };
  const choice = f.privacy(
    w.privacyLabel,
    { dispatch: true },
    privacies.map((value) => ({ value, label: label[value] })),
    draft.closed ? 'closed' : draft.isPrivate ? 'private' : 'public',
  );
  if (!draft.closed) return [choice];
  return [
    ...(draft.closed === 'chosen' ? [choice] : []),
    context(w.closedNote),
    f.targeted(w.targetedLabel, { optional: true, hint: w.targetedHint }, draft.targetedIds),
    f.concerned(w.concernedLabel, { optional: true, hint: w.concernedHint }, draft.excludedIds),
    ...(draft.asksLawyer ? [f.lawyer(w.lawyerLabel, { hint: w.lawyerHint }, draft.lawyerId)] : []),
    f.team(w.teamLabel, { optional: true, hint: w.teamHint }, draft.teamIds),
  ];
}

/** For the lead only: nobody else is shown who is left out. `asksLawyer`: nobody of legal could be called. */
export function teamForm(
  crisis: Crisis,
  channelId: string | null,
  language: Language,
  asksLawyer: boolean = false,
): ModalView {
  const w = words(language);
  return leavingOut.draw({
    title: w.team.title,
    submit: w.team.save,
    close: w.declare.cancel,
    metadata: { crisisId: crisis.id, channelId },
    blocks: [
      section(`*${escapeMrkdwn(nameOf(crisis))}*`),
      ...(crisis.isClosed ? [] : [context(w.team.notClosed)]),
      leavingOut.fields.concerned(
        w.declare.concernedLabel,
        { optional: true, hint: w.declare.concernedHint },
        crisis.excludedIds,
      ),
      ...(asksLawyer ? [leavingOut.fields.lawyer(w.declare.lawyerLabel, { hint: w.declare.lawyerHint })] : []),
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
  return declaringAnyway.draw({
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
      actions(askToJoin.draw(w.askToJoin, { crisisId: found.crisisId }, { style: 'primary' })),
      ...declareInputs(entered, playbooks, language, false),
    ],
  });
}

const crisisLine = (crisis: Crisis, language: Language, now: Date): string => {
  const w = words(language).list;
  const room = crisis.channelId ? channelLink(crisis.channelId) : w.opening;
  return w.line(
    escapeMrkdwn(signedName(crisis, language)),
    levelLabel(crisis.level, language),
    room,
    duration(now.getTime() - crisis.declaredAt.getTime(), language),
  );
};

const crisesPerPage = 15;

/** `asked`: which page, from 1 on. */
/** In place of a list that stands in the brief's thread now. */
export const movedMessage = (language: Language): Message => {
  const { moved } = words(language);
  return message(moved, [context(moved)]);
};

/** In place of what an earlier version showed by itself. */
export const foldedMessage = (language: Language): Message => {
  const { folded } = words(language);
  return message(folded, [context(folded)]);
};

export function crisisList(crises: readonly Crisis[], asked: number, language: Language, now: Date): Message {
  const w = words(language).list;
  const declare: KnownBlock = actions(openDeclare.draw(w.declare, {}, { style: 'primary' }));
  if (crises.length === 0) return message(w.none, [section(w.none), declare]);
  const page = Math.min(Math.max(Math.floor(asked), 1), Math.ceil(crises.length / crisesPerPage));
  const shown = crises.slice((page - 1) * crisesPerPage, page * crisesPerPage);
  const more = crises.length - page * crisesPerPage;
  return message(
    `${w.title}: ${shown.map((c) => `${signedName(c, language)} (${levelName(c.level, language)})`).join(', ')}`,
    [
      section(`*${w.title}*`),
      ...shown.map((crisis) => section(crisisLine(crisis, language, now))),
      ...(more > 0 ? [context(w.more(more, page + 1))] : []),
      declare,
    ],
  );
}
