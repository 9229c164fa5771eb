import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readBackup, writeBackup } from '../../db/backup-file.ts';
import { openEmbedded } from '../../db/client.ts';
import { dump, holdings, isEmpty, load } from '../../db/copy.ts';
import { run } from '../../src/copies.ts';
import { findCrisisOfChannel } from '../../src/crises/store.ts';
import { verifyStored } from '../../src/timeline/store.ts';
import { type Company, startCompany } from '../support/company.ts';
import { freshDatabase } from '../support/database.ts';

type Fresh = Awaited<ReturnType<typeof freshDatabase>>;
const silent = () => {};
const server = process.env['TEST_DATABASE_URL'];

describe('copies of the whole database', () => {
  const folder = mkdtempSync(join(tmpdir(), 'copies-'));
  const file = join(folder, 'backup.gz');
  let company: Company;
  let database: Fresh;
  let room: string;
  beforeAll(async () => {
    database = await freshDatabase();
    company = await startCompany({ database: Promise.resolve(database), playbooks: 'product' });
    room = await company.declare('Soup recall');
    await company.tom.say(room, 'A line\u2028and another\nthen "quotes" \\ and é 🥣');
    await company.claire.command('/crisis log the regulator called', room);
    await company.claire.command('/crisis task Call the plant', room);
    await company.settled();
    await writeBackup(database.client, file, company.now(), silent);
  });
  afterAll(async () => {
    await company.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const into = async <T>(work: (target: Fresh) => Promise<T>): Promise<T> => {
    const target = await freshDatabase();
    try {
      return await work(target);
    } finally {
      await target.drop();
    }
  };

  test('a backup is readable by its owner only, and takes the place of no file', async () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await expect(writeBackup(database.client, file, company.now(), silent)).rejects.toThrow('exists');
    expect(readdirSync(folder)).toEqual(['backup.gz']);
  });

  test('what is restored is what was there: rows, work that waits, and the heads of every chain', async () => {
    await into(async (target) => {
      const arrived = await readBackup(target.client, file, silent);
      expect(arrived.tables['pgboss.job']?.rows).toBeGreaterThan(0);
      expect(arrived.heads).toMatchObject([{ messages: 1 }]);
      expect(await holdings(target.client)).toEqual(arrived);
      const crisis = await findCrisisOfChannel(target.db, company.app.workspaceId, room, null);
      if (!crisis) throw new Error('no crisis');
      expect(arrived.heads[0]).toMatchObject({ entry: crisis.timelineHash, entries: crisis.timelineSeq });
      expect(await verifyStored(target.db, crisis.id)).toMatchObject({ ok: true });
      const evidence = target.db.execute(sql`delete from timeline_entries`);
      await expect(evidence).rejects.toMatchObject({ cause: { message: expect.stringContaining('is evidence') } });
      const deferrable = await target.db.execute(sql`select from pg_constraint where condeferrable and contype = 'f'
        and connamespace = 'public'::regnamespace`);
      expect(deferrable).toHaveLength(0);
    });
  });

  test('a database that is not empty is refused and left as it is', async () => {
    const before = await holdings(database.client);
    await expect(readBackup(database.client, file, silent)).rejects.toThrow('not empty');
    expect((await holdings(database.client)).heads).toEqual(before.heads);
  });

  test('a backup that was cut short, changed or made by another release leaves the database empty, and then a whole one fills it', async () => {
    const whole = gunzipSync(readFileSync(file)).toString();
    const cut = join(folder, 'cut.gz');
    writeFileSync(cut, readFileSync(file));
    truncateSync(cut, Math.floor(statSync(file).size / 2));
    const written = (name: string, text: string) => {
      writeFileSync(join(folder, name), gzipSync(text));
      return join(folder, name);
    };
    const wrong: [string, string][] = [
      [cut, 'damaged or cut short'],
      [written('tail.gz', whole.slice(0, whole.lastIndexOf('#'))), 'cut short'],
      [written('word.gz', whole.replaceAll('the regulator called', 'the regulator phoned')), 'not what left'],
      [written('release.gz', whole.replace(/"migrations":\["/, '"migrations":["0')), 'another release'],
      [written('other.gz', 'something else\n'), 'none of this product'],
      [join(folder, 'absent.gz'), 'no file'],
    ];
    await into(async (target) => {
      for (const [bad, reason] of wrong) {
        await expect(readBackup(target.client, bad, silent), bad).rejects.toThrow(reason);
        expect(isEmpty(await holdings(target.client))).toBe(true);
      }
      await readBackup(target.client, file, silent);
    });
  });

  test('a copy that breaks off half-way is as if it had never begun, and can be made again', async () => {
    await into(async (target) => {
      const breaking = async function* () {
        let lines = 0;
        for await (const line of dump(database.client, company.now(), silent)) {
          if (lines++ > 100) throw new Error('the machine was switched off');
          yield line;
        }
      };
      await expect(load(target.client, breaking(), silent)).rejects.toThrow('switched off');
      expect(isEmpty(await holdings(target.client))).toBe(true);
      const arrived = await load(target.client, dump(database.client, company.now(), silent), silent);
      expect(arrived.heads).toEqual((await holdings(database.client)).heads);
    });
  });

  test('the commands: a data folder is restored, backed up, and moved to PostgreSQL; a second move says that it is done', async () => {
    const dataDir = join(folder, 'data');
    const nowhere = { databaseUrl: undefined, databaseMigrationUrl: undefined, dataDir };
    const said: string[] = [];
    const say = (line: string) => void said.push(line);
    const now = company.now();
    expect(await run(['restore', file], nowhere, now, say)).toBe(0);
    expect(said.join('\n')).toMatch(/timeline_entries: \d+[\s\S]*Restored: \d+ rows, 1 crises/);
    expect(await run(['backup', join(folder, 'again.gz')], nowhere, now, say)).toBe(0);
    expect(said.at(-1)).toContain('TOKEN_KEYS');
    await expect(run(['restore', file], nowhere, now, say)).rejects.toThrow('not empty');
    await expect(run(['move'], nowhere, now, say)).rejects.toThrow('DATABASE_URL is missing');
    expect(await run(['restore'], nowhere, now, say)).toBe(2);
    await into(async (target) => {
      if (target.engine.name !== 'postgres') return;
      const there = { ...nowhere, databaseUrl: target.engine.url };
      expect(await run(['move'], there, now, say)).toBe(0);
      expect(said.at(-1)).toContain('Moved:');
      expect(await run(['move'], there, now, say)).toBe(0);
      expect(said.at(-1)).toContain('Moved already:');
      const source = await openEmbedded(dataDir);
      expect(await holdings(target.client)).toEqual(await holdings(source.client));
      await source.close();
      await target.db.execute(sql`update workspaces set name = 'Other'`);
      await expect(run(['move'], there, now, say)).rejects.toThrow('not empty');
    });
  });

  test.skipIf(!server)(
    'where the bot works as a role that owns nothing, the owner fills the tables and the bot may back them up',
    async () => {
      const name = `war_room_copies_${randomBytes(4).toString('hex')}`;
      const [owner, app] = [`${name}_owner`, `${name}_app`];
      const admin = postgres(server ?? '', { max: 1, onnotice: () => {} });
      const urlOf = (role: string) => {
        const url = new URL(server ?? '');
        [url.pathname, url.username, url.password] = [`/${name}`, role, 'a-password'];
        return url.href;
      };
      for (const role of [owner, app]) await admin.unsafe(`create role ${role} login password 'a-password'`);
      await admin.unsafe(`create database ${name} owner ${owner}`);
      const where = { databaseUrl: urlOf(app), databaseMigrationUrl: urlOf(owner), dataDir: join(folder, 'none') };
      const said: string[] = [];
      const say = (line: string) => void said.push(line);
      try {
        expect(await run(['restore', file], where, company.now(), say)).toBe(0);
        expect(await run(['backup', join(folder, 'app.gz')], where, company.now(), say)).toBe(0);
        const held = (path: string) => {
          const [last = ''] = gunzipSync(readFileSync(path)).toString().trim().split('\n').slice(-1);
          const { end } = JSON.parse(last.slice(1)) as { end: Awaited<ReturnType<typeof holdings>> };
          return {
            heads: end.heads,
            tasks: end.tables['public.tasks'],
            entries: end.tables['public.timeline_entries'],
          };
        };
        expect(held(join(folder, 'app.gz'))).toEqual(held(file));
        expect(said.join('\n')).not.toContain('a-password');
      } finally {
        await admin.unsafe(`drop database if exists ${name} with (force)`);
        for (const role of [app, owner]) await admin.unsafe(`drop role if exists ${role}`);
        await admin.end();
      }
    },
  );
});
