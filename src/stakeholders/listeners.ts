import { newId } from '../core/ids.ts';
import { inRoom } from '../core/jobs.ts';
import { inBoth } from '../core/locale.ts';
import {
  asOpened,
  crisisMeant,
  crisisNamed,
  drawnSince,
  type Found,
  isInRoomOf,
  listOfCrisis,
  readerOf,
  toAct,
} from '../crises/here.ts';
import { departmentsOfPerson } from '../people/rules.ts';
import { departmentKeysOf, rosterOf } from '../people/store.ts';
import type { Call, Feature, OpenForm, Reply } from '../slack/feature.ts';
import { escapeMrkdwn, withNames } from '../slack/mrkdwn.ts';
import { mentionedIn } from '../timeline/export.ts';
import { addStakeholder, changeStakeholder, readStakeholder, type StakeholderAsk } from './change.ts';
import { kinds } from './entry-kinds.ts';
import { jobs } from './jobs.ts';
import { says } from './overview.ts';
import { sayNo } from './refusals.ts';
import { nameMax, peopleIn, type Stakeholder, type StakeholderRefusal, toldTooEarly } from './rules.ts';
import { stakeholdersOf, statementTitlesOf } from './store.ts';
import { words } from './text.ts';
import {
  type Ask,
  add,
  addForm,
  all as allOfThem,
  changeForm,
  drawNotNeededForm,
  drawToldForm,
  list,
  menu,
  notNeededForm,
  savedForm,
  stakeholderForm,
  stakeholderList,
  toldForm,
  turnPage,
} from './views.ts';

const no = async (call: Call, refusal: StakeholderRefusal): Promise<string> =>
  sayNo(refusal, await readerOf(call, 'stakeholder' in refusal ? peopleIn([refusal.stakeholder]) : []));
const refused = async (call: Call, refusal: StakeholderRefusal): Promise<Reply> => ({
  text: escapeMrkdwn(await no(call, refusal)),
});

const all = listOfCrisis(stakeholdersOf, peopleIn, async (there, crisis, wish, reader, call) => {
  const { userId, workspaceId } = call.who;
  const departments = departmentsOfPerson(await rosterOf(call.db, workspaceId), userId).map(({ key }) => key);
  return stakeholderList(there, crisis, wish, { userId, departments }, reader);
});

async function openNew(call: Call, finding: Promise<Found>, text: string): Promise<Reply | void> {
  const found = await toAct(call, finding);
  if ('reply' in found) return found.reply;
  const { crisis } = found;
  const [statements, departments, reader] = await Promise.all([
    statementTitlesOf(call.db, crisis.id),
    departmentKeysOf(call.db, call.who.workspaceId),
    readerOf(call, mentionedIn(text)),
  ]);
  const about = { crisis, name: withNames(text, reader.named) };
  if (about.name.length > nameMax) return refused(call, { code: 'name_too_long', length: about.name.length });
  await call.openModal(stakeholderForm(about, { statements, departments }, isInRoomOf(call, crisis), reader));
}

type Target = { who: string; v: number };

async function fromMenu(call: Call, { who, v }: Target, ask: Ask, form: OpenForm | null): Promise<Reply | void> {
  const target = { id: who, v };
  if (ask === 'up' || ask === 'down' || ask === 'waiting') {
    const decision = await changeStakeholder(call, target, { kind: ask });
    if (!decision.ok) return refused(call, decision.refusal);
    if (form) return list.redraw(call, form, all.show);
    return { text: escapeMrkdwn(words(call.who.language).saved[ask](decision.value.name)) };
  }
  const found = await readStakeholder(call, target, ask === 'change' ? 'edit' : ask);
  if (!found.ok) return refused(call, found.refusal);
  const { stakeholder, crisis } = found.value;
  const [there, statements, departments] = await Promise.all([
    stakeholdersOf(call.db, crisis.id),
    statementTitlesOf(call.db, crisis.id),
    departmentKeysOf(call.db, call.who.workspaceId),
  ]);
  const [reader, here] = [await readerOf(call, peopleIn(there)), isInRoomOf(call, crisis)];
  const forms = {
    told: () => drawToldForm(stakeholder, there, statements, here, reader),
    not_needed: () => drawNotNeededForm(stakeholder, here, reader),
    change: () => stakeholderForm({ stakeholder }, { statements, departments }, here, reader),
  };
  await call.openModal(forms[ask]());
}

