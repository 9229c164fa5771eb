import { z } from 'zod';
import type { Language } from '../../core/locale.ts';
import type { Reader } from '../../core/reader.ts';
import { audienceName, kindName } from '../../core/statement-kinds.ts';
import { dateTime } from '../../core/time.ts';
import type { Crisis } from '../../crises/rules.ts';
import { postureNote } from '../../facts/posture/lines.ts';
import { words as postureWords } from '../../facts/posture/text.ts';
import { placeholdersIn } from '../../playbooks/rules.ts';
import {
  actions,
  context,
  divider,
  type KnownBlock,
  type ModalView,
  modal,
  paragraphs,
  section,
  sections,
} from '../../slack/blocks.ts';
import { button, choiceField, family, form, textField, ticksField } from '../../slack/contract.ts';
import { clip, limits } from '../../slack/limits.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';
import type { Material } from '../check/lint.ts';
import { noticeForm } from '../forms.ts';
import { languageName } from '../names.ts';
import type { Guidance, Offered } from '../snapshot.ts';
import type { Statement } from '../statement.ts';
import { words as statementWords } from '../text.ts';
import { blankLabel, nextDigest, suggestionsFor } from './blanks.ts';
import type { SavedMap } from './map-rules.ts';
import { checkMap, messages } from './message-map.ts';
import {
  adviceFor,
  type BankReply,
  type ReplyCategory,
  type ReplyTruth,
  replyCategories,
  truths,
} from './reply-bank.ts';
import { adviceText, categoryName, toneHint, truthName, words } from './text.ts';

const languages = ['en', 'fr'] as const;
const inCrisis = z.object({ crisisId: z.uuid() });
const templateOf = inCrisis.extend({ playbook: z.string(), template: z.string(), language: z.enum(languages) });
export const openTemplates = button('statements.templates', inCrisis);
export const useTemplate = button('statements.use_template', templateOf);
export const openDraftBlanks = button('statements.fill_draft', z.object({ s: z.uuid() }));
export const openReply = button('statements.open_reply', inCrisis);
export const openMap = button('statements.open_map', inCrisis);
export const makeOfMap = button('statements.map_statement', inCrisis);

/** Where a form was opened. */
type At = { crisis: Crisis; channelId: string | null };
const channelId = z.string().nullish().default(null);
const at = inCrisis.extend({ channelId });

const longestBlank = 1_000;
const blank = family('_', textField({ max: longestBlank }));
const submit = ticksField();
export const fillTemplate = form('statements.fill', templateOf.extend({ channelId }), { blank, submit });
export const fillDraft = form('statements.fill_draft', z.object({ s: z.uuid(), channelId }), { blank, submit });
export const chooseReply = form('statements.reply', at, {
  truth: choiceField(truths),
  category: choiceField(replyCategories),
  language: choiceField(languages),
});
export const fillReply = form(
  'statements.reply_fill',
  at.extend({
    category: z.enum(replyCategories).catch('crisis'),
    language: z.enum(languages).catch('en'),
    reply: z.string().nullish(),
  }),
  { blank, use: choiceField(['copy', 'statement']) },
);
export const saveMap = form('statements.map', at.extend({ base: z.number() }), {
  message: family('_', textField({ max: 300 })),
  proofs: family('_', textField({ multiline: true, max: 2_000 })),
});

/** Lines beside a draft: the playbook's tone, and a posture if somebody worked one out. Hints; nothing is rewritten. */
export function guidanceBlocks({ tone, posture }: Guidance, language: Language): KnownBlock[] {
  const w = words(language);
  const p = postureWords(language);
  const stances = posture
    ? [...posture.first.map((one) => p.first[one]), ...posture.posture.map((one) => p.stance[one])].join(' ')
    : '';
  const avoid = posture ? posture.avoid.map((one) => p.avoid[one]).join(' ') : '';
  return [
    context(w.tone(escapeMrkdwn(tone.toneNote[language] || toneHint(tone.tone, language)))),
    ...(posture
      ? [context(w.posture(escapeMrkdwn(stances), escapeMrkdwn(avoid))), context(...postureNote(language))]
      : []),
  ];
}

/** A view takes 100 blocks; each template takes four. */
const mostTemplates = 20;

