import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { crises, departments, tasks } from '../../db/schema/index.ts';
import { idOf } from '../../src/core/ids.ts';
import { after, HOUR, MINUTE, SECOND } from '../../src/core/time.ts';
import { findCrisisOfChannel } from '../../src/crises/store.ts';
import { statementsWithSeats } from '../../src/statements/store.ts';
import { approveAsked, cardIn, write } from '../statements/support.ts';
import { type Company, startCompany } from '../support/company.ts';

type Shown = { text: string; blocks?: unknown; thread_ts?: string; ts: string };

const digestsIn = (company: Company, room: string): Shown[] =>
  (company.helen.sees(room) as Shown[]).filter(
    (m) => /^(Digest #|Point de situation n°)/.test(m.text) && (m.thread_ts ?? m.ts) === m.ts,
  );
const bodyOf = (message: Shown | undefined) => JSON.stringify(message?.blocks ?? '');
const crisisOf = async (company: Company, room: string) => {
  const found = await findCrisisOfChannel(company.app.deps.db, company.app.workspaceId, room, null);
  if (!found) throw new Error('no crisis');
  return found;
};
const told = (company: Company, room: string) => company.helen.ephemerals(room).at(-1)?.text ?? '';

/** Everybody answers, so that nothing but what a test does changes in the room. */
async function quietRoom(company: Company, title: string, level = 'crisis') {
  const room = await company.declare(title, { summary: 'Glass was found in three jars. Nobody is hurt.', level });
  for (const person of [company.helen, company.tom, company.anne]) {
    const cards = person.sees(room).filter((m) => bodyOf(m as Shown).includes('responders.answer'));
    for (const card of cards) await person.click(card, { actionId: 'responders.answer' }).catch(() => {});
    await company.settled();
  }
  return room;
}

describe('digests on the beat', () => {
  let company: Company;
  let room: string;
  beforeAll(async () => {
    company = await startCompany();
    room = await quietRoom(company, 'Soup recall');
  });
  afterAll(() => company.close());

  test('come every hour, tell what changed since the last, and when the next one comes', async () => {
    expect(digestsIn(company, room)).toHaveLength(0);
    await company.helen.command('/crisis log The regulator called', room);
    await company.pass(HOUR);
    expect(digestsIn(company, room)).toHaveLength(1);
    await company.helen.command('/crisis log The factory has stopped', room);
    await company.pass(HOUR);
    const [first, second] = digestsIn(company, room);
    expect(bodyOf(first)).toContain('The regulator called');
    expect(bodyOf(first)).toContain('Glass was found in three jars.');
    expect(bodyOf(first)).not.toContain('Nobody is hurt');
    expect(bodyOf(second)).toContain('Since digest 1');
    expect(bodyOf(second)).toContain('The factory has stopped');
    expect(bodyOf(second)).not.toContain('The regulator called');
    const { nextDigestAt } = await crisisOf(company, room);
    expect(bodyOf(second)).toContain(`<!date^${Math.floor((nextDigestAt?.getTime() ?? 0) / 1000)}^`);
    expect(bodyOf(second).length).toBeLessThan(4000);
  });

  test('cost no message while nothing happens: the brief says so, and they come half as often until there is news', async () => {
    const before = company.helen.sees(room).length;
    await company.pass(HOUR);
    await company.pass(5 * SECOND);
    const brief = (company.helen.sees(room) as Shown[]).find((m) => bodyOf(m).includes('*Next*'));
    expect(bodyOf(brief)).toContain(': nothing new');
    await company.pass(HOUR);
    await company.pass(4 * HOUR);
    await company.pass(4 * HOUR);
    expect(company.helen.sees(room)).toHaveLength(before);
    await company.helen.command('/crisis log A journalist calls', room);
    await company.pass(4 * HOUR);
    expect(digestsIn(company, room)).toHaveLength(3);
    expect(bodyOf(digestsIn(company, room).at(-1))).toContain('Since digest 2');
    await company.pass(5 * SECOND);
    const later = (company.helen.sees(room) as Shown[]).find((m) => bodyOf(m).includes('*Next*'));
    expect(bodyOf(later)).not.toContain('nothing new');
  });

  test('missed while the product was down come once, not five times', async () => {
    await company.helen.command('/crisis log Something happened', room);
    const before = digestsIn(company, room).length;
    await company.pass(5 * 2 * HOUR + 10 * MINUTE);
    expect(digestsIn(company, room)).toHaveLength(before + 1);
    const { nextDigestAt } = await crisisOf(company, room);
    expect(nextDigestAt && nextDigestAt > company.now()).toBe(true);
    await company.pass(10 * MINUTE);
    expect(digestsIn(company, room)).toHaveLength(before + 1);
  });

  test('leave a change of level to its own three lines, and come on the new beat with an arrow', async () => {
    await company.helen.command('/crisis log The last jar is found', room);
    const { nextDigestAt } = await crisisOf(company, room);
    await company.pass((nextDigestAt?.getTime() ?? 0) - company.now().getTime() - MINUTE);
    const before = digestsIn(company, room).length;
    await company.helen.command('/crisis level major the regulator opens an inquiry', room);
    await company.settled();
    const said = (company.helen.sees(room) as Shown[]).find((m) => m.text.includes('the level is now Major crisis'));
    const [block] = (said?.blocks ?? []) as { text: { text: string } }[];
    const lines = block?.text.text.split('\n') ?? [];
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^\*🔴 Major crisis\* ⬆ was Crisis · Helen Park, /);
    expect(lines[1]).toBe('the regulator opens an inquiry');
    expect(lines[2]).toContain('within 5 min');
    await company.pass(20 * MINUTE);
    expect(digestsIn(company, room)).toHaveLength(before);
    await company.pass(10 * MINUTE);
    expect(digestsIn(company, room)).toHaveLength(before + 1);
    expect(bodyOf(digestsIn(company, room).at(-1))).toContain('🔴 Major crisis ⬆ was Crisis');
  });

  test('list overdue tasks with whose they are by name, and a deadline that passes is news', async () => {
    const { id } = await crisisOf(company, room);
    await company.helen.command('/crisis digest', room);
    await company.settled();
    const due = after(company.now(), 5 * MINUTE);
    const { db } = company.app.deps;
    const own = { key: 'field-sales', name: 'Field sales', position: 9, peopleIds: [], deputyIds: [], groupIds: [] };
    await db.insert(departments).values({ workspaceId: company.app.workspaceId, ...own });
    const made = { createdBy: company.helen.id, createdAt: company.now(), status: 'open' as const };
    const task = { ...made, crisisId: id, changedBy: company.helen.id, changedAt: company.now(), dueAt: due };
    await db.insert(tasks).values([
      { ...task, id: idOf('a task'), number: 901, title: 'Call the factory', assigneeId: company.tom.id },
      { ...task, id: idOf('another'), number: 902, title: 'Tell the shops', department: 'field-sales' },
    ]);
    const before = digestsIn(company, room).length;
    await company.pass(HOUR);
    const shown = digestsIn(company, room);
    expect(shown.length).toBeGreaterThan(before);
    expect(bodyOf(shown.at(-1))).toContain('late: 901 Call the factory (Tom Becker)');
    expect(bodyOf(shown.at(-1))).toContain('902 Tell the shops (Field sales)');
  });

  test('nothing that was sent broke a rule of Slack', () => expect(company.sandbox.problems).toEqual([]));
});

