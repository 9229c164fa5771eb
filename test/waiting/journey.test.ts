import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toPerson } from '../../src/core/jobs.ts';
import { HOUR, hourIn, MINUTE, SECOND } from '../../src/core/time.ts';
import { findCrisisOfChannel } from '../../src/crises/store.ts';
import { order } from '../../src/jobs/commit.ts';
import type { Message, Person } from '../../src/sandbox/server/index.ts';
import { tasksOf } from '../../src/tasks/store.ts';
import { lookAtWaits } from '../../src/waiting/change.ts';
import { write } from '../statements/support.ts';
import { fillClosing } from '../support/acts.ts';
import { type Company, startCompany } from '../support/company.ts';

let company: Company;
let room: string;

const blocksOf = (message: Message): string => JSON.stringify(message.blocks ?? []);
const isAboutWaits = (message: Message): boolean =>
  /What waits on you|Ce qui vous attend|Nothing waits on you|Rien ne vous attend|waits on you is|vous attend est|nothing waits on you|rien ne vous attend/.test(
    blocksOf(message),
  );
/** Every message of what waits on somebody, the oldest first, once the changes of two seconds are read. */
async function toldTo(person: Person): Promise<Message[]> {
  await company.pass(2 * SECOND);
  return person.dms().filter(isAboutWaits);
}
const pressable = (messages: readonly Message[]): Message[] =>
  messages.filter((message) => blocksOf(message).includes('action_id'));
const newestOf = async (person: Person): Promise<Message> => {
  const newest = (await toldTo(person)).at(-1);
  if (!newest) throw new Error(`${person.name} was told nothing`);
  return newest;
};
const type = async (person: Person, text: string) => {
  await person.command(text, room);
  await company.settled();
};
const press = async (person: Person, on: Message, id: string) => {
  await person.click(on, id);
  await company.settled();
};
const crisis = async () => {
  const found = await findCrisisOfChannel(company.app.deps.db, company.app.workspaceId, room, null);
  if (!found) throw new Error('no crisis');
  return found;
};
const taskNumbered = async (number: number) => {
  const found = (await tasksOf(company.app.deps.db, [(await crisis()).id])).find((task) => task.number === number);
  if (!found) throw new Error(`no task ${number}`);
  return found;
};

