import { z } from 'zod';
import { newId } from '../core/ids.ts';
import { inRoom } from '../core/jobs.ts';
import { inBoth } from '../core/locale.ts';
import { type Crisis, mayAct } from '../crises/rules.ts';
import { crisesOfPerson, findCrisisOf, findCrisisOfChannel, findMember } from '../crises/store.ts';
import { standardDepartments } from '../people/rules.ts';
import { departmentRowsOf, namer } from '../people/store.ts';
import { type Call, type Feature, type FormAnswer, onPress, onSubmit, type Reply } from '../slack/feature.ts';
import { channelLink, escapeMrkdwn, withNames } from '../slack/mrkdwn.ts';
import { statementsOf } from '../statements/store.ts';
import { mentionedIn } from '../timeline/export.ts';
import { addStakeholder, changeStakeholder, readStakeholder, type StakeholderAsk } from './change.ts';
import { kinds } from './entry-kinds.ts';
import { jobs } from './jobs.ts';
import type { Reader } from './lines.ts';
import { circles, nameMax, peopleIn, type Stakeholder, type StakeholderRefusal } from './rules.ts';
import { stakeholdersOf } from './store.ts';
import { words } from './text.ts';
import { type Ask, asks, listPage, notNeededForm, savedForm, sayNo, stakeholderForm, toldForm } from './views.ts';

async function readerOf(call: Call, there: readonly Stakeholder[]): Promise<Reader> {
  const { language, timeZone, workspaceId } = call.who;
  const [named, rows] = await Promise.all([
    namer(call.db, workspaceId, peopleIn(there)),
    departmentRowsOf(call.db, workspaceId),
  ]);
  return { language, timeZone, named, departments: new Map(rows.map(({ key, name }) => [key, name])) };
}

const no = async (call: Call, refusal: StakeholderRefusal): Promise<string> =>
  sayNo(refusal, await readerOf(call, 'stakeholder' in refusal ? [refusal.stakeholder] : []));

type Meant = { crisis: Crisis } | { reply: Reply };

/** The room's crisis; elsewhere the only open one of whoever asks. */
async function meant(call: Call): Promise<Meant> {
  const { workspaceId, userId, language } = call.who;
  const w = words(language);
  const here = call.channelId
    ? await findCrisisOfChannel(call.db, workspaceId, call.channelId, call.who.userId)
    : undefined;
  if (here) return readable(call, here);
  const open = (await crisesOfPerson(call.db, workspaceId, userId)).filter((crisis) => crisis.status === 'open');
  const [only, another] = open;
  if (!only) return { reply: { text: w.list.noCrisis } };
  if (!another) return { crisis: only };
  const rooms = open.map((crisis) => (crisis.channelId ? channelLink(crisis.channelId) : `#${crisis.number}`));
  return { reply: { text: w.several(rooms.join(', ')) } };
}

async function named(call: Call, crisisId: string): Promise<Meant> {
  const crisis = await findCrisisOf(call.db, call.who.workspaceId, crisisId);
  return crisis ? readable(call, crisis) : { reply: { text: words(call.who.language).refused.not_in_room } };
}

async function readable(call: Call, crisis: Crisis): Promise<Meant> {
  const { inCell } = await findMember(call.db, crisis, call.who.userId, call.channelId);
  return inCell ? { crisis } : { reply: { text: words(call.who.language).refused.not_in_room } };
}

const isHere = (call: Call, crisis: Crisis): boolean => call.channelId !== null && call.channelId === crisis.channelId;

async function list(call: Call, crisis: Crisis, page: number): Promise<Reply> {
  const there = await stakeholdersOf(call.db, crisis.id);
  return listPage(there, crisis, page, await readerOf(call, there));
}

async function known(call: Call, crisisId: string) {
  const [statements, rows] = await Promise.all([
    statementsOf(call.db, crisisId),
    departmentRowsOf(call.db, call.who.workspaceId),
  ]);
  const own = rows.map(({ key, name }) => ({ key, name }));
  const standard = standardDepartments
    .filter((key) => !own.some((row) => row.key === key))
    .map((key) => ({ key, name: null }));
  return { statements, departments: [...own, ...standard] };
}

async function openNew(call: Call, crisis: Crisis, text: string): Promise<Reply | void> {
  const problem = mayAct(crisis, await findMember(call.db, crisis, call.who.userId, call.channelId));
  if (problem) return { text: await no(call, problem) };
  const names = await namer(call.db, call.who.workspaceId, mentionedIn(text));
  const about = { crisis, name: withNames(text, names) };
  if (about.name.length > nameMax)
    return { text: await no(call, { code: 'name_too_long', length: about.name.length }) };
  const choices = await known(call, crisis.id);
  await call.openModal(stakeholderForm(about, choices, isHere(call, crisis), call.who.language));
}

type Target = { who: string; v: number };

