import { answering } from './answering.ts';
import { committing } from './committing.ts';
import { effectLatency } from './effect-latency.ts';
import { history } from './history.ts';
import { live } from './live-rooms.ts';
import { machine, type Row, table, writeJson } from './report.ts';
import { start } from './start.ts';
import { warRoom } from './war-room.ts';
import { words } from './words.ts';

/** `npm run bench [-- --json FILE] [-- --only NAME]`: ratios of one run on one machine, never a test. */
const measurements: Record<string, () => Promise<Row[]>> = {
  'war-room': warRoom,
  answering,
  committing,
  'effect-latency': effectLatency,
  history,
  words,
  live,
  start,
};

const option = (name: string) => {
  const at = process.argv.indexOf(name);
  return at > 0 ? process.argv[at + 1] : undefined;
};

const only = option('--only');
const rows: Row[] = [];
for (const [name, measure] of Object.entries(measurements)) {
  if (only && only !== name) continue;
  process.stderr.write(`measuring ${name} …\n`);
  rows.push(...(await measure()));
}
process.stdout.write(`\n${machine()}\n\n${table(rows)}\n\n`);
const json = option('--json');
if (json) writeJson(json, rows);
process.exit(0);
