import { randomBytes } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { DatabaseRefused, type Db, FolderInUse, openEmbedded, openPostgres } from '../../db/client.ts';
import { BadConfig, readConfig } from '../config.ts';
import { endInstallationsUnder } from './store.ts';

const usage = `Keys for TOKEN_KEYS.

  npm run --silent token-key                 makes a new key
  npm run token-key -- forget <key id>       a key is lost: forgets the tokens that only it can read

Exit code 0: done. 2: wrong usage.`;

type Outcome = { code: 0 | 2; out: string; error: string };

/** Answers the exit code, what belongs to the output and what to say beside it. */
export async function run(args: readonly string[], open: () => Promise<Db>, now: Date): Promise<Outcome> {
  const [verb, keyId = ''] = args;
  if (verb === undefined) return { code: 0, out: `${randomBytes(32).toString('base64')}\n`, error: '' };
  if (verb !== 'forget' || !/^[0-9a-f]{8}$/.test(keyId)) return { code: 2, out: '', error: usage };
  const ended = await endInstallationsUnder(await open(), keyId, now);
  const out = [
    `Tokens forgotten: ${ended.length}.`,
    ...ended.map((workspaceId) => `- ${workspaceId}: an administrator has to press "Add to Slack" again.`),
  ];
  return { code: 0, out: `${out.join('\n')}\n`, error: '' };
}

/* v8 ignore start: the process itself */
if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const opened: { close?: () => Promise<void> } = {};
  const open = async () => {
    const config = readConfig(process.env);
    const database = config.databaseUrl ? await openPostgres(config.databaseUrl) : await openEmbedded(config.dataDir);
    opened.close = () => database.close();
    return database.db;
  };
  try {
    const outcome = await run(process.argv.slice(2), open, new Date());
    process.stdout.write(outcome.out);
    if (outcome.error) process.stderr.write(`${outcome.error}\n`);
    process.exitCode = outcome.code;
  } catch (error) {
    if (!(error instanceof BadConfig || error instanceof FolderInUse || error instanceof DatabaseRefused)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  } finally {
    await opened.close?.();
  }
}
/* v8 ignore stop */