describe('digests on demand', () => {
  let company: Company;
  let room: string;
  beforeAll(async () => {
    company = await startCompany({ language: 'fr' });
    room = await quietRoom(company, 'Rappel de la soupe');
  });
  afterAll(() => company.close());

  test('are given even when nothing has changed, in the language of the crisis', async () => {
    await company.claire.command('/crise point', room);
    await company.settled();
    await company.claire.command('/crise point de situation', room);
    await company.settled();
    const [first, second] = digestsIn(company, room);
    expect(bodyOf(first)).toContain('Depuis le déclenchement');
    expect(bodyOf(second)).toContain('*Depuis le point 1*   rien de nouveau');
    expect(company.claire.ephemerals(room).at(-1)?.text).toBe('Le point de situation n° 2 arrive dans la cellule.');
  });

  test('tell three things and how many more, and nothing in a thread', async () => {
    for (let i = 1; i <= 8; i += 1) await company.claire.command(`/crise noter fait ${i}`, room);
    await company.settled();
    await company.claire.command('/crise point maintenant', room);
    await company.settled();
    const digest = digestsIn(company, room).at(-1);
    expect(bodyOf(digest)).toContain('*Depuis le point 2* (+5)');
    expect(
      (company.claire.sees(room) as Shown[]).filter((m) => m.thread_ts === digest?.ts && m.ts !== digest?.ts),
    ).toEqual([]);
  });

  test('the rhythm is set, switched off and given back by a person, and refused out of range', async () => {
    await company.helen.command('/crisis digest every 5m', room);
    expect(told(company, room)).toContain('every 10 minutes at most');
    await company.helen.command('/crisis digest every 30m', room);
    await company.settled();
    expect(told(company, room)).toContain('every 30 min');
    const count = digestsIn(company, room).length;
    await company.helen.command('/crisis log nouvelle', room);
    await company.pass(30 * MINUTE);
    expect(digestsIn(company, room)).toHaveLength(count + 1);

    await company.helen.command('/crisis digest off', room);
    await company.settled();
    expect((await crisisOf(company, room)).nextDigestAt).toBeNull();
    await company.helen.command('/crisis log encore', room);
    await company.pass(24 * HOUR);
    expect(digestsIn(company, room)).toHaveLength(count + 1);

    await company.helen.command('/crisis digest auto', room);
    await company.settled();
    await company.pass(HOUR);
    await company.pass(HOUR);
    expect(digestsIn(company, room).length).toBeGreaterThan(count + 1);
    await company.helen.command('/crisis digest whatever', room);
    expect(told(company, room)).toContain('every 30m');
  });

  test('nothing that was sent broke a rule of Slack', () => expect(company.sandbox.problems).toEqual([]));
});

