import { type Language, list } from '../core/locale.ts';
import { duration } from '../core/time.ts';
import type { Crisis } from '../crises/rules.ts';
import { levelName } from '../crises/text.ts';
import { departmentName } from '../people/text.ts';
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
  sections,
  textInput,
} from '../slack/blocks.ts';
import { listText } from '../slack/limits.ts';
import { channelLink, escapeMrkdwn, mention, mrkdwnOf, slackTime } from '../slack/mrkdwn.ts';
import { answerMs, type Callout, type CellMember, isOf, mentionedIds, type NotCalled, stageIds } from './callout.ts';
import { calloutLine, hasDeclared, sinceTime } from './lines.ts';
import { type ResponderRefusal } from './rules.ts';
import { askOf, words } from './text.ts';

type Named = (userId: string) => string;

const nameOf = (callout: Callout, language: Language): string =>
  escapeMrkdwn(departmentName(callout.department, callout.departmentName, language));
const names = (ids: readonly string[], named: Named, language: Language): string =>
  list(
    language,
    ids.map((id) => escapeMrkdwn(named(id))),
  );
const mentions = (ids: readonly string[], language: Language): string => list(language, ids.map(mention));

/** The card of a department in the room. `round` is the one the card was posted for. */
export function card(
  crisis: Crisis,
  callout: Callout,
  round: number,
  alsoOnIt: readonly string[],
  named: Named,
): Message {
  const w = words(crisis.language).card;
  const department = nameOf(callout, crisis.language);
  if (round !== callout.round) return message(w.replaced(department), [section(w.replaced(department))]);
  if (callout.answeredBy) return answeredCard(crisis, callout, callout.answeredBy, alsoOnIt, named);
  const asked = names(mentionedIds(callout), named, crisis.language);
  const text = callout.stage === 'lead' ? w.textLead(department) : w.text(department, asked);
  return message(text, [
    ...sections(headOf(crisis, callout, department, named)),
    ...(callout.reason ? sections(w.reason(mrkdwnOf(callout.reason, named))) : []),
    ...(callout.stage === 'lead' ? [] : [section(w.first(askOf(callout.department, crisis.language)))]),
    actions(...answerButtons(callout, crisis.language)),
    ...footOf(crisis, callout, named),
  ]);
}

function answeredCard(
  crisis: Crisis,
  callout: Callout,
  by: string,
  alsoOnIt: readonly string[],
  named: Named,
): Message {
  const w = words(crisis.language).card;
  const department = nameOf(callout, crisis.language);
  const name = escapeMrkdwn(named(by));
  const line = hasDeclared(callout)
    ? w.declared(department, name)
    : w.answered(department, name, duration(answerMs(callout), crisis.language));
  const others = alsoOnIt.filter((id) => id !== by);
  return message(line, [
    section(line),
    ...(others.length > 0 ? [context(w.also(names(others, named, crisis.language)))] : []),
  ]);
}

function headOf(crisis: Crisis, callout: Callout, department: string, named: Named): string {
  const w = words(crisis.language).card;
  const called = mentions(mentionedIds(callout), crisis.language);
  if (callout.stage === 'people') return `${w.called(department)}\n${w.please(called)}`;
  const why = whyHere(crisis, callout, named, crisis.language);
  if (callout.stage === 'deputies')
    return [w.deputies(department), why, w.pleaseDeputies(called)].filter(Boolean).join('\n');
  return [w.lead(department), why, w.pleaseLead(called)].filter(Boolean).join('\n');
}

/** Who cannot, and who has not answered: why the next in line are called. */
function whyHere(crisis: Crisis, callout: Callout, named: Named, language: Language): string {
  const w = words(language).card;
  const at = slackTime(callout.calledAt, crisis.timeZone, language, 'time');
  const before = [...callout.peopleIds, ...(callout.stage === 'lead' ? callout.deputyIds : [])];
  const silent = before.filter((id) => !callout.declinedIds.includes(id));
  return [
    callout.declinedIds.length > 0 ? w.declined(names(callout.declinedIds, named, language)) : '',
    silent.length > 0 ? w.unanswered(names(silent, named, language), at) : '',
  ]
    .filter(Boolean)
    .join(' ');
}

