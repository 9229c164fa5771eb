import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asc, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { roomMessageRevisions } from '../../db/schema/index.ts';
import { HOUR } from '../../src/core/time.ts';
import { findCrisisOfChannel } from '../../src/crises/store.ts';
import { entriesOf } from '../../src/timeline/store.ts';
import { run } from '../../src/timeline/verify-cli.ts';
import { type Company, startCompany } from '../support/company.ts';

describe('writing in the timeline', () => {
  let company: Company;
  let room: string;
  beforeAll(async () => {
    company = await startCompany();
    room = await company.declare('Soup recall');
  });
  afterAll(() => company.close());

  const crisis = async () => {
    const found = await findCrisisOfChannel(company.app.deps.db, company.app.workspaceId, room, null);
    if (!found) throw new Error('no crisis');
    return found;
  };
  const entries = async () => entriesOf(company.app.deps.db, (await crisis()).id);
  const last = async () => {
    const entry = (await entries()).at(-1);
    if (!entry) throw new Error('no entry');
    return entry;
  };
  const revisions = async (ts: string) =>
    (
      await company.app.deps.db
        .select()
        .from(roomMessageRevisions)
        .where(eq(roomMessageRevisions.ts, ts))
        .orderBy(asc(roomMessageRevisions.revision))
    ).map((r) => [r.change, r.text]);
  const told = (person: { ephemerals(channel?: string): { text: string }[] }) => person.ephemerals(room).at(-1)?.text;

  test('a typed note is written with its number, and says so in the writer’s language', async () => {
    await company.helen.command(`/crisis log <@${company.tom.id}> told the factory to stop & wait`, room);
    await company.settled();
    const entry = await last();
    expect(entry).toMatchObject({ kind: 'note', actorId: company.helen.id, actorName: company.helen.name });
    expect(entry.textEn).toBe(`<@${company.tom.id}> told the factory to stop & wait`);
    expect(told(company.helen)).toContain(`Entry ${entry.seq} of the timeline`);
    await company.claire.command('/crise noter la presse a appelé', room);
    await company.settled();
    expect(told(company.claire)).toContain(`Entrée ${(await last()).seq} de la main courante`);
  });

  test('a form takes another moment, a source, and refuses one that has not come', async () => {
    await company.helen.command('/crisis log', room);
    await company.helen.waitForModal();
    const soon = Math.floor((company.now().getTime() + HOUR) / 1000);
    company.helen.fill({ text: 'First call of a customer', when: soon, source: 'https://example.com/a' });
    const refused = await company.helen.submit();
    expect(refused).toMatchObject({ ok: false });
    const before = Math.floor((company.now().getTime() - HOUR) / 1000);
    company.helen.fill({ when: before });
    expect(await company.helen.submit()).toMatchObject({ ok: true });
    await company.settled();
    const entry = await last();
    expect(entry.occurredAt.getTime()).toBe(before * 1000);
    expect(entry.recordedAt > entry.occurredAt).toBe(true);
    expect(entry.textFr).toBe('First call of a customer\nSource : https://example.com/a');
  });

  test('a correction is a new entry that names the one it corrects, which stays as it was', async () => {
    await company.helen.command('/crisis log Batch L123', room);
    await company.settled();
    const wrong = await last();
    await company.helen.command('/crisis timeline', room);
    const page = company.helen.ephemerals(room).at(-1);
    if (!page) throw new Error('no timeline shown');
    await company.helen.click(page, {
      actionId: 'log.correct',
      value: JSON.stringify({ crisisId: wrong.crisisId, entryId: wrong.id }),
    });
    await company.helen.waitForModal();
    company.helen.fill({ text: 'Batch L124' });
    expect(await company.helen.submit()).toMatchObject({ ok: true });
    await company.settled();
    const correction = await last();
    expect(correction).toMatchObject({ kind: 'correction', correctsId: wrong.id });
    expect(correction.textEn).toBe(`Correction of entry ${wrong.seq}: Batch L124`);
    expect((await entries()).find((e) => e.id === wrong.id)).toEqual(wrong);
  });

  test('a reaction adds a message once, in a thread or not, and taking it back erases nothing', async () => {
    const post = await company.helen.say(room, 'The batch is L125');
    const reply = await company.tom.say(room, 'The factory confirms', { thread: post.ts });
    await company.settled();
    for (const message of [post, reply]) {
      await company.tom.react(message, 'pushpin');
      await company.settled();
      const entry = await last();
      expect(entry).toMatchObject({ kind: 'message_logged', actorId: company.tom.id });
      expect(entry.data).toMatchObject({ ts: message.ts, authorId: message.user, text: message.text });
      const count = (await entries()).length;
      await company.helen.react(message, 'memo');
      await company.tom.unreact(message, 'pushpin');
      await company.settled();
      expect((await entries()).length).toBe(count);
    }
  });

  test('a reaction of somebody the product has never seen is theirs', async () => {
    const post = await company.helen.say(room, 'The batch is L126');
    await company.settled();
    await company.app.deps.db.execute(sql`delete from people where id = ${company.anne.id}`);
    await company.anne.react(post, 'pushpin');
    await company.settled();
    expect(await last()).toMatchObject({
      kind: 'message_logged',
      actorId: company.anne.id,
      actorName: company.anne.name,
      data: { ts: post.ts },
    });
  });

  test('a reaction on a message that was never delivered asks Slack for it, once', async () => {
    const missed = await company.helen.say(room, 'Said while the bot was down', {});
    await company.settled();
    const { ts } = missed;
    await company.helen.edit(missed, 'Said while the bot was down, corrected');
    await company.settled();
    await forget(ts);
    await company.tom.react(missed, 'memo');
    await company.settled();
    expect((await last()).data).toMatchObject({ ts, text: 'Said while the bot was down, corrected' });
    expect(company.sandbox.calls.filter((c) => c.method === 'conversations.replies')).toHaveLength(1);
  });

  /** As if the deliveries about this message had never arrived. */
  async function forget(ts: string) {
    const { db } = company.app.deps;
    await db.execute(sql`alter table room_message_revisions disable trigger user`);
    await db.execute(sql`delete from room_message_revisions where ts = ${ts}`);
    await db.execute(sql`alter table room_message_revisions enable trigger user`);
    await db.execute(sql`delete from room_messages where ts = ${ts}`);
    await db.execute(
      sql`update room_message_heads h set (count, hash) = (select seq, hash from room_message_revisions where crisis_id = h.crisis_id order by seq desc limit 1)`,
    );
  }

  test('the shortcut adds a message once and says who had added it', async () => {
    const message = await company.tom.say(room, 'A supplier calls');
    await company.settled();
    await company.helen.messageShortcut('log.from_message', message);
    await company.settled();
    const entry = await last();
    expect(entry.textEn).toBe(`Message from <@${company.tom.id}>: A supplier calls`);
    await company.claire.messageShortcut('log.from_message', message);
    await company.settled();
    expect(told(company.claire)).toContain(`entrée *${entry.seq}*, ajoutée par Helen Park`);
    expect((await last()).id).toBe(entry.id);
  });

  test('a message from elsewhere is added, whole, to the open crisis that is chosen', async () => {
    const text = `A journalist wrote: ${'word '.repeat(900)}`.trim();
    const message = await company.claire.say('#general', text);
    await company.claire.messageShortcut('log.from_message', message);
    await company.claire.waitForModal();
    await company.claire.submit();
    await company.settled();
    expect((await last()).data).toMatchObject({ text, ts: message.ts });
    await company.claire.close();
    const other = await company.sam.say('#general', 'Not his crisis');
    await company.sam.messageShortcut('log.from_message', other);
    await company.settled();
    expect(company.sam.ephemerals('#general').at(-1)?.text).toContain('no open crisis');
  });

  test('what is edited or deleted in the room is kept as it was; of a logged message, the timeline says so', async () => {
    const message = await company.helen.say(room, 'We are not liable');
    await company.settled();
    await company.helen.edit(message, 'We may be liable');
    await company.settled();
    expect((await entries()).some((e) => e.kind === 'message_edited' && e.data['ts'] === message.ts)).toBe(false);
    await company.claire.react(message, 'pushpin');
    await company.settled();
    const logged = await last();
    await company.helen.edit(message, 'We are investigating');
    await company.settled();
    expect(await last()).toMatchObject({
      kind: 'message_edited',
      actorId: company.helen.id,
      data: { entry: logged.seq, before: 'We may be liable', after: 'We are investigating' },
    });
    await company.helen.delete(message);
    await company.settled();
    expect(await last()).toMatchObject({
      kind: 'message_deleted',
      actorId: null,
      data: { entry: logged.seq, before: 'We are investigating' },
    });
    expect(await revisions(message.ts)).toEqual([
      ['posted', 'We are not liable'],
      ['edited', 'We may be liable'],
      ['edited', 'We are investigating'],
      ['deleted', 'We are investigating'],
    ]);
  });

  test('deliveries that Slack repeats are kept once, and the bot’s own messages never', async () => {
    const message = await company.tom.say(room, 'Only once');
    await company.settled();
    const count = (await entries()).length;
    company.sandbox.replayLast(5);
    await company.settled();
    expect(await revisions(message.ts)).toEqual([['posted', 'Only once']]);
    expect((await entries()).length).toBe(count);
    const own = await company.app.deps.db.select().from(roomMessageRevisions);
    expect(own.some((r) => r.text.includes('Live brief'))).toBe(false);
  });

  test('strangers learn nothing and write nothing', async () => {
    await company.sam.command('/crisis log I was here', '#general');
    expect(company.sam.ephemerals('#general').at(-1)?.text).toContain('I cannot do that here');
    await company.sam.command('/crisis timeline', '#general');
    expect(company.sam.ephemerals('#general').at(-1)?.text).toContain('I cannot do that here');
  });

  test('the timeline is read by pages, and sent as files that verify', async () => {
    for (let i = 1; i <= 20; i += 1) await company.tom.command(`/crisis log event ${i}`, room);
    await company.settled();
    await company.helen.command('/crisis timeline', room);
    const page = company.helen.ephemerals(room).at(-1);
    if (!page) throw new Error('no timeline shown');
    const all = (await crisis()).timelineSeq;
    expect(JSON.stringify(page.blocks)).toContain(`Entries ${all - 19} to ${all} of ${all}`);
    await company.helen.click(page, 'Earlier entries');
    expect(JSON.stringify(company.helen.ephemerals(room).at(-1)?.blocks)).toContain(`of ${all}`);

    await company.helen.command('/crisis timeline export', room);
    await company.settled();
    const files = company.helen.dms().flatMap((m) => m.files ?? []);
    expect(files).toHaveLength(3);
    const contents = files.map((id) => company.helen.downloadFile(id).toString());
    expect(contents[2]?.slice(0, 5)).toBe('%PDF-');
    expect(contents[0]).toContain('# Timeline of crisis #1: Soup recall');
    const path = join(tmpdir(), `timeline-${process.pid}.json`);
    writeFileSync(path, contents[1] ?? '');
    expect(run([path])).toMatchObject({ code: 0 });
    expect(await last()).toMatchObject({ kind: 'timeline_exported', actorId: company.helen.id });
  });

  test('nothing that was sent broke a rule of Slack', () => {
    expect(company.sandbox.problems).toEqual([]);
  });
});
