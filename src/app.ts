import { App, LogLevel } from '@slack/bolt';
import type { PgBoss } from 'pg-boss';
import { type Database, isDatabaseDown } from '../db/client.ts';
import { queues } from './core/jobs.ts';
import type { Log } from './core/logger.ts';
import { slicesOf } from './core/slices.ts';
import { after, MINUTE, SECOND } from './core/time.ts';
import { exceptConcerned } from './crises/jobs.ts';
import { workspaceOfCrisis } from './crises/store.ts';
import { features as allFeatures, panel } from './features.ts';
import { look, type Parts } from './health.ts';
import { startBoss } from './jobs/boss.ts';
import type { Deps } from './jobs/commit.ts';
import { oldestWaiting, pullForward, releaseAbandoned } from './jobs/enqueue.ts';
import { startWorker, type Worker } from './jobs/worker.ts';
import { eventsWereDropped, listen } from './log/missed/change.ts';
import { beat } from './log/missed/rules.ts';
import { directChannelsOf } from './people/store.ts';
import { whoFinder } from './people/who.ts';
import { type Connections, onlyConnection } from './slack/connections.ts';
import { deliveryJobs } from './slack/deliver.ts';
import { rememberingDirectChannels } from './slack/direct.ts';
import type { Feature } from './slack/feature.ts';
import { createGateway, domainOf, type Gateway } from './slack/gateway.ts';
import { endStaleAttempts, type Pace, slackPace } from './slack/ledger.ts';
import { createRateLimit, type RateLimit } from './slack/rate-limit.ts';
import { createDoor, type Door, type Transport } from './slack/receivers.ts';
import { route } from './slack/router.ts';
import { appendEntries } from './timeline/store.ts';
import { rotateTokens } from './workspaces/change.ts';
import { installedConnections } from './workspaces/connections.ts';
import { installRoutes, type OAuth } from './workspaces/install.ts';
import { installedWorkspaces, meetWorkspace } from './workspaces/store.ts';

type Options = {
  database: Database;
  log: Log;
  now?: () => Date;
  /** How fast one channel may be posted to. Only tests go faster than Slack allows. */
  pace?: Pace;
  features?: readonly Feature[];
  /** How fast one person may act. */
  rateLimit?: RateLimit;
};
export type AppOptions = Options & {
  slack: { botToken: string; apiUrl?: string | undefined; transport: Transport; timeoutMs?: number | undefined };
};
export type SharedAppOptions = Options & { oauth: OAuth; door: { signingSecret: string; port: number } };

export type Running = {
  /** Where signed deliveries arrive, when they arrive by HTTP. */
  port: number | null;
  deps: Deps;
  /** Lets `ms` pass for every waiting deadline; the caller moves `now` by as much. */
  advance(ms: number): Promise<void>;
  /** What the health server asks. */
  health: Parts;
  /** Each minute: says that the product listens, where it does, and reads what it missed after a silence. */
  listen(): Promise<void>;
  /** Deliveries whose listeners have not ended yet, acknowledged or not. */
  inFlight(): number;
  stop(): Promise<void>;
};
export type CrisisApp = Running & { workspaceId: string; slack: Gateway };

/** Starts the product on a workspace and a database. Tests, the demo and production start it in the same way. */
export async function startApp(options: AppOptions): Promise<CrisisApp> {
  const { botToken, apiUrl, transport, timeoutMs } = options.slack;
  const gateway = createGateway({ token: botToken, apiUrl, timeoutMs, ...(options.now ? { now: options.now } : {}) });
  const [identity, engine] = await Promise.all([gateway.identity(), startEngine(options)]);
  const workspaceId = identity.team_id;
  const slack = rememberingDirectChannels(gateway, directChannelsOf(engine.deps.db, workspaceId));
  const domain = domainOf(identity);
  const { user_id: botUserId, bot_id: botId } = identity;
  await meetWorkspace(engine.deps.db, { id: workspaceId, name: identity.team, domain, botUserId }, engine.deps.now());
  const connections = onlyConnection({ slack, botId, botUserId });
  const running = await run(options, engine, connections, transport, async () => [workspaceId]);
  return { ...running, workspaceId, slack };
}

/**
 * Starts the product for every workspace that installed it, and for those that will. Throws KeyMissing when a stored
 * token is encrypted with a key that is not listed.
 */
export async function startSharedApp(options: SharedAppOptions): Promise<Running> {
  const { oauth, door } = options;
  const rotated = await rotateTokens(options.database.db, oauth.keys);
  const engine = await startEngine(options);
  const { deps } = engine;
  if (rotated > 0)
    deps.log.info({ tokens: rotated, key: oauth.keys[0].id }, 'tokens are encrypted with the newest key');
  const connections = installedConnections({
    ...deps,
    keys: oauth.keys,
    apiUrl: oauth.apiUrl,
    workspaceOfCrisis: (crisisId) => workspaceOfCrisis(deps.db, crisisId),
    directChannels: (workspaceId) => directChannelsOf(deps.db, workspaceId),
  });
  const routes = installRoutes(deps, oauth, (workspaceId) => startFeatures(options, deps, workspaceId));
  const transport = { kind: 'http' as const, ...door, routes };
  return run(options, engine, connections, transport, () => installedWorkspaces(deps.db));
}

