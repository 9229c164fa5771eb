import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { roomMessageRevisions, tasks } from '../../db/schema/index.ts';
import { createRateLimit } from '../../src/slack/rate-limit.ts';
import { type Company, startCompany } from '../support/company.ts';

describe('the bound of what one person may do', () => {
  test('lets thirty acts through at once, then one a second, and forgets', () => {
    const may = createRateLimit();
    const at = (ms: number, times: number) => Array.from({ length: times }, () => may('a', ms)).filter(Boolean).length;
    expect(at(0, 40)).toBe(30);
    expect(at(999, 5)).toBe(0);
    expect(at(1000, 5)).toBe(1);
    expect(at(11_000, 40)).toBe(10);
    expect(at(3_600_000, 100)).toBe(30);
  });

  test('is each person’s own, for any number of people', () => {
    const may = createRateLimit();
    for (let i = 0; i < 30; i += 1) expect(may('a', 0)).toBe(true);
    expect(may('a', 0)).toBe(false);
    expect(Array.from({ length: 20_000 }, (_, i) => may(`p${i}`, 1))).not.toContain(false);
    expect(may('a', 2)).toBe(false);
  });
});

describe('somebody who floods the bot', () => {
  let company: Company;
  let room: string;
  beforeAll(async () => {
    company = await startCompany({ rateLimit: { burst: 8, everyMs: 3_600_000 } });
    room = await company.declare('Soup recall');
  });
  afterAll(() => company.close());

  test('is told so in their language, loses nothing that was taken, and hinders nobody else', async () => {
    const { helen, claire, tom } = company;
    await helen.command('/crisis log', room);
    await helen.waitForModal();
    for (let i = 1; i <= 12; i += 1) await helen.command(`/crisis task Number ${i}`, room);
    await company.settled();
    const told = helen.ephemerals(room).filter((m) => m.text.includes('Nothing you did before is lost'));
    const taken = await company.app.deps.db.select().from(tasks);
    expect(taken.map((t) => t.title)).toEqual(Array.from({ length: taken.length }, (_, i) => `Number ${i + 1}`));
    expect(taken.length).toBe(7);
    expect(told.length).toBe(5);

    // What was typed in a form stays in it.
    helen.fill({ text: 'A long account' });
    expect(await helen.submit()).toMatchObject({
      ok: false,
      errors: { text: expect.stringContaining('wait a moment') },
    });
    expect(JSON.stringify(helen.modal())).toContain('log.note');

    for (let i = 0; i < 9; i += 1) await claire.command('/crise tâches', room);
    await company.settled();
    expect(claire.ephemerals(room).some((m) => m.text.includes('patientez un instant'))).toBe(true);

    await tom.command('/crisis task Mine', room);
    await company.settled();
    expect((await company.app.deps.db.select().from(tasks)).at(-1)?.title).toBe('Mine');
    expect(company.sandbox.problems).toEqual([]);
  });

  test('is heard all the same: what is said in the room is evidence, however much it is', async () => {
    const { db } = company.app.deps;
    for (let i = 0; i < 20; i += 1) await company.helen.say(room, `word ${i}`);
    await company.settled();
    const kept = (await db.select().from(roomMessageRevisions)).map((r) => r.text);
    expect(kept.toSorted()).toEqual(Array.from({ length: 20 }, (_, i) => `word ${i}`).toSorted());
  });
});
