import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { type Database, openPostgres } from '../../db/client.ts';
import { freshEmbedded } from './embedded.ts';

/** A migrated database of one's own: embedded, or on the PostgreSQL of TEST_DATABASE_URL, `through` another port of it. */
export async function freshDatabase(through?: number): Promise<Database & { drop(): Promise<void> }> {
  const url = process.env['TEST_DATABASE_URL'];
  if (!url) return freshEmbedded();
  const name = `war_room_test_${randomBytes(6).toString('hex')}`;
  const admin = postgres(url, { max: 1, onnotice: () => {} });
  await copyTemplate(admin, name);
  const own = new URL(url);
  own.pathname = `/${name}`;
  if (through) own.port = String(through);
  const database = await openPostgres(own.href);
  return {
    ...database,
    drop: async () => {
      await database.close();
      await admin.unsafe(`drop database if exists ${name} with (force)`);
      await admin.end();
    },
  };
}

/** Copying needs the template to itself: files that start at the same time take turns. */
async function copyTemplate(admin: postgres.Sql, name: string) {
  await admin`select pg_advisory_lock(715517)`;
  try {
    await admin.unsafe(`create database ${name} template ${process.env['WAR_ROOM_TEMPLATE']}`);
  } finally {
    await admin`select pg_advisory_unlock(715517)`;
  }
}
