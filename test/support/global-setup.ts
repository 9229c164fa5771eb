import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { PgBoss } from 'pg-boss';
import postgres from 'postgres';
import { openEmbedded, openPostgres } from '../../db/client.ts';
import { DAY } from '../../src/core/time.ts';
import { startBoss } from '../../src/jobs/boss.ts';

/** Prepares one migrated database, with its job queues, that every test file copies: opening an empty one takes seconds. */
export default async function setup() {
  const url = process.env['TEST_DATABASE_URL'];
  if (url) await prepareTemplateDatabase(url);
  process.env['WAR_ROOM_TEMPLATE'] = url ? templateName : await templateFile();
  return async () => {
    if (url) await dropTemplateDatabase(url);
  };
}

const root = resolve(import.meta.dirname, '../..');
const cache = join(root, 'node_modules', '.cache', 'war-room-tests');

/** Made anew whenever anything changes that it is made of, and kept for the runs that follow. */
async function templateFile(): Promise<string> {
  const file = join(cache, `${madeOf()}.tar`);
  mkdirSync(cache, { recursive: true });
  if (existsSync(file)) utimesSync(file, new Date(), new Date());
  for (const name of readdirSync(cache)) {
    const other = join(cache, name);
    // A run of another version that goes on at this moment reads a younger one.
    const { mtimeMs = Date.now() } = statSync(other, { throwIfNoEntry: false }) ?? {};
    if (Date.now() - mtimeMs > DAY) rmSync(other, { force: true });
  }
  if (existsSync(file)) return file;
  // Runs that start together each write their own; whole files only bear the name.
  const mine = `${file}.${process.pid}`;
  await prepareTemplateFolder(mine);
  renameSync(mine, file);
  return file;
}

/** The migrations, the queues, and the versions of the engines of both, as one fingerprint. */
function madeOf(): string {
  const hash = createHash('sha256').update(process.version);
  const database = readdirSync(join(root, 'db'), { recursive: true, encoding: 'utf8' }).map((name) => join('db', name));
  const queues = ['src/jobs/boss.ts', 'src/core/jobs.ts'];
  for (const path of [...database.toSorted(), ...queues, 'package-lock.json', 'test/support/global-setup.ts'])
    if (statSync(join(root, path)).isFile()) hash.update(`${path}\n`).update(readFileSync(join(root, path)));
  return hash.digest('hex').slice(0, 32);
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
