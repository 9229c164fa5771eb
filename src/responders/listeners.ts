import type { Decision } from '../core/decision.ts';
import { atOnce, once } from '../core/jobs.ts';
import { inBoth, list } from '../core/locale.ts';
import { duration } from '../core/time.ts';
import { crisisHere, crisisNamed, type Found, readerOf, readPeople, roomHere, toAct } from '../crises/here.ts';
import { type Crisis, isNamed, readName } from '../crises/rules.ts';
import { findCrisisOf, joinableBy, respondersOf } from '../crises/store.ts';
import { standardDepartments } from '../people/rules.ts';
import { departmentRowsOf } from '../people/store.ts';
import { departmentName } from '../people/text.ts';
import { meetStrangers } from '../people/who.ts';
import type { Call, Feature, Reply } from '../slack/feature.ts';
import { channelLink, escapeMrkdwn } from '../slack/mrkdwn.ts';
import { type CallWish, type KnownDepartment, readCall } from './call-words.ts';
import { answerMs, type Callout, mentionedIds, peopleInCallout } from './callout.ts';
import { answerCalls, callByName, callDepartment, declineCalls, joinCrisis } from './change.ts';
import { kinds } from './entry-kinds.ts';
import { jobs } from './jobs.ts';
import { departmentOf, namesOf, notCalledLines } from './lines.ts';
import { showCall } from './orders.ts';
import { says, waits } from './overview.ts';
import { sayNo } from './refusals.ts';
import type { Joined, PeopleCalled, ResponderRefusal } from './rules.ts';
import type { Answers, Declined } from './several.ts';
import { calloutsOf } from './store.ts';
import { askOf, words } from './text.ts';
import {
  calledForm,
  callForm,
  calling,
  callSomeone,
  cannotCome,
  cellList,
  chooseForm,
  choosing,
  come,
  doneForm,
  onIt,
} from './views.ts';

export const responders: Feature = {
  name: 'responders',
  title: inBoth((l) => words(l).feature),
  says,
  waits,
  entryKinds: kinds,
  follows: {
    room_ready: (crisisId) => [once('responders.call_departments', crisisId)],
    room_lost: (crisisId) => [showCall(crisisId)],
    crisis_closed: (crisisId) => [showCall(crisisId)],
    level_changed: (crisisId) => [atOnce('responders.call_departments', { crisisId })],
    crisis_reopened: (crisisId) => [atOnce('responders.call_departments', { crisisId }), showCall(crisisId)],
  },
  subcommands: [
    {
      name: 'who',
      aliases: ['qui'],
      usage: inBoth(() => ''),
      summary: inBoth((l) => words(l).help.who),
      readsOnly: true,
      run: who,
    },
    {
      name: 'join',
      aliases: ['rejoindre'],
      usage: inBoth((l) => words(l).help.joinUsage),
      summary: inBoth((l) => words(l).help.join),
      run: joinFromText,
    },
    {
      name: 'call',
      aliases: ['appeler', 'alerter'],
      usage: inBoth((l) => words(l).help.callUsage),
      summary: inBoth((l) => words(l).help.call),
      run: callFromText,
    },
  ],
  actions: [
    onIt.on((call, { crisisId, calloutId }) => pressed(call, crisisId, true, calloutId)),
    cannotCome.on((call, { crisisId, calloutId }) => pressed(call, crisisId, false, calloutId)),
    come.on((call, { crisisId }) => joinAndSay(call, crisisId)),
    callSomeone.on((call, { crisisId, department }) => openCallForm(call, crisisNamed(call, crisisId), department)),
  ],
  forms: [
    calling.on(async (call, { people, reason }, { crisisId, department }) => {
      const decision = await callPeople(call, crisisId, { userIds: people, department, reason });
      const { text } = await said(call, decision);
      return decision.ok ? { update: calledForm(text, call.who.language) } : calling.error('people', text);
    }),
    choosing.on(async (call, { departments }, { crisisId, comes }) => {
      const decision = await (comes ? answerCalls : declineCalls)(call, crisisId, departments);
      if (decision.ok)
        return { update: doneForm(comes, await doneReply(call, crisisId, decision.value), call.who.language) };
      const { refusal } = decision;
      if (refusal.code === 'which') return { update: chooseForm(crisisId, refusal.callouts, comes, call.who.language) };
      return choosing.error('departments', (await refused(call, refusal)).text);
    }),
  ],
  jobs,
};

