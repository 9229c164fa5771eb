import { z } from 'zod';
import { atLeast, type Level } from '../core/levels.ts';
import type { Language } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import { dateTime } from '../core/time.ts';
import type { Crisis } from '../crises/rules.ts';
import { levelLabel, levelName, nameOf } from '../crises/text.ts';
import {
  actions,
  context,
  header,
  type KnownBlock,
  type Message,
  type ModalView,
  message,
  section,
  textLength,
} from '../slack/blocks.ts';
import { button } from '../slack/contract.ts';
import { firstPage } from '../slack/limits.ts';
import { escapeMrkdwn, link, slackTime } from '../slack/mrkdwn.ts';
import type { Wait } from '../slack/waits.ts';
import { matterTarget, noticeForm, refine } from './forms.ts';
import { outlookLines, planLines, ruleText, scoreText, valueLine, whyText } from './lines.ts';
import type { Assessment, History, Kept, Matter, Outcome } from './records.ts';
import { isConfidential, standingOf } from './rules.ts';
import { compute, dimensions, firstDimensions, outlookOf } from './score.ts';
import { words } from './text.ts';
import { isOutstanding } from './watch.ts';

export type { Kept };

const anything = z.unknown();
const ofAssessment = z.object({ assessmentId: z.uuid() });
const moves = ['again', 'refine', 'show', 'ordinary', 'watch', 'end', 'declare', 'override'] as const;
type Move = (typeof moves)[number];
const ofMove = z.object({ move: z.enum(moves), ...matterTarget });
export type MoveTarget = z.output<typeof ofMove>;

export const open = button('assessment.open', anything);
export const list = button('assessment.list', anything);
export const calibrate = button('assessment.calibrate', anything);
export const again = button('assessment.again', z.object({ crisisId: z.uuid() }));
export const move = button('assessment.move', ofMove);
export const menu = button('assessment.menu', ofMove);
export const apply = button('assessment.apply', ofAssessment);
export const override = button('assessment.override', ofAssessment);
export const see = button('assessment.see', ofAssessment);

/** The level in words: what is proposed, why, what would change it; the figures stand below. The same for a matter and a crisis. */
function findings(assessment: Assessment, reader: Reader): KnownBlock[] {
  const { language } = reader;
  const w = words(language);
  const { level, rule } = assessment;
  const clock = clockOf(reader);
  const figures = [
    w.result.score(scoreText(assessment, language)),
    ...(rule.code === 'score' ? [escapeMrkdwn(ruleText(assessment, language, clock))] : []),
  ];
  return [
    section(
      [w.result.head(levelLabel(level, language)), escapeMrkdwn(whyText(assessment, language, clock))].join('\n'),
    ),
    section(
      `*${rule.code === 'held' ? w.outlook.titleHeld : w.outlook.title}*\n${outlook(assessment, language).join('\n')}`,
    ),
    section(`*${w.plan.title(levelLabel(level, language))}*\n${planLines(level, language).join('\n')}`),
    ...notes(assessment, language),
    context(figures.join(' · '), escapeMrkdwn(valueLine(assessment, language)), byline(assessment, reader)),
  ];
}

const mostOutlook = 3;

/** What would change it, the likeliest first. */
function outlook(assessment: Assessment, language: Language): string[] {
  const unknown = dimensions.filter((d) => assessment.values[d] === null);
  return outlookLines(assessment.computed, outlookOf(assessment, assessment.weights), unknown, language).slice(
    0,
    mostOutlook,
  );
}

const clockOf =
  ({ timeZone, language }: Reader) =>
  (date: Date) =>
    dateTime(date, timeZone, language);

/** What a flag asks for besides a level; legal ones are reminders, and say so. */
function notes({ flags }: Assessment, language: Language): KnownBlock[] {
  const w = words(language).notes;
  const said = (['threat', 'breach', 'listed'] as const).filter((flag) => flags.includes(flag)).map((flag) => w[flag]);
  return said.length > 0 ? [section(said.join('\n'))] : [];
}

function byline({ assessedBy, assessedAt, url, baseline, weightsVersion }: Assessment, reader: Reader): string {
  const { language, timeZone, named } = reader;
  const w = words(language).result;
  return [
    w.by(escapeMrkdwn(named(assessedBy)), slackTime(assessedAt, timeZone, language)),
    ...(url ? [link(url, w.seen)] : []),
    ...(baseline ? [escapeMrkdwn(w.usual(baseline))] : []),
    w.weights(weightsVersion),
  ].join(' · ');
}

