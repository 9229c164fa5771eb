const HOUR = 3_600_000;

/**
 * How far ahead of this machine a story's clock starts, in milliseconds: stories begin at the next 08:00 UTC, a morning in
 * Paris, so that none of them depends on the hour at which it is run (quiet hours, daily digests, days at midnight).
 */
export function aheadAtStart(): number {
  const sinceMidnight = Date.now() % (24 * HOUR);
  return (32 * HOUR - sinceMidnight) % (24 * HOUR);
}