type Entered = ReturnType<typeof addForm.read>;
const wishOf = ({ circle, statement, owner, ...wish }: Entered) => ({
  ...wish,
  circle: circle ?? ('public' as const),
  statementNumber: numberOf(statement),
  userId: owner,
});
const numberOf = (chosen: string | null): number | null => (chosen === null ? null : Number(chosen));

const fieldOf = ({ code }: StakeholderRefusal) =>
  code === 'channel_too_long' ? 'channel' : code === 'cannot_own' ? 'owner' : 'name';

/** Nothing in the room, where the list is seen to change. */
function answer(call: Call, here: boolean, done: keyof ReturnType<typeof words>['saved'], name: string) {
  if (here) return;
  const { language } = call.who;
  return { update: savedForm(words(language).saved[done](name), language) };
}

/** Whoever told the press first is told so, wherever they are. */
async function toldAnswer(call: Call, here: boolean, one: Stakeholder) {
  const skipped = toldTooEarly(one, await stakeholdersOf(call.db, one.crisisId)).map(({ name }) => name);
  if (skipped.length === 0) return answer(call, here, 'told', one.name);
  const { language } = call.who;
  const w = words(language);
  return { update: savedForm([w.saved.told(one.name), w.toldBefore(one.name, skipped)].join('\n'), language) };
}

const submit = (call: Call, { who, v }: Target, ask: StakeholderAsk) => changeStakeholder(call, { id: who, v }, ask);

export const stakeholders: Feature = {
  name: 'stakeholders',
  title: inBoth((l) => words(l).feature),
  says,
  entryKinds: kinds,
  follows: {
    room_lost: (crisisId) => [inRoom('stakeholders.show_list', { crisisId })],
  },
  start: drawnSince('stakeholders.show_list'),
  subcommands: [
    {
      name: 'stakeholder',
      aliases: ['parties-prenantes', 'partie', 'partie-prenante', 'stakeholders'],
      usage: inBoth((l) => words(l).help.usage),
      summary: inBoth((l) => words(l).help.stakeholder),
      readsOnly: true,
      run: async (call, text) =>
        text.trim() ? openNew(call, crisisMeant(call), text.trim()) : all.open(call, crisisMeant(call)),
    },
  ],
  actions: [
    add.on((call, { crisisId }) => openNew(call, crisisNamed(call, crisisId), '')),
    menu.on((call, { ask, ...one }, { form }) => fromMenu(asOpened(call, form), one, ask, form)),
    allOfThem.on((call, { crisisId }) => all.open(call, crisisNamed(call, crisisId))),
    turnPage.on((call, { crisisId }) => all.open(call, crisisNamed(call, crisisId))),
    ...list.actions(all.show),
  ],
  forms: [
    list.form(all.show),
    addForm.on(async (call, entered, { crisisId, here }) => {
      const decision = await addStakeholder(call, crisisId, { id: newId(), ...wishOf(entered) });
      if (decision.ok) return answer(call, here, 'add', decision.value.name);
      return addForm.error(fieldOf(decision.refusal), await no(call, decision.refusal));
    }),
    changeForm.on(async (call, entered, { here, ...one }) => {
      const decision = await submit(call, one, { kind: 'edit', ...wishOf(entered) });
      if (decision.ok) return answer(call, here, 'edit', decision.value.name);
      return changeForm.error(fieldOf(decision.refusal), await no(call, decision.refusal));
    }),
    toldForm.on(async (call, { channel, statement, at }, { here, ...one }) => {
      const decision = await submit(call, one, { kind: 'told', at, statementNumber: numberOf(statement), channel });
      if (decision.ok) return toldAnswer(call, here, decision.value);
      const { refusal } = decision;
      return toldForm.error(refusal.code === 'told_in_future' ? 'at' : 'channel', await no(call, refusal));
    }),
    notNeededForm.on(async (call, { reason }, { here, ...one }) => {
      const decision = await submit(call, one, { kind: 'not_needed', reason });
      if (decision.ok) return answer(call, here, 'not_needed', decision.value.name);
      return notNeededForm.error('reason', await no(call, decision.refusal));
    }),
  ],
  jobs,
};