async function fromMenu(call: Call, { who, v }: Target, ask: Ask): Promise<Reply | void> {
  const target = { id: who, v };
  const w = words(call.who.language);
  if (ask === 'up' || ask === 'down' || ask === 'waiting') {
    const decision = await changeStakeholder(call, target, { kind: ask });
    return {
      text: escapeMrkdwn(decision.ok ? w.saved[ask](decision.value.name) : await no(call, decision.refusal)),
    };
  }
  const found = await readStakeholder(call, target, ask === 'change' ? 'edit' : ask);
  if (!found.ok) return { text: escapeMrkdwn(await no(call, found.refusal)) };
  const { stakeholder, crisis } = found.value;
  const there = await stakeholdersOf(call.db, crisis.id);
  const reader = await readerOf(call, there);
  const [choices, here] = [await known(call, crisis.id), isHere(call, crisis)];
  const forms = {
    told: () => toldForm(stakeholder, there, choices.statements, here, reader),
    not_needed: () => notNeededForm(stakeholder, here, reader),
    change: () => stakeholderForm({ stakeholder }, choices, here, reader.language),
  };
  await call.openModal(forms[ask]());
}

const given = z
  .string()
  .nullish()
  .transform((text) => text?.trim() ?? '');
const chosen = z
  .string()
  .nullish()
  .transform((value) => (value && value !== '-' ? value : null));
const wishValues = z.object({
  name: given,
  circle: z.enum(circles).nullish(),
  channel: given,
  statement: chosen,
  owner: z.string().nullish(),
  department: chosen,
});
const toldValues = z.object({ channel: given, statement: chosen, at: z.date().nullish() });

const wishOf = (values: Record<string, unknown>) => {
  const { circle, statement, owner, ...wish } = wishValues.parse(values);
  return {
    ...wish,
    circle: circle ?? ('public' as const),
    statementNumber: statement === null ? null : Number(statement),
    userId: owner ?? null,
  };
};

const fields: Partial<Record<StakeholderRefusal['code'], string>> = {
  channel_too_long: 'channel',
  cannot_own: 'owner',
  told_in_future: 'at',
  reason_missing: 'reason',
  reason_too_long: 'reason',
};

/** Whoever is in the room sees the list change. */
function answer(call: Call, here: boolean, done: keyof ReturnType<typeof words>['saved'], name: string): FormAnswer {
  if (here) return;
  const { language } = call.who;
  return { update: savedForm(words(language).saved[done](name), language) };
}

const submitMove = async (
  call: Call,
  { who, v, here }: Target & { here: boolean },
  ask: StakeholderAsk,
  otherwise: string,
): Promise<FormAnswer> => {
  const decision = await changeStakeholder(call, { id: who, v }, ask);
  if (decision.ok) return answer(call, here, ask.kind, decision.value.name);
  return { errors: { [fields[decision.refusal.code] ?? otherwise]: await no(call, decision.refusal) } };
};

const crisisId = z.uuid();
/** Slack allows 75 characters for what a menu carries. */
const target = z.object({ who: z.uuid(), v: z.number() });
const inForm = z.object({ here: z.boolean().default(false) });

export const stakeholders: Feature = {
  name: 'stakeholders',
  title: inBoth((l) => words(l).feature),
  entryKinds: kinds,
  follows: {
    room_lost: (crisisId) => [inRoom('stakeholders.show_list', { crisisId })],
  },
  subcommands: [
    {
      name: 'stakeholder',
      aliases: ['parties-prenantes', 'partie', 'partie-prenante', 'stakeholders'],
      usage: inBoth((l) => words(l).help.usage),
      summary: inBoth((l) => words(l).help.stakeholder),
      readsOnly: true,
      run: async (call, text) => {
        const found = await meant(call);
        if ('reply' in found) return found.reply;
        return text.trim() ? openNew(call, found.crisis, text.trim()) : list(call, found.crisis, 0);
      },
    },
  ],
  actions: [
    onPress('stakeholders.add', z.object({ crisisId }), async (call, value) => {
      const found = await named(call, value.crisisId);
      return 'reply' in found ? found.reply : openNew(call, found.crisis, '');
    }),
    onPress('stakeholders.menu', target.extend({ ask: z.enum(asks) }), (call, { ask, ...one }) =>
      fromMenu(call, one, ask),
    ),
    onPress('stakeholders.page', z.object({ crisisId, page: z.number() }), async (call, value) => {
      const found = await named(call, value.crisisId);
      return 'reply' in found ? found.reply : list(call, found.crisis, value.page);
    }),
  ],
  forms: [
    onSubmit('stakeholders.add', inForm.extend({ crisisId }), async (call, values, metadata) => {
      const wish = { id: newId(), ...wishOf(values) };
      const decision = await addStakeholder(call, metadata.crisisId, wish);
      if (decision.ok) return answer(call, metadata.here, 'add', decision.value.name);
      return { errors: { [fields[decision.refusal.code] ?? 'name']: await no(call, decision.refusal) } };
    }),
    onSubmit('stakeholders.change', inForm.extend(target.shape), (call, values, one) =>
      submitMove(call, one, { kind: 'edit', ...wishOf(values) }, 'name'),
    ),
    onSubmit('stakeholders.told', inForm.extend(target.shape), (call, values, one) => {
      const { channel, statement, at } = toldValues.parse(values);
      const statementNumber = statement === null ? null : Number(statement);
      return submitMove(call, one, { kind: 'told', at: at ?? null, statementNumber, channel }, 'channel');
    }),
    onSubmit('stakeholders.not_needed', inForm.extend(target.shape), (call, values, one) =>
      submitMove(call, one, { kind: 'not_needed', reason: given.parse(values['reason']) }, 'reason'),
    ),
  ],
  jobs,
};