export function templatesForm(
  offered: readonly Offered[],
  { crisis, channelId }: At,
  { language, timeZone, named }: Reader,
  keepsTyped = false,
): ModalView {
  const w = words(language).templates;
  const clearance = ({ clearance: c }: Offered): string => {
    if (c.state === 'never') return w.never;
    const by = escapeMrkdwn(named(c.clearance.clearedBy));
    const day = (at: Date) => dateTime(at, timeZone, language);
    if (c.state === 'changed') return w.changed(by);
    if (c.state === 'expired') return w.expired(by, day(c.clearance.validUntil));
    return w.cleared(by, day(c.clearance.clearedAt), day(c.clearance.validUntil));
  };
  const use = ({ playbook, template }: Offered, i: number, l: Language) => {
    const label = l === 'en' ? w.english : w.french;
    return useTemplate.draw(
      label,
      { crisisId: crisis.id, playbook: playbook.key, template: template.id, language: l },
      { suffix: `${i}-${l}`, spoken: `${label}: ${clip(template.title[language], 50)}` },
    );
  };
  return modal({
    id: 'statements.templates',
    title: w.title,
    close: statementWords(language).form.close,
    metadata: { crisisId: crisis.id, channelId },
    blocks: [
      section(offered.length > 0 ? w.intro : w.none),
      ...(keepsTyped ? [context(w.keep)] : []),
      ...offered
        .slice(0, mostTemplates)
        .flatMap((one, i) => [
          divider(),
          ...sections(
            [
              `*${escapeMrkdwn(one.template.title[language])}* · ${kindName(one.template.kind, language)} · ${audienceName(one.template.audience, language)}`,
              ...(one.template.when ? [`_${escapeMrkdwn(one.template.when[language])}_`] : []),
              `> ${escapeMrkdwn(one.template.body[crisis.language]).replaceAll('\n', '\n> ')}`,
            ].join('\n'),
          ),
          context([clearance(one), ...(one.template.admits ? [w.admits] : [])].join(' · ')),
          crisis.language === 'fr'
            ? actions(use(one, i, 'fr'), use(one, i, 'en'))
            : actions(use(one, i, 'en'), use(one, i, 'fr')),
        ]),
    ],
  });
}

/** The blanks of a template, before it becomes a draft. */
export const fillForm = (
  { playbook, template }: Offered,
  of: Language,
  { crisis, channelId }: At,
  material: Material,
  language: Language,
): ModalView =>
  fillTemplate.draw({
    metadata: { crisisId: crisis.id, channelId, playbook: playbook.key, template: template.id, language: of },
    ...blanksOf(template.body[of], crisis, material, language),
  });

/** The blanks of a draft that stands in the room. */
export const fillDraftForm = (
  { id, current }: Statement,
  { crisis, channelId }: At,
  material: Material,
  language: Language,
): ModalView =>
  fillDraft.draw({
    metadata: { s: id, channelId },
    ...blanksOf(`${current.title}\n\n${current.body}`, crisis, material, language),
  });

/** A view takes 100 blocks; what has no field stays a visible blank. */
const mostBlanks = 40;

/** The text as it stands, then one field per placeholder, with what is known beside it. */
function blanksOf(text: string, crisis: Crisis, material: Material, language: Language) {
  const w = words(language).fill;
  return {
    title: w.title,
    submit: w.next,
    close: statementWords(language).form.cancel,
    blocks: [
      context(w.intro),
      ...paragraphs(text),
      ...[...placeholdersIn(text)]
        .slice(0, mostBlanks)
        .map((blank) => blankInput(blank, crisis, material, language, true)),
      fillDraft.fields.submit(w.atOnce, { optional: true, hint: w.atOnceHint }, [
        { value: 'now', label: w.atOnceLabel },
      ]),
    ],
  };
}

/** Nothing of the facts is filled in: they are named under the field, and somebody writes what fits the sentence. */
function blankInput(
  [key, spelled]: readonly [key: string, spelled: string],
  crisis: Crisis,
  material: Material,
  language: Language,
  optional: boolean,
): KnownBlock {
  const hint = hintFor(key, crisis, material, language);
  const organisation = key === 'org' ? material.ownNames[0] : undefined;
  return fillDraft.fields.blank(
    key,
    `${blankLabel(key, language)} {${spelled}}`,
    { optional, ...(hint ? { hint } : {}) },
    organisation ? { initial: organisation } : {},
  );
}

