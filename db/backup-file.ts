import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { Sql } from 'postgres';
import { DatabaseRefused } from './client.ts';
import { dump, type Holdings, load, type Progress } from './copy.ts';

/** Writes a backup that only its owner may read. It has its name once it is whole. Throws DatabaseRefused where one is. */
export async function writeBackup(client: Sql, file: string, now: Date, progress: Progress): Promise<void> {
  if (existsSync(file)) throw new DatabaseRefused(`${file} exists. Choose another name.`);
  const part = `${file}.part`;
  await rm(part, { force: true });
  const lines = async function* () {
    for await (const line of dump(client, now, progress)) yield `${line}\n`;
  };
  try {
    await pipeline(
      Readable.from(lines()),
      createGzip(),
      createWriteStream(part, { mode: 0o600, flags: 'wx', flush: true }),
    );
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** Fills an empty database from a backup; see `load`. */
export async function readBackup(
  client: Sql,
  file: string,
  progress: Progress,
  onMade?: (madeAt: Date) => void,
): Promise<Holdings> {
  if (!existsSync(file)) throw new DatabaseRefused(`There is no file ${file}.`);
  const plain = createGunzip();
  // An error of either stream ends the lines with it.
  const unzipped = pipeline(createReadStream(file), plain).catch(() => {});
  try {
    return await load(client, linesOf(plain), progress, onMade);
  } catch (error) {
    if (!(error instanceof Error && (error as { code?: string }).code?.startsWith('Z_'))) throw error;
    throw new DatabaseRefused('The backup is damaged or cut short. Nothing was changed.');
  } finally {
    plain.destroy();
    await unzipped;
  }
}

/** Not `readline`, which ends a line at characters that people may have written. */
async function* linesOf(plain: Readable): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of plain.setEncoding('utf8')) {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest) yield rest;
}
