import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { sql } from 'drizzle-orm';
import type { Db } from '../../db/client.ts';
import { buildManifest } from '../../manifests/build.ts';
import { startApp } from '../../src/app.ts';
import { type ModalView, startSandbox } from '../../src/sandbox/server/index.ts';
import type { State } from '../../src/sandbox/server/types.ts';
import { settledIn } from '../support/company.ts';
import { paceWithoutWaiting } from '../support/pace.ts';
import { openDump } from './database.ts';

/** What a company had in its database and in Slack when a released version was stopped in the middle of a crisis. */
export type Fixture = {
  commit: string;
  database: string;
  workspace: State;
  /** Forms as they stood on somebody's screen. */
  forms: ModalView[];
  /** All that could be pressed, sent, typed, ordered and written. */
  ids: Record<'actions' | 'forms' | 'shortcuts' | 'jobs' | 'commands' | 'entryKinds', string[]>;
  /** What time it was, for people and for the database. */
  moment: { product: number; database: number };
};

export const fixtures: Fixture[] = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name: commit }) => {
    const file = (name: string) => readFileSync(join(import.meta.dirname, commit, name));
    const packed = (name: string) => gunzipSync(file(`${name}.gz`)).toString();
    const json = (text: string) => JSON.parse(text) as never;
    return {
      commit,
      database: packed('database.sql'),
      workspace: json(packed('workspace.json')),
      forms: json(packed('forms.json')),
      ids: json(file('ids.json').toString()),
      moment: json(file('moment.json').toString()),
    };
  });

export type Upgraded = Awaited<ReturnType<typeof upgrade>>;

/** The product as it is now, started on what that version left, a moment after it was stopped. */
export async function upgrade(fixture: Fixture) {
  const database = await openDump(fixture.database);
  await asIfJustStopped(database.db, fixture);
  const waiting = await database.db.execute<{ id: string; kind: string }>(
    sql`select id, data->>'kind' as kind from pgboss.job where state in ('created', 'retry', 'active')`,
  );
  const clock = { offset: fixture.moment.product - Date.now() };
  const now = () => new Date(Date.now() + clock.offset);
  const { pace, ...pacing } = paceWithoutWaiting(now);
  const sandbox = await startSandbox({
    manifest: buildManifest('socket'),
    now,
    snapshot: fixture.workspace,
    ...pacing,
  });
  // Everything that ever stood on a screen is pressed within seconds: more than Slack takes of anybody.
  sandbox.enforceRateTiers(false);
  /** What the product logged as a warning or an error. */
  const logged: string[] = [];
  const write = (fields: Record<string, unknown>, text: string) => {
    const { err, ...rest } = fields;
    logged.push(`${text} ${JSON.stringify(rest)} ${err instanceof Error ? (err.stack ?? err.message) : ''}`);
  };
  const app = await startApp({
    database,
    now,
    log: { info: () => {}, warn: write, error: write },
    rateLimit: { burst: 1_000_000, everyMs: 1 },
    pace,
    slack: {
      botToken: sandbox.botToken,
      apiUrl: sandbox.apiUrl,
      transport: { kind: 'socket', appToken: sandbox.appToken, apiUrl: sandbox.apiUrl },
    },
  });
  const leap = (ms: number) => {
    clock.offset += ms;
    return app.advance(ms);
  };
  const settle = settledIn(sandbox, app, leap);
  return {
    sandbox,
    app,
    db: database.db,
    /** Jobs that the earlier version had left. */
    waiting,
    logged,
    leap,
    settled: () => settle(false),
    close: async () => {
      await app.stop();
      await sandbox.stop();
      await database.drop();
    },
  };
}

const moments = ['start_after', 'created_on', 'started_on', 'completed_on', 'keep_until', 'heartbeat_on'];

/** What waits is due as many minutes from now as it was then. */
const asIfJustStopped = (db: Db, { moment }: Fixture) =>
  db.execute(
    sql.raw(
      `update pgboss.job set ${moments.map((one) => `${one} = ${one} + ${Date.now() - moment.database} * interval '1 millisecond'`).join(', ')}`,
    ),
  );

/** The rooms of its crises, oldest first. */
export const roomsOf = ({ db }: Pick<Upgraded, 'db'>) =>
  db.execute<{ id: string; status: string; lead: string }>(
    sql`select channel_id as id, status, lead_id as lead from crises order by number`,
  );
