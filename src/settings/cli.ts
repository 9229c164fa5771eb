import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import {
  type Database,
  DatabaseRefused,
  type Db,
  FolderInUse,
  FolderUnusable,
  openEmbedded,
  openPostgres,
} from '../../db/client.ts';
import { workspaces } from '../../db/schema/index.ts';
import { BadConfig, readConfig } from '../config.ts';
import { dateTime } from '../core/time.ts';
import { namer } from '../people/store.ts';
import { replaceSettings } from './change.ts';
import { readSettingsFile, toFile } from './file.ts';
import { differenceText } from './lines.ts';
import { sayFileProblem, sayNo } from './refusals.ts';
import { directoryFor, idsIn, loadSettings } from './store.ts';

const usage = `Keeps the settings of a workspace in a file, for administrators who keep configuration in a repository.

  npm run --silent settings -- export [--workspace <id>] > settings.json
  npm run --silent settings -- import settings.json [--check] [--workspace <id>]

--check shows what would change and changes nothing. Exit code 0: done. 1: refused, and why. 2: wrong usage.`;

export type Outcome = { code: 0 | 1 | 2; out: string; error: string };
const refused = (error: string): Outcome => ({ code: 1, out: '', error });

/** Answers the exit code, what belongs to the output and what to say beside it. */
export async function run(args: readonly string[], db: Db, now: Date): Promise<Outcome> {
  const workspaceAt = args.indexOf('--workspace');
  const words = args.filter((a, i) => !a.startsWith('--') && (workspaceAt < 0 || i !== workspaceAt + 1));
  const [verb, file] = words;
  if ((verb !== 'export' && verb !== 'import') || (verb === 'import' && !file))
    return { code: 2, out: '', error: usage };
  const found = await db.select({ id: workspaces.id, name: workspaces.name }).from(workspaces);
  const asked = workspaceAt < 0 ? undefined : args[workspaceAt + 1];
  const workspace = asked ? found.find((w) => w.id === asked) : found[0];
  if (found.length === 0) return refused('This database knows no workspace yet: start the bot once, then try again.');
  if (!workspace || (found.length > 1 && !asked))
    return refused(`Say which workspace: ${found.map((w) => `--workspace ${w.id} (${w.name})`).join(', ')}.`);
  if (verb === 'export') return exported(db, workspace.id);
  return imported(db, workspace.id, file as string, args.includes('--check'), now);
}

async function exported(db: Db, workspaceId: string): Promise<Outcome> {
  const { saved, groups } = await loadSettings(db, workspaceId);
  const named = await namer(db, workspaceId, idsIn(saved.settings));
  const handles = new Map(groups.map((g) => [g.id, `@${g.handle}`]));
  return { code: 0, out: toFile(saved.settings, (id) => handles.get(id) ?? named(id)), error: '' };
}

async function imported(db: Db, workspaceId: string, path: string, check: boolean, now: Date): Promise<Outcome> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return refused(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const read = readSettingsFile(text);
  if (!read.ok) return refused(read.problems.map((p) => `${path}: ${sayFileProblem(p, 'en')}`).join('\n'));
  const decision = await replaceSettings(db, workspaceId, read.settings, now, check);
  const state = await loadSettings(db, workspaceId);
  const before = decision.ok ? decision.value.before : state.saved.settings;
  const { people, groups } = await directoryFor(db, state, before, read.settings);
  const reader = {
    language: 'en' as const,
    named: (id: string) => people.get(id)?.name ?? groups.get(id)?.handle ?? id,
    at: (when: Date) => dateTime(when, before.timeZone, 'en'),
  };
  if (!decision.ok) return refused(sayNo(decision.refusal, reader));
  const lines = decision.value.differences.map((d) => `- ${differenceText(d, reader).replaceAll('*', '')}`);
  const head = lines.length === 0 ? 'Nothing to change.' : check ? 'This would change:' : 'Changed:';
  return { code: 0, out: `${[head, ...lines].join('\n')}\n`, error: '' };
}

async function open(): Promise<Database> {
  const config = readConfig(process.env);
  return config.databaseUrl ? openPostgres(config.databaseUrl) : openEmbedded(config.dataDir);
}

/* v8 ignore start: the process itself */
async function main(): Promise<void> {
  const database = await open();
  try {
    const outcome = await run(process.argv.slice(2), database.db, new Date());
    process.stdout.write(outcome.out);
    if (outcome.error) process.stderr.write(`${outcome.error}\n`);
    process.exitCode = outcome.code;
  } finally {
    await database.close();
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main().catch((error: unknown) => {
    if (
      !(
        error instanceof BadConfig ||
        error instanceof FolderInUse ||
        error instanceof FolderUnusable ||
        error instanceof DatabaseRefused
      )
    )
      throw error;
    const hint = error instanceof FolderInUse ? ' Stop the bot first, or use /crisis settings import.' : '';
    process.stderr.write(`${error.message}${hint}\n`);
    process.exitCode = 1;
  });
}
/* v8 ignore stop */
