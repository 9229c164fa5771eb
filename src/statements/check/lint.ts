import type { Language } from '../../core/locale.ts';
import type { StatementKind } from '../../core/statement-kinds.ts';
import type { Cause, Fact, Measure } from '../../facts/rules.ts';
import { nameKey, peopleIn } from './people-named.ts';
import { type PersonalKind, personalDataIn } from './personal-data.ts';
import { type PhraseCode, phrasesIn, recallWordsIn, soundsSensitive } from './phrases.ts';
import { type Heard, heard, says } from './said.ts';
import { checkHolding, type Slot } from './slots.ts';
import { type Sentence, sentencesOf } from './tokens.ts';
import { deedsIn } from './told-as-done.ts';

/** Somebody of the cell said what a machine cannot know: that these words name a person or not, or are our own contact. */
export type Term = { kind: 'person' | 'contact'; key: string; isSo: boolean; decidedBy: string; decidedAt: Date };

/** What stands behind an act that is told as done. */
export type Target = { kind: 'task' | 'measure'; id: string; number: number };

/** An answer to one finding. It was given about one wording, and counts as long as its sentence stands. */
export type Answer = {
  id: string;
  versionNumber: number;
  versionHash: string;
  code: FindingCode;
  excerpt: string;
  answer: 'not_said' | 'legal_ok' | 'linked' | 'not_ours' | 'waived';
  targets: readonly Target[];
  reason: string | null;
  userId: string;
  at: Date;
  /** Of an answer to an earlier wording: the sentences that it counts for. */
  within?: readonly string[];
};

/** What a text is held against. */
export type Material = {
  facts: readonly Fact[];
  measures: readonly Measure[];
  causes: readonly Cause[];
  doneTasks: readonly { id: string; number: number; title: string }[];
  /** Our own names, which are nobody's: the company's. */
  ownNames: readonly string[];
  terms: readonly Term[];
  /** That count for the wording that is checked. */
  answers: readonly Answer[];
};

export const nothingKnown: Material = {
  facts: [],
  measures: [],
  causes: [],
  doneTasks: [],
  ownNames: [],
  terms: [],
  answers: [],
};

/** These must be resolved or answered before anybody is asked to approve (discipline C8, its three starred rules). */
const blockingCodes = [
  'placeholder',
  'unconfirmed_fact',
  'hypothesis',
  'person',
  'personal_data',
  'done_action',
] as const;
export type BlockingCode = (typeof blockingCodes)[number];

/** Where: UTF-16 units in the body. `excerpt`: the words in question, by which an answer is found again. */
type Where = { start: number; end: number; excerpt: string };
export type Finding = Where &
  (
    | { code: 'placeholder' }
    /** `exact`: in these very words; otherwise somebody must say whether it says the same. */
    | { code: 'unconfirmed_fact'; fact: Fact; exact: boolean }
    | { code: 'hypothesis'; cause: Cause; exact: boolean }
    | { code: 'person'; isSure: boolean }
    | { code: 'personal_data'; kind: PersonalKind }
    | { code: 'done_action' }
    | { code: 'false_fact'; fact: Fact }
    | { code: 'slot_missing'; slot: Slot }
    | { code: 'too_long'; words: number }
    | { code: PhraseCode | 'recall_word' | 'sensitive_unmarked' }
  );
export type FindingCode = Finding['code'];

export const isBlocking = (finding: Pick<Finding, 'code'>): boolean =>
  (blockingCodes as readonly string[]).includes(finding.code);

export type Checked = { title?: string; body: string; language: Language; kind: StatementKind; isSensitive: boolean };

/**
 * Everything to be said about a text, what blocks it first, then in order of place (discipline C8). The rules follow the
 * language the text is written in. Patterns, not understanding: an empty answer says that nothing was recognised.
 */
export function lint(text: Checked, material: Material): Finding[] {
  const sentences = sentencesOf(text.body);
  const spoken = heard(text.body, sentences);
  const found = [
    ...titleFindings(text, material),
    ...placeholderFindings(text),
    ...factFindings(text, material, spoken),
    ...personFindings(text, material),
    ...personalFindings(text, material),
    ...deedFindings(text, material, spoken, sentences),
    ...phraseFindings(text, material),
    ...slotFindings(text),
  ];
  const placeOf = ({ start }: Finding) =>
    start < 0 ? (text.title ?? '') : (sentences.find((s) => s.start <= start && start < s.end)?.text ?? '');
  return once(found.filter((finding) => !isAnswered(finding, placeOf(finding), material))).sort(
    (a, b) => Number(isBlocking(b)) - Number(isBlocking(a)) || a.start - b.start,
  );
}

