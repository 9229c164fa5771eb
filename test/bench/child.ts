import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export type Child = { port: number; process: ChildProcess; stop(): Promise<void> };

const ask = (child: Child, what: 'heap' | 'tasks'): Promise<number> =>
  new Promise((resolve) => {
    child.process.once('message', (message) => resolve((message as { answer: number }).answer));
    child.process.send(what);
  });

/** Bytes in use after a collection, of a child that answers messages. */
export const heapOf = (child: Child): Promise<number> => ask(child, 'heap');

/** How many tasks its database holds. */
export const tasksOf = (child: Child): Promise<number> => ask(child, 'tasks');

/** Starts a server in a process of its own, so that what it costs is not mixed with what sends to it. */
export async function startChild(script: string, args: readonly string[]): Promise<Child> {
  const child = fork(fileURLToPath(new URL(`./${script}`, import.meta.url)), [...args], {
    execArgv: ['--expose-gc', '--import', 'tsx'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve((message as { port: number }).port));
    child.once('exit', (code) => reject(new Error(`${script} ended with code ${code} before it was ready`)));
  });
  return {
    port,
    process: child,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGKILL');
      }),
  };
}
