import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isDatabaseDown, openEmbedded } from '../../db/client.ts';
import { tasks } from '../../db/schema/index.ts';
import { SECOND } from '../../src/core/time.ts';
import type { Person } from '../../src/sandbox/server/index.ts';
import { words } from '../../src/slack/text.ts';
import { type Company, startCompany } from '../support/company.ts';
import { settle } from './support/every-call.ts';
import { report } from './support/figures.ts';
import { keyOf } from './support/key.ts';
import { type Line, startLine } from './support/proxy.ts';

/** Real time: connections, their time-outs and the SDK's have no clock of ours. A minute would tell no more. */
const outage = 8 * SECOND;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const figures: object[] = [];
afterAll(() => report('database', { troubles: figures }));

const titles = async (company: Company) =>
  (await company.app.deps.db.select({ title: tasks.title }).from(tasks)).map((task) => task.title).toSorted();
/** What the list of tasks says, as often as it is there. */
const lists = (company: Company, room: string) =>
  (company.sandbox.channel(room)?.messages ?? []).flatMap((m) => (keyOf(m).startsWith('tasks:') ? [m.text] : []));

/** Orders tasks until told to stop; answers which were acknowledged as created, and what was said of the others. */
async function work(company: Company, room: string, until: Promise<unknown>) {
  const state = { over: false };
  void until.then(() => {
    state.over = true;
  });
  const created: string[] = [];
  const refused: { by: Person; said: string }[] = [];
  for (let i = 0; !state.over; i += 1) {
    const by = i % 2 === 0 ? company.helen : company.claire;
    const title = `Work ${i} of ${by.name.split(' ')[0]}`;
    const answer = await by.command(`/crisis task ${title}`, room);
    const said = answer.reply?.text ?? answer.failure ?? '';
    if (/ #\d+|n° ?\d+/.test(said)) created.push(title);
    else refused.push({ by, said });
    await wait(100);
  }
  return { created, refused };
}

/** Everybody whose work was not done was told so, in their language, and nothing that was acknowledged is missing. */
async function nothingWasLost(what: string, company: Company, room: string, done: Awaited<ReturnType<typeof work>>) {
  const sorry = (by: Person) => words(by === company.claire ? 'fr' : 'en').overloaded;
  expect(done.refused.map(({ by, said }) => said === sorry(by) || `${by.name} was told: ${said}`)).toEqual(
    done.refused.map(() => true),
  );
  await company.pass(20 * SECOND);
  await settle(company);
  const kept = await titles(company);
  for (const title of done.created) expect(kept).toContain(title);
  expect(lists(company, room)).toEqual([expect.stringContaining(`${kept.length} now`)]);
  figures.push({ trouble: what, acknowledged: done.created.length, 'told to try again': done.refused.length, lost: 0 });
}

const serverUrl = process.env['TEST_DATABASE_URL'];
if (!serverUrl) console.log('Trouble with PostgreSQL: skipped, since TEST_DATABASE_URL names no server.');

describe.skipIf(!serverUrl)('PostgreSQL', () => {
  let line: Line;
  let company: Company;
  let room: string;
  beforeEach(async () => {
    const { hostname, port } = new URL(serverUrl ?? '');
    line = await startLine({ host: hostname, port: Number(port || 5432) });
    company = await startCompany({ databasePort: line.port });
    room = await company.declare('Soup recall');
    for (const by of [company.helen, company.claire]) await by.command('/crisis list', room);
    await company.settled();
  });
  afterEach(async () => {
    line.restore();
    await company.close();
    await line.close();
  });

  test('restarts in the middle of work: told, nothing lost, and work goes on by itself', async () => {
    const trouble = wait(500).then(async () => {
      line.cut();
      await wait(outage);
      line.restore();
      await wait(SECOND);
    });
    const done = await work(company, room, trouble);
    expect(done.refused.length).toBeGreaterThan(0);
    await nothingWasLost('restart', company, room, done);
    const after = await work(company, room, wait(500));
    expect(after.refused).toEqual([]);
  });

  test('cannot be reached, and nothing says so: told within Slack’s three seconds, and work goes on by itself', async () => {
    const trouble = wait(500).then(async () => {
      line.silence();
      await wait(outage);
      line.restore();
      await wait(SECOND);
    });
    const done = await work(company, room, trouble);
    expect(done.refused.length).toBeGreaterThan(0);
    await nothingWasLost('silence', company, room, done);
  });

  test('breaks in the middle of a transaction: what is left of its work is not done on the next connection', async () => {
    const { db } = company.app.deps;
    const name = async () => (await db.execute<{ name: string }>('select name from workspaces'))[0]?.name;
    const before = await name();
    const work: { end?: () => void } = {};
    const ended = new Promise<void>((resolve) => {
      work.end = resolve;
    });
    const late = db.transaction(async (tx) => {
      try {
        await tx.execute('select 1');
        line.cut();
        await wait(100);
        line.restore();
        // Enough to open every connection again.
        await Promise.allSettled(Array.from({ length: 30 }, () => db.execute('select pg_sleep(0.05)')));
        await tx.execute(`update workspaces set name = 'Too late'`);
      } finally {
        work.end?.();
      }
    });
    await expect(late).rejects.toSatisfy(isDatabaseDown);
    await ended;
    expect(await name()).toBe(before);
  });

  test('has all its connections taken: told, and what waited is done once there is one', async () => {
    const gate: { open?: () => void } = {};
    const open = new Promise<void>((resolve) => {
      gate.open = resolve;
    });
    const holders = Array.from({ length: 10 }, () =>
      company.app.deps.db.transaction(async (tx) => {
        await tx.execute('select 1');
        await open;
      }),
    );
    const trouble = wait(outage).then(async () => {
      gate.open?.();
      await Promise.all(holders);
    });
    const done = await work(company, room, trouble);
    expect(done.refused.length).toBeGreaterThan(0);
    await nothingWasLost('no connection left', company, room, done);
  });
});

/** A disk of its own that is really full; null where the system does not let us mount one. */
function smallDisk(megabytes: number): { folder: string; free(): void } | null {
  const folder = mkdtempSync(join(tmpdir(), 'war-room-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    rmSync(folder, { recursive: true });
    return null;
  }
  return {
    folder,
    free: () => {
      execFileSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true });
    },
  };
}
const disk = smallDisk(300);
if (!disk) console.log('A full disk: skipped, since no file system can be mounted here.');