function footOf(crisis: Crisis, callout: Callout, named: Named): KnownBlock[] {
  const w = words(crisis.language).card;
  const by = callout.calledBy ? w.calledBy(escapeMrkdwn(named(callout.calledBy))) : '';
  if (callout.stage === 'lead') return by ? [context(by)] : [];
  const at = slackTime(callout.dueAt, crisis.timeZone, crisis.language, 'time');
  const next =
    callout.stage === 'people' && callout.deputyIds.length > 0
      ? w.untilDeputies(at, names(callout.deputyIds, named, crisis.language))
      : w.untilLead(at, escapeMrkdwn(named(crisis.leadId)));
  return [context(...(by ? [by, next] : [next]))];
}

function answerButtons(callout: Callout, language: Language) {
  const w = words(language).buttons;
  const value = JSON.stringify({ crisisId: callout.crisisId, calloutId: callout.id });
  const department = departmentName(callout.department, callout.departmentName, language);
  const yes = button(w.answer, {
    id: 'responders.answer',
    value,
    style: 'primary',
    spoken: w.answerFor(department),
  });
  if (callout.stage === 'lead') return [yes, callSomeoneButton(callout, language)];
  const label = callout.stage === 'people' && callout.deputyIds.length > 0 ? w.callDeputy : w.tellLead;
  return [yes, button(label, { id: 'responders.cannot', value })];
}

const callSomeoneButton = (callout: Callout, language: Language) =>
  button(words(language).buttons.callSomeone, {
    id: 'responders.call_someone',
    value: JSON.stringify({ crisisId: callout.crisisId, department: callout.department }),
  });

const roomOf = ({ channelId }: Crisis, language: Language): string =>
  channelId ? channelLink(channelId) : words(language).dm.noRoom;

/** The message of one's own that a deputy or the crisis lead gets. */
export function calledMessage(
  crisis: Crisis,
  callout: Callout,
  round: number,
  userId: string,
  named: Named,
  language: Language,
): Message {
  const w = words(language);
  const [department, title] = [nameOf(callout, language), escapeMrkdwn(crisis.title)];
  const over = whyOver(crisis, callout, round, userId, named, language);
  if (over) return message(over, [section(over)]);
  const room = w.dm.room(roomOf(crisis, language));
  const why = whyHere(crisis, callout, named, language);
  if (callout.toldLeadId === userId && !callout.deputyIds.includes(userId))
    return message(w.dm.leadText(department, title), [
      section([w.dm.lead(department, title), why, w.dm.leadHow].filter(Boolean).join('\n')),
      actions(...answerButtons({ ...callout, stage: 'lead' }, language)),
      context(w.dm.roomOfLead(roomOf(crisis, language))),
    ]);
  return message(w.dm.deputyText(department, title), [
    section([w.dm.deputy(department, title, levelName(crisis.level, language)), why].filter(Boolean).join('\n')),
    section(w.card.first(askOf(callout.department, language))),
    actions(...answerButtons({ ...callout, stage: 'deputies' }, language)),
    context(room),
  ]);
}

/** Why nothing is asked of this person any more, or null. */
function whyOver(
  crisis: Crisis,
  callout: Callout,
  round: number,
  userId: string,
  named: Named,
  language: Language,
): string | null {
  const w = words(language).dm;
  const department = nameOf(callout, language);
  const room = roomOf(crisis, language);
  if (crisis.status === 'closed') return w.closed(escapeMrkdwn(crisis.title));
  if (round !== callout.round) return w.replaced(department);
  if (callout.answeredBy === userId) return w.answeredByYou(department, room);
  return callout.answeredBy
    ? w.answered(department, escapeMrkdwn(named(callout.answeredBy)), escapeMrkdwn(crisis.title), room)
    : null;
}