describe('what a digest says of our words and of the level', () => {
  let company: Company;
  let room: string;
  beforeAll(async () => {
    company = await startCompany();
    room = await company.declare('Soup recall', { by: company.anne, level: 'incident' });
  });
  afterAll(() => company.close());

  test('an internal note is not among the words that we last published; fingerprints stay in the files', async () => {
    const { claire, helen, anne } = company;
    await write(company, helen, room, { title: 'To all colleagues', kind: 'internal_note', audience: 'employees' });
    await claire.click(cardIn(claire, room, 'To all colleagues'), { actionId: 'statements.approve' });
    await company.settled();
    await claire.click(cardIn(claire, room, 'To all colleagues'), { actionId: 'statements.more:main' });
    await claire.waitForModal({ callbackId: 'statements.publish' });
    claire.fill({ where: 'Intranet' });
    await claire.submit();
    await company.settled();
    while (claire.modal()) await claire.close();
    await write(company, helen, room, { title: 'To the press', kind: 'holding' });
    await anne.command('/crisis digest', room);
    await company.settled();
    const digest = bodyOf(digestsIn(company, room).at(-1));
    expect(digest).toContain('nothing published yet');
    expect(digest).toContain('version 1: published');
    expect(digest).not.toMatch(/\([0-9a-f]{8}\)/);
  });

  test('the first digest after a change of level says what the level was', async () => {
    const other = await company.declare('Strike of the drivers', { by: company.anne, level: 'incident' });
    await company.anne.command('/crisis level crisis the press has it', other);
    await company.settled();
    await company.pass(HOUR);
    expect(bodyOf(digestsIn(company, other).at(0))).toContain('Crisis ⬆ was Incident');
  });

  test('a statement that is ready to be published is taken back when the level asks for more approvals', async () => {
    const { claire, helen, anne } = company;
    await write(company, claire, room, { title: 'To the shops', kind: 'internal_note', audience: 'employees' });
    await approveAsked(company, company.marc, 'To the shops');
    expect(JSON.stringify(cardIn(anne, room, 'To the shops', 'statements.more'))).toContain('Mark as published');
    await anne.command('/crisis level crisis the press has it', room);
    await company.settled();
    const card = JSON.stringify(cardIn(anne, room, 'To the shops', 'statements.more'));
    expect(card).not.toContain('Mark as published');
    expect(card).toContain('In review');
    await approveAsked(company, helen, 'To the shops');
    expect(JSON.stringify(cardIn(anne, room, 'To the shops', 'statements.more'))).toContain('Mark as published');
    expect(company.sandbox.problems).toEqual([]);
  });

  test('names the seats that the level asks for now, as the statement’s own card does', async () => {
    const { db } = company.app.deps;
    const other = await company.declare('Mould in the cellar', { by: company.claire });
    await write(company, company.claire, other, { title: 'First words on mould', kind: 'holding' });
    const { id } = await crisisOf(company, other);
    // The level has changed, and no job has looked at the statements yet.
    await db.update(crises).set({ level: 'major' }).where(eq(crises.id, id));
    await company.anne.command('/crisis digest', other);
    await company.settled();
    const [statement] = await statementsWithSeats(db, { id, level: 'major' });
    expect(statement?.waitsFor).toContain('lead');
    expect(bodyOf(digestsIn(company, other).at(-1))).toMatch(/First words on mould.*Crisis lead/);
  });
});
