import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { FolderInUse, FolderUnusable, lockFolder, openEmbedded } from '../../db/client.ts';

const root = mkdtempSync(join(tmpdir(), 'war-room-folder-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const folderOf = (name: string) => {
  const folder = join(root, name);
  mkdirSync(folder);
  return folder;
};

test('of many that start at one instant on one data folder, one gets in', async () => {
  const folder = folderOf('instant');
  for (let round = 0; round < 40; round += 1) {
    const starts = await Promise.allSettled(Array.from({ length: 5 }, () => lockFolder(folder)));
    const held = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
    expect(held).toHaveLength(1);
    for (const start of starts) if (start.status === 'rejected') expect(start.reason).toBeInstanceOf(FolderInUse);
    await expect(lockFolder(folder)).rejects.toBeInstanceOf(FolderInUse);
    await new Promise((resolve) => held[0]?.close(resolve));
  }
});

test('one that was killed while it took the lock keeps nobody out', async () => {
  const folder = folderOf('killed');
  const path = join(folder, 'starting.lock');
  writeFileSync(path, '');
  await expect(lockFolder(folder)).rejects.toBeInstanceOf(FolderInUse);
  utimesSync(path, new Date(0), new Date(0));
  (await lockFolder(folder)).close();
});

test.each<[string, () => string, string]>([
  [
    'is damaged',
    () => {
      const folder = folderOf('damaged');
      mkdirSync(join(folder, 'database'));
      writeFileSync(join(folder, 'database', 'PG_VERSION'), 'garbage');
      return folder;
    },
    'is damaged, or was made by something else. Restore a backup',
  ],
  [
    'is a file',
    () => {
      writeFileSync(join(root, 'file'), '');
      return join(root, 'file');
    },
    'cannot be written (EEXIST)',
  ],
  [
    'lies below a file',
    () => {
      writeFileSync(join(root, 'above'), '');
      return join(root, 'above', 'folder');
    },
    'cannot be written (ENOTDIR)',
  ],
])('a data folder that %s is refused in one sentence with what to do', async (_, make, words) => {
  const folder = make();
  const refused = await openEmbedded(folder).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(FolderUnusable);
  expect((refused as Error).message).toContain(words);
  expect((refused as Error).message).toContain(folder);
});