type Engine = { deps: Deps; boss: PgBoss; worker: { current?: Worker } };

async function startEngine({
  database,
  log,
  now = () => new Date(),
  features = allFeatures,
}: Options): Promise<Engine> {
  const boss = await startBoss(database, (error) => log.error({ err: error }, 'the job engine reported an error'));
  const worker: Engine['worker'] = {};
  const slices = slicesOf([...features, { jobs: deliveryJobs }]);
  return {
    boss,
    worker,
    deps: { db: database.db, boss, now, log, slices, appendEntries, wake: (jobs) => worker.current?.wake(jobs) },
  };
}

async function run(
  options: Options,
  { deps, boss, worker }: Engine,
  connections: Connections,
  transport: Transport,
  workspaces: () => Promise<readonly string[]>,
): Promise<Running> {
  if (options.database.engine.name === 'embedded') {
    await endStaleAttempts(deps.db);
    await releaseAbandoned(deps.db);
  }
  const features = options.features ?? allFeatures;
  const app = new App({
    receiver: { init: () => {}, start: async () => undefined, stop: async () => undefined },
    // Who we are, so that what we did ourselves is no news. Bolt needs no token: everything is asked through a gateway.
    authorize: async ({ teamId }) => {
      const found = await connections.of(teamId ?? '').catch(() => null);
      return found ? { botId: found.botId, botUserId: found.botUserId } : {};
    },
    convoStore: false,
    deferInitialization: true,
    logLevel: LogLevel.ERROR,
  });
  await app.init();
  const slackOf = async (workspaceId: string) => (await connections.of(workspaceId)).slack;
  route(app, {
    ...deps,
    slackOf,
    features,
    panel,
    findWho: whoFinder(deps, slackOf),
    isDatabaseDown,
    rateLimit: createRateLimit(options.rateLimit),
  });

  let isStarted = false;
  const parts: Parts = {
    database: async () => {
      await deps.db.execute('select 1');
      return { ok: true };
    },
    slack: async () => ({ ok: door.isListening(), sockets: door.sockets() }),
    // What follows is told and judged by nobody: a quiet day is no fault, and while Slack is away work waits.
    lastDelivery: async () => ({ ok: true, at: door.lastDelivery()?.toISOString() ?? null }),
    waitingWork: async () => ({ ok: true, oldestSeconds: await oldestWaiting(deps.db) }),
  };
  const door: Door = createDoor(
    transport,
    async () => isStarted && (await look(parts)).ok,
    deps.log,
    (workspaceId, from) => eventsWereDropped(deps, workspaceId, from, after(from, MINUTE)),
  );
  worker.current = startWorker(
    { ...deps, connections, pace: options.pace ?? slackPace },
    [...features.flatMap((feature) => (feature.jobs ?? []).map(exceptConcerned)), ...deliveryJobs],
    () => door.inFlight() > 0,
  );
  const { port } = await door.start(app);
  for (const workspaceId of await workspaces()) await startFeatures(options, deps, workspaceId);

  isStarted = true;

  return {
    port,
    deps,
    health: parts,
    advance: async (ms) => {
      await pullForward(deps.db, ms);
      deps.wake(queues.map((queue) => ({ queue })));
    },
    listen: async () => {
      if (!door.isListening()) return;
      for (const workspaceId of await workspaces()) await listen(deps, workspaceId);
    },
    inFlight: () => door.inFlight(),
    stop: () => stop(door, boss, worker.current, deps.log),
  };
}

/** Lets a started product say each minute that it listens. Answers how to end that. Tests let it listen themselves. */
export function keepListening(app: Running): () => void {
  const timer = setInterval(
    () => void app.listen().catch((error: unknown) => app.deps.log.warn({ err: error }, 'cannot say that it listens')),
    beat,
  );
  return () => clearInterval(timer);
}

async function startFeatures({ features = allFeatures }: Options, deps: Deps, workspaceId: string): Promise<void> {
  for (const feature of features) await feature.start?.(deps, workspaceId);
}

/** Lets what was begun end, within a bound, and says what did not: it is completed by whoever runs next. */
async function stop(door: Door, boss: PgBoss, worker: Worker | undefined, log: Log): Promise<void> {
  const began = performance.now();
  log.info({ deliveries: door.inFlight() }, 'stopping');
  // First: what a socket has brought is acknowledged by that socket.
  await idle(door, 3 * SECOND);
  await door.stop();
  await idle(door, 3 * SECOND);
  const jobs = (await worker?.stop(10 * SECOND)) ?? 0;
  await boss.stop({ graceful: true, timeout: 5 * SECOND });
  const left = { deliveries: door.inFlight(), jobs };
  const isClean = left.deliveries + left.jobs === 0;
  log[isClean ? 'info' : 'warn'](
    { ms: Math.round(performance.now() - began), ...left },
    isClean ? 'stopped' : 'stopped with work left',
  );
}

async function idle(door: Door, timeoutMs: number): Promise<void> {
  const until = performance.now() + timeoutMs;
  while (door.inFlight() > 0 && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 5));
}
