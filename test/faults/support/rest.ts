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