/**
 * What blocks in a body blocks in a title, except words that may name a person: titles are written in capitals. Its places
 * are counted before the body's, from below zero.
 */
function titleFindings({ title = '', ...rest }: Checked, material: Material): Finding[] {
  const text = { ...rest, body: title };
  const sentences = sentencesOf(title);
  const spoken = heard(title, sentences);
  return [
    ...placeholderFindings(text),
    ...factFindings(text, material, spoken),
    ...personFindings(text, material).filter((finding) => finding.code !== 'person' || finding.isSure),
    ...personalFindings(text, material),
    ...deedFindings(text, material, spoken, sentences),
  ].map((finding) => ({ ...finding, start: finding.start - title.length - 1, end: finding.end - title.length - 1 }));
}

export const blocking = (findings: readonly Finding[]): Finding[] => findings.filter(isBlocking);

/** The name of a finding among those of one wording. */
export const findingKey = (finding: Finding): string => `${finding.code}:${finding.start}:${finding.end}`;

/** Which of the answers a person may give to it. */
export function answersTo(finding: Finding): readonly (Answer['answer'] | 'person' | 'not_person' | 'contact')[] {
  const { code } = finding;
  if (code === 'unconfirmed_fact' || code === 'hypothesis') return finding.exact ? [] : ['not_said'];
  if (code === 'person') return finding.isSure ? ['legal_ok'] : ['person', 'not_person'];
  if (code === 'personal_data')
    return ['phone', 'email', 'address'].includes(finding.kind) ? ['contact', 'legal_ok'] : ['legal_ok'];
  if (code === 'done_action') return ['linked', 'not_ours'];
  return code === 'slot_missing' && finding.slot === 'next' ? ['waived'] : [];
}

export const termKey = (kind: Term['kind'], words: string): string =>
  kind === 'person' ? nameKey(words) : words.replace(/[\s.\-()/\u00a0\u202f]/g, '').toLowerCase();

/** A task that is open again, or a measure that is not done after all, stands behind nothing. */
export const isDone = (
  { kind, id }: Pick<Target, 'kind' | 'id'>,
  { doneTasks, measures }: Pick<Material, 'doneTasks' | 'measures'>,
): boolean =>
  kind === 'task' ? doneTasks.some((t) => t.id === id) : measures.some((m) => m.id === id && m.doneAt !== null);

const isAnswered = (finding: Finding, sentence: string, material: Material): boolean =>
  material.answers.some(
    (a) =>
      a.code === finding.code &&
      a.excerpt === finding.excerpt &&
      (a.within?.includes(sentence) ?? true) &&
      (answersTo(finding) as readonly string[]).includes(a.answer) &&
      a.targets.every((target) => isDone(target, material)),
  );

/** By number, what is said in its very words and is not confirmed (any more): nobody can answer that. */
export const unconfirmed = (findings: readonly Finding[]): { facts: number[]; causes: number[] } => ({
  facts: findings.flatMap((f) => (f.code === 'unconfirmed_fact' && f.exact ? [f.fact.number] : [])),
  causes: findings.flatMap((f) => (f.code === 'hypothesis' && f.exact ? [f.cause.number] : [])),
});

function once(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter((finding) => {
    const key = `${finding.code}:${finding.excerpt.toLowerCase()}:${'slot' in finding ? finding.slot : ''}`;
    return seen.has(key) ? false : Boolean(seen.add(key));
  });
}

const at = (body: string, start: number, end: number): Where => ({ start, end, excerpt: body.slice(start, end) });

