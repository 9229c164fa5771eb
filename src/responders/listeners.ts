import { z } from 'zod';
import type { Decision } from '../core/decision.ts';
import { atOnce, once } from '../core/jobs.ts';
import { inBoth, list } from '../core/locale.ts';
import { duration } from '../core/time.ts';
import { type Crisis, mayAct } from '../crises/rules.ts';
import { findCrisisOf, findCrisisOfChannel, findMember, joinableBy, respondersOf } from '../crises/store.ts';
import { standardDepartments } from '../people/rules.ts';
import { departmentRowsOf, namer } from '../people/store.ts';
import { departmentName } from '../people/text.ts';
import { meetStrangers } from '../people/who.ts';
import { type Call, type Feature, type FormAnswer, onPress, onSubmit, type Reply } from '../slack/feature.ts';
import { channelLink, escapeMrkdwn } from '../slack/mrkdwn.ts';
import { type CallWish, type KnownDepartment, readCall } from './call-words.ts';
import { answerMs, type Callout, mentionedIds } from './callout.ts';
import { answerCallout, callByName, callDepartment, declineCallout, joinCrisis } from './change.ts';
import { kinds } from './entry-kinds.ts';
import { jobs } from './jobs.ts';
import { type Answer, type Joined, type PeopleCalled, type ResponderRefusal } from './rules.ts';
import { calloutsOf } from './store.ts';
import { words } from './text.ts';
import { calledForm, callForm, cellList, notCalledLines, refusalText } from './views.ts';

const ofCallout = z.object({ crisisId: z.uuid(), calloutId: z.uuid() });

export const responders: Feature = {
  name: 'responders',
  title: inBoth((l) => words(l).feature),
  entryKinds: kinds,
  follows: {
    room_ready: (crisisId) => [once('responders.call_departments', crisisId)],
    level_changed: (crisisId) => [atOnce('responders.call_departments', { crisisId })],
    crisis_reopened: (crisisId) => [atOnce('responders.call_departments', { crisisId })],
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
    onPress('responders.answer', ofCallout, async (call, { crisisId, calloutId }) => {
      const decision = await answerCallout(call, crisisId, calloutId);
      return decision.ok ? answerReply(call, crisisId, decision.value) : refused(call, decision.refusal);
    }),
    onPress('responders.cannot', ofCallout, async (call, { crisisId, calloutId }) => {
      const decision = await declineCallout(call, crisisId, calloutId);
      return decision.ok ? relayedReply(call, decision.value.callout) : refused(call, decision.refusal);
    }),
    onPress('responders.come', z.object({ crisisId: z.uuid() }), (call, { crisisId }) => joinAndSay(call, crisisId)),
    onPress(
      'responders.call_someone',
      z.object({ crisisId: z.uuid(), department: z.string().nullable() }),
      async (call, { crisisId, department }) =>
        openCallForm(call, await findCrisisOf(call.db, call.who.workspaceId, crisisId), department),
    ),
  ],
  forms: [onSubmit('responders.call', z.object({ crisisId: z.uuid(), department: z.string().nullable() }), submitCall)],
  jobs,
};

async function who(call: Call): Promise<Reply> {
  const crisis = await crisisHere(call);
  if (!crisis) return { text: words(call.who.language).refused.not_in_room };
  const [callouts, cell] = await Promise.all([calloutsOf(call.db, crisis.id), respondersOf(call.db, crisis.id)]);
  const ids = [
    crisis.leadId,
    ...callouts.flatMap((c) => [...c.peopleIds, ...c.deputyIds, c.answeredBy ?? '']),
    ...cell.map((row) => row.userId),
  ];
  const named = await namer(call.db, crisis.workspaceId, ids);
  return cellList(crisis, callouts, cell, named, call.who.language, call.now());
}

