import { FolderInUse, openEmbedded, openPostgres } from '../db/client.ts';
import { type CrisisApp, startApp } from './app.ts';
import { BadConfig, type Config, readConfig } from './config.ts';
import { createLog } from './log.ts';
import { lockedOut, SlackFailure } from './slack/failures.ts';

/** Reads the settings, connects, and stops gracefully. A setting that is wrong ends the process with one clear message. */
async function main(): Promise<void> {
  process.umask(0o077);
  const config = readConfig(process.env);
  const running =
    config.mode === 'sandbox'
      ? await (await import('./sandbox/trial/start.ts')).startTrial(config)
      : await startReal(config);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void running.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}

async function startReal(config: Config): Promise<{ stop(): Promise<void> }> {
  const log = createLog(config.logLevel);
  const { slack } = config;
  if (!slack) throw new BadConfig('SLACK_BOT_TOKEN is missing.');
  const database = config.databaseUrl
    ? await openPostgres(config.databaseUrl).catch(databaseProblem)
    : await openEmbedded(config.dataDir);
  const app: CrisisApp = await startApp({
    database,
    log,
    slack: {
      botToken: slack.botToken,
      apiUrl: config.apiUrl,
      transport: slack.transport.kind === 'socket' ? { ...slack.transport, apiUrl: config.apiUrl } : slack.transport,
    },
  });
  const upkeep = setInterval(
    () => void database.maintain().catch((error: unknown) => log.warn({ err: error }, 'maintenance failed')),
    10 * 60_000,
  );
  log.info(
    { workspace: app.workspaceId, transport: slack.transport.kind, port: app.port, database: database.engine.name },
    'ready',
  );
  return {
    stop: async () => {
      clearInterval(upkeep);
      await app.stop();
      await database.close();
    },
  };
}

function databaseProblem(error: unknown): never {
  throw new BadConfig(`DATABASE_URL cannot be used: ${error instanceof Error ? error.message : 'no connection'}.`);
}

/** What to tell whoever started the process, or null when it is a fault of ours. */
function explain(error: unknown): string | null {
  if (error instanceof BadConfig) return error.message;
  if (error instanceof FolderInUse) return `${error.message} Stop it first, or set DATA_DIR to another folder.`;
  if (error instanceof SlackFailure) {
    const variable = error.method === 'apps.connections.open' ? 'SLACK_APP_TOKEN' : 'SLACK_BOT_TOKEN';
    if (error.kind === 'permanent' || lockedOut.has(error.code))
      return `${variable} is refused by Slack (${error.code}): copy it again from the settings of your Slack app.`;
    return `Slack cannot be reached (${error.code}). Check the network, and SLACK_API_URL if you have set it.`;
  }
  const { code } = error as { code?: string };
  if (code === 'EADDRINUSE')
    return 'The port is in use: set PORT (or SANDBOX_PORT without Slack credentials) to a free one.';
  if (code === 'EACCES' || code === 'EROFS' || code === 'ENOSPC')
    return `DATA_DIR cannot be written (${code}): set it to a folder on a disk with room.`;
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