/** The templates' own blanks, and those that people leave by hand: `{ Lot }`, `[à compléter]`, `XX`, `TBC`, `____`. */
const blankPattern =
  /\{{1,2}\s?\p{L}[\p{L}\p{N}_ '’-]{0,38}\}{1,2}|\[(?:[^[\]\n]{0,60}(?<!\p{L}))?(?:(?:à|a) (?:compléter|préciser|confirmer|remplir|insérer)|insert|insérer|to be \p{L}+|tbc|tbd|x{2,}|nom|name|date|heure|time|lieu|place|\.{3}|_+)(?!\p{L})[^[\]\n]{0,60}\]|(?<![\p{L}\p{N}])(?:TBC|TBD|X{2,})(?![\p{L}\p{N}])|_{3,}/gu;

const placeholderFindings = ({ body }: Checked): Finding[] =>
  [...body.matchAll(blankPattern)].map((match) => ({
    code: 'placeholder',
    ...at(body, match.index, match.index + match[0].length),
  }));

function factFindings({ body }: Checked, { facts, causes }: Material, spoken: Heard): Finding[] {
  const confirmed = facts.filter((f) => f.status === 'confirmed').flatMap((f) => says(spoken, f.text) ?? []);
  const isConfirmed = (said: { start: number; end: number }) =>
    confirmed.some((c) => c.start < said.end && said.start < c.end);
  return [
    ...facts.flatMap((fact): Finding[] => {
      const said = fact.status === 'confirmed' ? null : says(spoken, fact.text);
      if (!said || (!said.exact && isConfirmed(said))) return [];
      const where = at(body, said.start, said.end);
      return fact.status === 'false'
        ? [{ code: 'false_fact', fact, ...where }]
        : [{ code: 'unconfirmed_fact', fact, exact: said.exact, ...where }];
    }),
    ...causes.flatMap((cause): Finding[] => {
      const said = cause.status === 'confirmed' ? null : says(spoken, cause.text);
      if (!said || (!said.exact && isConfirmed(said))) return [];
      return [{ code: 'hypothesis', cause, exact: said.exact, ...at(body, said.start, said.end) }];
    }),
  ];
}

function personFindings({ body }: Checked, { ownNames, terms }: Material): Finding[] {
  const decided = new Map(terms.filter((t) => t.kind === 'person').map((t) => [t.key, t.isSo]));
  return peopleIn(body, ownNames).flatMap(({ name, start, end, sure }) => {
    const isSo = decided.get(termKey('person', name));
    if (isSo === false && !sure) return [];
    return [{ code: 'person' as const, isSure: sure || isSo === true, start, end, excerpt: name }];
  });
}

function personalFindings({ body }: Checked, { terms }: Material): Finding[] {
  const ours = new Set(terms.filter((t) => t.kind === 'contact' && t.isSo).map((t) => t.key));
  return personalDataIn(body).flatMap(({ kind, start, end }) => {
    const where = at(body, start, end);
    return ours.has(termKey('contact', where.excerpt)) ? [] : [{ code: 'personal_data' as const, kind, ...where }];
  });
}

/** A sentence stands when each of its acts is, in the words of the text, a measure that is done. */
function deedFindings(
  { body, language }: Checked,
  { measures, ownNames }: Material,
  spoken: Heard,
  sentences: readonly Sentence[],
): Finding[] {
  const deeds = deedsIn(body, language, ownNames);
  if (deeds.length === 0) return [];
  const done = measures.filter((m) => m.doneAt).flatMap((m) => says(spoken, m.text) ?? []);
  const proved = done.filter((said) => said.exact);
  return sentences.flatMap((sentence): Finding[] => {
    const told = deeds.filter((deed) => deed.start < sentence.end && sentence.start < deed.end);
    const open = told.filter((deed) => !proved.some((said) => said.start <= deed.end && deed.start < said.end));
    return open.length > 0 ? [{ code: 'done_action', ...at(body, sentence.start, sentence.end) }] : [];
  });
}

function phraseFindings({ body, language, kind, isSensitive }: Checked, { causes }: Material): Finding[] {
  const isKnown = causes.some((cause) => cause.status === 'confirmed');
  const marked = isSensitive || kind === 'sensitive';
  const sensitive = marked ? null : soundsSensitive(body, language);
  return [
    ...phrasesIn(body, language)
      .filter(({ code }) => code !== 'isolated' || !isKnown)
      .map(({ code, start, end }) => ({ code, ...at(body, start, end) })),
    ...recallWordsIn(body, language).map(({ start, end }) => ({
      code: 'recall_word' as const,
      ...at(body, start, end),
    })),
    ...(sensitive ? [{ code: 'sensitive_unmarked' as const, ...at(body, sensitive.start, sensitive.end) }] : []),
  ];
}

/** Announcing the next word is asked of whatever goes to everybody; the other slots belong to first words. */
function slotFindings({ body, language, kind }: Checked): Finding[] {
  const isFirst = kind === 'holding';
  if (!isFirst && kind !== 'press_release' && kind !== 'site_note') return [];
  const { missing, words, isLong } = checkHolding(body, language);
  const shown = isFirst ? missing : missing.filter((slot) => slot === 'next');
  return [
    ...shown.map((slot) => ({ code: 'slot_missing' as const, slot, start: 0, end: 0, excerpt: slot })),
    ...(isFirst && isLong ? [{ code: 'too_long' as const, words, start: 0, end: 0, excerpt: '' }] : []),
  ];
}
