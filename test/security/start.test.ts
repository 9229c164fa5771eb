import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openPostgres } from '../../db/client.ts';
import { databaseProblem } from '../../src/config.ts';

const folder = mkdtempSync(join(tmpdir(), 'war-room-start-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The product as `npm start` runs it, in an environment that holds nothing else. */
function start(environment: Record<string, string>) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, ...environment },
  });
  const said = { text: '' };
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said.text += chunk.toString();
    });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const says = (words: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => said.text.includes(words) && resolve();
      child.stdout.on('data', look);
      void ended.then(() => reject(new Error(said.text)));
    });
  return { child, said, ended, says };
}

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
const answers = (host: string, port: number, headers: Record<string, string> = {}) =>
  fetch(`http://${host}:${port}/api/api.test`, { headers, signal: AbortSignal.timeout(2000) }).then(
    (response) => response.status,
    () => null,
  );

describe('the trial workspace', () => {
  test('is reached from this machine alone, by this machine’s own pages, and keeps its data to its owner', async () => {
    const port = await freePort();
    const data = join(folder, 'trial');
    const running = start({ SANDBOX_PORT: String(port), DATA_DIR: data });
    try {
      await running.says('ready after');
      expect(await answers('127.0.0.1', port)).not.toBeNull();
      expect(await answers('127.0.0.1', port, { origin: 'https://evil.example' })).toBe(403);
      const outside = Object.values(networkInterfaces())
        .flatMap((list) => list ?? [])
        .filter((one) => one.family === 'IPv4' && !one.internal);
      for (const one of outside) expect(await answers(one.address, port), one.address).toBeNull();
      expect(statSync(data).mode & 0o777).toBe(0o700);
      for (const name of readdirSync(data)) expect(statSync(join(data, name)).mode & 0o077, name).toBe(0);
    } finally {
      running.child.kill('SIGTERM');
      await running.ended;
    }
  }, 60_000);

  test('does not exist once Slack’s credentials are set', async () => {
    const port = await freePort();
    const running = start({
      SLACK_BOT_TOKEN: 'xoxb-1-hunter2',
      SLACK_APP_TOKEN: 'xapp-1-hunter2',
      SLACK_API_URL: `http://127.0.0.1:${await freePort()}/api/`,
      SANDBOX_PORT: String(port),
      DATA_DIR: join(folder, 'real'),
    });
    while (running.child.exitCode === null && running.said.text === '') {
      expect(await answers('127.0.0.1', port)).toBeNull();
      await Promise.race([running.ended, new Promise((resolve) => setTimeout(resolve, 100))]);
    }
    expect(await running.ended).toBe(1);
    expect(running.said.text).toContain('Slack cannot be reached');
    expect(running.said.text).not.toContain('hunter2');
  }, 60_000);
});

describe('the password of the database is never said', () => {
  test.each([
    ['nobody listens', (port: number) => `postgres://war_room:hunter2@127.0.0.1:${port}/x`],
    ['the address cannot be read', () => 'postgres://war_room:hun/ter2@host/x'],
    ['the host does not exist', () => 'postgres://war_room:hunter2@no-such-host.invalid/x'],
  ])('when %s', async (_, url) => {
    const failed = await openPostgres(url(await freePort())).then(
      () => null,
      (error: unknown) => error,
    );
    const told = () => databaseProblem(failed);
    expect(told).toThrow(/^DATABASE_URL cannot be used: .+/);
    expect(told).not.toThrow(/hun|ter2/);
  });

  const server = process.env['TEST_DATABASE_URL'];
  if (!server) console.log('Refusals of a PostgreSQL server are not tested: set TEST_DATABASE_URL.');
  test.skipIf(!server)('when the server refuses it', async () => {
    const url = new URL(server ?? 'postgres://none');
    [url.username, url.password, url.pathname] = ['no_such_role', 'hunter2', '/no_such_database'];
    const failed = await openPostgres(url.href).catch((error: unknown) => error);
    expect(() => databaseProblem(failed)).toThrow(/^DATABASE_URL cannot be used: /);
    expect(() => databaseProblem(failed)).not.toThrow(/hunter2/);
  });
});
