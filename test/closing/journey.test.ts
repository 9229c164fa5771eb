import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { departments } from '../../db/schema/index.ts';
import { newId } from '../../src/core/ids.ts';
import { HOUR, SECOND } from '../../src/core/time.ts';
import { findCrisisOfChannel } from '../../src/crises/store.ts';
import { writeIntoTimeline } from '../../src/log/change.ts';
import { addTask } from '../../src/tasks/change.ts';
import { entriesOf } from '../../src/timeline/store.ts';
import { run } from '../../src/timeline/verify-cli.ts';
import { actOf } from '../support/acts.ts';
import { type Company, startCompany } from '../support/company.ts';
import { textOf } from '../support/pdf.ts';

type Shown = { text: string; blocks?: unknown; files?: string[]; ts: string; thread_ts?: string };

const crisisOf = async (company: Company, room: string) => {
  const found = await findCrisisOfChannel(company.app.deps.db, company.app.workspaceId, room, null);
  if (!found) throw new Error('no crisis');
  return found;
};
const last = (company: Company, room: string, to = company.helen) => to.ephemerals(room).at(-1)?.text ?? '';

async function closeRoom(company: Company, room: string, note?: string, tasks?: string) {
  await company.helen.command('/crisis close', room);
  await company.helen.waitForModal({ callbackId: 'closing.close' });
  company.helen.fill({ ...(note ? { note } : {}), ...(tasks ? { tasks } : {}) });
  const outcome = await company.helen.submit();
  await company.settled();
  // What waits on people is told at the end of two seconds.
  await company.pass(3 * SECOND);
  return outcome;
}

const filesIn = (company: Company, room: string): Buffer[] =>
  (company.helen.sees(room) as Shown[]).flatMap((m) => m.files ?? []).map((id) => company.helen.downloadFile(id));

function verified(company: Company, room: string, closing = -1): { code: number; text: string } {
  const json = filesIn(company, room)
    .map((file) => file.toString())
    .filter((text) => text.startsWith('{'));
  const path = join(tmpdir(), `closing-${process.pid}.json`);
  writeFileSync(path, json.at(closing) ?? '');
  const closed = company.helen.sees(room).filter((m) => m.text.startsWith('Closed: '));
  const head = /Fingerprint: `([0-9a-f]{64})`/.exec(JSON.stringify(closed.at(-1)));
  return run([path, '--head', head?.[1] ?? '']);
}

