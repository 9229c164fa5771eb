import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { MINUTE, SECOND } from '../../src/core/time.ts';
import { addFact, changeFact } from '../../src/facts/change.ts';
import { factsOf } from '../../src/facts/store.ts';
import type { Message, ModalView, Person } from '../../src/sandbox/server/index.ts';
import { actOf } from '../support/acts.ts';
import { type Company, startCompany } from '../support/company.ts';
import { cardFor, cardIn, choose, messagesIn, readAsked, stored, waiting, write } from './support.ts';

let company: Company;
let room: string;

const said = (message: Pick<Message, 'blocks'> | undefined): string => JSON.stringify(message?.blocks ?? []);
/** Outside of threads. */
const posts = (by: Person): Message[] => messagesIn(by, room).filter((m) => !m.thread_ts || m.thread_ts === m.ts);
const cardsOf = (by: Person, title: string): Message[] =>
  posts(by).filter((m) => [`· ${title}*`, `*${title}*: its card`].some((words) => said(m).includes(words)));
const board = (by: Person): Message | undefined =>
  messagesIn(by, room).find((m) => m.thread_ts && m.thread_ts !== m.ts && said(m).includes('*Words*'));
async function rewrite(by: Person, title: string, text: string, submit = true): Promise<void> {
  const card = cardIn(by, room, title, 'statements.more');
  if (said(card).includes('statements.more:main')) await by.click(card, 'statements.more:main');
  else await choose(by, card, 'edit');
  await by.waitForModal({ callbackId: 'statements.draft' });
  by.fill({ part_1: text, ...(submit ? { submit: ['now'] } : {}) });
  await by.submit();
  await company.settled();
  while (by.modal()) await by.close();
}

