import { z } from 'zod';
import type { Language } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import { duration } from '../core/time.ts';
import type { Crisis } from '../crises/rules.ts';
import { headline } from '../crises/text.ts';
import { departmentName } from '../people/text.ts';
import {
  actions,
  context,
  expanded,
  type Message,
  type ModalView,
  message,
  modal,
  section,
  sections,
} from '../slack/blocks.ts';
import { button, form, peopleField, textField, ticksField } from '../slack/contract.ts';
import { listText } from '../slack/limits.ts';
import { escapeMrkdwn, mention, mrkdwnOf, slackTime, wideGap } from '../slack/mrkdwn.ts';
import type { Wait } from '../slack/waits.ts';
import {
  answerMs,
  type Callout,
  type CellMember,
  isAwaitedByName,
  isOf,
  isOpen,
  mentionedIds,
  peopleInCallout,
  peopleInRow,
  stageIds,
  turnIds,
} from './callout.ts';
import { calloutLine, departmentOf, firstNames, hasDeclared, sinceTime, whyNext } from './lines.ts';
import { words } from './text.ts';

const ofCrisis = z.object({ crisisId: z.uuid() });
const ofDepartment = ofCrisis.extend({ department: z.string().nullable() });
/** The message in the room has one button for all: who presses it says for whom. */
const ofCall = ofCrisis.extend({ calloutId: z.uuid().optional() });

export const onIt = button('responders.answer', ofCall);
export const cannotCome = button('responders.cannot', ofCall);
export const come = button('responders.come', ofCrisis);
export const callSomeone = button('responders.call_someone', ofDepartment);
export const calling = form('responders.call', ofDepartment, {
  people: peopleField(),
  reason: textField({ max: 500 }),
});
/** `comes`: whether who presses is on it, or cannot. */
export const choosing = form('responders.choose', ofCrisis.extend({ comes: z.boolean().default(true) }), {
  departments: ticksField(),
});

/** Four lines of two, and one for what does not fit. */
const mostShown = 8;

/** Who is called for what, in one message: silent ones first, two to a line. `mentions`: those called first. */
export function callMessage(
  crisis: Crisis,
  callouts: readonly Callout[],
  cell: readonly CellMember[],
  mentions: boolean,
  reader: Reader,
): Message {
  const { language } = reader;
  const w = words(language).call;
  const waiting = callouts.filter(isOpen);
  const byName = cell.filter(({ calledAt }) => calledAt !== null);
  const awaited = byName.filter(
    (row) => isAwaitedByName(row) && !waiting.some((one) => turnIds(one).includes(row.userId)),
  );
  const came = byName.filter((row) => !isAwaitedByName(row) && !callouts.some((one) => isOf(one, row)));
  if (crisis.status === 'closed') return oneLine(w.closed);
  if (waiting.length + awaited.length === 0) {
    const answered = callouts.flatMap(({ answeredBy }) => answeredBy ?? []);
    return oneLine(w.over(firstNames([...new Set([...answered, ...came.map(({ userId }) => userId)])], reader)));
  }
  const first = firstCallAt(callouts);
  const items = [
    ...waiting.map((one) => waitingItem(one, mentions && isFirst(one, first), reader)),
    ...awaited.map((row) =>
      awaitedItem(row, mentions && row.calledAt?.getTime() === crisis.declaredAt.getTime(), reader),
    ),
    ...callouts.filter((one) => !isOpen(one)).map((one) => answeredItem(one, cell, reader)),
    ...came.map((row) => w.came(escapeMrkdwn(reader.named(row.userId)))),
  ];
  const shown = items.slice(0, mostShown);
  const pairs = shown.flatMap((item, i) => (i % 2 === 0 ? [[item, shown[i + 1]].filter(Boolean).join(wideGap)] : []));
  const lines = [w.title, ...pairs, ...(items.length > mostShown ? [w.more(items.length - mostShown)] : [])];
  const next = nextStep(crisis, waiting, reader);
  const names = [
    ...waiting.map((callout) => departmentOf(callout, language)),
    ...awaited.map((row) => escapeMrkdwn(reader.named(row.userId))),
  ];
  return message(w.text(names.join(', ')), [
    expanded(lines.join('\n')),
    actions(
      onIt.draw(words(language).buttons.answer, { crisisId: crisis.id }, { style: 'primary' }),
      cannotCome.draw(words(language).buttons.cannot, { crisisId: crisis.id }),
    ),
    ...(next ? [context(next)] : []),
  ]);
}

const oneLine = (text: string): Message => message(text, [section(text)]);

const firstCallAt = (callouts: readonly Callout[]): number =>
  Math.min(...callouts.filter(({ calledBy }) => !calledBy).map(({ calledAt }) => calledAt.getTime()));