function outcomeLine(outcome: Outcome, { language, named }: Reader): string {
  const w = words(language).result.outcome;
  const who = `*${escapeMrkdwn(named(outcome.decidedBy))}*`;
  const level = levelLabel(outcome.level, language);
  switch (outcome.kind) {
    case 'applied':
      return w.applied(who, level);
    case 'overridden':
      return w.overridden(who, level, escapeMrkdwn(outcome.reason));
    case 'ordinary':
    case 'watch':
    case 'ended':
    case 'declared':
      return w[outcome.kind](who);
  }
}

const outcomesOf = (assessment: Assessment, { outcomes }: History): Outcome[] =>
  outcomes.filter(({ assessmentId }) => assessmentId === assessment.id);

/** The newest assessment of a matter, what people made of it, and what can be done next. */
function matterMessage(kept: Kept, reader: Reader): Message {
  const { matter, history } = kept;
  const { language, timeZone } = reader;
  const w = words(language);
  const assessment = history.assessments.at(-1);
  if (!assessment) return message(matter.title, [section(escapeMrkdwn(matter.title))]);
  const last = outcomesOf(assessment, history).slice(-3);
  const until = matter.reassessAt ? [w.result.until(slackTime(matter.reassessAt, timeZone, language))] : [];
  const said = [...last.map((outcome) => outcomeLine(outcome, reader)), ...until];
  const level = levelName(assessment.level, language);
  return message(w.result.text(matter.title, level, scoreText(assessment, language)), [
    section(`*${escapeMrkdwn(matter.title)}*`),
    ...(said.length > 0 ? [section(said.join('\n'))] : []),
    ...(isConfidential(matter)
      ? [context(w.result.confidential(matter.concernedIds.map((id) => escapeMrkdwn(reader.named(id))).join(', ')))]
      : []),
    ...findings(assessment, reader),
    ...(matter.status === 'declared' ? [] : [actions(...matterButtons(kept, assessment, language))]),
  ]);
}

export const matterModal = (kept: Kept, reader: Reader): ModalView =>
  noticeForm(words(reader.language).result.title, matterMessage(kept, reader).blocks, reader.language);

const moveOf = (move: Move, { id, version }: Matter): MoveTarget => ({ move, matterId: id, v: version });

/** The level that stands decides which act is offered first; red only once what is known makes it an incident. */
function matterButtons({ matter, history }: Kept, assessment: Assessment, language: Language) {
  const w = words(language).button;
  const level = standingOf(history)?.level ?? assessment.level;
  const first: Move = atLeast(level, 'incident') ? 'declare' : level === 'watch' ? 'watch' : 'ordinary';
  const isWatched = matter.status === 'watch';
  const acts: [Move, string][] = [
    ['declare', w.declare],
    ['watch', isWatched ? w.rewatch : w.watch],
    ...(isWatched ? [['end', w.end] as [Move, string]] : []),
    ...(isWatched || matter.status === 'ordinary' ? [] : [['ordinary', w.ordinary] as [Move, string]]),
  ];
  const isUrgent = atLeast(level, 'incident') && isSure(assessment, level);
  const choice = (one: Move, label: string) => ({ value: moveOf(one, matter), label });
  return [
    ...acts
      .toSorted(([a], [b]) => Number(b === first) - Number(a === first))
      .map(([one, label]) =>
        moveButton(one, label, matter, language, one === first && (isUrgent ? 'danger' : 'primary')),
      ),
    menu.menu([
      ...(isPartial(assessment) ? [choice('refine', w.refine)] : []),
      choice('override', w.override),
      choice('again', w.again),
      ...(isWatched ? [choice('ordinary', w.ordinary)] : []),
    ]),
  ];
}

/** Whatever the unknowns turn out to be, it is an incident; or somebody said so against what was computed. */
const isSure = (assessment: Assessment, level: Level): boolean =>
  level !== assessment.level || atLeast(compute(assessment, assessment.weights).lowest, 'incident');

/** Something of the second step is not known. */
const isPartial = ({ values }: Assessment): boolean =>
  dimensions.some((d) => values[d] === null && !(firstDimensions as readonly string[]).includes(d));

