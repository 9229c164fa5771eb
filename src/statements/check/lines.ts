import { type Language, list } from '../../core/locale.ts';
import { context, type KnownBlock, section, sections } from '../../slack/blocks.ts';
import { clip } from '../../slack/limits.ts';
import { escapeMrkdwn, slackTime } from '../../slack/mrkdwn.ts';
import type { Props } from '../lines.ts';
import { languageName } from '../names.ts';
import type { Check, Twin } from '../snapshot.ts';
import { standingOf } from '../start/cleared.ts';
import type { Statement, Status } from '../statement.ts';
import { type Answer, blocking, type Finding, isBlocking, type Material, termKey } from './lint.ts';
import type { OnlyIn } from './parity.ts';
import { peopleIn } from './people-named.ts';
import { detailOf, findingWords, slotName, words } from './text.ts';

/** Excerpts are labels here: the text itself is shown whole beside them. */
const longestExcerpt = 160;
export const shownExcerpt = (excerpt: string): string =>
  escapeMrkdwn(clip(excerpt.replace(/\s+/g, ' '), longestExcerpt));

/** What the check says of a text, in one line of its card: the rest is one press away. */
export function checkLine({ status }: Statement, { findings, material, twin }: Check, language: Language): string {
  const w = words(language);
  const against = blocking(findings);
  const remarks = remarkTitles(findings, language).length;
  const parts = [
    ...(against.length === 0 ? [w.card.nothing] : []),
    ...(remarks > 0 ? [w.remark(remarks)] : []),
    ...(material.answers.length > 0 ? [w.card.answers(material.answers.length)] : []),
    ...(twin?.onlyIn?.length
      ? [w.card.differs(languageName(twin.statement.current.language, language), twin.statement.number)]
      : []),
  ];
  if (against.length === 0) return w.card.check(parts.join(' · '));
  return [againstLine(status, against, language), ...parts].join(' · ');
}

/** Before it is submitted, what is to be answered; later, what has come up since. */
function againstLine(status: Status, against: readonly Finding[], language: Language): string {
  const w = words(language);
  if (status !== 'draft')
    return w.card.unsettled[status === 'published' ? 'published' : 'before'](titles(against, language));
  return against.every(({ code }) => code === 'placeholder')
    ? w.card.blanks(against.length)
    : w.card.blocked(w.point(against.length), titles(against, language));
}

/** All that is said of a text beside it: where it comes from, what stands against it, remarks, answers, its translation. */
export function checkBlocks(statement: Statement, check: Check, props: Props): KnownBlock[] {
  const { language } = props.reader;
  const against = blocking(check.findings);
  const lines = [
    ...backgroundLines(statement, props),
    ...(against.length > 0 ? [againstLine(statement.status, against, language)] : []),
    ...remarkLines(check.findings, language),
    ...answerLines(statement, check.material, props),
  ];
  return [
    ...(lines.length > 0 ? sections(lines.join('\n')) : []),
    ...(check.twin ? twinBlocks(check.twin, language) : []),
  ];
}

/** The template that it comes from, and whether it is sensitive. */
export const backgroundLines = (statement: Statement, props: Props): string[] => [
  ...originLines(statement, props),
  ...sensitiveLines(statement, props.reader.language),
];

function originLines({ origin, current }: Statement, { reader: { named, language, timeZone } }: Props): string[] {
  if (!origin) return [];
  const w = words(language).card;
  const { cleared } = origin;
  const from = cleared
    ? w.cleared(escapeMrkdwn(named(cleared.by)), slackTime(cleared.until, timeZone, language))
    : w.uncleared;
  return [`${from}, ${w.standing[standingOf(origin.body, current.body)]}`];
}

function sensitiveLines({ origin, current }: Statement, language: Language): string[] {
  const w = words(language).card;
  if (origin?.admits) return [w.admits];
  return current.isSensitive && current.kind !== 'sensitive' ? [w.sensitive] : [];
}

const titles = (findings: readonly Finding[], language: Language): string =>
  [...new Set(findings.map(({ code }) => findingWords(code, language).title))].join(' · ');

function remarkLines(findings: readonly Finding[], language: Language): string[] {
  const w = words(language);
  const remarks = remarkTitles(findings, language);
  return remarks.length > 0 ? [`💡 ${w.remark(remarks.length)}${w.colon}${remarks.join(' · ')}`] : [];
}

