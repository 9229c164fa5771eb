import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Database, DatabaseRefused, openEmbedded, openPostgres } from '../../db/client.ts';
import { freshDatabase } from '../support/database.ts';

const migratedBy = (database: Database, at: string) =>
  database.client.unsafe(`insert into drizzle.__drizzle_migrations (hash, created_at) values ('x', ${at})`);
const tomorrow = `(extract(epoch from now()) + 86400) * 1000`;

test.skipIf(!process.env['TEST_DATABASE_URL'])(
  'a PostgreSQL database that a newer release has migrated is refused (needs TEST_DATABASE_URL)',
  async () => {
    const database = await freshDatabase();
    if (database.engine.name !== 'postgres') throw new Error('not on PostgreSQL');
    const { url } = database.engine;
    await (await openPostgres(url)).close();
    await migratedBy(database, tomorrow);
    await expect(openPostgres(url)).rejects.toThrow(DatabaseRefused);
    await database.drop();
  },
);

test.skipIf(process.env['TEST_DATABASE_URL'])(
  'a folder that a newer release has migrated is refused, and left as it is (embedded engine)',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'war-room-newer-'));
    try {
      const database = await openEmbedded(folder);
      await migratedBy(database, tomorrow);
      await database.close();
      const newer = 'The database was last used by a newer release.';
      await expect(openEmbedded(folder)).rejects.toThrow(newer);
      // It was given back: nothing holds the folder.
      await expect(openEmbedded(folder)).rejects.toThrow(newer);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