/** The message of one's own that somebody called by name gets. */
export function personMessage(crisis: Crisis, row: CellMember, named: Named, language: Language): Message {
  const w = words(language);
  const title = escapeMrkdwn(crisis.title);
  const room = roomOf(crisis, language);
  if (crisis.status === 'closed') return message(w.dm.closed(title), [section(w.dm.closed(title))]);
  if (isPresent(row)) return message(w.dm.present(title, room), [section(w.dm.present(title, room))]);
  const by = escapeMrkdwn(named(row.calledBy ?? ''));
  return message(w.dm.personText(by, title), [
    section(w.dm.person(by, title, levelName(crisis.level, language))),
    ...(row.callReason ? sections(w.card.reason(mrkdwnOf(row.callReason, named))) : []),
    section(w.dm.come),
    actions(
      button(w.buttons.answer, {
        id: 'responders.come',
        value: JSON.stringify({ crisisId: crisis.id }),
        style: 'primary',
      }),
    ),
    context(w.dm.room(room)),
  ]);
}

const isPresent = (row: CellMember): boolean =>
  row.presentAt !== null && (row.calledAt === null || row.presentAt >= row.calledAt);

/** In the room: who was called by name, and who of them has come. */
export function callCard(crisis: Crisis, rows: readonly CellMember[], named: Named): Message {
  const { language } = crisis;
  const w = words(language).callCard;
  const [first] = rows;
  const by = escapeMrkdwn(named(first?.calledBy ?? ''));
  const lines = rows.map((row) => {
    const name = escapeMrkdwn(named(row.userId));
    if (isPresent(row)) return w.present(name, duration(tookMs(row), language));
    return row.inviteError ? w.failed(name, whyNot(row.inviteError, language)) : w.waiting(name);
  });
  const reason = first?.callReason ? `\n${words(language).card.reason(mrkdwnOf(first.callReason, named))}` : '';
  const called = names(
    rows.map((r) => r.userId),
    named,
    language,
  );
  return message(w.text(by, called), sections(`${w.title(by)}\n${lines.join('\n')}${reason}`));
}

const tookMs = (row: CellMember): number => (row.presentAt?.getTime() ?? 0) - (row.calledAt?.getTime() ?? 0);

/** Slack's reason, in words where we have them. */
function whyNot(error: string, language: Language): string {
  const w = words(language);
  const ours: Record<string, string> = {
    ...w.why,
    user_is_restricted: w.why.guest,
    user_is_ultra_restricted: w.why.guest,
    ura_max_channels: w.why.guest,
    user_disabled: w.why.deactivated,
    user_not_found: w.why.unknown,
  };
  return ours[error] ?? w.slackSays(escapeMrkdwn(error));
}

export function notCalledLines(people: readonly NotCalled[], named: Named, language: Language): string {
  const w = words(language);
  return people.map((p) => w.reply.notCalledLine(escapeMrkdwn(named(p.userId)), w.why[p.why])).join('\n');
}

export function callForm(
  crisisId: string,
  department: { key: string; name: string } | null,
  language: Language,
): ModalView {
  const w = words(language).form;
  return modal({
    id: 'responders.call',
    title: w.title,
    submit: w.submit,
    close: w.cancel,
    metadata: { crisisId, department: department?.key ?? null },
    blocks: [
      ...(department ? [section(w.forDepartment(escapeMrkdwn(department.name)))] : []),
      input(w.people, peopleInput('people')),
      input(w.reason, textInput('reason', { max: 500 }), { optional: true, hint: w.hint }),
    ],
  });
}

export function calledForm(text: string, language: Language): ModalView {
  const w = words(language).form;
  return modal({ id: 'responders.called', title: w.title, close: w.close, blocks: sections(text) });
}

/** Who is in the cell, as one person asked at one moment. */
export function cellList(
  crisis: Crisis,
  callouts: readonly Callout[],
  cell: readonly CellMember[],
  named: Named,
  language: Language,
  now: Date,
): Message {
  const w = words(language).who;
  const reader = { crisis, named, language, now };
  const departments = callouts.map((callout) => {
    const members = membersOf(callout, cell);
    const lines = members.map((m) => memberLine(reader, m.userId, m.row, callout));
    return [`*${calloutLine(callout, named, language, now, crisis.timeZone)}*`, ...lines];
  });
  const shown = new Set(callouts.flatMap((callout) => membersOf(callout, cell).map((m) => m.userId)));
  const others = cell.filter((row) => !shown.has(row.userId)).map((row) => memberLine(reader, row.userId, row, null));
  const title = w.title(crisis.number, escapeMrkdwn(crisis.title));
  const answered = callouts.filter((callout) => callout.answeredAt).length;
  const { texts, left } = fitting([...departments, ...(others.length > 0 ? [[`*${w.others}*`, ...others]] : [])]);
  return message(title, [
    section(`*${title}*\n${callouts.length > 0 ? w.summary(answered, callouts.length) : w.nobody}`),
    ...sections(w.lead(escapeMrkdwn(named(crisis.leadId)))),
    ...texts.flatMap(sections),
    ...(left > 0 ? [context(w.tooMany(left))] : []),
  ]);
}

