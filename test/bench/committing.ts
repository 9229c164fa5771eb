import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startChild } from './child.ts';
import { commandFields, load, percentile } from './load.ts';
import { benchDatabase } from './postgres.ts';
import { type Row, row } from './report.ts';
import { benchChannel } from './seed.ts';

const signingSecret = 'bench-signing-secret-0123456789ab';
const rooms = 10;
/** Everybody has been met once. */
const warmUp = 400;
const total = 1500;

/** `/crisis task …`, ten at a time in ten rooms: rows, timeline and jobs are committed, then Slack is answered. */
export async function committing(): Promise<Row[]> {
  const postgres = await benchDatabase('war_room_bench');
  if (!postgres) process.stderr.write('no PostgreSQL on this machine: the rows about it are left out\n');
  const rows = [
    ...(postgres ? await onEngine('PostgreSQL', postgres.url, postgres.url) : []),
    ...(await onEngine('embedded', 'memory', 'memory')),
  ];
  await postgres?.drop();
  return rows;
}

async function onEngine(name: string, first: string, second: string): Promise<Row[]> {
  const alone = await committedAlone(first);
  const second_ = second === 'memory' ? null : await benchDatabase('war_room_bench');
  const product = await committedByProduct(second_?.url ?? second);
  return [
    row(
      `commit then acknowledge: throughput at 10 concurrent, ${name}`,
      '/s',
      product.perSecond,
      alone.perSecond,
      0.7,
      'higher',
    ),
    row(
      `commit then acknowledge: p99 at 10 concurrent, ${name}`,
      'ms',
      percentile(product.latencies, 0.99),
      percentile(alone.latencies, 0.99),
      2,
      'lower',
    ),
  ];
}

type Measured = { perSecond: number; latencies: number[] };

function committedAlone(database: string): Promise<Measured> {
  const child = fork(
    fileURLToPath(new URL('./commit-alone.ts', import.meta.url)),
    [database, String(rooms), String(warmUp), String(total)],
    {
      execArgv: ['--import', 'tsx'],
      env: { ...process.env, NODE_ENV: 'production' },
    },
  );
  return new Promise((resolve, reject) => {
    child.once('message', (message) => {
      child.kill('SIGKILL');
      resolve(message as Measured);
    });
    child.once('exit', (code) => reject(new Error(`the transaction alone ended with code ${code}`)));
  });
}

async function committedByProduct(database: string): Promise<Measured> {
  const slack = await startChild('stub-child.ts', []);
  const apiUrl = `http://127.0.0.1:${slack.port}/api/`;
  const child = await startChild('product.ts', [signingSecret, apiUrl, 'xoxb-bench', database, String(rooms)]);
  const target = { port: child.port, signingSecret };
  const fields = (n: number) =>
    commandFields(`task Bench task ${n}`, { n, channelId: benchChannel(n % rooms), responseUrl: `${apiUrl}response` });
  await load(target, 10, warmUp, fields);
  const started = performance.now();
  const outcomes = await load(target, 10, total, fields);
  const perSecond = total / ((performance.now() - started) / 1000);
  await child.stop();
  await slack.stop();
  if (outcomes.some((outcome) => !outcome.ok)) throw new Error('the product did not acknowledge every command');
  return { perSecond, latencies: outcomes.map((outcome) => outcome.ms) };
}
