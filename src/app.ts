import { App, LogLevel } from '@slack/bolt';
import type { PgBoss } from 'pg-boss';
import { type Database, isDatabaseDown } from '../db/client.ts';
import { queues } from './core/jobs.ts';
import type { Log } from './core/log.ts';
import { SECOND } from './core/time.ts';
import { features as allFeatures, panel } from './features.ts';
import { startBoss } from './jobs/boss.ts';
import type { Deps } from './jobs/commit.ts';
import { pullForward, releaseAbandoned } from './jobs/enqueue.ts';
import { startWorker, type Worker } from './jobs/worker.ts';
import { whoFinder } from './people/who.ts';
import type { Feature, JobContext } from './slack/feature.ts';
import { createGateway, type Gateway } from './slack/gateway.ts';
import { endStaleAttempts, type Pace, slackPace } from './slack/ledger.ts';
import { createDoor, type Transport } from './slack/receivers.ts';
import { route } from './slack/router.ts';
import { saveInstallation } from './workspaces/store.ts';

export type AppOptions = {
  database: Database;
  slack: { botToken: string; apiUrl?: string | undefined; transport: Transport; timeoutMs?: number };
  log: Log;
  now?: () => Date;
  /** How fast one channel may be posted to. Only tests go faster than Slack allows. */
  pace?: Pace;
  features?: readonly Feature[];
};

export type CrisisApp = {
  /** Where signed deliveries arrive, when they arrive by HTTP. */
  port: number | null;
  workspaceId: string;
  slack: Gateway;
  deps: Deps;
  /** Lets `ms` pass for every waiting deadline; the caller moves `now` by as much. */
  advance(ms: number): Promise<void>;
  /** Deliveries whose listeners have not ended yet, acknowledged or not. */
  inFlight(): number;
  stop(): Promise<void>;
};

/** Starts the product on a workspace and a database. Tests, the demo and production start it in the same way. */
export async function startApp(options: AppOptions): Promise<CrisisApp> {
  const { database, log } = options;
  const features = options.features ?? allFeatures;
  const now = options.now ?? (() => new Date());
  const slack = createGateway({
    token: options.slack.botToken,
    apiUrl: options.slack.apiUrl,
    timeoutMs: options.slack.timeoutMs,
    now,
  });
  const [identity, boss] = await Promise.all([
    slack.identity(),
    startBoss(database, (error) => log.error({ err: error }, 'the job engine reported an error')),
  ]);
  const worker: { current?: Worker } = {};
  const deps: Deps = { db: database.db, boss, now, log, wake: (jobs) => worker.current?.wake(jobs) };
  const domain = new URL(identity.url).hostname.split('.')[0] ?? identity.team;
  await saveInstallation(
    deps.db,
    { id: identity.team_id, name: identity.team, domain, botUserId: identity.user_id },
    now(),
  );
  if (database.engine.name === 'embedded') {
    await endStaleAttempts(deps.db);
    await releaseAbandoned(deps.db);
  }

  const app = new App({
    receiver: { init: () => {}, start: async () => undefined, stop: async () => undefined },
    authorize: async () => ({ botToken: options.slack.botToken, botId: identity.bot_id, botUserId: identity.user_id }),
    convoStore: false,
    deferInitialization: true,
    logLevel: LogLevel.ERROR,
    ...(options.slack.apiUrl ? { clientOptions: { slackApiUrl: options.slack.apiUrl } } : {}),
  });
  await app.init();
  route(app, { ...deps, slack, features, panel, findWho: whoFinder(deps, slack), isDatabaseDown });

  const context: JobContext = { ...deps, slack, pace: options.pace ?? slackPace };
  const door = createDoor(
    options.slack.transport,
    async () => (await deps.db.execute('select 1').catch(() => null)) !== null,
  );
  worker.current = startWorker(
    context,
    features.flatMap((feature) => feature.jobs ?? []),
    () => door.inFlight() > 0,
  );
  const { port } = await door.start(app);
  for (const feature of features) await feature.start?.(context, identity.team_id);

  return {
    port,
    workspaceId: identity.team_id,
    slack,
    deps,
    advance: async (ms) => {
      await pullForward(deps.db, ms);
      deps.wake(queues.map((queue) => ({ queue, kind: '', data: {} })));
    },
    inFlight: () => door.inFlight(),
    stop: () => stop(door, boss, worker.current),
  };
}

/** Stops listening, lets what was begun end, then stops the work. */
async function stop(door: ReturnType<typeof createDoor>, boss: PgBoss, worker: Worker | undefined): Promise<void> {
  await door.stop();
  const patience = performance.now() + 5 * SECOND;
  while (door.inFlight() > 0 && performance.now() < patience) await new Promise((resolve) => setTimeout(resolve, 10));
  await worker?.stop(10 * SECOND);
  await boss.stop({ graceful: true, timeout: 5 * SECOND });
}
