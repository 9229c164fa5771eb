import { SECOND } from '../../../src/core/time.ts';

/** Longer than anything takes that is not stuck: than a file whose answer was lost is looked for, and its claim lasts. */
const patience = 90_000;

export const moment = () => new Promise((resolve) => setTimeout(resolve, 4));

/**
 * Steps until nothing was under way twice in a row: what Slack tells of the last work may make more. `isQuiet` says
 * whether nothing was; `since`: from when on patience counts afresh, if anything happened that takes time.
 */
export async function untilAtRest(
  isQuiet: () => Promise<boolean>,
  stuck: () => Promise<string>,
  since: () => number = () => 0,
): Promise<void> {
  const began = performance.now();
  for (let rests = 0; rests < 2; ) {
    const isAtRest = await isQuiet();
    rests = isAtRest ? rests + 1 : 0;
    if (isAtRest) continue;
    if (performance.now() - Math.max(began, since()) > patience)
      throw new Error(`still at work after ${patience} ms:\n${await stuck()}`);
    await moment();
  }
}

/**
 * Lets time pass until what was put off is done: what waits on people is read two seconds after the last word, and edits
 * wait for their pace.
 */
export async function passWhatWasPutOff(place: {
  pass(ms: number): Promise<unknown>;
  rows(text: string): Promise<Record<string, unknown>[]>;
}): Promise<void> {
  await place.pass(5 * SECOND);
  for (let tries = 0; tries < 20; tries += 1) {
    const [left] = await place.rows(
      `select count(*)::int as n from pgboss.job where name = 'outbox' and state = 'created'`,
    );
    if (left?.['n'] === 0) return;
    await place.pass(10 * SECOND);
  }
}