/** Each once; what first words lack is one remark. */
function remarkTitles(findings: readonly Finding[], language: Language): string[] {
  const remarks = findings.filter((finding) => !isBlocking(finding));
  const missing = remarks.flatMap((finding) =>
    finding.code === 'slot_missing' ? [slotName(finding.slot, language)] : [],
  );
  const titled = remarks.map(({ code }) => {
    const { title } = findingWords(code, language);
    return code === 'slot_missing' ? `${title} (${missing.join(', ')})` : title;
  });
  return [...new Set(titled)];
}

/** What people of the cell answered to the check, as their words, for those who rely on it. */
export function answerLines(
  { current }: Statement,
  { answers, terms, doneTasks, measures }: Material,
  { reader: { named, language } }: Props,
): string[] {
  const w = words(language);
  const targetName = ({ kind, id, number }: Answer['targets'][number]) =>
    kind === 'task'
      ? w.task(number, clip(doneTasks.find((t) => t.id === id)?.title ?? '', 80))
      : w.measure(number, clip(measures.find((m) => m.id === id)?.text ?? '', 80));
  // Of one that was given anew, the last.
  const last = [...new Map(answers.map((a) => [`${a.code} ${a.excerpt}`, a])).values()];
  const given = last.map((a) => {
    const excerpt = shownExcerpt(a.excerpt);
    const rest = a.answer === 'linked' ? a.targets.map(targetName).join(', ') : (a.reason ?? '');
    return w.given[a.answer](excerpt, escapeMrkdwn(rest), escapeMrkdwn(named(a.userId)));
  });
  const saidOf = (kind: 'person' | 'contact', isSo: boolean, excerpts: readonly string[]) =>
    excerpts.flatMap((excerpt) => {
      const term = terms.find((t) => t.kind === kind && t.isSo === isSo && t.key === termKey(kind, excerpt));
      return term ? [w.by(escapeMrkdwn(excerpt), escapeMrkdwn(named(term.decidedBy)))] : [];
    });
  const names = saidOf('person', false, [...new Set(peopleIn(current.body).map(({ name }) => name))]);
  const contacts = terms
    .filter((t) => t.kind === 'contact' && t.isSo && termKey('contact', current.body).includes(t.key))
    .map((t) => w.by(escapeMrkdwn(t.key), escapeMrkdwn(named(t.decidedBy))));
  return [
    ...given,
    ...(names.length > 0 ? [w.noPeople(names.join(', '))] : []),
    ...(contacts.length > 0 ? [w.ownContacts(contacts.join(', '))] : []),
  ].map((line) => `☑️ ${line}`);
}

/** Everybody whom these lines name. */
export const peopleOfCheck = ({ origin }: Statement, { material }: Check): string[] => [
  ...(origin?.cleared ? [origin.cleared.by] : []),
  ...material.answers.map(({ userId }) => userId),
  ...material.terms.map(({ decidedBy }) => decidedBy),
];

export function twinBlocks({ statement, onlyIn }: Twin, language: Language): KnownBlock[] {
  const w = words(language);
  const { number, current } = statement;
  const [title, other] = [escapeMrkdwn(current.title), languageName(current.language, language)];
  if (!onlyIn) return [context(w.card.twinOpen(number, title, other))];
  if (onlyIn.length === 0) return [context(w.card.twinSame(number, title, other))];
  const sides = (['en', 'fr'] as const).flatMap((side) => {
    const items = onlyIn.filter((item) => item.in === side);
    return items.length > 0 ? [w.card.only(languageName(side, language), itemsText(items, language))] : [];
  });
  return [section([w.card.twinDiffers(number, title, other), ...sides].join('\n'))];
}

const mostItems = 8;

function itemsText(items: readonly OnlyIn[], language: Language): string {
  const w = words(language);
  const shown = items
    .slice(0, mostItems)
    .map(({ kind, shown: text }) => `*${escapeMrkdwn(clip(text, 60))}* (${w.kinds[kind]})`);
  return items.length > mostItems ? `${shown.join(', ')} …` : list(language, shown);
}

/** One line of a finding: its words, and what it is about. */
export const findingLine = (finding: Finding, language: Language): string => {
  const w = words(language);
  const { title, why, instead } = findingWords(finding.code, language);
  const detail = detailOf(finding, language);
  return `${w.finding(title, shownExcerpt(finding.excerpt), escapeMrkdwn(clip(detail, 300)))}\n${w.why(why, instead)}`;
};
