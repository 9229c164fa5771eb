import type { Language } from '../../core/locale.ts';
import { audienceName, kindName } from '../../core/output-names.ts';
import { dateTime } from '../../core/time.ts';
import type { Crisis } from '../../crises/rules.ts';
import { postureNote } from '../../facts/posture/lines.ts';
import { words as postureWords } from '../../facts/posture/text.ts';
import { placeholdersOf } from '../../playbooks/rules.ts';
import {
  actions,
  button,
  context,
  divider,
  input,
  type KnownBlock,
  type ModalView,
  modal,
  paragraphs,
  section,
  sections,
  select,
  textInput,
} from '../../slack/blocks.ts';
import { clip, limits } from '../../slack/limits.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';
import type { Material } from '../check/lint.ts';
import type { Statement } from '../rules.ts';
import type { Beside, Offered } from '../snapshot.ts';
import { languageName, words as statementWords } from '../text.ts';
import { blankLabel, nextDigest, suggestionFor } from './blanks.ts';
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

type At = { crisis: Crisis; channelId: string | null };

/** Lines beside a draft: the playbook's tone, and a posture if somebody worked one out. Hints; nothing is rewritten. */
export function besideBlocks({ tone, posture }: Beside, language: Language): KnownBlock[] {
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
  named: (userId: string) => string,
  language: Language,
  keepsTyped = false,
): ModalView {
  const w = words(language).templates;
  const clearance = ({ clearance: c }: Offered): string => {
    if (c.state === 'never') return w.never;
    const by = escapeMrkdwn(named(c.clearance.clearedBy));
    const day = (at: Date) => dateTime(at, crisis.timeZone, language);
    if (c.state === 'changed') return w.changed(by);
    if (c.state === 'expired') return w.expired(by, day(c.clearance.validUntil));
    return w.cleared(by, day(c.clearance.clearedAt), day(c.clearance.validUntil));
  };
  const use = (one: Offered, i: number, l: Language) =>
    button(l === 'en' ? w.english : w.french, {
      id: `statements.use_template:${i}-${l}`,
      value: JSON.stringify({
        crisisId: crisis.id,
        playbook: one.playbook.key,
        template: one.template.id,
        language: l,
      }),
      spoken: `${l === 'en' ? w.english : w.french}: ${clip(one.template.title[language], 50)}`,
    });
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

export const blankId = (key: string): string => `blank_${key}`;

/** The blanks of a template, before it becomes a draft. */
export const fillForm = (
  { playbook, template }: Offered,
  of: Language,
  { crisis, channelId }: At,
  material: Material,
  language: Language,
): ModalView =>
  modal({
    id: 'statements.fill',
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
  modal({
    id: 'statements.fill_draft',
    metadata: { s: id, channelId },
    ...blanksOf(`${current.title}\n\n${current.body}`, crisis, material, language),
  });

/** A view takes 100 blocks; what has no field stays a visible blank. */
const mostBlanks = 40;

/** The text as it stands, then one field per placeholder, with what is known already. */
function blanksOf(text: string, crisis: Crisis, material: Material, language: Language) {
  const w = words(language).fill;
  return {
    title: w.title,
    submit: w.next,
    close: statementWords(language).form.cancel,
    blocks: [
      context(w.intro),
      ...paragraphs(text),
      ...placeholdersOf(text)
        .slice(0, mostBlanks)
        .map((key) => blankInput(key, crisis, material, language, true)),
    ],
  };
}

function blankInput(
  key: string,
  crisis: Crisis,
  material: Material,
  language: Language,
  optional: boolean,
): KnownBlock {
  const initial = suggestionFor(key, material);
  const hint = hintFor(key, crisis, material, language);
  return input(
    `${blankLabel(key, language)} {${key}}`,
    textInput(blankId(key), { max: 1000, ...(initial && initial.length <= 1000 ? { initial } : {}) }),
    { optional, ...(hint ? { hint } : {}) },
  );
}

function hintFor(key: string, crisis: Crisis, { facts, measures }: Material, language: Language): string | null {
  const w = words(language).fill;
  const listed = (texts: readonly string[]) => clip(texts.join(' · '), limits.hint - 100);
  const confirmed = facts.filter((f) => f.status === 'confirmed').map((f) => f.text);
  const done = measures.filter((m) => m.isPublic && m.doneAt).map((m) => m.text);
  if (key === 'fact' || key === 'true_fact') return confirmed.length > 1 ? w.confirmed(listed(confirmed)) : null;
  if (key === 'action1' || key === 'action2') return done.length > 0 ? w.done(listed(done)) : w.nothingDone;
  if (key !== 'next_update') return null;
  const at = nextDigest(crisis, language);
  return at ? w.digest(at) : null;
}

export function replyForm({ crisis, channelId }: At, language: Language): ModalView {
  const w = words(language).reply;
  return modal({
    id: 'statements.reply',
    title: w.title,
    submit: w.next,
    close: statementWords(language).form.cancel,
    metadata: { crisisId: crisis.id, channelId },
    blocks: [
      input(
        w.truthFirst,
        select(
          'truth',
          truths.map((value) => ({ value, label: truthName(value, language) })),
        ),
      ),
      input(
        w.category,
        select(
          'category',
          replyCategories.map((value) => ({ value, label: categoryName(value, language) })),
        ),
      ),
      input(
        w.language,
        select(
          'language',
          (['en', 'fr'] as const).map((value) => ({ value, label: languageName(value, language) })),
          crisis.language,
        ),
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
  const intro = section(adviceText(advice, choice.category, language));
  const common = { title: w.title, metadata: { crisisId: crisis.id, channelId, ...choice, reply: text?.id ?? null } };
  if (!text || advice !== 'reply')
    return modal({ id: 'statements.notice', close: statementWords(language).form.close, blocks: [intro], ...common });
  return modal({
    id: 'statements.reply_fill',
    submit: w.next,
    close: statementWords(language).form.cancel,
    ...common,
    blocks: [
      intro,
      ...paragraphs(text.body[choice.language]),
      ...placeholdersOf(text.body[choice.language]).map((key) => blankInput(key, crisis, material, language, false)),
      input(
        w.use,
        select(
          'use',
          [
            { value: 'copy', label: w.copy },
            { value: 'statement', label: w.statement },
          ],
          'copy',
        ),
      ),
    ],
  });
}

export function copyForm(text: string, language: Language): ModalView {
  const w = words(language).reply;
  return modal({
    id: 'statements.notice',
    title: w.title,
    close: statementWords(language).form.close,
    blocks: [section(w.copied), ...paragraphs(text)],
  });
}

export function mapForm(saved: SavedMap | undefined, { crisis, channelId }: At, language: Language): ModalView {
  const w = words(language).map;
  return modal({
    id: 'statements.map',
    title: w.title,
    submit: w.save,
    close: statementWords(language).form.cancel,
    metadata: { crisisId: crisis.id, channelId, base: saved?.version ?? 0 },
    blocks: [
      context(w.intro),
      ...Array.from({ length: messages }, (_, i) => {
        const { message = '', proofs = [] } = saved?.messages[i] ?? {};
        return [
          input(w.message(i + 1), textInput(`message_${i + 1}`, { max: 300, initial: message }), {
            optional: i > 0,
          }),
          input(
            w.proofs(i + 1),
            textInput(`proofs_${i + 1}`, {
              multiline: true,
              max: 2_000,
              initial: proofs.join('\n'),
            }),
            { optional: true },
          ),
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
      actions(
        button(w.make, {
          id: 'statements.map_statement',
          value: JSON.stringify({ crisisId: crisis.id }),
          style: 'primary',
        }),
      ),
    ],
  });
}
