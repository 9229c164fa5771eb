import { z } from 'zod';
import { type Language, list } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import { duration } from '../core/time.ts';
import type { Crisis } from '../crises/rules.ts';
import { headline, levelName, nameOf } from '../crises/text.ts';
import { departmentName } from '../people/text.ts';
import {
  actions,
  context,
  type KnownBlock,
  type Message,
  type ModalView,
  message,
  modal,
  section,
  sections,
} from '../slack/blocks.ts';
import { button, form, peopleField, textField } from '../slack/contract.ts';
import { listText } from '../slack/limits.ts';
import { channelLink, escapeMrkdwn, mention, mrkdwnOf, slackTime } from '../slack/mrkdwn.ts';
import { answerMs, type Callout, type CellMember, isOf, mentionedIds, stageIds } from './callout.ts';
import { calloutLine, departmentOf, hasDeclared, namesOf, sinceTime } from './lines.ts';
import { askOf, words } from './text.ts';

const ofCrisis = z.object({ crisisId: z.uuid() });
const ofCallout = ofCrisis.extend({ calloutId: z.uuid() });
const ofDepartment = ofCrisis.extend({ department: z.string().nullable() });

export const onIt = button('responders.answer', ofCallout);
export const cannotCome = button('responders.cannot', ofCallout);
export const come = button('responders.come', ofCrisis);
export const callSomeone = button('responders.call_someone', ofDepartment);
export const calling = form('responders.call', ofDepartment, {
  people: peopleField(),
  reason: textField({ max: 500 }),
});

const mentions = (ids: readonly string[], language: Language): string => list(language, ids.map(mention));

/** The card of a department in the room. `round` is the one the card was posted for. */
export function card(
  crisis: Crisis,
  callout: Callout,
  round: number,
  alsoOnIt: readonly string[],
  reader: Reader,
): Message {
  const { language } = reader;
  const w = words(language).card;
  const department = departmentOf(callout, language);
  if (round !== callout.round) return message(w.replaced(department), [section(w.replaced(department))]);
  if (callout.answeredBy) return answeredCard(callout, callout.answeredBy, alsoOnIt, reader);
  const asked = namesOf(mentionedIds(callout), reader);
  const text = callout.stage === 'lead' ? w.textLead(department) : w.text(department, asked);
  return message(text, [
    ...sections(headOf(callout, department, reader)),
    ...(callout.reason ? sections(w.reason(mrkdwnOf(callout.reason, reader.named))) : []),
    ...(callout.stage === 'lead' ? [] : [section(w.first(askOf(callout.department, language)))]),
    actions(...answerButtons(callout, language)),
    ...footOf(crisis, callout, reader),
  ]);
}

function answeredCard(callout: Callout, by: string, alsoOnIt: readonly string[], reader: Reader): Message {
  const { language } = reader;
  const w = words(language).card;
  const department = departmentOf(callout, language);
  const name = escapeMrkdwn(reader.named(by));
  const line = hasDeclared(callout)
    ? w.declared(department, name)
    : w.answered(department, name, duration(answerMs(callout), language));
  const others = alsoOnIt.filter((id) => id !== by);
  return message(line, [section(line), ...(others.length > 0 ? [context(w.also(namesOf(others, reader)))] : [])]);
}

function headOf(callout: Callout, department: string, reader: Reader): string {
  const w = words(reader.language).card;
  const called = mentions(mentionedIds(callout), reader.language);
  if (callout.stage === 'people') return `${w.called(department)}\n${w.please(called)}`;
  const why = whyHere(callout, reader);
  if (callout.stage === 'deputies')
    return [w.deputies(department), why, w.pleaseDeputies(called)].filter(Boolean).join('\n');
  return [w.lead(department), why, w.pleaseLead(called)].filter(Boolean).join('\n');
}

/** Who cannot, and who has not answered: why the next in line are called. */
function whyHere(callout: Callout, reader: Reader): string {
  const w = words(reader.language).card;
  const at = slackTime(callout.calledAt, reader.timeZone, reader.language, 'time');
  const before = [...callout.peopleIds, ...(callout.stage === 'lead' ? callout.deputyIds : [])];
  const silent = before.filter((id) => !callout.declinedIds.includes(id));
  return [
    callout.declinedIds.length > 0 ? w.declined(namesOf(callout.declinedIds, reader)) : '',
    silent.length > 0 ? w.unanswered(namesOf(silent, reader), at) : '',
  ]
    .filter(Boolean)
    .join(' ');
}

function footOf(crisis: Crisis, callout: Callout, reader: Reader): KnownBlock[] {
  const w = words(reader.language).card;
  const by = callout.calledBy ? w.calledBy(escapeMrkdwn(reader.named(callout.calledBy))) : '';
  if (callout.stage === 'lead') return by ? [context(by)] : [];
  const at = slackTime(callout.dueAt, reader.timeZone, reader.language, 'time');
  const next =
    callout.stage === 'people' && callout.deputyIds.length > 0
      ? w.untilDeputies(at, namesOf(callout.deputyIds, reader))
      : w.untilLead(at, escapeMrkdwn(reader.named(crisis.leadId)));
  return [context(...(by ? [by, next] : [next]))];
}

function answerButtons(callout: Callout, language: Language) {
  const w = words(language).buttons;
  const { crisisId, id: calloutId, department: key } = callout;
  const department = departmentName(key, callout.departmentName, language);
  const yes = onIt.draw(w.answer, { crisisId, calloutId }, { style: 'primary', spoken: w.answerFor(department) });
  if (callout.stage === 'lead') return [yes, callSomeone.draw(w.callSomeone, { crisisId, department: key })];
  const label = callout.stage === 'people' && callout.deputyIds.length > 0 ? w.callDeputy : w.tellLead;
  return [yes, cannotCome.draw(label, { crisisId, calloutId })];
}