/** The buttons of the call. `comes`: who presses is on it, or cannot. */
async function pressed(call: Call, crisisId: string, comes: boolean, calloutId?: string): Promise<Reply | void> {
  const decision = await (comes ? answerCalls : declineCalls)(call, crisisId, calloutId ? [calloutId] : []);
  if (decision.ok) return { text: await doneReply(call, crisisId, decision.value) };
  const { refusal } = decision;
  if (refusal.code !== 'which') return refused(call, refusal);
  await call.openModal(chooseForm(crisisId, refusal.callouts, comes, call.who.language));
}

async function doneReply(call: Call, crisisId: string, done: Answers | Declined): Promise<string> {
  return 'answers' in done
    ? answerReply(call, crisisId, done)
    : done.declined.map((c) => relayedReply(call, c)).join('\n');
}

async function who(call: Call): Promise<Reply> {
  const here = await crisisHere(call);
  if ('reply' in here) return here.reply;
  const { crisis } = here;
  const [callouts, cell] = await Promise.all([calloutsOf(call.db, crisis.id), respondersOf(call.db, crisis.id)]);
  const ids = [crisis.leadId, ...callouts.flatMap(peopleInCallout), ...cell.map((row) => row.userId)];
  return cellList(crisis, callouts, cell, await readerOf(call, ids));
}

/** Here, by its name, or the only one there is to join. */
async function joinFromText(call: Call, text: string): Promise<Reply> {
  const here = await roomHere(call);
  if (here) return joinAndSay(call, here.id);
  const joinable = await joinableBy(call.db, call.who.workspaceId, call.who.userId);
  const { name } = readName(text);
  const asked = text ? joinable.filter((crisis) => isNamed(crisis, name)) : joinable;
  const [only, ...more] = asked;
  if (!only) return refused(call, { code: 'no_such_crisis' });
  if (more.length > 0) return refused(call, { code: 'which_crisis', crises: asked });
  return joinAndSay(call, only.id);
}

async function callFromText(call: Call, text: string): Promise<Reply | void> {
  if (!text.trim()) return openCallForm(call, crisisHere(call), null);
  const here = await crisisHere(call);
  if ('reply' in here) return here.reply;
  const crisisId = here.crisis.id;
  const { wish, unread } = await wishOf(call, here.crisis, text);
  if (wish.userIds.length === 0 && wish.department) {
    const decision = await callDepartment(call, crisisId, wish.department, wish.reason);
    return decision.ok ? departmentReply(call, decision.value.callout) : refused(call, decision.refusal);
  }
  const { text: answer } = await said(call, await callPeople(call, crisisId, wish));
  if (unread.length === 0) return { text: answer };
  const { language } = call.who;
  return { text: `${answer}\n${words(language).reply.unread(escapeMrkdwn(list(language, unread)))}` };
}

/** Whom one line calls: as Slack marks them, by `@name`, or by a name that it begins with. */
async function wishOf(call: Call, crisis: Crisis, text: string): Promise<{ wish: CallWish; unread: string[] }> {
  const wish = readCall(text, await knownDepartments(call));
  if (wish.userIds.length > 0 && !text.includes(' @')) return { wish, unread: [] };
  const said = wish.department ? wish.reason : text;
  const typed = [said, ...(wish.department || /^[@<]/.test(said.trim()) ? [] : [`@${said.trim()}`])];
  let unread: string[] = [];
  for (const line of typed) {
    const read = await readPeople(call, crisis, line);
    unread = read.unread.map((name) => name.replace('@', ''));
    const { userIds, reason } = readCall(read.text, []);
    const isMeant = !wish.department || read.text.startsWith('<@');
    if (userIds.length > 0 && isMeant) return { wish: { ...wish, userIds, reason }, unread };
  }
  return { wish, unread };
}

async function callPeople(call: Call, crisisId: string, wish: CallWish) {
  // A guest must never be taken for a colleague.
  await meetStrangers(call, call.who.workspaceId, wish.userIds);
  return callByName(call, crisisId, wish);
}

async function openCallForm(call: Call, finding: Promise<Found>, department: string | null): Promise<Reply | void> {
  const found = await toAct(call, finding);
  if ('reply' in found) return found.reply;
  await call.openModal(callForm(found.crisis.id, department, await readerOf(call)));
}

