import { z } from 'zod';
import { DatabaseRefused } from '../db/client.ts';

const port = z.coerce.number().int().min(0).max(65535);

const postgresUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\/\S+$/, 'an address such as "postgres://user@host/database" is needed');

const schema = z.object({
  SLACK_BOT_TOKEN: z.string().startsWith('xoxb-', 'a bot token starts with "xoxb-"').optional(),
  SLACK_APP_TOKEN: z.string().startsWith('xapp-', 'an app-level token starts with "xapp-"').optional(),
  SLACK_SIGNING_SECRET: z.string().min(8, 'a signing secret has 32 characters').optional(),
  SLACK_API_URL: z.url('a web address is needed, such as "https://slack.com/api/"').optional(),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_MIGRATION_URL: postgresUrl.optional(),
  DATA_DIR: z.string().min(1).default('.data'),
  PORT: port.default(3000),
  SANDBOX_PORT: port.default(4010),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
});

export type Config = {
  mode: 'sandbox' | 'slack';
  slack: {
    botToken: string;
    transport: { kind: 'socket'; appToken: string } | { kind: 'http'; signingSecret: string; port: number };
  } | null;
  apiUrl: string | undefined;
  databaseUrl: string | undefined;
  databaseMigrationUrl: string | undefined;
  dataDir: string;
  sandboxPort: number;
  logLevel: 'debug' | 'info' | 'warn' | 'error';
};

/** A setting that is missing or wrong. The message names the variable and says what to do. */
export class BadConfig extends Error {}

/** A database that cannot be opened, in words. Never its address: that may hold a password. */
export function databaseProblem(error: unknown): never {
  if (error instanceof DatabaseRefused) throw new BadConfig(error.message);
  const { code, message } = error as { code?: unknown; message?: unknown };
  // The driver's words for what the server says hold names and no secrets; an address that cannot be read is not repeated.
  const told = typeof code === 'string' && code !== 'ERR_INVALID_URL' && message ? message : code;
  throw new BadConfig(`DATABASE_URL cannot be used: ${typeof told === 'string' ? told : 'no connection'}.`);
}

/** Reads the environment: the only place that does. Empty variables count as absent. Throws BadConfig. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new BadConfig(`${String(issue?.path[0])} is not usable: ${issue?.message}.`);
  }
  const env = parsed.data;
  return {
    mode: slackOf(env) ? 'slack' : 'sandbox',
    slack: slackOf(env),
    apiUrl: env.SLACK_API_URL ? `${env.SLACK_API_URL.replace(/\/+$/, '')}/` : undefined,
    databaseUrl: env.DATABASE_URL,
    databaseMigrationUrl: env.DATABASE_MIGRATION_URL,
    dataDir: env.DATA_DIR,
    sandboxPort: env.SANDBOX_PORT,
    logLevel: env.LOG_LEVEL,
  };
}

function slackOf(env: z.infer<typeof schema>): Config['slack'] {
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = env;
  if (!botToken && !appToken && !signingSecret) return null;
  if (!botToken)
    throw new BadConfig(
      'SLACK_BOT_TOKEN is missing: copy it from "OAuth & Permissions" of your Slack app (it starts with "xoxb-").',
    );
  if (appToken) return { botToken, transport: { kind: 'socket', appToken } };
  if (signingSecret) return { botToken, transport: { kind: 'http', signingSecret, port: env.PORT } };
  throw new BadConfig(
    'SLACK_APP_TOKEN is missing: create an app-level token with the scope "connections:write" (it starts with "xapp-"), or set SLACK_SIGNING_SECRET to receive Slack by HTTP.',
  );
}
