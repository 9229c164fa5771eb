import {
  type Database,
  DatabaseRefused,
  FolderInUse,
  FolderUnusable,
  openEmbedded,
  openPostgres,
} from '../db/client.ts';
import { buildManifest } from '../manifests/build.ts';
import { keepListening, type Running, startApp, startSharedApp } from './app.ts';
import { BadConfig, type Config, databaseProblem, readConfig } from './config.ts';
import type { Log } from './core/logger.ts';
import { startHealth } from './health.ts';
import { createLog } from './logger.ts';
import { isTokenRefused, SlackFailure } from './slack/failures.ts';
import { eraseRemoved } from './workspaces/store.ts';
import { KeyMissing } from './workspaces/tokens.ts';

/** Reads the settings, connects, and stops gracefully. A setting that is wrong ends the process with one clear message. */
async function main(): Promise<void> {
  process.umask(0o077);
  const config = readConfig(process.env);
  const running =
    config.mode === 'sandbox'
      ? await (await import('./sandbox/trial/start.ts').catch(noTrial)).startTrial(config)
      : await startReal(config);
  // Node would print the error whole, with the texts that it carries, and end: one promise that nobody awaited must not
  // close every war room.
  process.on('unhandledRejection', (error) =>
    createLog(config.logLevel).error({ err: error }, 'a promise failed unheard'),
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void running.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}

/** A production install leaves the sandbox's packages out. */
function noTrial(error: unknown): never {
  if ((error as { code?: string }).code !== 'ERR_MODULE_NOT_FOUND') throw error;
  throw new BadConfig(
    'There are no Slack credentials (SLACK_BOT_TOKEN), and the trial workspace is not part of this installation: set them, or run "npm install".',
  );
}

async function startReal(config: Config): Promise<{ stop(): Promise<void> }> {
  const log = createLog(config.logLevel);
  const health = config.healthPort > 0 ? await startHealth(config.healthPort, log) : null;
  const database = config.databaseUrl
    ? await openPostgres(config.databaseUrl, config.databaseMigrationUrl).catch(databaseProblem)
    : await openEmbedded(config.dataDir);
  const app = await startOn(database, config, log);
  const stopListening = keepListening(app);
  health?.watch(app.health);
  const upkeep = setInterval(
    () => void maintain(database, log).catch((error: unknown) => log.warn({ err: error }, 'maintenance failed')),
    10 * 60_000,
  );
  return {
    stop: async () => {
      clearInterval(upkeep);
      stopListening();
      health?.stop();
      await app.stop();
      await database.close();
    },
  };
}

async function maintain(database: Database, log: Log): Promise<void> {
  await database.maintain();
  // A role that does not own the tables may not: `npm run erase -- --removed` does it then.
  const erased =
    database.engine.name === 'embedded' || database.engine.isOwner ? await eraseRemoved(database.db, new Date()) : [];
  for (const workspace of erased)
    log.info({ workspace }, 'a workspace that removed the product is erased: its time of keeping is over');
}

async function startOn(database: Database, { slack, apiUrl }: Config, log: Log): Promise<Running> {
  if (slack?.kind === 'oauth') {
    const scopes = Object.values(buildManifest('http').oauth_config.scopes).flat();
    const oauth = { ...slack.oauth, apiUrl, scopes };
    const app = await startSharedApp({ database, log, oauth, door: slack.door }).catch(keyProblem);
    log.info(
      { install: `${slack.oauth.publicUrl ?? ''}/slack/install`, port: app.port, database: database.engine.name },
      'ready',
    );
    return app;
  }
  if (!slack) throw new BadConfig('SLACK_BOT_TOKEN is missing.');
  const { botToken } = slack;
  const transport = slack.transport.kind === 'socket' ? { ...slack.transport, apiUrl } : slack.transport;
  const app = await startApp({ database, log, slack: { botToken, apiUrl, transport } });
  log.info(
    { workspace: app.workspaceId, transport: transport.kind, port: app.port, database: database.engine.name },
    'ready',
  );
  return app;
}

function keyProblem(error: unknown): never {
  if (!(error instanceof KeyMissing)) throw error;
  throw new BadConfig(
    `TOKEN_KEYS lacks the key ${error.keyId}, with which a stored token is encrypted: add it again, after the newest, and start once more. If it is lost: "npm run token-key -- forget ${error.keyId}".`,
  );
}

/** What to tell whoever started the process, or null when it is a fault of ours. */
function explain(error: unknown): string | null {
  if (error instanceof BadConfig || error instanceof DatabaseRefused || error instanceof FolderUnusable)
    return error.message;
  if (error instanceof FolderInUse) return `${error.message} Stop it first, or set DATA_DIR to another folder.`;
  if (error instanceof SlackFailure) {
    const variable = error.method === 'apps.connections.open' ? 'SLACK_APP_TOKEN' : 'SLACK_BOT_TOKEN';
    if (error.kind === 'permanent' || isTokenRefused(error))
      return `${variable} is refused by Slack (${error.code}): copy it again from the settings of your Slack app.`;
    return `Slack cannot be reached (${error.code}). Check the network, and SLACK_API_URL if you have set it.`;
  }
  const { code } = error as { code?: string };
  if (code === 'EADDRINUSE')
    return 'The port is in use: set PORT (or SANDBOX_PORT without Slack credentials) to a free one.';
  if (code === 'EACCES' || code === 'EROFS' || code === 'ENOSPC')
    return `DATA_DIR cannot be written (${code}): set it to a folder on a disk with room.`;
  if (!(error instanceof Error))
    return `Something failed without a word: ${JSON.stringify(error)}. Tell those who maintain the bot.`;
  return null;
}

main().catch((error: unknown) => {
  const explained = explain(error);
  if (explained) process.stderr.write(`\nCannot start. ${explained}\n\n`);
  else
    process.stderr.write(
      `\nCannot start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n\n`,
    );
  process.exit(1);
});
