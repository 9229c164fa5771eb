import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { DatabaseRefused } from '../db/client.ts';
import { readTokenKey, type TokenKey, type TokenKeys } from './workspaces/tokens.ts';

const port = z.coerce.number().int().min(0).max(65535);

const postgresUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\/\S+$/, 'an address such as "postgres://user@host/database" is needed');

const schema = z.object({
  SLACK_BOT_TOKEN: z.string().startsWith('xoxb-', 'a bot token starts with "xoxb-"').optional(),
  SLACK_APP_TOKEN: z.string().startsWith('xapp-', 'an app-level token starts with "xapp-"').optional(),
  SLACK_SIGNING_SECRET: z.string().min(8, 'a signing secret has 32 characters').optional(),
  SLACK_CLIENT_ID: z
    .string()
    .regex(/^\d+\.\d+$/, 'a client ID is two numbers with a dot between them')
    .optional(),
  SLACK_CLIENT_SECRET: z.string().min(8, 'a client secret has 32 characters').optional(),
  TOKEN_KEYS: z.string().optional(),
  PUBLIC_URL: z
    .url({ protocol: /^https$/, error: 'an address such as "https://crisis.example.org" is needed' })
    .optional(),
  SLACK_API_URL: z.url('a web address is needed, such as "https://slack.com/api/"').optional(),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_MIGRATION_URL: postgresUrl.optional(),
  DATA_DIR: z.string().min(1).default('.data'),
  PORT: port.default(3000),
  HEALTH_PORT: port.default(3001),
  SANDBOX_PORT: port.default(4010),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
});

export type Config = {
  mode: 'sandbox' | 'slack';
  slack:
    | {
        kind: 'one_workspace';
        botToken: string;
        transport: { kind: 'socket'; appToken: string } | { kind: 'http'; signingSecret: string; port: number };
      }
    | {
        kind: 'oauth';
        oauth: { clientId: string; clientSecret: string; keys: TokenKeys; publicUrl: string | undefined };
        door: { signingSecret: string; port: number };
      }
    | null;
  apiUrl: string | undefined;
  databaseUrl: string | undefined;
  databaseMigrationUrl: string | undefined;
  dataDir: string;
  /** 0: no health server. */
  healthPort: number;
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

/** What nobody should read in a list of processes or of containers: `X_FILE` names a file that holds it, as Docker's secrets do. */
const secrets = [
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'SLACK_SIGNING_SECRET',
  'SLACK_CLIENT_SECRET',
  'TOKEN_KEYS',
  'DATABASE_URL',
  'DATABASE_MIGRATION_URL',
] as const;

/** Reads the environment, and the files that it names for secrets: the only place that does. Empty variables count as absent. Throws BadConfig. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  for (const name of secrets) {
    const file = given[`${name}_FILE`];
    if (file === undefined) continue;
    if (given[name] !== undefined)
      throw new BadConfig(`${name}_FILE is not usable: ${name} is set as well. Keep one of the two.`);
    given[name] = secretIn(name, file);
  }
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
    healthPort: env.HEALTH_PORT,
    sandboxPort: env.SANDBOX_PORT,
    logLevel: env.LOG_LEVEL,
  };
}

function secretIn(name: string, file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new BadConfig(`${name}_FILE is not usable: the file cannot be read (${(error as { code?: string }).code}).`);
  }
  if (text === '') throw new BadConfig(`${name}_FILE is not usable: the file is empty.`);
  return text;
}

function slackOf(env: z.infer<typeof schema>): Config['slack'] {
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = env;
  if (!botToken && (env.SLACK_CLIENT_ID || env.SLACK_CLIENT_SECRET)) return oauthOf(env);
  if (!botToken && !appToken && !signingSecret) return null;
  if (!botToken)
    throw new BadConfig(
      'SLACK_BOT_TOKEN is missing: copy it from "OAuth & Permissions" of your Slack app (it starts with "xoxb-").',
    );
  if (appToken) return { kind: 'one_workspace', botToken, transport: { kind: 'socket', appToken } };
  if (signingSecret)
    return { kind: 'one_workspace', botToken, transport: { kind: 'http', signingSecret, port: env.PORT } };
  throw new BadConfig(
    'SLACK_APP_TOKEN is missing: create an app-level token with the scope "connections:write" (it starts with "xapp-"), or set SLACK_SIGNING_SECRET to receive Slack by HTTP.',
  );
}

/** Workspaces that install by themselves; Slack then comes by HTTP. */
function oauthOf(env: z.infer<typeof schema>): Config['slack'] {
  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret, SLACK_SIGNING_SECRET: signingSecret } = env;
  const from = 'copy it from "Basic Information" of your Slack app';
  if (!clientId) throw new BadConfig(`SLACK_CLIENT_ID is missing: ${from}.`);
  if (!clientSecret) throw new BadConfig(`SLACK_CLIENT_SECRET is missing: ${from}.`);
  if (!signingSecret) throw new BadConfig(`SLACK_SIGNING_SECRET is missing: ${from}.`);
  if (env.SLACK_APP_TOKEN)
    throw new BadConfig(
      'SLACK_APP_TOKEN is not usable: workspaces that install with SLACK_CLIENT_ID are served by HTTP. Remove it, or set SLACK_BOT_TOKEN to serve one workspace.',
    );
  const publicUrl = env.PUBLIC_URL?.replace(/\/+$/, '');
  return {
    kind: 'oauth',
    oauth: { clientId, clientSecret, keys: keysOf(env.TOKEN_KEYS ?? ''), publicUrl },
    door: { signingSecret, port: env.PORT },
  };
}

function keysOf(text: string): TokenKeys {
  const keys = text
    .split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '')
    .map((key, i): TokenKey => {
      const read = readTokenKey(key);
      if (read) return read;
      throw new BadConfig(
        `TOKEN_KEYS is not usable: key ${i + 1} of the list is not 32 bytes in base64. Make one with "npm run token-key".`,
      );
    });
  const [newest, ...older] = keys;
  if (!newest)
    throw new BadConfig(
      'TOKEN_KEYS is missing: tokens of installed workspaces are encrypted with it. Make a key with "npm run token-key" and keep it apart from the database and its backups.',
    );
  return [newest, ...older];
}