/** As many lines of each group as one message takes, the first ones first; `left` is how many do not fit. */
function fitting(groups: readonly string[][]): { texts: string[]; left: number } {
  let room = listText;
  let left = 0;
  const texts = groups.map((lines) =>
    lines
      .filter((line) => {
        room -= line.length + 1;
        if (room < 0) left += 1;
        return room >= 0;
      })
      .join('\n'),
  );
  return { texts: texts.filter(Boolean), left };
}

function membersOf(callout: Callout, cell: readonly CellMember[]) {
  const ids = new Set([
    ...callout.peopleIds,
    ...callout.deputyIds,
    ...cell.filter((row) => isOf(callout, row)).map((row) => row.userId),
  ]);
  return [...ids].map((userId) => ({ userId, row: cell.find((row) => row.userId === userId) ?? null }));
}

type Reader = { crisis: Crisis; named: Named; language: Language; now: Date };

function memberLine(reader: Reader, userId: string, row: CellMember | null, callout: Callout | null): string {
  const w = words(reader.language).who;
  const isDeputy = callout ? callout.deputyIds.includes(userId) : (row?.isDeputy ?? false);
  const name = escapeMrkdwn(reader.named(userId));
  return w.line(isDeputy ? `${name} (${w.deputy})` : name, stateOf(reader, userId, row, callout));
}

function stateOf(reader: Reader, userId: string, row: CellMember | null, callout: Callout | null): string {
  const { language, now, crisis } = reader;
  const w = words(language).who;
  const since = (at: Date) => sinceTime(at, now, language, crisis.timeZone);
  if (row?.inviteError) return w.notAdded(whyNot(row.inviteError, language));
  if (row?.leftAt) return w.left(since(row.leftAt));
  if (callout?.declinedIds.includes(userId)) return w.declined;
  if (row?.presentAt && isPresent(row)) return w.present(since(row.presentAt));
  const silentSince = callout && !callout.answeredAt ? askedAt(callout, userId) : (row?.calledAt ?? null);
  if (silentSince) return w.silent(duration(now.getTime() - silentSince.getTime(), language));
  if (callout?.deputyIds.includes(userId) && !row) return w.deputyWaiting;
  return row?.inRoom ? w.inRoom : w.invited;
}

/** When this person was first asked to answer, or null while it is not their turn. */
function askedAt(callout: Callout, userId: string): Date | null {
  if (callout.peopleIds.includes(userId)) return callout.calledAt;
  if (callout.deputyIds.includes(userId)) return callout.deputiesAt;
  return stageIds(callout).includes(userId) ? callout.stageAt : null;
}

/** A refusal in the reader's language, with its reason and the next step. */
export function refusalText(refusal: ResponderRefusal, named: Named, language: Language): string {
  const w = words(language).refused;
  switch (refusal.code) {
    case 'not_of_department':
    case 'already_relayed':
      return w[refusal.code](nameOf(refusal.callout, language));
    case 'already_answered':
      return w.already_answered(
        nameOf(refusal.callout, language),
        escapeMrkdwn(named(refusal.callout.answeredBy ?? '')),
        duration(answerMs(refusal.callout), language),
      );
    case 'not_callable':
      return w.not_callable(notCalledLines(refusal.people, named, language));
    case 'nobody_in_department':
      return w.nobody_in_department(escapeMrkdwn(departmentName(refusal.department, refusal.departmentName, language)));
    case 'which_crisis':
      return w.which_crisis(
        list(
          language,
          refusal.numbers.map((n) => `\`/${language === 'fr' ? 'crise rejoindre' : 'crisis join'} ${n}\``),
        ),
      );
    case 'not_in_room':
    case 'closed':
    case 'outsider':
    case 'nobody_named':
    case 'no_such_crisis':
      return w[refusal.code];
  }
}
