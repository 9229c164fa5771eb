import { afterEach, beforeEach, expect, test } from 'vitest';
import { findCrisisOfChannel } from '../../src/crises/store.ts';
import type { Person } from '../../src/sandbox/server/index.ts';
import { entriesOf, verifyStored } from '../../src/timeline/store.ts';
import { type Company, startCompany } from '../support/company.ts';

let company: Company;
let room: string;
beforeEach(async () => {
  company = await startCompany();
  room = await company.declare('Soup recall');
  await company.tom.command('/crisis task Freeze the stock', room);
  await company.helen.say(room, 'We stop the line');
  await company.settled();
});
afterEach(async () => {
  expect(company.sandbox.problems).toEqual([]);
  await company.close();
});

const crisisIn = (channelId: string) =>
  findCrisisOfChannel(company.app.deps.db, company.app.workspaceId, channelId, null);
const kindsOf = async (crisisId: string) => (await entriesOf(company.app.deps.db, crisisId)).map(({ kind }) => kind);
const told = (to: Person, words: string) => to.dms().filter((m) => JSON.stringify(m.blocks).includes(words));
/** The room in which the crisis goes on, with everybody in it, as private as the lost one. */
async function newRoom(id: string) {
  const found = company.sandbox.channels().find((channel) => channel.id !== room && channel.name.startsWith('crisis-'));
  if (!found) throw new Error('no new room');
  expect(found.is_private).toBe(true);
  for (const person of [company.claire, company.helen, company.tom]) expect(found.members).toContain(person.id);
  expect((await crisisIn(found.id))?.id).toBe(id);
  expect(company.sandbox.transcript(found.id, { as: company.helen.id })).toContain('The crisis goes on here');
  return found.id;
}

test('a room that is deleted is replaced at once, once, and what was written in it is kept', async () => {
  const { sandbox } = company;
  const id = (await crisisIn(room))?.id ?? '';
  sandbox.faults.deliverTwice('group_deleted');
  await company.claire.deleteChannel(room);
  await company.settled();
  await newRoom(id);
  expect((await kindsOf(id)).filter((kind) => kind === 'channel_deleted' || kind === 'room_lost')).toEqual([
    'channel_deleted',
    'room_lost',
  ]);
  expect(sandbox.channels().filter(({ name }) => name.startsWith('crisis-'))).toHaveLength(1);
  expect(await verifyStored(company.app.deps.db, id)).toMatchObject({ ok: true, messages: 1 });
});

test('thrown out of its room, the product tells the lead once how to go on, and a repair from anywhere does it', async () => {
  const { claire, sandbox } = company;
  const crisis = await crisisIn(room);
  const id = crisis?.id ?? '';
  await claire.kick(room, sandbox.botUserId);
  await company.settled();
  expect(told(claire, 'm’a retiré de la cellule')).toHaveLength(1);
  expect(JSON.stringify(told(claire, 'm’a retiré de la cellule'))).toContain(`/crise réparer n° ${crisis?.number}`);
  expect(sandbox.channels().filter(({ name }) => name.startsWith('crisis-'))).toHaveLength(1);
  await claire.command(`/crise réparer n° ${crisis?.number}`, '#general');
  await company.settled();
  await newRoom(id);
  expect(await kindsOf(id)).toEqual(expect.arrayContaining(['channel_removed', 'room_lost']));
});

test('invited again instead, it reads what it missed and stays in the room', async () => {
  const { claire, helen, sandbox } = company;
  const id = (await crisisIn(room))?.id ?? '';
  await claire.kick(room, sandbox.botUserId);
  await company.settled();
  await helen.say(room, 'Said while it was out');
  await claire.invite(room, [sandbox.botUserId]);
  await company.settled();
  await claire.command('/crisis repair', room);
  await company.settled();
  expect((await crisisIn(room))?.id).toBe(id);
  expect(await kindsOf(id)).not.toContain('room_lost');
  expect(await verifyStored(company.app.deps.db, id)).toMatchObject({ ok: true, messages: 2 });
});
