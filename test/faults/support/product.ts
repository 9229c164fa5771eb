import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Pace } from '../../../src/slack/ledger.ts';
import type { ChainProblem } from '../../../src/timeline/chain.ts';
import type { KillPlan } from './boundaries.ts';

export type Start = {
  /** A folder, or the address of a PostgreSQL database. */
  database: string;
  slack: { apiUrl: string; botToken: string } & ({ appToken: string } | { signingSecret: string; port: number });
  /** Milliseconds by which the product's clock is ahead of this machine's. */
  aheadMs: number;
  plan: KillPlan | null;
  /** How many milliseconds a second is for the posts of a channel, and how many posts are saved up. */
  pace?: Pick<Pace, 'everyMs' | 'burst'>;
};
export type Ask = {
  start: Start;
  arm: KillPlan | null;
  rows: string;
  busy: null;
  clock: number;
  hasten: null;
  supervise: null;
  chain: string;
  seen: null;
  stop: null;
};
export type Entry = {
  seq: number;
  kind: string;
  text: string;
  actorId: string | null;
  data: Record<string, unknown>;
  at: number;
};
export type Answers = {
  start: { port: number | null; workspaceId: string };
  arm: void;
  rows: Record<string, unknown>[];
  busy: { active: number; due: number; later: number; inFlight: number };
  clock: void;
  hasten: void;
  supervise: void;
  chain: { problem: ChainProblem | null; entries: Entry[] };
  seen: number;
  stop: number;
};

/** The process that was asked is gone. */
export class Died extends Error {}

export type Product = {
  ask<K extends keyof Ask>(what: K, given: Ask[K]): Promise<Answers[K]>;
  /** What the product logged as a warning or an error. */
  logged: string[];
  /** Where it died, in its own words; empty when it was killed from outside. */
  diedAt(): string;
  isGone(): boolean;
  gone: Promise<void>;
  kill(): void;
  /** Stands still, as in a paused machine, and goes on later as if nothing had been. */
  freeze(): void;
  thaw(): void;
};

const root = resolve(import.meta.dirname, '../../..');
const folder = join(root, 'node_modules', '.cache', 'faults');
const built: { script?: Promise<string> } = {};

/** One file with everything in it, so that a process is there in a fraction of a second. */
async function bundle(): Promise<string> {
  const { build } = await import('esbuild');
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, `product-child-${process.pid}.mjs`);
  process.once('exit', () => rmSync(outfile, { force: true }));
  await build({
    entryPoints: [join(root, 'test/faults/support/product-child.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['@electric-sql/pglite'],
    logLevel: 'silent',
    banner: {
      js: `import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);`,
    },
    plugins: [
      {
        name: 'own-address',
        setup: (build) => {
          build.onLoad({ filter: /\/(src|db)\/.*\.ts$/ }, async ({ path }) => ({
            contents: (await readFile(path, 'utf8')).replaceAll(
              'import.meta.url',
              JSON.stringify(pathToFileURL(path).href),
            ),
            loader: 'ts',
          }));
        },
      },
    ],
  });
  return outfile;
}

/** A process that has loaded everything and waits to be started. */
export async function loadProduct(): Promise<Product> {
  const script = await (built.script ??= bundle());
  const child = fork(script, [], {
    // The embedded engine's compiler: a process that lives for a second is never worth optimising.
    execArgv: ['--liftoff-only'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { PATH: process.env['PATH'], NODE_ENV: 'production' },
  });
  const product = listen(child);
  await product.loaded;
  return product;
}

function listen(child: ChildProcess): Product & { loaded: Promise<void> } {
  const waiting = new Map<number, { done: (answer: unknown) => void; failed: (error: Error) => void }>();
  const logged: string[] = [];
  let [next, output, isGone] = [0, '', false];
  child.stdout?.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr?.on('data', (data: Buffer) => logged.push(data.toString()));
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  child.once('exit', () => {
    isGone = true;
    for (const { failed } of waiting.values()) failed(new Died());
    waiting.clear();
  });
  let loaded: () => void = () => {};
  const isLoaded = new Promise<void>((resolve, reject) => {
    loaded = resolve;
    child.once('exit', () => reject(new Error(`a process did not load:\n${logged.join('\n')}`)));
  });
  isLoaded.catch(() => {});
  child.on('message', (message: { loaded?: true; log?: string; id?: number; answer?: unknown; problem?: string }) => {
    if (message.loaded) loaded();
    if (message.log) logged.push(message.log);
    const asked = message.id === undefined ? undefined : waiting.get(message.id);
    if (!asked || message.id === undefined) return;
    waiting.delete(message.id);
    if (message.problem) asked.failed(new Error(message.problem));
    else asked.done(message.answer);
  });
  return {
    loaded: isLoaded,
    gone,
    logged,
    isGone: () => isGone,
    diedAt: () => /^died (.*)$/m.exec(output)?.[1] ?? '',
    kill: () => void child.kill('SIGKILL'),
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    ask: (what, given) =>
      new Promise((resolve, reject) => {
        if (isGone) return reject(new Died());
        next += 1;
        waiting.set(next, { done: (answer) => resolve(answer as never), failed: reject });
        child.send({ id: next, ask: what, given }, (error) => {
          if (error) reject(new Died());
        });
      }),
  };
}
