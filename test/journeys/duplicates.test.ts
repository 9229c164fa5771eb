import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assessmentOutcomes, assessments, crises, tasks } from '../../db/schema/index.ts';
import type { Person } from '../../src/sandbox/server/index.ts';
import { entriesOf } from '../../src/timeline/store.ts';
import { type Company, startCompany } from '../support/company.ts';

const contentOf = (message: { text: string; blocks?: unknown }) => JSON.stringify([message.text, message.blocks]);
const seen = (person: Person, room: string, text: string) => {
  const found = person.sees(room).findLast((message) => contentOf(message).includes(text));
  if (!found) throw new Error(`${person.name} sees nothing that says "${text}"`);
  return found;
};

describe.each(['socket', 'http'] as const)('what Slack delivers twice happens once (%s)', (transport) => {
  let company: Company;
  let room: string;
  beforeAll(async () => {
    company = await startCompany({ transport });
    room = await company.declare('Soup recall');
  });
  afterAll(() => company.close());

  const crisisId = async () => {
    const all = await company.app.deps.db.select().from(crises);
    return all.find((crisis) => crisis.channelId === room)?.id ?? '';
  };
  const entries = async (kind?: string) =>
    (await entriesOf(company.app.deps.db, await crisisId())).filter((entry) => !kind || entry.kind === kind);
  const roomMessages = () => company.anne.sees(room).filter((message) => message.type === 'message');
  const messages = (text: string) => roomMessages().filter((message) => contentOf(message).includes(text));
  const rooms = () => company.sandbox.channels().filter((channel) => channel.name.startsWith('crisis-'));
  const replay = async (count = 1) => {
    company.sandbox.replayLast(count);
    await company.settled();
  };

  test('a command', async () => {
    company.sandbox.faults.deliverTwice('/crisis');
    await company.helen.command(`/crisis task Freeze the posts <@${company.tom.id}> in 20 min`, room);
    await company.settled();
    await replay();
    expect(await company.app.deps.db.select().from(tasks)).toHaveLength(1);
    expect(await entries('task_created')).toHaveLength(1);
    expect(messages('Task #1:')).toHaveLength(1);
    expect(company.tom.dms().filter((m) => contentOf(m).includes('Freeze the posts')).length).toBeLessThanOrEqual(1);
  });

  test('a press', async () => {
    company.sandbox.faults.deliverTwice('block_actions');
    await company.helen.click(seen(company.helen, room, 'responders.answer'), 'I’m on it');
    await company.settled();
    await replay();
    expect(await entries('callout_answered')).toHaveLength(1);
    expect(messages('● *Legal* Helen Park')).toHaveLength(1);
  });

  test('an assessment, and the level it sets', async () => {
    company.sandbox.faults.deliverTwice('view_submission');
    await company.helen.command('/crisis assess', room);
    await company.helen.waitForModal({ callbackId: 'assessment.assess' });
    company.helen.fill({ harm: '1', legal: '3' });
    await company.helen.submit();
    await company.settled();
    await replay();
    expect(await company.app.deps.db.select().from(assessments)).toHaveLength(0);
    company.sandbox.faults.deliverTwice('view_submission');
    company.helen.fill({ reach: '4', source: '4', evidence: '4', sentiment: '4' });
    await company.helen.submit();
    await company.settled();
    await replay();
    expect(await company.app.deps.db.select().from(assessments)).toHaveLength(1);
    expect(await entries('crisis_assessed')).toHaveLength(1);
    company.sandbox.faults.deliverTwice('block_actions');
    await company.helen.click(company.helen.modal() as never, 'Set the level: Major crisis');
    await company.settled();
    await replay();
    expect(await entries('level_changed')).toHaveLength(1);
    expect(await company.app.deps.db.select().from(assessmentOutcomes)).toHaveLength(1);
    expect(messages('*🔴 Major crisis* ⬆ was')).toHaveLength(1);
    while (company.helen.modal()) await company.helen.close();
  });

  test('a form', async () => {
    const before = rooms().length;
    await company.claire.command('/crisis declare Strike of the drivers', '#general');
    await company.claire.waitForModal();
    company.sandbox.faults.deliverTwice('view_submission');
    await company.claire.submit();
    await company.settled();
    await replay();
    expect(await company.app.deps.db.select().from(crises)).toHaveLength(2);
    expect(rooms()).toHaveLength(before + 1);
    while (company.claire.modal()) await company.claire.close();
  });

  test('an event', async () => {
    company.sandbox.faults.deliverTwice('reaction_added');
    const remark = await company.tom.say(room, 'The store in Lyon has closed');
    await company.tom.react(remark, 'pushpin');
    await company.settled();
    await replay();
    expect((await entries()).filter((entry) => entry.textEn.includes('store in Lyon'))).toHaveLength(1);
  });

  test('everything of the last minutes, at once', async () => {
    const before = [(await entries()).length, roomMessages().length, rooms().length];
    await replay(50);
    expect([(await entries()).length, roomMessages().length, rooms().length]).toEqual(before);
    expect(await company.app.deps.db.select().from(tasks)).toHaveLength(1);
  });

  test('is marked once for each delivery, and no job is left', async () => {
    const found = await company.app.deps.db.execute<{ state: string }>(
      sql`select distinct state::text as state from pgboss.job where state in ('failed', 'active', 'retry')`,
    );
    expect([...found]).toEqual([]);
    expect(company.sandbox.problems).toEqual([]);
  });
});