describe('what waits on people, in one message each', () => {
  beforeAll(async () => {
    company = await startCompany({ language: 'en' });
    room = await company.declare('Soup recall', { level: 'crisis', summary: 'Glass was found in two jars.' });
  });
  afterAll(() => company.close());

  test('everybody who is called has one message, with the call in it; nobody else has any', async () => {
    for (const person of [company.helen, company.tom, company.anne]) {
      const told = await toldTo(person);
      expect(told).toHaveLength(1);
      expect(told.map(blocksOf).join()).toContain('responders.answer');
    }
    expect(await toldTo(company.sam)).toEqual([]);
  });

  test('what was pressed leaves the message, which stays where it is', async () => {
    const { tom } = company;
    const before = await newestOf(tom);
    await press(tom, before, 'responders.answer');
    const [after, ...more] = await toldTo(tom);
    expect(more).toEqual([]);
    expect(after?.ts).toBe(before.ts);
    expect(after?.text).toContain('Nothing waits on you');
    expect(after && pressable([after])).toEqual([]);
  });

  test('news comes in a new message, at most every 15 minutes; the old one is one line without buttons', async () => {
    const { helen, tom } = company;
    const [first] = await toldTo(tom);
    await type(helen, '/crisis task Freeze the posts @tom in 3 h');
    expect((await newestOf(tom)).ts).toBe(first?.ts);
    await company.pass(15 * MINUTE);
    const told = await toldTo(tom);
    expect(told).toHaveLength(2);
    expect(told[0]?.blocks).toHaveLength(1);
    expect(told[0]?.text).toContain('What waits on you is further down');
    expect(blocksOf(told[1] as Message)).toContain('Freeze the posts');
    expect(pressable(told)).toHaveLength(1);
    // What comes a minute later is seen there, and told with the next message.
    await company.pass(MINUTE);
    await type(helen, '/crisis task Answer the shops @tom in 3 h');
    const [, second, third] = await toldTo(tom);
    expect(third).toBeUndefined();
    expect(blocksOf(second as Message)).toContain('Answer the shops');
    await company.pass(15 * MINUTE);
    expect(await toldTo(tom)).toHaveLength(3);
  });

  test('what somebody else does leaves the message too, and is no news', async () => {
    const { helen, tom } = company;
    const before = await toldTo(tom);
    await type(helen, '/crisis tasks freeze');
    await helen.select(helen.modal() as never, { actionId: 'tasks.list_menu:1' }, 'Mark done');
    await company.settled();
    await helen.close();
    expect((await taskNumbered(1)).doneBy).toBe(helen.id);
    await company.pass(20 * MINUTE);
    const after = await toldTo(tom);
    expect(after).toHaveLength(before.length);
    expect(blocksOf(after.at(-1) as Message)).not.toContain('Freeze the posts');
    expect(blocksOf(after.at(-1) as Message)).toContain('Answer the shops');
  });

  test('an approval is told at once', async () => {
    const { claire, helen } = company;
    const before = await toldTo(helen);
    await write(company, claire, room, { title: 'First words' });
    const after = await toldTo(helen);
    expect(after.length).toBe(before.length + 1);
    expect(blocksOf(after.at(-1) as Message)).toMatch(/statements\.read/);
  });

  test('a person called later reads first what it is, and nothing that was not said yet', async () => {
    const { helen, sam } = company;
    await type(helen, '/crisis call @sam the shops ask');
    const told = await toldTo(sam);
    expect(told).toHaveLength(1);
    const text = blocksOf(told[0] as Message);
    expect(text).toContain('Glass was found in two jars.');
    expect(text.indexOf('Glass was found')).toBeLessThan(text.indexOf('Helen Park'));
    expect(text).not.toContain('First words');
  });

  test('after a crash between the change and the message, and however often the job runs, there is one message', async () => {
    const { deps } = company.app;
    const crisisId = (await crisis()).id;
    const before = await toldTo(company.sam);
    const show = toPerson('waiting.show', { crisisId, userId: company.sam.id });
    await Promise.all([lookAtWaits(deps, crisisId), order(deps, [show, show]), lookAtWaits(deps, crisisId)]);
    await order(deps, [show]);
    await company.settled();
    expect((await toldTo(company.sam)).map(({ ts }) => ts)).toEqual(before.map(({ ts }) => ts));
  });

  test('once the crisis is closed it says so, and an older drawing changes nothing', async () => {
    const { claire, tom } = company;
    const drawn = structuredClone(await newestOf(tom));
    expect(pressable([drawn])).toHaveLength(1);
    const count = (await toldTo(tom)).length;
    await type(claire, '/crisis close');
    await claire.waitForModal();
    fillClosing(claire, 'Over');
    await claire.submit();
    await company.settled();
    while (claire.modal()) await claire.close();
    await company.pass(3 * SECOND);
    for (const person of [claire, company.helen, tom, company.anne, company.sam])
      expect(pressable(await toldTo(person))).toEqual([]);
    const told = await toldTo(tom);
    expect(told).toHaveLength(count);
    expect(told.at(-1)?.text).toContain('The crisis is closed: nothing waits on you');
    // Their Slack may still show what it was.
    const shown = company.tom.dms().find(({ ts }) => ts === drawn.ts);
    const task = await taskNumbered(2);
    await press(tom, Object.assign(shown as Message, { blocks: drawn.blocks }), 'tasks.done:2');
    expect(JSON.stringify(tom.ephemerals(tom.dms()[0]?.channel ?? '').at(-1) ?? '')).toContain('closed');
    expect(await taskNumbered(2)).toEqual(task);
    expect(company.sandbox.problems).toEqual([]);
  });
});

describe('who is asleep, and whom it concerns', () => {
  afterAll(() => company.close());

  test('below a crisis nobody is told of a task at night; what was given is told in the morning', async () => {
    company = await startCompany({ language: 'en' });
    room = await company.declare('Late delivery', { level: 'incident' });
    const { helen, sam } = company;
    const zone = company.sandbox.people().find(({ id }) => id === sam.id)?.tz ?? 'Europe/Paris';
    const hour = () => hourIn(company.now(), zone);
    await company.pass(((24 + 23 - hour()) % 24) * HOUR);
    await type(helen, '/crisis task Ask the carrier @sam in 20 h');
    expect((await tasksOf(company.app.deps.db, [(await crisis()).id])).at(-1)?.assigneeId).toBe(sam.id);
    const isTold = async () => (await toldTo(sam)).some((message) => blocksOf(message).includes('Ask the carrier'));
    await company.pass(HOUR);
    expect(await isTold()).toBe(false);
    await company.pass(((24 + 6 - hour()) % 24) * HOUR);
    expect(await isTold()).toBe(false);
    await company.pass(HOUR + MINUTE);
    expect(await isTold()).toBe(true);
    await company.close();
  });

  test('the person whom a closed team is about is told nothing, whatever waits', async () => {
    company = await startCompany({ language: 'en', playbooks: 'product' });
    const { anne, helen } = company;
    const before = new Set(company.sandbox.channels().map(({ id }) => id));
    await helen.command('/crisis declare Allegations', '#general');
    const form = await helen.waitForModal();
    await helen.select(form, 'playbook', 'executive');
    await company.settled();
    helen.fill({ level: 'major', concerned: [anne.id] });
    await helen.submit();
    await company.settled();
    while (helen.modal()) await helen.close();
    room = company.sandbox.channels().find(({ id, name }) => !before.has(id) && name.startsWith('cris'))?.id ?? '';
    await company.pass(HOUR);
    expect((await crisis()).excludedIds).toEqual([anne.id]);
    expect(await toldTo(helen)).not.toEqual([]);
    expect(anne.dms()).toEqual([]);
  });
});