function moveButton(
  one: Move,
  label: string,
  matter: Matter,
  language: Language,
  style: 'danger' | 'primary' | false = false,
) {
  const w = words(language).button;
  return move.draw(label, moveOf(one, matter), {
    suffix: one,
    spoken: w.spoken(label, matter.title),
    ...(style ? { style } : {}),
    ...(one === 'ordinary'
      ? { confirm: { title: w.ordinary, text: w.ordinaryConfirm(matter.title), yes: w.yes, no: w.no } }
      : {}),
  });
}

/**
 * In the room, while nobody has decided on a level that differs from the one in force: at most three lines. Then what
 * became of it, in one.
 */
export function proposal(assessment: Assessment, crisis: Crisis, history: History, reader: Reader): Message {
  const { language, named } = reader;
  const w = words(language);
  const level = levelLabel(assessment.level, language);
  const by = w.result.assessedBy(escapeMrkdwn(named(assessment.assessedBy)), level);
  const text = w.result.text(nameOf(crisis), levelName(assessment.level, language), scoreText(assessment, language));
  if (!isUndecided(assessment, crisis, history)) {
    const said = outcomesOf(assessment, history).map((outcome) => outcomeLine(outcome, reader));
    const isNewest = history.assessments.at(-1)?.id === assessment.id;
    return message(text, [context([by, ...said, ...(isNewest ? [] : [w.result.newer])].join(' · '))]);
  }
  const [change] = outlook(assessment, language);
  const lines = [
    `${by} ${w.result.was(levelLabel(crisis.level, language))}`,
    escapeMrkdwn(whyText(assessment, language, clockOf(reader))),
    ...(change ? [change] : []),
  ];
  return message(text, [
    section(lines.join('\n')),
    actions(applyButton(assessment, language), see.draw(w.button.see, { assessmentId: assessment.id })),
  ]);
}

/** Another level is proposed, and it is the newest assessment. */
export const isUndecided = (assessment: Assessment, crisis: Crisis, history: History): boolean =>
  crisis.status === 'open' &&
  assessment.level !== crisis.level &&
  history.assessments.at(-1)?.id === assessment.id &&
  outcomesOf(assessment, history).length === 0;

const applyButton = ({ id: assessmentId, level }: Assessment, language: Language) =>
  apply.draw(words(language).button.apply(levelName(level, language)), { assessmentId }, { style: 'primary' });

const inForce = ({ level }: Assessment, crisis: Crisis, language: Language): string => {
  const w = words(language).result;
  return level === crisis.level ? w.same : w.was(levelLabel(crisis.level, language));
};

function crisisButtons(assessment: Assessment, crisis: Crisis, language: Language) {
  const w = words(language).button;
  return [
    ...(assessment.level === crisis.level ? [] : [applyButton(assessment, language)]),
    override.draw(w.override, { assessmentId: assessment.id }),
    ...(isPartial(assessment) ? [refine.draw(w.refine, { crisisId: crisis.id, matterId: null })] : []),
    again.draw(w.again, { crisisId: crisis.id }),
  ];
}

/** The whole result, for whoever assessed it or opens it from the room. */
export function crisisModal(assessment: Assessment, crisis: Crisis, history: History, reader: Reader): ModalView {
  const { language } = reader;
  const w = words(language);
  const said = outcomesOf(assessment, history).map((outcome) => outcomeLine(outcome, reader));
  const isNewest = history.assessments.at(-1)?.id === assessment.id;
  const isOpen = isNewest && crisis.status === 'open';
  const lines = [
    ...said,
    ...(isOpen ? [inForce(assessment, crisis, language)] : []),
    ...(isNewest ? [] : [w.result.newer]),
  ];
  return noticeForm(
    w.result.title,
    [
      ...(lines.length > 0 ? [section(lines.join('\n'))] : []),
      ...findings(assessment, reader),
      ...(isOpen ? [actions(...crisisButtons(assessment, crisis, language))] : []),
    ],
    language,
  );
}

