import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PgBoss } from 'pg-boss';
import postgres from 'postgres';
import { openEmbedded, openPostgres } from '../../db/client.ts';
import { startBoss } from '../../src/jobs/boss.ts';

/** Prepares one migrated database, with its job queues, that every test file copies: opening an empty one takes seconds. */
export default async function setup() {
  const folder = mkdtempSync(join(tmpdir(), 'war-room-tests-'));
  const url = process.env['TEST_DATABASE_URL'];
  if (url) await prepareTemplateDatabase(url);
  else await prepareTemplateFolder(join(folder, 'template.tar'));
  process.env['WAR_ROOM_TEMPLATE'] = url ? templateName : join(folder, 'template.tar');
  return async () => {
    rmSync(folder, { recursive: true, force: true });
    if (url) await dropTemplateDatabase(url);
  };
}

async function prepareTemplateFolder(file: string) {
  const database = await openEmbedded('memory');
  const boss = await startBoss(database, () => {});
  await boss.stop({ graceful: false });
  if (database.engine.name !== 'embedded') throw new Error('the template is made on the embedded engine');
  const dump = await database.engine.pglite.dumpDataDir('none');
  writeFileSync(file, Buffer.from(await dump.arrayBuffer()));
  await database.close();
}

/** Of this run alone: two runs on one server do not meet. */
const templateName = `war_room_template_${process.pid}`;

async function prepareTemplateDatabase(url: string) {
  const admin = postgres(url, { max: 1, onnotice: () => {} });
  await admin.unsafe(`drop database if exists ${templateName} with (force)`);
  await admin.unsafe(`create database ${templateName}`);
  await admin.end();
  const templateUrl = new URL(url);
  templateUrl.pathname = `/${templateName}`;
  const database = await openPostgres(templateUrl.href);
  const boss: PgBoss = await startBoss(database, () => {});
  await boss.stop({ graceful: false });
  await database.close();
}

async function dropTemplateDatabase(url: string) {
  const admin = postgres(url, { max: 1, onnotice: () => {} });
  await admin.unsafe(`drop database if exists ${templateName} with (force)`);
  await admin.end();
}
