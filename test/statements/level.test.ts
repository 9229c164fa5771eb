import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../src/core/time.ts';
import { calloutsOf } from '../../src/responders/store.ts';
import { type Company, startCompany } from '../support/company.ts';
import { cardIn, stored, waiting, write } from './support.ts';

describe('times that were said, when the level changes', () => {
  let company: Company;
  let room: string;
  beforeAll(async () => {
    company = await startCompany();
    room = await company.declare('Soup recall', { by: company.anne, level: 'incident' });
    await write(company, company.tom, room);
  });
  afterAll(() => company.close());
  const level = async (to: string) => {
    await company.anne.command(`/crisis level ${to} as things are`, room);
    await company.settled();
  };
  const shownTime = (at: Date | null | undefined) => `<!date^${Math.floor((at?.getTime() ?? 0) / 1000)}^`;
  const legal = async () => {
    const { crisis } = await stored(company, room);
    return (await calloutsOf(company.app.deps.db, crisis.id)).find(({ department }) => department === 'legal');
  };
  const due = async () => {
    const { last } = await stored(company, room);
    return ((last?.dueAt?.getTime() ?? 0) - (last?.submittedAt?.getTime() ?? 0)) / MINUTE;
  };
  const kinds = async () => (await stored(company, room)).entries.map(({ kind }) => kind);

  test('a rise says a nearer time on the call and to whoever approves', async () => {
    const before = await legal();
    expect([await due(), ((before?.dueAt.getTime() ?? 0) - (before?.calledAt.getTime() ?? 0)) / MINUTE]).toEqual([
      30, 15,
    ]);
    await company.pass(3 * MINUTE);
    await level('major');
    const after = await legal();
    expect([await due(), ((after?.dueAt.getTime() ?? 0) - (after?.calledAt.getTime() ?? 0)) / MINUTE]).toEqual([10, 5]);
    const { last } = await stored(company, room);
    expect(JSON.stringify(cardIn(company.claire, room, 'First words', 'statements.approve').blocks)).toContain(
      shownTime(last?.dueAt),
    );
    expect(await waiting(company, company.helen)).toContain(shownTime(last?.dueAt));
    const call = cardIn(company.claire, room, 'responders.answer', shownTime(after?.dueAt));
    expect(JSON.stringify(call.blocks)).not.toContain(shownTime(before?.dueAt));
  });

  test('the alarms ring then', async () => {
    await company.pass(3 * MINUTE + SECOND);
    expect(await legal()).toMatchObject({ stage: 'lead' });
    expect(await kinds()).toContain('statement_relayed');
    expect(await kinds()).not.toContain('statement_overdue');
    await company.pass(5 * MINUTE);
    expect((await kinds()).filter((kind) => kind === 'statement_overdue')).toHaveLength(1);
  });

  test('once each: the alarms of the times before find nothing to do', async () => {
    await company.pass(30 * MINUTE);
    expect((await kinds()).filter((kind) => kind === 'statement_overdue')).toHaveLength(1);
    expect((await kinds()).filter((kind) => kind === 'statement_relayed')).toHaveLength(1);
  });

  test('a fall gives time again, and nobody is late before it', async () => {
    await write(company, company.tom, room, { title: 'Second words' });
    expect(await due()).toBe(10);
    await company.pass(4 * MINUTE);
    await level('incident');
    expect(await due()).toBe(30);
    await company.pass(10 * MINUTE);
    const { last, entries } = await stored(company, room);
    const own = entries.filter(({ data }) => data['statementId'] === last?.id).map(({ kind }) => kind);
    expect(own).not.toContain('statement_relayed');
    await company.pass(17 * MINUTE);
    expect((await stored(company, room)).last?.overdueAt).not.toBeNull();
    expect(company.sandbox.problems).toEqual([]);
  });
});