/** Called by the declaration itself: all others are mentioned in the thread. */
const isFirst = ({ calledBy, calledAt, stageAt }: Callout, first: number): boolean =>
  !calledBy && calledAt.getTime() === first && stageAt.getTime() === first;

function waitingItem(callout: Callout, isMentioned: boolean, reader: Reader): string {
  const w = words(reader.language).call;
  const department = departmentOf(callout, reader.language);
  const why = whyNext(callout, reader);
  if (callout.stage === 'lead') return w.lead(department, why);
  const asked = firstNames(stageIds(callout), reader, isMentioned ? mention : undefined);
  return callout.stage === 'people' ? w.people(department, asked) : w.deputies(department, asked, why);
}

function awaitedItem(row: CellMember, isMentioned: boolean, reader: Reader): string {
  const w = words(reader.language).call;
  const name = isMentioned ? mention(row.userId) : escapeMrkdwn(reader.named(row.userId));
  return row.inviteError
    ? w.notAdded(name, whyNot(row.inviteError, reader.language))
    : w.byName(name, escapeMrkdwn(reader.named(row.calledBy ?? '')));
}

function answeredItem(callout: Callout, cell: readonly CellMember[], reader: Reader): string {
  const w = words(reader.language).call;
  const department = departmentOf(callout, reader.language);
  const by = callout.answeredBy ?? '';
  const others = cell.filter(
    (row) => row.userId !== by && row.presentAt && row.presentAt >= callout.calledAt && isOf(callout, row),
  );
  const ids = [by, ...others.map((row) => row.userId)];
  return hasDeclared(callout)
    ? w.declared(department, firstNames(ids, reader))
    : w.answered(department, firstNames(ids, reader), duration(answerMs(callout), reader.language));
}

/** When silence calls the next in line, and whom. */
function nextStep(crisis: Crisis, waiting: readonly Callout[], reader: Reader): string | null {
  const w = words(reader.language).call;
  const due = waiting.filter(({ stage }) => stage !== 'lead');
  const soonest = Math.min(...due.map(({ dueAt }) => dueAt.getTime()));
  const next = due.filter(({ dueAt }) => dueAt.getTime() === soonest);
  if (next.length === 0) return null;
  const at = slackTime(new Date(soonest), reader.timeZone, reader.language, 'time');
  const hasDeputies = ({ stage, deputyIds }: Callout) => stage === 'people' && deputyIds.length > 0 && !crisis.isClosed;
  const deputies = firstNames(
    next.filter(hasDeputies).flatMap(({ deputyIds }) => deputyIds),
    reader,
  );
  const lead = escapeMrkdwn(reader.named(crisis.leadId));
  if (!next.some(hasDeputies)) return w.untilLead(at, lead);
  return next.every(hasDeputies) ? w.untilDeputies(at, deputies) : w.untilBoth(at, deputies, lead);
}

/** A reply in the thread of the call: its edit notifies nobody. */
export function mentionMessage(callouts: readonly Callout[], people: readonly CellMember[], reader: Reader): Message {
  const { language, named } = reader;
  const w = words(language).mention;
  // The others of a large group have it in their direct message.
  const all = (ids: readonly string[]) => firstNames(ids, reader, mention);
  const lines = callouts.map((callout) => {
    const department = departmentOf(callout, language);
    const called = all(mentionedIds(callout));
    if (callout.stage === 'lead') return w.lead(called, department, whyNext(callout, reader));
    const head = callout.stage === 'people' ? w.people(called, department) : w.deputies(called, department);
    return withReason(head, callout, reader);
  });
  const [first] = people;
  if (first) {
    const called = all(people.map(({ userId }) => userId));
    lines.push(
      withReason(w.byName(called, escapeMrkdwn(named(first.calledBy ?? ''))), { reason: first.callReason }, reader),
    );
  }
  const press = callouts.every(({ stage }) => stage === 'lead') && !first ? [] : [w.press];
  const text = [...lines, ...press].join('\n');
  return message(text, sections(text));
}

const withReason = (head: string, { reason }: { reason: string | null }, { named }: Reader): string =>
  reason ? `${head}: ${mrkdwnOf(reason, named)}` : head;

/** What earlier versions showed, now that one message says it. */
export const movedMessage = (where: 'room' | 'person', language: Language): Message =>
  oneLine(words(language).moved[where]);