describe('closing a crisis', () => {
  let company: Company;
  let room: string;
  beforeAll(async () => {
    company = await startCompany();
    room = await company.declare('Soup recall');
  });
  afterAll(() => company.close());

  test('asks what was decided about what is still open, of whoever it is by name', async () => {
    const { deps, workspaceId } = company.app;
    const fieldSales = {
      key: 'field-sales',
      name: 'Field sales',
      position: 9,
      peopleIds: [],
      deputyIds: [],
      groupIds: [],
    };
    await deps.db.insert(departments).values({ ...fieldSales, workspaceId });
    const act = actOf(deps, { workspaceId, userId: company.helen.id, channelId: room });
    const task = { title: 'Call the shops', details: '', userIds: [], department: fieldSales.key };
    const due = { dueAt: null, dueProblem: null, sourceUrl: null };
    await addTask(act, (await crisisOf(company, room)).id, { ...task, ...due, id: newId() });
    await company.helen.command('/crisis close', room);
    const form = await company.helen.waitForModal();
    expect(JSON.stringify(form.blocks)).toContain('Departments that never answered');
    expect(JSON.stringify(form.blocks)).toContain('Call the shops · Field sales');
    expect(await company.helen.submit()).toMatchObject({ ok: false });
    await company.helen.close();
    await company.settled();
    expect((await crisisOf(company, room)).status).toBe('open');
  });

  test('posts 200 entries as two messages and a PDF, with files that verify against the head in the room', async () => {
    const { id } = await crisisOf(company, room);
    const { deps, workspaceId } = company.app;
    for (let i = 1; i <= 200; i += 1) {
      await writeIntoTimeline(actOf(deps, { workspaceId, userId: company.helen.id, channelId: room }), id, {
        text: `Event number ${i} of the day, told at some length so that it takes its place`,
        occurredAt: new Date(company.now().getTime() - (200 - i) * SECOND),
        sourceUrl: null,
        correctsId: null,
      });
      // The embedded database never lets go of the event loop by itself: the sockets need their turn.
      if (i % 20 === 0) await company.settled();
    }
    const outcome = await closeRoom(company, room, 'The regulator closed its file.', 'dropped');
    expect(outcome).toMatchObject({ ok: true });
    const crisis = await crisisOf(company, room);
    expect(crisis).toMatchObject({ status: 'closed', closeNote: 'The regulator closed its file.', nextDigestAt: null });

    const messages = company.helen.sees(room) as Shown[];
    const start = messages.findIndex((m) => m.text === 'Closed: Soup recall');
    const closing = messages.slice(start);
    expect(closing.filter((m) => !m.files)).toHaveLength(2);
    // The room itself gets one message and one file; the rest is in the thread of the message.
    expect(closing.filter((m) => [undefined, m.ts].includes(m.thread_ts)).map((m) => m.files?.length ?? 0)).toEqual([
      0, 1,
    ]);
    const [summary, story] = closing.map((m) => JSON.stringify(m));
    const told = [...(story ?? '').matchAll(/Event number (\d+) of the day/g)].map((m) => Number(m[1]));
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.length).toBeGreaterThan(20);
    expect(summary).toContain('The regulator closed its file.');
    const pdf = textOf(filesIn(company, room).find((file) => file.subarray(0, 4).toString() === '%PDF') ?? Buffer.of());
    const printed = [...pdf.matchAll(/Event number (\d+) of the day/g)].map((m) => Number(m[1]));
    expect(printed).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
    expect(JSON.stringify(closing)).not.toMatch(/npm|--head/);
    const counted = [...`${summary}${story}${pdf}`.matchAll(/(\d+) entr(?:y|ies)|Entries: (\d+)/g)];
    expect(new Set(counted.map((m) => m[1] ?? m[2])).size).toBe(1);
    expect(filesIn(company, room)).toHaveLength(3);
    expect(verified(company, room)).toMatchObject({ code: 0 });
    expect(verified(company, room).text).toContain('the head posted in the room');
  }, 30_000);

  test('Verify is a button, which answers who presses it in plain words, and nobody else', async () => {
    const closed = company.claire.sees(room).find((m) => m.text === 'Closed: Soup recall');
    if (!closed) throw new Error('nothing says that it is closed');
    const before = company.helen.ephemerals(room).length;
    await company.claire.click(closed, 'Verify');
    await company.settled();
    const answer = last(company, room, company.claire);
    expect(answer).toContain('La main courante est intacte');
    expect(answer).toContain('L’empreinte que vous donnez est celle de la dernière entrée');
    expect(answer).not.toMatch(/npm|--/);
    expect(company.helen.ephemerals(room)).toHaveLength(before);
  });

  test('tells who declared it, in their language, and leaves the room open for reading', async () => {
    // Alone, or in her message of what waits on her where she has one.
    expect(company.claire.dms().some(({ text }) => /^La crise .*est close/.test(text))).toBe(true);
    expect(company.sandbox.channel(room)?.is_archived).toBe(false);
    expect(company.sandbox.calls.some((c) => c.method === 'conversations.archive')).toBe(false);
    await company.helen.command('/crisis close', room);
    expect(last(company, room)).toContain('closed already, by Helen Park');
    const remark = await company.tom.say(room, 'Late remark');
    await company.tom.react(remark, 'pushpin');
    await company.settled();
    expect(company.tom.dms().at(-1)?.text).toContain(
      'Your reaction added nothing to the timeline. This crisis is closed',
    );
    const before = company.helen.sees(room).length;
    await company.pass(24 * HOUR);
    expect(company.helen.sees(room)).toHaveLength(before);
  });

  test('reopening makes the same room work again, and a second closing posts its own timeline', async () => {
    await company.helen.command('/crisis reopen', room);
    expect(last(company, room)).toContain('Say why');
    await company.helen.command('/crisis reopen 3 new complaints', room);
    await company.settled();
    expect(await crisisOf(company, room)).toMatchObject({ status: 'open', channelId: room, roomNumber: 1 });
    expect((company.helen.sees(room) as Shown[]).some((m) => m.text === 'The crisis is open again')).toBe(true);
    await company.helen.command('/crisis log It starts again', room);
    await company.pass(HOUR);
    const latest = (company.helen.sees(room) as Shown[]).slice(-4);
    expect(latest.some(({ text }) => text?.includes('Digest #'))).toBe(true);
    expect(await closeRoom(company, room, 'Over for good')).toMatchObject({ ok: true });
    expect(filesIn(company, room)).toHaveLength(6);
    expect(verified(company, room)).toMatchObject({ code: 0 });
  }, 30_000);

  test('strangers can neither close nor reopen, and learn nothing', async () => {
    const { number } = await crisisOf(company, room);
    for (const typed of [`/crisis close ${number}`, `/crisis reopen ${number} let me in`]) {
      await company.sam.command(typed, '#general');
      expect(company.sam.ephemerals('#general').at(-1)?.text).toContain('I cannot do that here');
    }
    expect(company.sandbox.problems).toEqual([]);
  });
});