async function joinAndSay(call: Call, crisisId: string): Promise<Reply> {
  const decision = await joinCrisis(call, crisisId);
  return decision.ok ? joinedReply(call, crisisId, decision.value) : refused(call, decision.refusal);
}

/** A department is found by its key, its name in either language, and the name the workspace gave it. */
async function knownDepartments(call: Call): Promise<KnownDepartment[]> {
  const rows = await departmentRowsOf(call.db, call.who.workspaceId);
  const keys = [...new Set([...rows.map((row) => row.key), ...standardDepartments])];
  return keys.map((key) => {
    const own = rows.find((row) => row.key === key)?.name ?? null;
    const names = [departmentName(key, null, 'en'), departmentName(key, null, 'fr'), ...(own ? [own] : [])];
    return { key, names: [key, ...names] };
  });
}

const roomOf = async (call: Call, crisisId: string): Promise<string> =>
  channelLink((await findCrisisOf(call.db, call.who.workspaceId, crisisId))?.channelId ?? '');

async function answerReply(call: Call, crisisId: string, { answers }: Answers): Promise<string> {
  const { language } = call.who;
  const w = words(language).reply;
  const answered = answers.filter(({ outcome }) => outcome === 'answered').map(({ callout }) => callout);
  const [first] = answers;
  if (!first) return w.joined(await roomOf(call, crisisId));
  if (answered.length > 0) return onItReply(call, crisisId, answered);
  const department = departmentOf(first.callout, language);
  if (first.outcome === 'already_yours') return w.alreadyYours(department);
  const by = first.callout.answeredBy ?? '';
  const { named } = await readerOf(call, [by]);
  return w.alsoPresent(department, escapeMrkdwn(named(by)), duration(answerMs(first.callout), language));
}

/** With what their department is asked first, where it is one. */
async function onItReply(call: Call, crisisId: string, callouts: readonly Callout[]): Promise<string> {
  const { language } = call.who;
  const w = words(language).reply;
  const names = callouts.map((callout) => departmentOf(callout, language));
  const [only, ...more] = callouts;
  return [
    w.answered(list(language, names), await roomOf(call, crisisId)),
    ...(only && more.length === 0 ? [w.first(askOf(only.department, language))] : []),
  ].join(' ');
}

function relayedReply(call: Call, callout: Callout): string {
  const w = words(call.who.language).reply;
  const department = departmentOf(callout, call.who.language);
  return callout.stage === 'deputies' ? w.relayedDeputies(department) : w.relayedLead(department);
}

async function departmentReply(call: Call, callout: Callout): Promise<Reply> {
  const { language } = call.who;
  const ids = mentionedIds(callout);
  const names = namesOf(ids, await readerOf(call, ids));
  return { text: words(language).reply.calledDepartment(departmentOf(callout, language), names) };
}

async function joinedReply(call: Call, crisisId: string, { outcome, departments }: Joined): Promise<Reply> {
  const { language } = call.who;
  const w = words(language).reply;
  if (outcome === 'answered') return { text: await onItReply(call, crisisId, departments) };
  const room = await roomOf(call, crisisId);
  return { text: outcome === 'already' ? w.already(room) : w.joined(room) };
}

/** What became of calling people by name, refusals included. */
async function said(call: Call, decision: Decision<PeopleCalled, ResponderRefusal>): Promise<{ text: string }> {
  if (!decision.ok) return refused(call, decision.refusal);
  const { language } = call.who;
  const { called, refused: notCalled } = decision.value;
  const reader = await readerOf(call, [...called, ...notCalled.map((p) => p.userId)]);
  const names = list(
    language,
    called.map((id) => `*${escapeMrkdwn(reader.named(id))}*`),
  );
  const w = words(language).reply;
  const lines = notCalled.length > 0 ? [w.notCalled(notCalledLines(notCalled, reader))] : [];
  return { text: [w.called(names), ...lines].join('\n') };
}

async function refused(call: Call, refusal: ResponderRefusal): Promise<{ text: string }> {
  const ids =
    refusal.code === 'not_callable'
      ? refusal.people.map((p) => p.userId)
      : 'waiting' in refusal
        ? refusal.waiting.flatMap(peopleInCallout)
        : 'callout' in refusal
          ? peopleInCallout(refusal.callout)
          : [];
  return { text: sayNo(refusal, await readerOf(call, ids)) };
}