const roomOf = ({ channelId }: Crisis, language: Language): string =>
  channelId ? channelLink(channelId) : words(language).dm.noRoom;

/** The message of one's own that a deputy or the crisis lead gets. */
export function calledMessage(
  crisis: Crisis,
  callout: Callout,
  round: number,
  userId: string,
  reader: Reader,
): Message {
  const { language } = reader;
  const w = words(language);
  const [department, title] = [departmentOf(callout, language), escapeMrkdwn(nameOf(crisis))];
  const over = whyOver(crisis, callout, round, userId, reader);
  if (over) return message(over, [section(over)]);
  const room = w.dm.room(roomOf(crisis, language));
  const why = whyHere(callout, reader);
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
  { language, named }: Reader,
): string | null {
  const w = words(language).dm;
  const department = departmentOf(callout, language);
  const room = roomOf(crisis, language);
  if (crisis.status === 'closed') return w.closed(escapeMrkdwn(nameOf(crisis)));
  if (round !== callout.round) return w.replaced(department);
  if (callout.answeredBy === userId) return w.answeredByYou(department, room);
  return callout.answeredBy
    ? w.answered(department, escapeMrkdwn(named(callout.answeredBy)), escapeMrkdwn(nameOf(crisis)), room)
    : null;
}

/** The message of one's own that somebody called by name gets. */
export function personMessage(crisis: Crisis, row: CellMember, { language, named }: Reader): Message {
  const w = words(language);
  const title = escapeMrkdwn(nameOf(crisis));
  const room = roomOf(crisis, language);
  if (crisis.status === 'closed') return message(w.dm.closed(title), [section(w.dm.closed(title))]);
  if (isPresent(row)) return message(w.dm.present(title, room), [section(w.dm.present(title, room))]);
  const by = escapeMrkdwn(named(row.calledBy ?? ''));
  return message(w.dm.personText(by, title), [
    section(w.dm.person(by, title, levelName(crisis.level, language))),
    ...(row.callReason ? sections(w.card.reason(mrkdwnOf(row.callReason, named))) : []),
    section(w.dm.come),
    actions(come.draw(w.buttons.answer, { crisisId: crisis.id }, { style: 'primary' })),
    context(w.dm.room(room)),
  ]);
}

const isPresent = (row: CellMember): boolean =>
  row.presentAt !== null && (row.calledAt === null || row.presentAt >= row.calledAt);

/** In the room: who was called by name, and who of them has come. */
export function callCard(rows: readonly CellMember[], reader: Reader): Message {
  const { language, named } = reader;
  const w = words(language).callCard;
  const [first] = rows;
  const by = escapeMrkdwn(named(first?.calledBy ?? ''));
  const lines = rows.map((row) => {
    const name = escapeMrkdwn(named(row.userId));
    if (isPresent(row)) return w.present(name, duration(tookMs(row), language));
    return row.inviteError ? w.failed(name, whyNot(row.inviteError, language)) : w.waiting(name);
  });
  const reason = first?.callReason ? `\n${words(language).card.reason(mrkdwnOf(first.callReason, named))}` : '';
  const called = namesOf(
    rows.map((r) => r.userId),
    reader,
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

/** `department`: the one for which somebody is called, or null. */
export function callForm(crisisId: string, department: string | null, reader: Reader): ModalView {
  const w = words(reader.language).form;
  return calling.draw({
    title: w.title,
    submit: w.submit,
    close: w.cancel,
    metadata: { crisisId, department },
    blocks: [
      ...(department ? [section(w.forDepartment(escapeMrkdwn(reader.department(department))))] : []),
      calling.fields.people(w.people),
      calling.fields.reason(w.reason, { optional: true, hint: w.hint }),
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
  reader: Reader,
): Message {
  const w = words(reader.language).who;
  const departments = callouts.map((callout) => {
    const members = membersOf(callout, cell);
    const lines = members.map((m) => memberLine(reader, m.userId, m.row, callout));
    return [`*${calloutLine(callout, reader)}*`, ...lines];
  });
  const shown = new Set(callouts.flatMap((callout) => membersOf(callout, cell).map((m) => m.userId)));
  const others = cell.filter((row) => !shown.has(row.userId)).map((row) => memberLine(reader, row.userId, row, null));
  const title = w.title(escapeMrkdwn(headline(crisis, reader.language)));
  const answered = callouts.filter((callout) => callout.answeredAt).length;
  const { texts, left } = fitting([...departments, ...(others.length > 0 ? [[`*${w.others}*`, ...others]] : [])]);
  return message(title, [
    section(`*${title}*\n${callouts.length > 0 ? w.summary(answered, callouts.length) : w.nobody}`),
    ...sections(w.lead(escapeMrkdwn(reader.named(crisis.leadId)))),
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

function memberLine(reader: Reader, userId: string, row: CellMember | null, callout: Callout | null): string {
  const w = words(reader.language).who;
  const isDeputy = callout ? callout.deputyIds.includes(userId) : (row?.isDeputy ?? false);
  const name = escapeMrkdwn(reader.named(userId));
  return w.line(isDeputy ? `${name} (${w.deputy})` : name, stateOf(reader, userId, row, callout));
}

function stateOf(reader: Reader, userId: string, row: CellMember | null, callout: Callout | null): string {
  const { language, now, timeZone } = reader;
  const w = words(language).who;
  const since = (at: Date) => sinceTime(at, now, language, timeZone);
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