describe.each(['socket', 'http'] as const)('people who press twice do things once (%s)', (transport) => {
  let company: Company;
  let room: string;
  beforeAll(async () => {
    company = await startCompany({ transport });
    room = await company.declare('Soup recall');
  });
  afterAll(() => company.close());
  const entries = async (kind: string) => {
    const [crisis] = await company.app.deps.db.select().from(crises).orderBy(crises.number);
    return (await entriesOf(company.app.deps.db, crisis?.id ?? '')).filter((entry) => entry.kind === kind);
  };

  test('a double click on a button', async () => {
    const card = seen(company.helen, room, 'responders.answer');
    await Promise.all([1, 2].map(() => company.helen.click(card, 'I’m on it')));
    await company.settled();
    expect(await entries('callout_answered')).toHaveLength(1);
  });

  test('a double submission of a form', async () => {
    await company.helen.command('/crisis task', room);
    const form = await company.helen.waitForModal();
    company.helen.fill({ title: 'Call the factory' });
    const [first, second] = [company.helen.submit(), company.helen.submit()];
    await Promise.all([first, second]);
    await company.settled();
    expect(company.helen.modal()?.id).not.toBe(form.id);
    expect(await company.app.deps.db.select().from(tasks)).toHaveLength(1);
    expect(await entries('task_created')).toHaveLength(1);
  });

  test('a double declaration', async () => {
    await company.claire.command('/crisis declare Flood in Lyon', '#general');
    await company.claire.waitForModal();
    await Promise.all([company.claire.submit(), company.claire.submit()]);
    await company.settled();
    while (company.claire.modal()) await company.claire.close();
    expect(await company.app.deps.db.select().from(crises)).toHaveLength(2);
    expect(company.sandbox.channels().filter((c) => c.name.includes('flood-lyon'))).toHaveLength(1);
  });

  test('two people who declare the same at once: one room, and the other is shown it', async () => {
    const both = [company.tom, company.anne];
    for (const person of both) {
      await person.command('/crisis declare Boycott of the brand', '#general');
      await person.waitForModal();
    }
    await Promise.all(both.map((person) => person.submit()));
    await company.settled();
    expect(company.sandbox.channels().filter((c) => c.name.includes('boycott-brand'))).toHaveLength(1);
    const shown = both.map((person) => JSON.stringify(person.modal()?.blocks ?? ''));
    expect(
      shown.filter((text) => text.includes('Declare separately') || text.includes('was declared by')),
    ).toHaveLength(1);
    for (const person of both) while (person.modal()) await person.close();
  });

  test('what arrives late, after what came after it, does no harm', async () => {
    await company.helen.command(`/crisis task Write to the stores <@${company.tom.id}>`, room);
    await company.settled();
    const card = seen(company.tom, room, 'Write to the stores');
    company.sandbox.faults.delayDelivery('/crisis', 150);
    const late = company.tom.command('/crisis log said first, arrives last', room);
    await company.helen.command('/crisis log said last, arrives first', room);
    await late;
    await company.settled();
    const notes = (await entries('note')).map((entry) => entry.textEn);
    expect(notes.filter((text) => text.includes('arrives')).map((text) => /arrives (\w+)/.exec(text)?.[1])).toEqual([
      'first',
      'last',
    ]);
    expect(contentOf(seen(company.tom, room, 'Write to the stores'))).toBe(contentOf(card));
    expect(company.sandbox.problems).toEqual([]);
  });
});
