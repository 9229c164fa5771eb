import { openEmbedded, openPostgres } from '../../db/client.ts';
import { newId } from '../../src/core/ids.ts';
import { slicesOf } from '../../src/core/slices.ts';
import { features } from '../../src/features.ts';
import { startBoss } from '../../src/jobs/boss.ts';
import type { Deps } from '../../src/jobs/commit.ts';
import { createLog } from '../../src/logger.ts';
import { addTask } from '../../src/tasks/change.ts';
import { appendEntries } from '../../src/timeline/store.ts';
import { meetWorkspace } from '../../src/workspaces/store.ts';
import { actOf } from '../support/acts.ts';
import { benchChannel, seedCrises } from './seed.ts';

/** The baseline of committing: the same transactions, one after the other in each of ten lines, without Bolt and Slack. */
const [database = 'memory', rooms = '10', warmUp = '200', total = '1500'] = process.argv.slice(2);
const opened = database.startsWith('postgres') ? await openPostgres(database) : await openEmbedded(database);
const boss = await startBoss(opened, () => {});
const deps: Deps = {
  db: opened.db,
  boss,
  now: () => new Date(),
  log: createLog('error'),
  slices: slicesOf(features),
  appendEntries,
  wake: () => {},
};
const workspaceId = 'T0BENCH';
await meetWorkspace(deps.db, { id: workspaceId, name: 'Bench', domain: 'bench', botUserId: 'U0BENCHBOT' }, new Date());
const crises = await seedCrises(deps.db, workspaceId, Number(rooms));

const run = async (count: number) => {
  const latencies: number[] = [];
  let next = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: 10 }, async () => {
      while (next < count) {
        const n = next;
        next += 1;
        const begun = performance.now();
        const room = n % crises.length;
        const act = actOf(deps, { workspaceId, userId: 'U0CLAIRE', channelId: benchChannel(room) });
        const wish = {
          id: newId(),
          title: `Bench task ${n}`,
          details: '',
          userIds: [],
          department: null,
          dueAt: null,
          dueProblem: null,
          sourceUrl: null,
        };
        const decision = await addTask(act, crises[room]?.id ?? '', wish);
        if (!decision.ok) throw new Error(`refused: ${decision.refusal.code}`);
        latencies.push(performance.now() - begun);
      }
    }),
  );
  return { perSecond: count / ((performance.now() - started) / 1000), latencies };
};

await run(Number(warmUp));
const found = await run(Number(total));
process.send?.({ port: 0, ...found });
