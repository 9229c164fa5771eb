import { z } from 'zod';
import { type Language, numberText } from '../../core/locale.ts';
import { audienceName, audiences, kindName, statementKinds } from '../../core/statement-kinds.ts';
import type { Crisis } from '../../crises/rules.ts';
import {
  actions,
  type Choice,
  checkboxes,
  context,
  type KnownBlock,
  type ModalView,
  section,
  textInput,
} from '../../slack/blocks.ts';
import { button, choiceField, family, field, form, pickField, textField } from '../../slack/contract.ts';
import type { OpenForm } from '../../slack/feature.ts';
import { kindHint, languageName } from '../names.ts';
import type { Guidance } from '../snapshot.ts';
import { guidanceBlocks, openTemplates } from '../start/forms.ts';
import { words as start } from '../start/text.ts';
import type { Statement } from '../statement.ts';
import { words } from '../text.ts';
import { longestBody, longestTitle, type Wording } from '../wording.ts';
import { cutIntoParts, mostParts, type Parts } from './parts.ts';

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
  guidance: Guidance | null;
  /** mrkdwn said on top, when something happened meanwhile. */
  warning?: string;
};

export const openDraft = button('statements.open_draft', z.object({ crisisId: z.uuid() }));
export const addRoom = button('statements.add_room', z.unknown());

const metadata = z.object({
  statementId: z.uuid().nullable(),
  crisisId: z.uuid().nullable(),
  channelId: z.string().nullable(),
  base: z.number(),
  joiners: z.array(z.string()),
  from: z.object({ playbook: z.string(), template: z.string() }).nullish().default(null).catch(null),
});
const ticks = field(z.array(z.string()).catch([]), checkboxes);
/** As it was typed, blanks included. */
const text = field(
  z
    .string()
    .nullish()
    .transform((typed) => typed ?? ''),
  textInput,
);

export const draft = form('statements.draft', metadata, {
  crisis: pickField(),
  title: textField({ max: longestTitle }),
  kind: choiceField(statementKinds),
  audience: choiceField(audiences),
  language: choiceField(['en', 'fr']),
  part: family('_', text),
  sensitive: ticks,
  submit: ticks,
});
type Answers = ReturnType<typeof draft.read>;

export type Entered = ReturnType<typeof entered>;

/** What a form holds. `crisis`: the one it was opened in, or that was chosen in it; null where nobody has. */
export function entered({ crisis, part, submit, sensitive, ...plain }: Answers, of: z.output<typeof metadata>) {
  const { joiners, ...rest } = of;
  const inOrder = [...part].sort(([a], [b]) => Number(a) - Number(b));
  return {
    ...rest,
    crisis: of.crisisId ?? crisis,
    wording: {
      title: plain.title,
      kind: plain.kind ?? 'holding',
      audience: plain.audience ?? 'public',
      language: plain.language ?? 'en',
      isSensitive: sensitive.includes('yes'),
    } satisfies Draft['wording'],
    parts: { parts: inOrder.map(([, typed]) => typed), joiners },
    submitNow: submit.includes('now'),
  };
}

/** The same of a form that is still open. */
export const enteredSoFar = ({ values, metadata: raw }: OpenForm): Entered =>
  entered(draft.read(values), metadata.parse(raw));

/** Whether a title or a text was typed into an open form. */
export function isTyped(values: Record<string, unknown>): boolean {
  const { title, part } = draft.read(values);
  return title !== '' || [...part.values()].some(Boolean);
}

export const choiceOf = (crisis: Crisis): Choice => ({
  value: crisis.id,
  label: crisis.codeName ?? `${crisis.number}. ${crisis.title}`,
});

export function newDraft(
  crises: readonly Crisis[],
  channelId: string | null,
  language: Language,
  { title, body }: { title: string; body: string },
  guidance: Guidance | null = null,
): Draft {
  const [only, ...others] = crises;
  return {
    statementId: null,
    number: null,
    crisisId: only && others.length === 0 ? only.id : null,
    crises: crises.map(choiceOf),
    channelId,
    base: 0,
    inReview: false,
    wording: { title, kind: 'holding', audience: 'public', language: only?.language ?? language },
    parts: cutIntoParts(body),
    submitNow: false,
    from: null,
    guidance,
  };
}

export const isInReview = ({ status }: Statement): boolean => status === 'in_review' || status === 'approved';

export const draftOf = (statement: Statement, channelId: string | null, guidance: Guidance): Draft => ({
  statementId: statement.id,
  number: statement.number,
  crisisId: statement.crisisId,
  crises: [],
  channelId,
  base: statement.current.number,
  inReview: isInReview(statement),
  wording: statement.current,
  parts: cutIntoParts(statement.current.body),
  submitNow: false,
  from: null,
  guidance,
});

export function draftForm(of: Draft, language: Language): ModalView {
  const w = words(language).form;
  const s = start(language);
  const { statementId, crisisId, channelId, base, wording, from, parts } = of;
  const { crisis, title, kind, audience, language: written, sensitive, submit } = draft.fields;
  return draft.draw({
    title: of.number === null ? w.title : w.editTitle(of.number),
    submit: w.save,
    close: w.cancel,
    metadata: { statementId, crisisId, channelId, base, joiners: parts.joiners, from },
    blocks: [
      ...(of.warning ? [section(of.warning)] : []),
      context(base > 0 ? w.editIntro(base, of.inReview) : w.intro),
      ...(of.guidance ? guidanceBlocks(of.guidance, language) : []),
      ...(base === 0 && crisisId && !from ? [actions(openTemplates.draw(s.fromTemplate, { crisisId }))] : []),
      ...(crisisId === null ? [crisis(w.crisis, {}, of.crises)] : []),
      title(w.titleLabel, {}, { placeholder: w.titlePlaceholder, initial: wording.title }),
      kind(w.kind, { hint: w.kindHint }, kindChoices(language), wording.kind),
      audience(
        w.audience,
        {},
        audiences.map((value) => ({ value, label: audienceName(value, language) })),
        wording.audience,
      ),
      written(
        w.language,
        {},
        (['en', 'fr'] as const).map((value) => ({ value, label: languageName(value, language) })),
        wording.language,
      ),
      ...partInputs(parts, language),
      ...(parts.parts.length < mostParts ? [actions(addRoom.draw(w.addRoom, {}))] : [context(w.noMoreRoom)]),
      sensitive(
        s.sensitive,
        { optional: true, hint: s.sensitiveHint },
        [{ value: 'yes', label: s.sensitiveLabel }],
        wording.isSensitive ? ['yes'] : [],
      ),
      submit(
        w.submitNow,
        { optional: true, hint: w.submitNowHint },
        [{ value: 'now', label: w.submitNow }],
        of.submitNow ? ['now'] : [],
      ),
    ],
  });
}

const kindChoices = (language: Language): Choice[] =>
  statementKinds.map((kind) => {
    const description = kindHint(kind, language);
    return { value: kind, label: kindName(kind, language), ...(description ? { description } : {}) };
  });

function partInputs({ parts, joiners }: Parts, language: Language): KnownBlock[] {
  const w = words(language).form;
  const hint = (i: number) => {
    if (i === 0) return w.textHint(numberText(longestBody, language));
    return (joiners[i] ?? '').includes('\n') ? w.nextParagraph : w.sameParagraph;
  };
  return parts.map((initial, i) =>
    draft.fields.part(
      String(i + 1),
      w.text(i + 1, parts.length),
      { optional: i > 0, hint: hint(i) },
      { multiline: true, initial },
    ),
  );
}
