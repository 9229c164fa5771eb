import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type TrialClock = { now: () => Date; advance: (ms: number) => void };

/** The workspace's time: this machine's, plus what was skipped, kept beside the data that was dated by it. */
export function keptClock(folder: string): TrialClock {
  const file = join(folder, 'clock.json');
  let ahead = read(file);
  return {
    now: () => new Date(Date.now() + ahead),
    advance(ms) {
      ahead += ms;
      writeFileSync(file, JSON.stringify({ aheadMs: ahead }), { mode: 0o600 });
    },
  };
}

function read(file: string): number {
  try {
    const { aheadMs } = JSON.parse(readFileSync(file, 'utf8')) as { aheadMs: number };
    return Number.isFinite(aheadMs) ? aheadMs : 0;
  } catch {
    return 0;
  }
}