describe('a statement in the room', () => {
  beforeAll(async () => {
    company = await startCompany();
    room = await company.declare('Soup recall', { by: company.anne, level: 'crisis' });
    await company.anne.invite(room, [company.marc.id]);
    await company.settled();
  });
  afterAll(() => company.close());

  test('is a line of the board as long as it is a draft, and its author alone is shown it', async () => {
    const { tom } = company;
    const before = posts(tom).length;
    await write(company, tom, room, { title: 'Draft words', submit: false });
    expect(posts(tom)).toHaveLength(before);
    expect(said(board(tom))).toContain('*1 Draft words* · 📝 Draft');
    await choose(tom, await cardFor(company, tom, room, 1), 'withdraw');
    await tom.waitForModal({ callbackId: 'statements.reason' });
    tom.fill({ reason: 'Not needed' });
    await tom.submit();
    await company.settled();
    expect(posts(tom)).toHaveLength(before);
    expect(said(board(tom))).toContain('*1 Draft words* · 🗑️ Withdrawn');
  });

  test('has one card from its submission on, with one green button and four buttons in all', async () => {
    const { tom } = company;
    await write(company, tom, room, { title: 'Our words' });
    const [card, ...others] = cardsOf(tom, 'Our words');
    expect(others).toEqual([]);
    const shown = said(card);
    expect(shown.match(/"style":"primary"/g)).toHaveLength(1);
    expect(shown.match(/"type":"(button|overflow)"/g)).toHaveLength(4);
    expect(said(board(tom))).toContain('Our words* · ⏳ In review · Communication (Claire Fontaine)');
  });

  test('is edited where it stands as long as it can be seen, and no message tells of it besides', async () => {
    const { tom, helen } = company;
    const [card] = cardsOf(tom, 'Our words');
    const before = posts(tom).length;
    for (let n = 0; n < 15; n += 1) await helen.say(room, `Message ${n}`);
    await company.settled();
    await rewrite(tom, 'Our words', 'We are stopping all sales.');
    expect(posts(tom)).toHaveLength(before + 15);
    expect(cardsOf(tom, 'Our words').map((m) => m.ts)).toEqual([card?.ts]);
    expect(said(cardsOf(tom, 'Our words')[0])).toContain('version 2');
  });

  test('is shown afresh below when a new version is submitted and more than 15 messages stand under it', async () => {
    const { tom, helen } = company;
    const [old] = cardsOf(tom, 'Our words');
    await helen.say(room, 'One more');
    await helen.click(cardIn(helen, room, 'Our words'), 'statements.approve');
    await company.settled();
    expect(cardsOf(tom, 'Our words')).toHaveLength(1);
    await rewrite(tom, 'Our words', 'We are stopping all sales, everywhere.', false);
    expect(cardsOf(tom, 'Our words')).toHaveLength(1);
    await tom.click(cardIn(tom, room, 'Our words'), 'statements.submit');
    await company.settled();
    const [first, second, ...others] = cardsOf(tom, 'Our words');
    expect(others).toEqual([]);
    expect(first?.ts).toBe(old?.ts);
    expect(said(first)).toContain('its card is further down');
    expect(first?.blocks).toHaveLength(1);
    expect(said(second)).toContain('version 3');
    expect(said(second)).toContain('We are stopping all sales, everywhere.');
  });

  test('stands there once, whatever becomes of the answer that Slack gives', async () => {
    const { tom, sandbox } = company;
    await write(company, tom, room, { title: 'Lost words', submit: false });
    const { last } = await stored(company, room);
    const draft = await cardFor(company, tom, room, last?.number ?? 0);
    sandbox.faults.next('chat.postMessage', { kind: 'reset', when: 'after' });
    await tom.click(draft, 'statements.submit');
    await company.settledWithRetries();
    expect(cardsOf(tom, 'Lost words')).toHaveLength(1);
    for (let n = 0; n < 16; n += 1) await tom.say(room, `Again ${n}`);
    sandbox.faults.next('chat.postMessage', { kind: 'reset', when: 'after' });
    await rewrite(tom, 'Lost words', 'Written anew.');
    await company.settledWithRetries();
    expect(cardsOf(tom, 'Lost words').map((m) => said(m).includes('Written anew.'))).toEqual([false, true]);
  });

  test('names its author and its publisher at once when a fact beneath it is corrected or proves false', async () => {
    const { tom, helen, claire } = company;
    const { deps, workspaceId } = company.app;
    const act = () => actOf(deps, { workspaceId, userId: helen.id, channelId: room });
    const { crisis } = await stored(company, room);
    const wish = { status: 'confirmed' as const, source: 'Hospital', userId: null };
    await addFact(act(), crisis.id, { id: newId(), text: 'Two people were hurt', ...wish });
    await write(company, tom, room, { title: 'Hurt', text: 'We are sorry. Two people were hurt.' });
    for (const person of [helen, claire]) {
      await person.click(cardIn(person, room, 'Hurt', 'statements.approve'), 'statements.approve');
      await company.settled();
    }
    await company.pass(MINUTE);
    await claire.click(cardIn(claire, room, 'Hurt'), 'statements.more:main');
    await claire.waitForModal({ callbackId: 'statements.publish' });
    claire.fill({ where: 'Our site', no_next: ['none'] });
    await claire.submit();
    await company.settled();
    const before = posts(tom).length;
    const change = async (text: string, status: 'confirmed' | 'checking') => {
      const [fact] = await factsOf(deps.db, crisis.id);
      const ask = { ...wish, text, status, reason: 'The hospital says so' };
      const done = await changeFact(act(), { id: fact?.id ?? '', v: fact?.version ?? 0 }, ask);
      expect(done.ok).toBe(true);
      await company.settled();
    };
    await change('Three people were hurt', 'confirmed');
    const [told, ...more] = posts(tom).slice(before);
    expect(more).toEqual([]);
    const text = said(told);
    expect(text).toContain('*Fact 1 was corrected*');
    expect(text).toContain('“Two people were hurt”');
    expect(text).toContain(`<@${tom.id}> and <@${claire.id}>: correct it with a new statement, or withdraw it.`);
    expect(text.split('\\n').length).toBeLessThanOrEqual(3);
    await change('Four people were hurt', 'confirmed');
    await change('Four people were hurt', 'checking');
    expect(
      posts(tom)
        .slice(before)
        .map((m) => said(m).includes('corrected')),
    ).toEqual([true, true]);
  });

  test('becomes one line where an earlier version had shown a draft, and so does what it had sent to each person', async () => {
    const { tom, helen } = company;
    await write(company, tom, room, { title: 'Old draft', submit: false });
    const { last, crisis } = await stored(company, room);
    const { db } = company.app.deps;
    const { botToken, apiUrl } = company.sandbox;
    const post = async (key: string, channel: string) => {
      const answer = await fetch(`${apiUrl}chat.postMessage`, {
        method: 'POST',
        headers: { authorization: `Bearer ${botToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({ channel, text: 'As it was' }),
      });
      const { ts, channel: channelId } = (await answer.json()) as { ts: string; channel: string };
      await db.execute(sql`insert into effects (key, workspace_id, crisis_id, state, attempts, first_attempt_at, attempted_at, channel_id, ts, what)
        values (${key}, ${crisis.workspaceId}, ${crisis.id}, 'done', 1, now(), now(), ${channelId}, ${ts}, 'As it was')`);
      return ts;
    };
    const dm = company.sandbox.channels().find((one) => one.kind === 'im' && one.members.includes(helen.id))?.id ?? '';
    const [old, ask] = [
      await post(`statement:${last?.id}:v1`, room),
      await post(`statement-ask:${last?.id}:v1:${helen.id}`, dm),
    ];
    await rewriteDraft(tom, last?.number ?? 0);
    expect(said(posts(tom).find((m) => m.ts === old))).toContain('it is under *Words* in the thread of the brief');
    expect(said(helen.dms().find((m) => m.ts === ask))).toContain('is in one message now');
    await write(company, tom, room, { title: 'Still works' });
    await helen.click(cardIn(helen, room, 'Still works'), 'statements.approve');
    await company.settled();
    expect((await stored(company, room)).last?.verdicts).toHaveLength(1);
  });

  test('lists all of them, whole and by state, with what can be done', async () => {
    const { tom } = company;
    await tom.click(board(tom) as Message, 'All…');
    const form = await tom.waitForModal({ callbackId: 'statements.list' });
    expect(said(form)).toContain('Draft words');
    expect(said(form)).toContain('Lost words');
    await tom.select(form, 'statements.state', 'in_review');
    await company.settled();
    expect(said(tom.modal())).not.toContain('Draft words');
    expect(said(tom.modal())).toContain('Lost words');
    await tom.click(tom.modal() as ModalView, 'Show');
    await tom.waitForModal({ callbackId: 'statements.read' });
    while (tom.modal()) await tom.close();
  });

  test('does nothing any more once the crisis is closed, and waits for nobody', async () => {
    const { anne, helen } = company;
    await company.pass(3 * MINUTE);
    expect(await waiting(company, helen)).toContain('Approve statement');
    const card = structuredClone(cardIn(helen, room, 'Lost words', 'statements.approve'));
    await anne.command('/crisis close', room);
    await anne.waitForModal({ callbackId: 'closing.close' });
    anne.fill({ note: 'It is over.' });
    await anne.submit();
    await company.settled();
    await company.pass(5 * SECOND);
    const { crisis } = await stored(company, room);
    expect(crisis.status).toBe('closed');
    expect(await company.app.deps.slices.waits(company.app.deps.db, crisis, company.now())).toEqual([]);
    const now = posts(helen).find((m) => m.ts === card.ts) as Message;
    now.blocks = card.blocks ?? [];
    await helen.click(now, 'statements.approve');
    await company.settled();
    expect(helen.ephemerals(room).at(-1)?.text).toContain('closed');
  });

  test('sends nothing that Slack would refuse', () => {
    expect(company.sandbox.problems).toEqual([]);
  });
});

async function rewriteDraft(by: Person, number: number): Promise<void> {
  await by.click(await cardFor(company, by, room, number), 'statements.more:main');
  await by.waitForModal({ callbackId: 'statements.draft' });
  by.fill({ part_1: 'Written anew.' });
  await by.submit();
  await company.settled();
  while (by.modal()) await by.close();
}

describe('from a template with nine blanks, in French', () => {
  afterAll(() => company.close());

  test('to its submission it takes eight clicks', async () => {
    company = await startCompany({ language: 'fr', playbooks: 'product' });
    const { claire, helen } = company;
    room = await company.declare('Soupe', { by: claire, level: 'incident', playbook: 'product' });
    await claire.command('/crise modèle', room);
    await claire.waitForModal({ callbackId: 'statements.templates' });
    let clicks = 0;
    const click = async (label: string) => {
      clicks += 1;
      await claire.click(claire.modal() as ModalView, label);
      await company.settled();
    };
    const send = async (values: Record<string, unknown>) => {
      clicks += 1 + Object.keys(values).filter((key) => !key.startsWith('blank_') && key !== 'reason').length;
      claire.fill(values);
      await claire.submit();
      await company.settled();
    };
    await click('statements.use_template:0-fr');
    const blanks = [...said(claire.modal()).matchAll(/"block_id":"blank_([a-z0-9_]+)"/g)].map(([, key]) => key);
    expect(blanks).toHaveLength(9);
    const values: Record<string, string> = {
      time: '9 h',
      action1: 'arrêté la vente',
      action2: 'prévenu les magasins',
      next_update: '17 h',
      url: 'https://aurore.example/soupe',
    };
    await send({
      ...Object.fromEntries(blanks.map((key) => [`blank_${key}`, values[key ?? ''] ?? 'ce qui convient'])),
      submit: ['now'],
    });
    while (said(claire.modal()).includes('Relier ce qui a été fait…')) {
      await click('Relier ce qui a été fait…');
      await send({ reason: 'Décision de la direction' });
    }
    if (claire.modal()?.callback_id === 'statements.check') await click('Soumettre à validation');
    expect((await stored(company, room)).last?.status).toBe('in_review');
    expect(clicks).toBeLessThanOrEqual(8);
    const asked = await readAsked(company, helen, 'Approve statement');
    expect(asked).toContain('no proof linked. Claire Fontaine says: “Décision de la direction”');
  });
});
