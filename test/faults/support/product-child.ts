import { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { openEmbedded, openPostgres } from '../../../db/client.ts';
import { type CrisisApp, startApp } from '../../../src/app.ts';
import { slackPace } from '../../../src/slack/ledger.ts';
import { verifyChain } from '../../../src/timeline/chain.ts';
import { entriesOf } from '../../../src/timeline/store.ts';
import { arm, boundariesSeen, watchEmbedded, watchSlack, watchSockets } from './boundaries.ts';
import type { Answers, Ask, Start } from './product.ts';

/** The product as production starts it, in a process that dies where it is told to. Everything is loaded; it waits for "start". */
const running: { app?: CrisisApp; close?: () => Promise<void>; aheadMs: number } = { aheadMs: 0 };
const now = () => new Date(Date.now() + running.aheadMs);

const log = {
  info: (fields: object, text: string) => say('info', fields, text),
  warn: (fields: object, text: string) => say('warn', fields, text),
  error: (fields: object, text: string) => say('error', fields, text),
};
function say(level: string, fields: object, text: string): void {
  const { err, ...rest } = fields as { err?: Error };
  const cause = err?.cause instanceof Error ? ` <- ${err.cause.message}` : '';
  process.send?.({
    log: `${level} ${text} ${JSON.stringify(rest)} ${err ? `${err.stack ?? err.message}${cause}` : ''}`,
  });
}

async function start(options: Start): Promise<Answers['start']> {
  running.aheadMs = options.aheadMs;
  const databasePort = options.database.startsWith('postgres') ? Number(new URL(options.database).port || 5432) : null;
  watchSockets({ database: databasePort, slack: Number(new URL(options.slack.apiUrl).port) });
  watchSlack();
  if (databasePort === null) watchEmbedded(PGlite.prototype);
  arm(options.plan);
  const database = databasePort === null ? await openEmbedded(options.database) : await openPostgres(options.database);
  const { apiUrl, botToken } = options.slack;
  running.close = () => database.close();
  running.app = await startApp({
    database,
    now,
    log,
    // People act faster here than any person does.
    rateLimit: { burst: 1_000_000, everyMs: 1 },
    ...(options.pace ? { pace: { ...slackPace, ...options.pace } } : {}),
    slack: {
      botToken,
      apiUrl,
      transport:
        'signingSecret' in options.slack
          ? { kind: 'http', signingSecret: options.slack.signingSecret, port: options.slack.port }
          : { kind: 'socket', appToken: options.slack.appToken, apiUrl },
    },
  });
  return { port: running.app.port, workspaceId: running.app.workspaceId };
}

const app = () => {
  if (!running.app) throw new Error('not started');
  return running.app;
};
const rows = async (text: string): Promise<Record<string, unknown>[]> => [
  ...(await app().deps.db.execute(sql.raw(text))),
];

const tasks: { [K in keyof Ask]: (given: Ask[K]) => Promise<Answers[K]> } = {
  start,
  arm: async (plan) => arm(plan),
  rows,
  busy: async () => {
    const [found] = await rows(
      `select count(*) filter (where state = 'active')::int as active,
              count(*) filter (where state in ('created', 'retry') and start_after <= now())::int as due,
              count(*) filter (where state = 'retry' and start_after > now())::int as later from pgboss.job`,
    );
    return { ...(found as { active: number; due: number; later: number }), inFlight: app().inFlight() };
  },
  /** Time passes, once: how far it has is kept in the database, so that a repetition after a death moves nothing twice. */
  clock: async (aheadMs) => {
    running.aheadMs = aheadMs;
    await rows(
      `with before as (select ahead_ms from faults_clock where ahead_ms < ${aheadMs} for update),
            noted as (update faults_clock set ahead_ms = ${aheadMs} where ahead_ms < ${aheadMs})
       update pgboss.job set start_after = start_after - (${aheadMs} - (select ahead_ms from before)) * interval '1 millisecond'
       where state in ('created', 'retry') and start_after > now() and exists (select 1 from before)`,
    );
    await app().advance(0);
  },
  hasten: async () => {
    await rows(`update pgboss.job set start_after = now() where state = 'retry' and start_after > now()`);
    await app().advance(0);
  },
  supervise: async () => {
    await app().deps.boss.supervise();
    await app().advance(0);
  },
  chain: async (crisisId) => {
    const entries = await entriesOf(app().deps.db, crisisId);
    return {
      problem: verifyChain(crisisId, entries),
      entries: entries.map((e) => ({
        seq: e.seq,
        kind: e.kind,
        text: e.textEn,
        actorId: e.actorId,
        data: e.data,
        at: e.occurredAt.getTime(),
      })),
    };
  },
  seen: async () => boundariesSeen(),
  stop: async () => {
    const began = performance.now();
    await app().stop();
    await running.close?.();
    return performance.now() - began;
  },
};

process.on('message', (message: { id: number; ask: keyof Ask; given: never }) => {
  const { id, ask, given } = message;
  const perform = tasks[ask] as (given: never) => Promise<unknown>;
  Promise.resolve()
    .then(() => perform(given))
    .then(
      (answer) => process.send?.({ id, answer }),
      (error: unknown) =>
        process.send?.({ id, problem: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
});
process.on('disconnect', () => process.exit(0));
process.send?.({ loaded: true });
