import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { departments } from '../../db/schema/index.ts';
import { MINUTE } from '../../src/core/time.ts';
import type { Message } from '../../src/sandbox/server/index.ts';
import { type Company, startCompany } from '../support/company.ts';

let company: Company;
let room: string;

const roomMessage = (beginning: string): string => {
  const found = company.claire
    .sees(room)
    .find((m): m is Message => m.type === 'message' && m.text.startsWith(beginning));
  return JSON.stringify(found?.blocks ?? '');
};

describe('a department of the workspace’s own is shown by its name', () => {
  beforeAll(async () => {
    company = await startCompany();
    const { db } = company.app.deps;
    const row = { workspaceId: company.app.workspaceId, position: 4, peopleIds: [], deputyIds: [], groupIds: [] };
    await db.insert(departments).values({ ...row, key: 'field-sales', name: 'Field sales' });
    room = await company.declare('Soup recall');
    await company.helen.command('/crisis task', room);
    await company.helen.waitForModal({ callbackId: 'tasks.create' });
    const due = Math.floor(company.now().getTime() / 60_000) * 60 + 30 * 60;
    company.helen.fill({ title: 'Call the shops', department: 'field-sales', due });
    await company.helen.submit();
    await company.settled();
  });
  afterAll(() => company.close());

  test('in the list that stays', async () => {
    await company.pass(3_000);
    expect(roomMessage('Tasks:')).toContain('Call the shops · Field sales');
  });

  test('in the list of its reader, which is narrowed to it', async () => {
    await company.helen.command('/crisis tasks field sales', room);
    await company.helen.waitForModal({ callbackId: 'tasks.list' });
    const list = JSON.stringify(company.helen.modal()?.blocks);
    expect(list).toContain('*#1* Call the shops · Field sales');
    expect(list).toContain('"initial_option":{"value":"field-sales"');
  });

  test('in the live brief', async () => {
    await company.pass(5_000);
    expect(roomMessage('Crisis #1')).toContain('Call the shops (Field sales');
  });

  test('in what waits on the lead, where nobody fills it', async () => {
    await company.pass(31 * MINUTE);
    expect(JSON.stringify(company.claire.dms())).toContain('Personne pour : Field sales (1 tâche)');
  });
});
