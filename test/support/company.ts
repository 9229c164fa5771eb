import { sql } from 'drizzle-orm';
import type { Database, Db } from '../../db/client.ts';
import { departments, playbookVersions } from '../../db/schema/index.ts';
import { buildManifest } from '../../manifests/build.ts';
import { type CrisisApp, startApp } from '../../src/app.ts';
import type { Log } from '../../src/core/logger.ts';
import { productCore, productOther } from '../../src/playbooks/product.ts';
import { type Person, type Sandbox, startSandbox } from '../../src/sandbox/server/index.ts';
import type { Feature } from '../../src/slack/feature.ts';
import { type Pace, slackPace } from '../../src/slack/ledger.ts';
import { limits } from '../../src/slack/limits.ts';
import type { RateLimit } from '../../src/slack/rate-limit.ts';
import { aheadAtStart } from './clock.ts';
import { freshDatabase } from './database.ts';
import { paceWithoutWaiting } from './pace.ts';

export type Company = {
  sandbox: Sandbox;
  app: CrisisApp;
  claire: Person;
  marc: Person;
  helen: Person;
  tom: Person;
  anne: Person;
  sam: Person;
  now: () => Date;
  /** Lets time pass for people, Slack and the product alike, and waits until what came due is done. */
  pass(ms: number): Promise<void>;
  /** The same without waiting. */
  leap: (ms: number) => Promise<void>;
  /** Waits until nothing is under way: no delivery, no call, no job that could run now. */
  settled(): Promise<void>;
  /** The same, and lets time pass until no retry waits: for stories in which Slack fails and comes back. */
  settledWithRetries(): Promise<void>;
  /** Declares through the form and waits for the room. Answers the room's channel id. */
  declare(title?: string, options?: DeclareOptions): Promise<string>;
  close(): Promise<void>;
};

/** `patient` waits for retries as well: for stories in which Slack fails. */
type DeclareOptions = {
  by?: Person;
  summary?: string;
  level?: string;
  privacy?: string;
  playbook?: string;
  patient?: boolean;
};

export type CompanyOptions = {
  transport?: 'socket' | 'http';
  roster?: 'usual' | 'none';
  /**
   * `quiet`, unless said otherwise: the workspace keeps a core and an "other" of its own in which there is nothing to do,
   * so that a story about something else is not told among the tasks and drafts of a first hour.
   */
  playbooks?: 'quiet' | 'product';
  language?: 'en' | 'fr';
  latencyMs?: number;
  /** How far Slack's clock is behind the product's. */
  slackBehindMs?: number;
  /** How long the product waits for Slack; stories in which Slack is slow shorten it. */
  timeoutMs?: number;
  /** The port by which PostgreSQL is reached, where something stands in between. */
  databasePort?: number;
  /** One prepared by the test; otherwise an empty one of its own. */
  database?: Promise<Database & { drop(): Promise<void> }>;
  log?: Log;
  /** The product's, and what a test registers besides. */
  features?: readonly Feature[];
  /** How fast one person may act. Tests act faster than any person does, unless this is what they are about. */
  rateLimit?: RateLimit;
  /**
   * `slack`: one post per second and channel, as in production. `hurried`: the same, where a second is a quarter of one,
   * for Slack and product alike. Otherwise the same pace without waiting for it.
   */
  pace?: 'slack' | 'hurried';
  /** `slack`: 40 edits a minute, of the time that passes in the story. Otherwise tests do not wait for them either. */
  edits?: 'slack';
  /** How soon Slack gives an event up that is not acknowledged; stories in which much fails shorten it. */
  events?: { ackTimeoutMs: number; eventRetryDelaysMs: number[] };
};

const hurried: Pace = { ...slackPace, everyMs: slackPace.everyMs / 4 };