/** A department that has not answered waits for its people, its deputies once they are called, and the lead in the end. */
export function callWaits(crisis: Crisis, callouts: readonly Callout[], goneIds: ReadonlySet<string>): Wait[] {
  return callouts.filter(isOpen).flatMap((callout) => {
    const asked = turnIds(callout).filter((id) => !callout.declinedIds.includes(id) && !goneIds.has(id));
    const isLeads = callout.stage === 'lead';
    return [
      ...asked.filter((id) => !isLeads || id !== crisis.leadId).map((userId) => askedWait(crisis, callout, userId)),
      ...(isLeads ? [leadWait(crisis, callout)] : []),
    ];
  });
}

const waitOf = (callout: Callout) => ({
  key: `call:${callout.id}:${callout.round}`,
  isUrgent: true,
  changesAt: null,
  names: peopleInCallout(callout),
});

function askedWait(crisis: Crisis, callout: Callout, userId: string): Wait {
  const { id: calloutId, crisisId, deputyIds, peopleIds } = callout;
  const isDeputy = deputyIds.includes(userId) && !peopleIds.includes(userId);
  const isTurn = stageIds(callout).includes(userId);
  return {
    ...waitOf(callout),
    userId,
    news: 'asked',
    since: (isDeputy ? callout.deputiesAt : null) ?? callout.calledAt,
    dueAt: isTurn ? callout.dueAt : null,
    text: (reader) => {
      const w = words(reader.language).wait;
      const department = departmentOf(callout, reader.language);
      const until = isTurn ? w.until(slackTime(callout.dueAt, reader.timeZone, reader.language, 'time')) : '';
      const head = isDeputy ? w.deputy(department, whyNext(callout, reader)) : w.called(department);
      return withReason(`${head}${until}`, callout, reader);
    },
    button: (language) =>
      onIt.draw(
        words(language).buttons.answer,
        { crisisId, calloutId },
        {
          style: 'primary',
          spoken: words(language).buttons.answerFor(
            departmentName(callout.department, callout.departmentName, language),
          ),
        },
      ),
    ...(isTurn
      ? {
          also: (language: Language) =>
            cannotCome.draw(
              !isDeputy && deputyIds.length > 0 && !crisis.isClosed
                ? words(language).buttons.cannot
                : words(language).buttons.tellLead,
              { crisisId, calloutId },
            ),
        }
      : {}),
  };
}

const leadWait = (crisis: Crisis, callout: Callout): Wait => ({
  ...waitOf(callout),
  userId: crisis.leadId,
  news: 'silent',
  since: callout.stageAt,
  dueAt: null,
  text: (reader) => words(reader.language).wait.lead(departmentOf(callout, reader.language), whyNext(callout, reader)),
  button: (language) =>
    callSomeone.draw(
      words(language).buttons.callSomeone,
      { crisisId: crisis.id, department: callout.department },
      { style: 'primary' },
    ),
});

/** Whoever was called by name is asked to come. */
export const namedWait = (crisisId: string, row: CellMember & { calledAt: Date }): Wait => ({
  userId: row.userId,
  key: `called:${row.calledAt.getTime()}`,
  news: 'asked',
  isUrgent: true,
  since: row.calledAt,
  dueAt: null,
  changesAt: null,
  names: peopleInRow(row),
  text: (reader) =>
    withReason(
      words(reader.language).wait.byName(escapeMrkdwn(reader.named(row.calledBy ?? ''))),
      { reason: row.callReason },
      reader,
    ),
  button: (language) => come.draw(words(language).buttons.answer, { crisisId }, { style: 'primary' }),
});

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

/** More than Slack shows as boxes are nobody's departments. */
const mostChoices = 10;

/** For which department, of several that are open for who presses. */
export function chooseForm(
  crisisId: string,
  callouts: readonly Callout[],
  comes: boolean,
  language: Language,
): ModalView {
  const w = words(language).form;
  return choosing.draw({
    title: comes ? words(language).buttons.answer : w.cannot,
    submit: w.confirm,
    close: w.cancel,
    metadata: { crisisId, comes },
    blocks: [
      choosing.fields.departments(
        w.departments,
        {},
        callouts.slice(0, mostChoices).map((callout) => ({
          value: callout.id,
          label: departmentName(callout.department, callout.departmentName, language),
        })),
      ),
    ],
  });
}

export const calledForm = (text: string, language: Language): ModalView =>
  modal({
    id: 'responders.called',
    title: words(language).form.title,
    close: words(language).form.close,
    blocks: sections(text),
  });

export const doneForm = (comes: boolean, text: string, language: Language): ModalView => {
  const w = words(language);
  return modal({
    id: 'responders.done',
    title: comes ? w.buttons.answer : w.form.cannot,
    close: w.form.close,
    blocks: sections(text),
  });
};

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
  if (row?.presentAt && !isAwaitedByName(row)) return w.present(since(row.presentAt));
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
