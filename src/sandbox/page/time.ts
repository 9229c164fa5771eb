import type { Sandbox } from '../server/index.ts';

export type Time = { pass(ms: number): Promise<void>; passing(): boolean };

const STEP_MS = 5 * 60_000;

/**
 * Lets time pass for people, Slack and the product alike. In short steps: what a deadline causes may set the next
 * deadline, and one long jump would pass over it.
 */
export function createTime(sandbox: Sandbox, advance: (ms: number) => Promise<void>, changed: () => void): Time {
  let line: Promise<void> = Promise.resolve();
  let waiting = 0;

  async function pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= STEP_MS) {
      await advance(Math.min(left, STEP_MS));
      changed();
      await sandbox.settled(60);
    }
  }

  return {
    passing: () => waiting > 0,
    pass(ms) {
      waiting += 1;
      changed();
      const mine = line.then(() => pass(ms));
      line = mine
        .catch(() => {})
        .then(() => {
          waiting -= 1;
          changed();
        });
      return mine;
    },
  };
}