function hintFor(key: string, crisis: Crisis, material: Material, language: Language): string | null {
  const w = words(language).fill;
  const known = suggestionsFor(key, material);
  const listed = clip(known.join(' · '), limits.hint - 100);
  if (key === 'fact' || key === 'true_fact') return known.length > 0 ? w.confirmed(listed) : null;
  if (key === 'action1' || key === 'action2') return known.length > 0 ? w.done(listed) : w.nothingDone;
  if (key !== 'next_update') return null;
  const at = nextDigest(crisis, language);
  return at ? w.digest(at) : null;
}

export function replyForm({ crisis, channelId }: At, language: Language): ModalView {
  const w = words(language).reply;
  const { truth, category, language: written } = chooseReply.fields;
  return chooseReply.draw({
    title: w.title,
    submit: w.next,
    close: statementWords(language).form.cancel,
    metadata: { crisisId: crisis.id, channelId },
    blocks: [
      truth(
        w.truthFirst,
        {},
        truths.map((value) => ({ value, label: truthName(value, language) })),
      ),
      category(
        w.category,
        {},
        replyCategories.map((value) => ({ value, label: categoryName(value, language) })),
      ),
      written(
        w.language,
        {},
        languages.map((value) => ({ value, label: languageName(value, language) })),
        crisis.language,
      ),
    ],
  });
}

/** What to do, and a text to do it with where there is one. */
export function replyFillForm(
  choice: { category: ReplyCategory; truth: ReplyTruth; language: Language },
  text: BankReply | undefined,
  { crisis, channelId }: At,
  material: Material,
  language: Language,
): ModalView {
  const w = words(language).reply;
  const advice = adviceFor(choice.category, choice.truth);
  const says = adviceText(advice, choice.category, language);
  if (!text || advice !== 'reply') return noticeForm(w.title, says, language);
  const body = text.body[choice.language];
  return fillReply.draw({
    title: w.title,
    submit: w.next,
    close: statementWords(language).form.cancel,
    metadata: {
      crisisId: crisis.id,
      channelId,
      category: choice.category,
      language: choice.language,
      reply: text.id,
    },
    blocks: [
      section(says),
      ...paragraphs(body),
      ...[...placeholdersIn(body)].map((blank) => blankInput(blank, crisis, material, language, false)),
      fillReply.fields.use(
        w.use,
        {},
        [
          { value: 'copy', label: w.copy },
          { value: 'statement', label: w.statement },
        ],
        'copy',
      ),
    ],
  });
}

export function copyForm(text: string, language: Language): ModalView {
  const w = words(language).reply;
  return noticeForm(w.title, w.copied, language, paragraphs(text));
}

export function mapForm(saved: SavedMap | undefined, { crisis, channelId }: At, language: Language): ModalView {
  const w = words(language).map;
  return saveMap.draw({
    title: w.title,
    submit: w.save,
    close: statementWords(language).form.cancel,
    metadata: { crisisId: crisis.id, channelId, base: saved?.version ?? 0 },
    blocks: [
      context(w.intro),
      ...Array.from({ length: messages }, (_, i) => {
        const { message = '', proofs = [] } = saved?.messages[i] ?? {};
        const n = i + 1;
        return [
          saveMap.fields.message(String(n), w.message(n), { optional: i > 0 }, { initial: message }),
          saveMap.fields.proofs(String(n), w.proofs(n), { optional: true }, { initial: proofs.join('\n') }),
        ];
      }).flat(),
    ],
  });
}

export function mapSavedForm(saved: SavedMap, { crisis, channelId }: At, language: Language): ModalView {
  const w = words(language).map;
  const { words: count, seconds, isLong, missing, unproved } = checkMap(saved.messages);
  const lines = [
    w.saved,
    isLong ? w.long(count, seconds) : w.fits(count, seconds),
    ...(missing.length > 0 ? [w.missing(missing.join(', '))] : []),
    ...unproved.map(({ message, proofs }) => w.unproved(message, proofs)),
  ];
  return modal({
    id: 'statements.map_saved',
    title: w.title,
    close: statementWords(language).form.close,
    metadata: { crisisId: crisis.id, channelId },
    blocks: [
      ...sections(lines.join('\n')),
      actions(makeOfMap.draw(w.make, { crisisId: crisis.id }, { style: 'primary' })),
    ],
  });
}
