import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import postgres from '../../db/postgres/index.js';

const own = fileURLToPath(new URL('../../db/postgres', import.meta.url));
const published = fileURLToPath(new URL('../../node_modules/postgres/src', import.meta.url));
const linesOf = (folder: string, file: string) => readFileSync(`${folder}/${file}`, 'utf8').split('\n');

/** Lines of one file that another lacks, or has fewer of. */
function onlyIn(lines: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return lines
    .flatMap((line) => {
      const at = left.indexOf(line);
      if (at >= 0) left.splice(at, 1);
      return at >= 0 ? [] : [line.trim()];
    })
    .toSorted();
}

test('the driver is the published one of this version, but for the mends that its README names', () => {
  const manifest = JSON.parse(readFileSync(`${published}/../package.json`, 'utf8')) as { version: string };
  expect(manifest.version).toBe('3.4.9');
  const files = readdirSync(published);
  expect(readdirSync(own).filter((file) => file.endsWith('.js'))).toEqual(files);
  for (const file of files.filter((name) => name !== 'connection.js'))
    expect(linesOf(own, file)).toEqual(linesOf(published, file));
  const [ours, theirs] = [linesOf(own, 'connection.js'), linesOf(published, 'connection.js')];
  expect(onlyIn(ours, theirs)).toEqual([
    'chunk = null',
    'clearImmediate(nextWriteTimer), chunk = nextWriteTimer = null',
    'clearImmediate(nextWriteTimer), chunk = nextWriteTimer = null',
    'const waiting = chunk',
    "error(Errors.connection('CONNECTION_CLOSED', options, socket))",
    'if (!socket)',
    'if (query || sent.length)',
    'nextWriteTimer = null',
    'query = null',
    "return error(Errors.connection('CONNECTION_CLOSED', options)), false",
    'return socket.write(waiting, fn)',
  ]);
  expect(onlyIn(theirs, ours)).toEqual([
    "!hadError && (query || sent.length) && error(Errors.connection('CONNECTION_CLOSED', options, socket))",
    'chunk = nextWriteTimer = null',
    'clearImmediate(nextWriteTimer)',
    'clearImmediate(nextWriteTimer)',
    'const x = socket.write(chunk, fn)',
    'return x',
  ]);
});

/** Enough of a server: ready at once, resets the first connection when a transaction asks for something, answers all else. */
async function resetting() {
  let connections = 0;
  const message = (type: string, body: Buffer) => {
    const head = Buffer.alloc(5);
    head.write(type);
    head.writeInt32BE(body.length + 4, 1);
    return Buffer.concat([head, body]);
  };
  const ready = message('Z', Buffer.from('I'));
  const answer = (data: Buffer) =>
    Buffer.concat([message('C', Buffer.from(data.includes('begin') ? 'BEGIN\0' : 'SELECT 0\0')), ready]);
  const server = createServer((socket: Socket) => {
    const number = (connections += 1);
    let isOpen = false;
    socket.on('error', () => {});
    socket.on('data', (data) => {
      if (!isOpen) {
        isOpen = true;
        socket.write(Buffer.concat([message('R', Buffer.alloc(4)), ready]));
      } else if (number === 1 && data.includes('select')) socket.resetAndDestroy();
      else if (data[0] === 0x51 || data.includes('begin')) socket.write(answer(data));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return { port, close: () => server.close() };
}

test('a connection that was reset inside a transaction serves the queries after it', async () => {
  const server = await resetting();
  const sql = postgres({ host: '127.0.0.1', port: server.port, max: 1, fetch_types: false, backoff: () => 0 });
  await expect(sql.begin((tx) => tx.unsafe('select 1').simple())).rejects.toThrow();
  for (let i = 0; i < 3; i += 1) await expect(sql.unsafe('select 1').simple()).resolves.toEqual([]);
  await sql.end({ timeout: 1 });
  server.close();
});
