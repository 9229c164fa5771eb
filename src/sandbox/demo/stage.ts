import { sql } from 'drizzle-orm';
import type { Database } from '../../../db/client.ts';
import { workspaces } from '../../../db/schema/index.ts';
import { buildManifest } from '../../../manifests/build.ts';
import { type CrisisApp, startApp } from '../../app.ts';
import type { Log } from '../../core/logger.ts';
import { DAY, MINUTE, SECOND } from '../../core/time.ts';
import type { Pace } from '../../slack/ledger.ts';
import { startSandbox } from '../server/index.ts';
import { seedRoster } from '../trial/roster.ts';
import type { World } from './player.ts';
import type { Scenario } from './scenario.ts';
import { clockTime } from './words.ts';

export type Stage = World & { app: CrisisApp; now(): Date; stop(): Promise<void> };

/** People read and think: what passes on the story's clock before each act, in milliseconds. */
export const betweenActs = 30 * SECOND;
/** Told briefly: nobody acts so fast that Slack's 40 edits a minute are too few to follow. */
export const betweenBriefActs = 10 * SECOND;

/** The workspace of a story and the very product in it, over a real web socket, on a database that its owner closes. */
export async function openStage(
  database: Database,
  scenario: Scenario,
  log: Log,
  /** Slack's, unless told otherwise: the workspace then counts in the same seconds. */
  pace?: Pace,
): Promise<Stage> {
  const clock = { offset: startAfter(new Date(), scenario.starts).getTime() - Date.now() };
  const now = () => new Date(Date.now() + clock.offset);
  const sandbox = await startSandbox({
    manifest: buildManifest('socket'),
    now,
    ...(pace ? { paceSecondMs: pace.everyMs } : {}),
  });
  const app = await startApp({
    database,
    now,
    log,
    ...(pace ? { pace } : {}),
    slack: {
      botToken: sandbox.botToken,
      apiUrl: sandbox.apiUrl,
      transport: { kind: 'socket', appToken: sandbox.appToken, apiUrl: sandbox.apiUrl },
    },
  });
  await seedRoster(app, sandbox);
  await app.deps.db.update(workspaces).set({ language: scenario.language });
  const settled = settledIn(app, sandbox);
  await settled();
  return {
    sandbox,
    app,
    now,
    settled,
    // Deadline by deadline: what one causes may set the next, and one long jump would pass over it.
    advance: async (ms) => {
      for (let left = ms; left > 0; ) {
        const jump = Math.min(left, await nextDeadline(app));
        clock.offset += jump;
        await app.advance(jump);
        await settled();
        left -= jump;
      }
    },
    stop: async () => {
      await app.stop();
      await sandbox.stop();
    },
  };
}

/** Milliseconds until the next waiting job is due; at least one. */
export async function nextDeadline(app: CrisisApp): Promise<number> {
  const [row] = await app.deps.db.execute<{ ms: number | null }>(
    sql`select ceil(extract(epoch from min(start_after) - now()) * 1000)::int as ms from pgboss.job where state in ('created', 'retry') and start_after > now()`,
  );
  return Math.max(1, row?.ms ?? Number.POSITIVE_INFINITY);
}

/** Deliveries, jobs and calls are asked about; what one of them leaves to the others follows at once. */
const quietMs = 3;

/** No delivery, no call, and no job that could run now. */
export const settledIn = (app: CrisisApp, sandbox: World['sandbox']) => async (): Promise<void> => {
  for (;;) {
    await sandbox.settled(quietMs);
    const [row] = await app.deps.db.execute<{ n: number }>(
      sql`select count(*)::int as n from pgboss.job where state = 'active' or (state in ('created', 'retry') and start_after <= now())`,
    );
    // What was acknowledged before it was answered is still under way.
    if ((row?.n ?? 0) === 0 && app.inFlight() === 0) return sandbox.settled(quietMs);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

/** The next such day at its hour in Paris; a working day's morning, 8:40, where the story does not say, so that hours read as they would. */
function startAfter(day: Date, starts: Scenario['starts']): Date {
  const next = new Date(day.getTime() + DAY);
  const weekday = next.getUTCDay();
  if (starts ? weekday !== starts.weekday % 7 : weekday === 0 || weekday === 6) return startAfter(next, starts);
  const midday = Date.UTC(next.getUTCFullYear(), next.getUTCMonth(), next.getUTCDate(), 12);
  const minutesOf = (time: string) => time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return new Date(midday + (minutesOf(starts?.at ?? '08:40') - minutesOf(clockTime(new Date(midday)))) * MINUTE);
}