/** Here, by its number, or the only one there is to join. */
async function joinFromText(call: Call, text: string): Promise<Reply> {
  const here = await crisisHere(call);
  if (here) return joinAndSay(call, here.id);
  const joinable = await joinableBy(call.db, call.who.workspaceId, call.who.userId);
  const number = Number(text.replace(/^(#|n°)\s*/, ''));
  const asked = text ? joinable.filter((crisis) => crisis.number === number) : joinable;
  const [only, ...more] = asked;
  if (!only) return refused(call, { code: 'no_such_crisis' });
  if (more.length > 0) return refused(call, { code: 'which_crisis', numbers: asked.map((crisis) => crisis.number) });
  return joinAndSay(call, only.id);
}

async function callFromText(call: Call, text: string): Promise<Reply | void> {
  const crisis = await crisisHere(call);
  if (!crisis) return { text: words(call.who.language).refused.not_in_room };
  if (!text.trim()) return openCallForm(call, crisis, null);
  const wish = readCall(text, await knownDepartments(call));
  if (wish.userIds.length === 0 && wish.department) {
    const decision = await callDepartment(call, crisis.id, wish.department, wish.reason);
    return decision.ok ? departmentReply(call, decision.value.callout) : refused(call, decision.refusal);
  }
  return said(call, await callPeople(call, crisis.id, wish));
}

async function submitCall(
  call: Call,
  values: Record<string, unknown>,
  metadata: { crisisId: string; department: string | null },
): Promise<FormAnswer> {
  const { people, reason } = z
    .object({ people: z.array(z.string()).nullish(), reason: z.string().nullish() })
    .parse(values);
  const decision = await callPeople(call, metadata.crisisId, {
    userIds: people ?? [],
    department: metadata.department,
    reason: reason ?? '',
  });
  const { text } = await said(call, decision);
  return decision.ok ? { update: calledForm(text, call.who.language) } : { errors: { people: text } };
}

async function callPeople(call: Call, crisisId: string, wish: CallWish) {
  // A guest must never be taken for a colleague.
  await meetStrangers(call, call.who.workspaceId, wish.userIds);
  return callByName(call, crisisId, wish);
}

async function openCallForm(call: Call, crisis: Crisis | undefined, department: string | null): Promise<Reply | void> {
  if (!crisis) return refused(call, { code: 'not_in_room' });
  const no = mayAct(crisis, await findMember(call.db, crisis, call.who.userId, call.channelId));
  if (no) return refused(call, no);
  const key = department;
  const row = key ? (await departmentRowsOf(call.db, call.who.workspaceId)).find((d) => d.key === key) : undefined;
  const shown = key ? { key, name: departmentName(key, row?.name ?? null, call.who.language) } : null;
  await call.openModal(callForm(crisis.id, shown, call.who.language));
}

async function joinAndSay(call: Call, crisisId: string): Promise<Reply> {
  const decision = await joinCrisis(call, crisisId);
  return decision.ok ? joinedReply(call, crisisId, decision.value) : refused(call, decision.refusal);
}

const crisisHere = async (call: Call): Promise<Crisis | undefined> =>
  call.channelId ? findCrisisOfChannel(call.db, call.who.workspaceId, call.channelId, call.who.userId) : undefined;

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

const nameOf = (call: Call, callout: Callout): string =>
  escapeMrkdwn(departmentName(callout.department, callout.departmentName, call.who.language));

const roomOf = async (call: Call, crisisId: string): Promise<string> =>
  channelLink((await findCrisisOf(call.db, call.who.workspaceId, crisisId))?.channelId ?? '');

async function answerReply(call: Call, crisisId: string, { outcome, callout }: Answer): Promise<Reply> {
  const w = words(call.who.language).reply;
  const department = nameOf(call, callout);
  if (outcome === 'answered') return { text: w.answered(department, await roomOf(call, crisisId)) };
  if (outcome === 'already_yours') return { text: w.alreadyYours(department) };
  const named = await namer(call.db, call.who.workspaceId, [callout.answeredBy ?? '']);
  const name = escapeMrkdwn(named(callout.answeredBy ?? ''));
  return { text: w.alsoPresent(department, name, duration(answerMs(callout), call.who.language)) };
}

function relayedReply(call: Call, callout: Callout): Reply {
  const w = words(call.who.language).reply;
  const department = nameOf(call, callout);
  return { text: callout.stage === 'deputies' ? w.relayedDeputies(department) : w.relayedLead(department) };
}

async function departmentReply(call: Call, callout: Callout): Promise<Reply> {
  const ids = mentionedIds(callout);
  const named = await namer(call.db, call.who.workspaceId, ids);
  const names = list(
    call.who.language,
    ids.map((id) => escapeMrkdwn(named(id))),
  );
  return { text: words(call.who.language).reply.calledDepartment(nameOf(call, callout), names) };
}

async function joinedReply(call: Call, crisisId: string, { outcome, departments }: Joined): Promise<Reply> {
  const w = words(call.who.language).reply;
  const room = await roomOf(call, crisisId);
  if (outcome === 'already') return { text: w.already(room) };
  if (outcome === 'joined') return { text: w.joined(room) };
  const names = list(
    call.who.language,
    departments.map((callout) => nameOf(call, callout)),
  );
  return { text: w.answered(names, room) };
}

/** What became of calling people by name, refusals included. */
async function said(call: Call, decision: Decision<PeopleCalled, ResponderRefusal>): Promise<{ text: string }> {
  if (!decision.ok) return refused(call, decision.refusal);
  const { language } = call.who;
  const { called, refused: notCalled } = decision.value;
  const named = await namer(call.db, call.who.workspaceId, [...called, ...notCalled.map((p) => p.userId)]);
  const names = list(
    language,
    called.map((id) => `*${escapeMrkdwn(named(id))}*`),
  );
  const w = words(language).reply;
  const lines = notCalled.length > 0 ? [w.notCalled(notCalledLines(notCalled, named, language))] : [];
  return { text: [w.called(names), ...lines].join('\n') };
}

async function refused(call: Call, refusal: ResponderRefusal): Promise<{ text: string }> {
  const ids =
    refusal.code === 'not_callable'
      ? refusal.people.map((p) => p.userId)
      : 'callout' in refusal
        ? [refusal.callout.answeredBy ?? '']
        : [];
  return { text: refusalText(refusal, await namer(call.db, call.who.workspaceId, ids), call.who.language) };
}
