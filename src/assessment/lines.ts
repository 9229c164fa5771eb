import { atLeast, type Level, levelPlans } from '../core/levels.ts';
import { type Language, list, numberText } from '../core/locale.ts';
import { duration, MINUTE } from '../core/time.ts';
import { levelName } from '../crises/text.ts';
import { anchorOf, dimensionName, flagName } from './anchors.ts';
import type { Assessment } from './records.ts';
import {
  type Computed,
  type Dimension,
  dimensions,
  type Outlook,
  type Rating,
  type Rule,
  type Shift,
  thresholds,
  weighingMost,
} from './score.ts';
import { words } from './text.ts';

/** Scores come in quarters and are never rounded: 49.75 is no crisis, and is not shown as 50. */
const points = numberText;

/** `43.5 (27.5–59.5)`; without a range when everything is known. */
export function scoreText({ score, low, high }: Pick<Computed, 'score' | 'low' | 'high'>, language: Language): string {
  const point = points(score, language);
  return low === high ? point : `${point} (${points(low, language)}–${points(high, language)})`;
}

type Clock = (date: Date) => string;

/** The rule that decided, as a sentence. `clock` writes the time from which a held level may come down. */
export function ruleText({ level, rule }: { level: Level; rule: Rule }, language: Language, clock: Clock): string {
  const w = words(language).rule;
  const name = levelName(level, language);
  switch (rule.code) {
    case 'score':
      return level === 'routine'
        ? w.lowest(name, points(thresholds.watch, language))
        : w.score(name, points(thresholds[level], language));
    case 'floor':
      return w.floor(w.floors[rule.floor], name);
    case 'cap':
      return w.cap(w.caps[rule.cap], name);
    case 'held': {
      const [computed, under] = [levelName(rule.computed, language), points(rule.under, language)];
      return rule.notBefore === null
        ? w.tooNear(name, computed, under)
        : w.waits(name, computed, under, clock(new Date(rule.notBefore)));
    }
  }
}

/** Why this level, in words: the rule that decided, or what weighs most where it was the score. */
export function whyText(
  assessment: Pick<Assessment, 'level' | 'rule' | 'values' | 'flags' | 'weights'>,
  language: Language,
  clock: Clock,
): string {
  const heavy = weighingMost(assessment, assessment.weights);
  if (assessment.rule.code !== 'score' || heavy.length === 0) return ruleText(assessment, language, clock);
  const said = heavy.map((d) => {
    const { short } = anchorOf(d, assessment.values[d] ?? 0, language);
    return `${dimensionName(d, language)} (${short})`;
  });
  return words(language).result.weighs(list(language, said));
}

/** What would change the level, as lines of mrkdwn; `unknown` are the dimensions that nobody knows yet. */
export function outlookLines(
  level: Level,
  outlook: Outlook,
  unknown: readonly Dimension[],
  language: Language,
): string[] {
  const w = words(language).outlook;
  const would = (to: Level, when: string) => w.would(levelName(to, language), when);
  const named = (dimension: Dimension) => dimensionName(dimension, language);
  const isSaid = (shift: Shift) =>
    shift.what === 'dimension' && outlook.unknowns.some(({ dimension }) => dimension === shift.dimension);
  const { raise, lower, unknowns, together } = outlook;
  const lines = [
    ...unknowns.map(({ dimension, from, level: to }) =>
      would(to, w.turnsOut(named(dimension), anchorOf(dimension, from, language).short, from < 4)),
    ),
    ...(together ? [would(together, w.together(list(language, unknown.map(named))))] : []),
    ...(raise && !isSaid(raise) ? [would(raise.level, shiftText(raise, true, language))] : []),
    ...(lower ? [would(lower.level, shiftText(lower, false, language))] : []),
  ];
  return [
    ...lines,
    ...(raise || unknowns.length > 0 || together || level === 'major' ? [] : [`• ${w.raised}`]),
    ...(lower || level === 'routine' ? [] : [`• ${w.lowered}`]),
  ];
}

function shiftText(shift: Shift, isUp: boolean, language: Language): string {
  const w = words(language).outlook;
  if (shift.what === 'flag') return (shift.on ? w.flagOn : w.flagOff)(flagName(shift.flag, language));
  const { dimension, from, to } = shift;
  const name = dimensionName(dimension, language);
  const isMore = isUp ? to < 4 : to > 0;
  const said = anchorOf(dimension, to, language).short;
  if (from === null) return (isUp ? w.turnsOut : w.turnsOutLow)(name, said, isMore);
  return (isUp ? w.up : w.down)(name, said, isMore);
}

/** What a level switches on (discipline E5), as lines of mrkdwn. */
export function planLines(level: Level, language: Language): string[] {
  const w = words(language).plan;
  if (level === 'routine') return [w.none];
  const { answer, firstWords, approval, digest, reassess } = levelPlans[level];
  const time = (minutes: number) => duration(minutes * MINUTE, language);
  const again = reassess ? [w.reassess(time(reassess.first))] : [];
  if (level === 'watch') return [`• ${w.watch}`, ...again.map((line) => `• ${line}`)];
  return [
    atLeast(level, 'crisis') ? w.full : w.core,
    [
      w.answer(time(answer)),
      ...(firstWords ? [w.firstWords(time(firstWords.aim), time(firstWords.limit))] : []),
      w.approval(time(approval)),
    ].join(' · '),
    [w.digest(time(digest.first)), ...again].join(' · '),
  ].map((line) => `• ${line}`);
}

/** `People harmed 2 (Distress) · Legal exposure: not known · …`, flags after them. */
export function valueLine({ values: given, flags: raised }: Rating, language: Language): string {
  const w = words(language).result;
  const named = dimensions.map((dimension) => {
    const value = given[dimension];
    const name = dimensionName(dimension, language);
    return value === null
      ? `${name} ? (${w.unknownValue})`
      : `${name} ${value} (${anchorOf(dimension, value, language).short})`;
  });
  return [...named, ...raised.map((flag) => `⚑ ${flagName(flag, language)}`)].join(' · ');
}
