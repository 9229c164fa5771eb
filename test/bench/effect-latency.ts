import { fromPglite, PgBoss } from 'pg-boss';
import { openEmbedded } from '../../db/client.ts';
import { startApp } from '../../src/app.ts';
import { newId } from '../../src/core/ids.ts';
import { decide } from '../../src/facts/change.ts';
import { createLog } from '../../src/logger.ts';

import { actOf } from '../support/acts.ts';
import { median } from './load.ts';
import { type Row, row } from './report.ts';
import { benchChannel, seedCrises } from './seed.ts';
import { startStub } from './stub-slack.ts';

const rounds = 60;

/** From the commit of a change to its effect leaving for Slack, when nothing else is going on. */
export async function effectLatency(): Promise<Row[]> {
  return [
    row('commit to effect leaving for Slack: p50, idle', 'ms', await throughProduct(), await engineAlone(), 2, 'lower'),
  ];
}

/** One job of the engine, from its commit to its handler: what any effect must at least wait for. */
async function engineAlone(): Promise<number> {
  const database = await openEmbedded('memory');
  if (database.engine.name !== 'embedded') throw new Error('this row is measured on the embedded engine');
  const boss = new PgBoss({ db: fromPglite(database.engine.pglite), backend: 'pglite', useListenNotify: true });
  await boss.start();
  await boss.createQueue('bench', { notify: true });
  const sample: number[] = [];
  const started = { at: 0 };
  let arrived: (() => void) | undefined;
  await boss.work('bench', async () => {
    sample.push(performance.now() - started.at);
    arrived?.();
  });
  for (let i = 0; i < rounds; i += 1) {
    const done = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    started.at = performance.now();
    await boss.send('bench', { n: i });
    await done;
    await rest();
  }
  await boss.stop({ graceful: false });
  await database.close();
  return median(sample);
}

async function throughProduct(): Promise<number> {
  const left: { at: number } = { at: 0 };
  let sent: (() => void) | undefined;
  const slack = await startStub(({ method }) => {
    if (method !== 'chat.postMessage') return;
    left.at = performance.now();
    sent?.();
  });
  const database = await openEmbedded('memory');
  const app = await startApp({
    database,
    log: createLog('error'),
    slack: {
      botToken: 'xoxb-bench',
      apiUrl: `http://127.0.0.1:${slack.port}/api/`,
      transport: { kind: 'http', signingSecret: 'bench-signing-secret', port: 0 },
    },
  });
  // One room for each round: the pace of a channel is not what is measured.
  const crises = await seedCrises(database.db, app.workspaceId, rounds);
  const sample: number[] = [];
  for (const [i, crisis] of crises.entries()) {
    const done = new Promise<void>((resolve) => {
      sent = resolve;
    });
    const act = actOf(app.deps, { workspaceId: app.workspaceId, userId: 'U0CLAIRE', channelId: benchChannel(i) });
    // What is shown at once: a decision's card. Most of what changes is shown two seconds later, in one edit.
    await decide(act, crisis.id, {
      id: newId(),
      text: 'Bench',
      options: '',
      reason: 'Safety first',
      userId: 'U0CLAIRE',
      replaces: null,
    });
    const committed = performance.now();
    await done;
    sample.push(left.at - committed);
    await rest();
  }
  await app.stop();
  slack.close();
  await database.close();
  return median(sample);
}

const rest = () => new Promise((resolve) => setTimeout(resolve, 60));