describe.skipIf(!disk)('the embedded database on a full disk', () => {
  let company: Company;
  let database: Awaited<ReturnType<typeof openEmbedded>>;
  beforeAll(async () => {
    const folder = join(disk?.folder ?? '', 'data');
    mkdirSync(folder);
    database = await openEmbedded(folder);
    company = await startCompany({ database: Promise.resolve({ ...database, drop: async () => {} }) });
  });
  afterAll(async () => {
    await company.close();
    await database.close().catch(() => {});
    disk?.free();
  });

  test('says so to whoever acts, loses nothing that was acknowledged, and works again once there is room', async () => {
    const room = await company.declare('Soup recall');
    for (const by of [company.helen, company.claire]) await by.command('/crisis list', room);
    const filler = join(disk?.folder ?? '', 'filler');
    const trouble = wait(500).then(async () => {
      const { bavail, bsize } = statfsSync(disk?.folder ?? '');
      writeFileSync(filler, Buffer.alloc(bavail * bsize));
      // Writes go on in the room that files have already: only new pages need some.
      await wait(20 * SECOND);
      rmSync(filler);
      await wait(SECOND);
    });
    const done = await work(company, room, trouble);
    await nothingWasLost('full disk', company, room, done);
    const after = await work(company, room, wait(500));
    expect(after.refused).toEqual([]);
  });
});