/** By direct message, once, when a watch is to be looked at again. */
export function watchDue({ matter, history }: Kept, reminder: number, reader: Reader): Message {
  const { language, timeZone } = reader;
  const w = words(language);
  const assessment = history.assessments.at(-1);
  const title = escapeMrkdwn(matter.title);
  if (!isOutstanding(matter, reminder) || !assessment) {
    const what = matter.status === 'watch' ? w.due.assessed : w.status[matter.status];
    return message(w.due.over(matter.title, what), [context(w.due.over(`*${title}*`, what))]);
  }
  const level = levelLabel(standingOf(history)?.level ?? assessment.level, language);
  const when = slackTime(assessment.assessedAt, timeZone, language);
  return message(w.due.text(matter.title), [
    section(w.due.intro(`*${title}*`, level, scoreText(assessment, language), when)),
    actions(
      moveButton('again', w.button.again, matter, language, 'primary'),
      moveButton('end', w.button.end, matter, language),
      moveButton('show', w.button.show, matter, language),
    ),
  ]);
}

/** What waits on the lead, told once for each level and assessment. */
export const reassessWait = (crisis: Crisis, reminder: number, dueAt: Date): Wait => ({
  userId: crisis.leadId,
  key: `reassess:${reminder}`,
  news: 'due',
  isUrgent: false,
  since: dueAt,
  dueAt,
  changesAt: null,
  names: [],
  text: ({ language }) => words(language).reassess(levelLabel(crisis.level, language)),
  button: (language) => {
    const w = words(language).button;
    return again.draw(w.again, { crisisId: crisis.id }, { spoken: w.spoken(w.again, nameOf(crisis)) });
  },
});

const mostListed = 20;

/** What is watched or waits for a decision, each with its menu. */
export function matterList(
  kept: readonly Kept[],
  closed: { ordinary: number; declared: number },
  reader: Reader,
): Message {
  const { language } = reader;
  const w = words(language);
  const assess = actions(open.draw(w.list.assess, {}, { style: 'primary' }), calibrate.draw(w.list.calibrate, {}));
  const tally = closed.ordinary + closed.declared > 0 ? [context(w.list.closed(closed.ordinary, closed.declared))] : [];
  if (kept.length === 0) return message(w.list.none, [section(w.list.none), ...tally, assess]);
  const line = (one: Kept) => section(keptLine(one, reader.now, reader), menuOf(one.matter, language));
  const shown = firstPage(kept, mostListed, (one) => textLength(line(one)));
  return message(`${w.list.text(kept.length)}: ${shown.map(({ matter }) => matter.title).join(', ')}`, [
    header(w.list.title),
    ...shown.map(line),
    ...(kept.length > shown.length ? [context(w.list.more(kept.length - shown.length))] : []),
    ...tally,
    assess,
  ]);
}

/** `*Title*`, then level, score and when it is looked at again. */
export function keptLine(
  { matter, history }: Kept,
  now: Date,
  { language, timeZone }: Pick<Reader, 'language' | 'timeZone'>,
): string {
  const w = words(language);
  const assessment = history.assessments.at(-1);
  const level = standingOf(history)?.level;
  const when = matter.reassessAt ? slackTime(matter.reassessAt, timeZone, language) : '';
  const state =
    matter.status !== 'watch'
      ? w.list.undecided
      : matter.reassessAt && matter.reassessAt <= now
        ? `👁 ${w.list.watched} · ⏰ ${w.result.rings}`
        : `👁 ${w.list.watched} · ${w.result.until(when)}`;
  const score = assessment ? ` · ${scoreText(assessment, language)}` : '';
  return `*${escapeMrkdwn(matter.title)}*\n${level ? levelLabel(level, language) : '–'}${score} · ${state}`;
}

/** What can be done with one of them. */
export function menuOf(matter: Matter, language: Language) {
  const w = words(language).button;
  const choice = (one: Move, label: string) => ({ value: moveOf(one, matter), label });
  return menu.menu([
    choice('again', w.again),
    choice('show', w.show),
    choice('declare', w.declare),
    choice('ordinary', w.ordinary),
    matter.status === 'watch' ? choice('end', w.end) : choice('watch', w.watch),
  ]);
}

/** The summary of a declaration that comes from an assessment: what was known, and where it was seen. */
export function summaryOf({ history }: Kept, { language, timeZone }: Reader): string {
  const assessment = history.assessments.at(-1);
  if (!assessment) return '';
  const clock = (date: Date) => `${dateTime(date, timeZone, language)} (${timeZone})`;
  const said = words(language).summary(
    levelName(assessment.level, language),
    scoreText(assessment, language),
    ruleText(assessment, language, clock),
    valueLine(assessment, language),
  );
  const where = assessment.url ? [assessment.url] : [];
  return [assessment.account, [said, ...where].join('\n')].filter(Boolean).join('\n\n');
}