/** The whole product in the sandbox workspace "Maison Aurore", with its usual roster, on a database of its own. */
export async function startCompany(options: CompanyOptions = {}): Promise<Company> {
  const clock = { offset: aheadAtStart() };
  const now = () => new Date(Date.now() + clock.offset);
  const transport = options.transport ?? 'socket';
  const { pace, paceNow, editsNow } = paceWithoutWaiting(now);
  const [database, sandbox] = await Promise.all([
    options.database ?? freshDatabase(options.databasePort),
    startSandbox({
      manifest: buildManifest(transport),
      now: () => new Date(now().getTime() - (options.slackBehindMs ?? 0)),
      messageBlocksText: limits.messageBlocksText,
      ...(options.latencyMs ? { latencyMs: options.latencyMs } : {}),
      ...(options.pace === undefined ? { paceNow, ...(options.edits ? {} : { editsNow }) } : {}),
      ...(options.pace === 'hurried' ? { paceSecondMs: hurried.everyMs } : {}),
      ...options.events,
    }),
  ]);
  const app = await startApp({
    database,
    now,
    log: options.log ?? quietLog,
    ...(options.features ? { features: options.features } : {}),
    rateLimit: options.rateLimit ?? { burst: 1_000_000, everyMs: 1 },
    ...(options.pace === 'slack'
      ? {}
      : {
          pace: options.pace === 'hurried' ? hurried : options.edits ? { ...pace, editsAt: (at: Date) => at } : pace,
        }),
    slack: {
      botToken: sandbox.botToken,
      apiUrl: sandbox.apiUrl,
      ...(options.timeoutMs ? { timeoutMs: options.timeoutMs } : {}),
      transport:
        transport === 'http'
          ? { kind: 'http', signingSecret: sandbox.signingSecret, port: 0 }
          : { kind: 'socket', appToken: sandbox.appToken, apiUrl: sandbox.apiUrl, timeoutMs: options.timeoutMs },
    },
  });
  if (app.port !== null) sandbox.deliverByHttp(`http://127.0.0.1:${app.port}/slack/events`);
  const [claire, marc, helen, tom, anne, sam] = ['Claire', 'Marc', 'Helen', 'Tom', 'Anne', 'Sam'].map((name) =>
    sandbox.person(name),
  ) as [Person, Person, Person, Person, Person, Person];

  const leap = (ms: number) => {
    clock.offset += ms;
    return app.advance(ms);
  };
  const settle = settledIn(sandbox, app, leap);
  const settled = () => settle(false);

  if (options.language) await app.deps.db.execute(sql`update workspaces set language = ${options.language}`);
  if (options.roster !== 'none') {
    const department = (key: string, position: number, peopleIds: string[], deputyIds: string[] = []) => ({
      workspaceId: app.workspaceId,
      key,
      name: null,
      position,
      peopleIds,
      deputyIds,
      groupIds: [],
    });
    await app.deps.db
      .insert(departments)
      .values([
        department('communication', 0, [claire.id], [marc.id]),
        department('legal', 1, [helen.id]),
        department('marketing', 2, [tom.id]),
        department('management', 3, [anne.id]),
      ]);
  }
  if (options.playbooks !== 'product')
    await app.deps.db.insert(playbookVersions).values(
      [productCore, productOther].map((playbook) => ({
        workspaceId: app.workspaceId,
        key: playbook.key,
        version: 1,
        act: 'edited' as const,
        content: { ...playbook, tasks: [], templates: [], stakeholders: [] },
        editors: {},
        changedBy: anne.id,
        changedAt: now(),
      })),
    );
  await settled();

  return {
    sandbox,
    app,
    claire,
    marc,
    helen,
    tom,
    anne,
    sam,
    now,
    settled,
    settledWithRetries: () => settle(true),
    leap,
    pass: async (ms) => {
      await leap(ms);
      await settled();
    },
    declare: async (title = 'Soup recall', declaration = {}) => {
      const by = declaration.by ?? claire;
      const before = new Set(sandbox.channels().map((channel) => channel.id));
      await by.command(`/crisis declare ${title}`, '#general');
      await by.waitForModal();
      const { summary, level, privacy, playbook } = declaration;
      by.fill({
        ...(summary ? { summary } : {}),
        ...(level ? { level } : {}),
        ...(privacy ? { privacy } : {}),
        ...(playbook ? { playbook } : {}),
      });
      await by.submit();
      await settle(declaration.patient ?? false);
      while (by.modal()) await by.close();
      const room = sandbox.channels().find((channel) => !before.has(channel.id) && /^cris(is|e)-/.test(channel.name));
      if (!room) throw new Error('no war room was opened');
      return room.id;
    },
    close: async () => {
      await app.stop();
      await sandbox.stop();
      await database.drop();
    },
  };
}

/** The product is asked what it is doing; what it leaves to the sandbox, and the other way round, follows at once. */
const quietMs = 2;

/**
 * Waits until nothing is under way: no delivery, no call, no job that could run now. `retriesToo`: no job that will be
 * tried again either. Nobody waits for its time: `leap` makes it pass, for everything that waits.
 */
export const settledIn =
  (sandbox: Sandbox, app: Pick<CrisisApp, 'inFlight' | 'deps'>, leap: (ms: number) => Promise<void>) =>
  async (retriesToo: boolean): Promise<void> => {
    for (;;) {
      await sandbox.settled(quietMs);
      const { due, retryInMs } = app.inFlight() > 0 ? { due: true, retryInMs: null } : await waitingJobs(app.deps.db);
      if (due || app.inFlight() > 0) await moment();
      else if (retriesToo && retryInMs !== null) await leap(Math.max(1, retryInMs));
      else return sandbox.settled(quietMs);
    }
  };

async function waitingJobs(db: Db): Promise<{ due: boolean; retryInMs: number | null }> {
  const [row] = await db.execute<{ due: boolean; retryInMs: number | null }>(sql`
    select coalesce(bool_or(state = 'active' or start_after <= now()), false) as due,
      ceil(extract(epoch from min(start_after) filter (where state = 'retry') - now()) * 1000)::int as "retryInMs"
    from pgboss.job where state in ('created', 'retry', 'active')`);
  return row ?? { due: false, retryInMs: null };
}

const moment = () => new Promise((resolve) => setTimeout(resolve, 5));

export const quietLog = {
  info: () => {},
  warn: (fields: object, text: string) => trace('warn', fields, text),
  error: (fields: object, text: string) => trace('error', fields, text),
};

/** `TEST_LOG=1 npx vitest …` shows what the product logs. */
function trace(level: string, fields: object, text: string) {
  if (process.env['TEST_LOG']) console.error(level, text, fields);
}
