import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Message, Person } from '../../src/sandbox/server/index.ts';
import { type Company, startCompany } from '../support/company.ts';
import { cardIn, choose, exactText, messagesIn, repliesIn, stored, write } from './support.ts';

const hostile = [
  '<!channel> <@U0SAM0000> <https://evil.example|click> & *bold* _it_ ~no~ `x` > quote',
  '‮right to left‬ 👩‍👩‍👧‍👦 e\u0301 \u200b zero',
  '{"action_id":"statements.approve"} ${process.env} <script>alert(1)</script>',
];
/** Exactly 12,000 characters of prose, with every kind of place to cut at. */
function longText(): string {
  const lines = [...hostile];
  for (let i = 0; lines.join('\n').length < 12_000; i += 1)
    lines.push(i % 7 === 0 ? '' : `Sentence ${i}: the spring soup « Aurore » is affected, lot ${i * 31}.  Call us.`);
  return `${lines.join('\n').slice(0, 11_999)}.`;
}

async function openEdit(by: Person, card: Message): Promise<void> {
  if (JSON.stringify(card.blocks).includes('statements.more:main')) await by.click(card, 'statements.more:main');
  else await choose(by, card, 'edit');
  await by.waitForModal({ callbackId: 'statements.draft' });
}

describe('a long statement', () => {
  let company: Company;
  let room: string;
  const body = longText();
  beforeAll(async () => {
    company = await startCompany();
    room = await company.declare('Soup recall', { by: company.anne, level: 'incident' });
  });
  afterAll(() => company.close());

  test('is written in as many parts as it takes, and nothing typed is lost when room is added', async () => {
    const { claire } = company;
    await claire.command('/crisis statement The whole story', room);
    await claire.waitForModal({ callbackId: 'statements.draft' });
    const pieces = [body.slice(0, 3000), body.slice(3000, 6000), body.slice(6000, 9000), body.slice(9000)];
    for (const [i, piece] of pieces.entries()) {
      if (i > 0) {
        const modal = claire.modal();
        if (!modal) throw new Error('no form');
        await claire.click(modal, 'statements.add_room');
        await company.settled();
      }
      claire.fill({ [`part_${i + 1}`]: piece });
    }
    const shown = JSON.stringify(claire.modal()?.blocks);
    expect(shown).toContain('partie 4 sur 4');
    expect(await claire.submit()).toMatchObject({
      outcome: 'errors',
      errors: { part_4: expect.stringContaining('12,006'.replace(',', '\u202f')) },
    });
    claire.fill({ part_4: pieces[3]?.slice(0, -6) });
    claire.fill({ submit: ['now'] });
    expect((await claire.submit()).outcome).toBe('closed');
    await company.settled();
    const { last } = await stored(company, room);
    expect(last?.current.body).toBe([...pieces.slice(0, 3), pieces[3]?.slice(0, -6)].join('\n\n'));
    expect(last?.current.body).toHaveLength(12_000);
  });

  test('of 12,000 characters is shown whole in the room, and opening and saving it changes nothing', async () => {
    const { claire, helen } = company;
    const post = await helen.say(room, 'Here is the text', { files: [{ name: 'statement.txt', content: body }] });
    expect(body).toHaveLength(12_000);
    await helen.messageShortcut('statements.from_message', post);
    await company.settled();
    const form = await helen.waitForModal({ callbackId: 'statements.draft' });
    expect(form.private_metadata.length).toBeLessThan(3000);
    helen.fill({ title: 'From a file', submit: ['now'] });
    await helen.submit();
    await company.settled();
    const { last } = await stored(company, room);
    expect(last?.current.body).toBe(body);
    const card = cardIn(claire, room, 'From a file');
    expect(exactText([card, ...repliesIn(claire, room, card)])).toBe(body);

    await choose(claire, card, 'edit');
    await claire.waitForModal({ callbackId: 'statements.draft' });
    expect((await claire.submit()).outcome).toBe('updated');
    expect(JSON.stringify(claire.modal()?.blocks)).toContain('Rien n’a changé');
    await claire.close();
    expect((await stored(company, room)).last?.current).toEqual(last?.current);

    await helen.command(`/crisis statement ${last?.number}`, room);
    await company.settled();
    expect(exactText(helen.ephemerals(room).slice(-3) as never)).toBe(body);
  });

  test('stays in its card and thread when it is edited, and a part that it has no more becomes one line', async () => {
    const { claire } = company;
    const card = cardIn(claire, room, 'From a file');
    const parts = repliesIn(claire, room, card).length;
    const rewrite = async (values: Record<string, string>) => {
      await openEdit(claire, cardIn(claire, room, '*Statement 2'));
      claire.fill(values);
      await claire.submit();
      await company.settled();
      while (claire.modal()) await claire.close();
    };
    await rewrite({ title: 'Shorter title' });
    const { last } = await stored(company, room);
    expect(last?.current).toMatchObject({ number: 2, title: 'Shorter title', body });
    const now = () => messagesIn(claire, room).find((m) => m.ts === card.ts) as Message;
    expect(exactText([now(), ...repliesIn(claire, room, card)])).toBe(body);
    expect(JSON.stringify(repliesIn(claire, room, card)[0])).toContain('version 2');
    expect(repliesIn(claire, room, card)).toHaveLength(parts);

    await rewrite({ part_1: 'Short now.', part_2: '', part_3: '', part_4: '', part_5: '' });
    expect(exactText([now(), ...repliesIn(claire, room, card)])).toBe('Short now.');
    expect(JSON.stringify(repliesIn(claire, room, card))).toContain('This part belongs to an earlier wording');
    expect(repliesIn(claire, room, card)).toHaveLength(parts);
  });

  test('no text of a person can call, mention or link anybody', async () => {
    const { claire } = company;
    for (const message of messagesIn(claire, room).filter((m) => m.bot_id))
      for (const block of message.blocks ?? []) {
        const text = block['text'] as { type: string; text: string } | undefined;
        if (text?.type === 'mrkdwn') expect(text.text).not.toMatch(/<!(channel|here|everyone)|<@U0SAM|evil\.example\|/);
      }
  });

  test('from a message: its text with names, and a clear no for what is no text or too long', async () => {
    const { helen, marc, claire, sam } = company;
    await company.anne.invite(room, [marc.id]);
    const said = await marc.say(room, `We thank <@${helen.id}> & recall <b>all</b> lots.`);
    await marc.messageShortcut('statements.from_message', said);
    await company.settled();
    const form = await marc.waitForModal({ callbackId: 'statements.draft' });
    expect(JSON.stringify(form.blocks)).toContain('We thank Helen Park & recall <b>all</b> lots.');
    await marc.close();

    const tooLong = await helen.say(room, '', { files: [{ name: 'all.md', content: 'x'.repeat(12_345) }] });
    await helen.messageShortcut('statements.from_message', tooLong);
    await company.settled();
    expect(JSON.stringify(helen.modal()?.blocks)).toContain('12,345 characters');
    await helen.close();

    const document = await claire.say(room, '', { files: [{ name: 'draft.docx', content: 'PK' }] });
    await claire.messageShortcut('statements.from_message', document);
    await company.settled();
    expect(claire.ephemerals(room).at(-1)?.text).toContain('Je ne trouve pas de texte');

    const outside = await sam.say('#general', 'Hello');
    await sam.messageShortcut('statements.from_message', outside);
    await company.settled();
    expect(sam.ephemerals('#general').at(-1)?.text).toContain('You are in no open crisis');
  });

  test('what two people write at once is kept twice: the second is told and saves on top', async () => {
    const { claire, helen } = company;
    await write(company, company.marc, room, { title: 'Together' });
    const card = cardIn(claire, room, 'Together');
    for (const person of [claire, helen]) {
      await openEdit(person, card);
    }
    claire.fill({ part_1: 'Words of Claire.' });
    await claire.submit();
    await company.settled();
    helen.fill({ part_1: 'Words of Helen.' });
    expect((await helen.submit()).outcome).toBe('updated');
    const again = JSON.stringify(helen.modal()?.blocks);
    expect(again).toContain('*Claire Fontaine* saved version 2 while you were writing');
    expect(again).toContain('Words of Helen.');
    expect((await helen.submit()).outcome).toBe('updated');
    expect(helen.modal()?.callback_id).toBe('statements.check');
    await company.settled();
    const { last, versions } = await stored(company, room);
    expect((await versions(last?.id ?? '')).map((v) => v.body).slice(1)).toEqual([
      'Words of Claire.',
      'Words of Helen.',
    ]);
  });

  test('sends nothing that Slack would refuse', () => {
    expect(company.sandbox.problems).toEqual([]);
  });
});