describe('a file whose upload was never answered', () => {
  let company: Company;
  beforeAll(async () => {
    company = await startCompany();
  });
  afterAll(() => company.close());

  test('is found again and not doubled', async () => {
    const room = await company.declare('Lost answers');
    company.sandbox.faults.next('files.completeUploadExternal', { kind: 'reset', when: 'after' });
    company.sandbox.faults.next('files.completeUploadExternal', { kind: 'http', status: 503, when: 'before' });
    await closeRoom(company, room, 'over');
    // Each failed attempt waits before the next.
    for (let attempt = 0; attempt < 3; attempt += 1) await company.pass(HOUR);
    expect(filesIn(company, room)).toHaveLength(3);
    expect(company.sandbox.problems).toEqual([]);
  }, 30_000);
});

describe('reopening after the room was archived', () => {
  let company: Company;
  let room: string;
  beforeAll(async () => {
    company = await startCompany({ language: 'fr' });
    room = await company.declare('Rappel de la soupe');
    await closeRoom(company, room, 'Terminé');
    await company.claire.archive(room);
    await company.settled();
  });
  afterAll(() => company.close());

  test('opens a new room with everybody in it, which says what it continues', async () => {
    const before = await crisisOf(company, room);
    await company.helen.command(`/crisis reopen ${before.number} le régulateur est revenu`, '#general');
    await company.settled();
    // What is said in the new room waits until there is one.
    await company.pass(5 * SECOND);
    const after = await crisisOf(company, room);
    expect(after).toMatchObject({ status: 'open', roomNumber: 2 });
    const second = after.channelId ?? '';
    expect(second).not.toBe(room);
    expect(company.sandbox.channel(second)?.name).toMatch(/-2$/);
    for (const person of [company.claire, company.helen, company.tom, company.anne])
      expect(() => person.sees(second)).not.toThrow();
    const told = (company.helen.sees(second) as Shown[]).find((m) => m.text === 'La crise est rouverte');
    expect(JSON.stringify(told)).toContain(`prend la suite de #${company.sandbox.channel(room)?.name}`);
    expect(company.helen.sees(second).some((m) => m.text.includes('Tableau de bord'))).toBe(true);
    await company.helen.command('/crisis log encore', second);
    await company.settled();
    const kinds = (await entriesOf(company.app.deps.db, after.id)).map((e) => e.kind);
    expect(kinds.slice(kinds.indexOf('crisis_reopened'))).toEqual(
      expect.arrayContaining(['crisis_reopened', 'room_lost', 'room_opened', 'note']),
    );
    expect(kinds.filter((k) => k === 'department_called').length).toBeLessThanOrEqual(4);
  });

  test('a room that somebody brought back and invited the bot into is used again', async () => {
    const found = await crisisOf(company, room);
    const second = found.channelId ?? '';
    await closeRoom(company, second, 'Terminé de nouveau');
    await company.claire.archive(second);
    await company.settled();
    await company.claire.unarchive(second);
    await company.claire.invite(second, company.sandbox.botUserId);
    await company.settled();
    await company.claire.command('/crise rouvrir la presse en reparle', second);
    await company.settled();
    expect(await crisisOf(company, second)).toMatchObject({ status: 'open', channelId: second, roomNumber: 2 });
    expect(company.sandbox.problems).toEqual([]);
  });
});

describe('reopening after the bot was taken out of the room', () => {
  test('opens a new room, of which the timeline and the room itself say why', async () => {
    const company = await startCompany();
    const room = await company.declare('Soup recall');
    await closeRoom(company, room, 'Over');
    await company.claire.kick(room, company.sandbox.botUserId);
    await company.settled();
    const before = await crisisOf(company, room);
    const answer = await company.helen.command(`/crisis reopen ${before.number} the press is back`, '#general');
    expect(answer.ok).toBe(true);
    await company.settled();
    await company.pass(5 * SECOND);
    const after = await crisisOf(company, room);
    expect(after).toMatchObject({ status: 'open', roomNumber: 2 });
    const second = after.channelId ?? '';
    expect(second).not.toBe(room);
    for (const person of [company.claire, company.helen, company.tom, company.anne])
      expect(() => person.sees(second)).not.toThrow();
    const told = (company.helen.sees(second) as Shown[]).find((m) => m.text === 'The crisis is open again');
    expect(JSON.stringify(told)).toContain(
      `continues #${company.sandbox.channel(room)?.name}, which Slack no longer lets the bot use`,
    );
    const lost = (await entriesOf(company.app.deps.db, after.id)).find((e) => e.kind === 'room_lost');
    expect(lost?.textEn).toContain('can no longer be used');
    expect(company.sandbox.problems).toEqual([]);
    await company.close();
  });
});
