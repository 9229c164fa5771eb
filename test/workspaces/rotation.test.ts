import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Db, openEmbedded } from '../../db/client.ts';
import { installations } from '../../db/schema/index.ts';
import { run } from '../../src/workspaces/cli.ts';
import { meetWorkspace, saveInstallation } from '../../src/workspaces/store.ts';
import { encryptToken, KeyMissing, readTokenKey } from '../../src/workspaces/tokens.ts';
import { templateFolder } from '../support/embedded.ts';
import { newKey, nova, type Shared, startShared } from '../support/shared.ts';

const [oldest, older, newest] = [newKey(), newKey(), newKey()];

describe('the rotation of keys', () => {
  let shared: Shared;
  beforeAll(async () => {
    shared = await startShared({ keys: [oldest] });
    for (const team of [shared.sandbox.team.id, nova.id]) await shared.install(team);
  });
  afterAll(() => shared.close());

  const kept = async () =>
    shared.database.db
      .select({ id: installations.workspaceId, token: installations.token })
      .from(installations)
      .orderBy(installations.workspaceId);
  const keysUsed = async () => [...new Set((await kept()).map(({ token }) => token?.split('.')[1]))];

  test('a start with a newer key in front encrypts every token again, and the older one is no longer needed', async () => {
    expect(await keysUsed()).toEqual([oldest.id]);
    await shared.restart([older, oldest]);
    expect(await keysUsed()).toEqual([older.id]);
    await shared.restart([newest, older, oldest]);
    expect(await keysUsed()).toEqual([newest.id]);
    await shared.restart([newest]);
    expect(await shared.declare(shared.sandbox.person('Nina'), 'Leaked prices')).toMatch(/^C/);
  });

  test('a start under the newest key changes nothing', async () => {
    const before = await kept();
    await shared.restart([newest, older]);
    expect(await kept()).toEqual(before);
  });

  test('a key that is in use and not listed ends the start and is named; nothing is changed', async () => {
    const before = await kept();
    await expect(shared.restart([oldest, older])).rejects.toThrow(KeyMissing);
    await expect(shared.restart([oldest])).rejects.toThrow(newest.id);
    expect(await kept()).toEqual(before);
    await shared.restart([oldest, newest]);
    expect(await keysUsed()).toEqual([oldest.id]);
  });

  test('a key that is lost is forgotten with its tokens: the start succeeds, and the workspaces install again', async () => {
    const open = async () => shared.database.db;
    expect(await run(['forget', older.id], open, new Date())).toMatchObject({ code: 0, out: 'Tokens forgotten: 0.\n' });
    expect(await run(['forget', "'; drop"], open, new Date())).toMatchObject({ code: 2 });
    const { out } = await run(['forget', oldest.id], open, new Date());
    expect(out).toContain(`- ${nova.id}:`);
    await shared.restart([older]);
    for (const team of [shared.sandbox.team.id, nova.id]) expect((await shared.install(team)).status).toBe(200);
    expect(await keysUsed()).toEqual([older.id]);
  });

  test('a key is made by a command', async () => {
    const never = () => Promise.reject(new Error('needs no database'));
    const { out } = await run([], never, new Date());
    expect(readTokenKey(out.trim())).not.toBeNull();
  });

  test('the token of one workspace is of no use in the row of another', async () => {
    const [first, second] = await kept();
    if (!first || !second) throw new Error('two workspaces are installed');
    const { db } = shared.database;
    await db.update(installations).set({ token: second.token }).where(eq(installations.workspaceId, first.id));
    await shared.restart([older]);
    const since = shared.sandbox.calls.length;
    const answer = await shared.sandbox.person('Claire').command('/crisis declare Anything', '#general');
    await shared.settled();
    expect(answer.ok).toBe(true);
    expect(JSON.stringify(shared.sandbox.person('Claire').ephemerals())).toContain('went wrong on our side');
    expect(shared.sandbox.calls.slice(since).filter((call) => call.token.startsWith('xoxb-'))).toEqual([]);
  });
});

describe('the process', () => {
  test('that lacks a key says which variable to correct, and holds no token in what it says', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'war-room-keys-'));
    const database = await openEmbedded(folder, templateFolder());
    await remember(database.db);
    await database.close();
    const listed = newKey().secret.toString('base64');
    const environment = {
      PATH: process.env['PATH'],
      DATA_DIR: folder,
      PORT: '0',
      SLACK_CLIENT_ID: '1.2',
      SLACK_CLIENT_SECRET: 'c'.repeat(32),
      SLACK_SIGNING_SECRET: 's'.repeat(32),
      TOKEN_KEYS: listed,
    };
    const run = promisify(execFile)(process.execPath, ['--import', 'tsx', 'src/main.ts'], { env: environment });
    const ended = (await run.catch((error: unknown) => error)) as { code: number; stderr: string; stdout: string };
    rmSync(folder, { recursive: true, force: true });
    expect(ended.code).toBe(1);
    expect(ended.stderr.trim()).toMatch(
      new RegExp(
        `^Cannot start\\. TOKEN_KEYS lacks the key ${oldest.id}, .*npm run token-key -- forget ${oldest.id}"\\.$`,
      ),
    );
    for (const secret of ['xoxb-', listed, 'c'.repeat(32)]) expect(ended.stderr + ended.stdout).not.toContain(secret);
  });

  async function remember(db: Db): Promise<void> {
    const now = new Date();
    await meetWorkspace(db, { id: 'T1', name: 'One', domain: 'one', botUserId: 'U1' }, now);
    await db.transaction((tx) =>
      saveInstallation(tx, {
        workspaceId: 'T1',
        botId: 'B1',
        token: encryptToken([oldest], 'T1', 'xoxb-1-secret'),
        installedBy: 'U2',
        installedAt: now,
        endedAt: null,
      }),
    );
  }
});
