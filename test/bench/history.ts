import { openEmbedded } from '../../db/client.ts';
import { newId } from '../../src/core/ids.ts';
import { slicesOf } from '../../src/core/slices.ts';
import { digestNow } from '../../src/digests/change.ts';
import { features } from '../../src/features.ts';
import { startBoss } from '../../src/jobs/boss.ts';
import type { Deps } from '../../src/jobs/commit.ts';
import { createLog } from '../../src/logger.ts';
import { addTask, moveTask } from '../../src/tasks/change.ts';
import { appendEntries } from '../../src/timeline/store.ts';
import { briefFacts } from '../../src/war-room/snapshot.ts';
import { meetWorkspace } from '../../src/workspaces/store.ts';
import { actOf } from '../support/acts.ts';
import { median } from './load.ts';
import { type Row, row } from './report.ts';
import { seedCrises, seedHistory } from './seed.ts';

const workspaceId = 'T0BENCH';
const rounds = 60;

/** What a digest, the live brief and one press on a task cost when the workspace has lived through many crises. */
export async function history(): Promise<Row[]> {
  const young = await costs(1_000);
  const old = await costs(1_000_000);
  return (['digest', 'live brief', 'task press'] as const).map((what) =>
    row(`${what} with 1,000,000 timeline entries, against 1,000`, 'ms', old[what], young[what], 1.5, 'lower'),
  );
}

async function costs(entries: number) {
  const database = await openEmbedded('memory');
  const boss = await startBoss(database, () => {});
  const deps: Deps = {
    db: database.db,
    boss,
    now: () => new Date(),
    log: createLog('error'),
    slices: slicesOf(features),
    appendEntries,
    wake: () => {},
  };
  await meetWorkspace(
    deps.db,
    { id: workspaceId, name: 'Bench', domain: 'bench', botUserId: 'U0BENCHBOT' },
    new Date(),
  );
  const [present, ...past] = await seedCrises(deps.db, workspaceId, 101);
  if (!present) throw new Error('no crisis to measure in');
  await seedHistory(
    database,
    workspaceId,
    past.map((crisis) => crisis.id),
    entries,
  );
  const act = () => actOf(deps, { workspaceId, userId: 'U0CLAIRE', channelId: present.channelId });
  const task = newId();
  await addTask(act(), present.id, {
    id: task,
    title: 'Bench',
    details: '',
    userIds: [],
    department: null,
    dueAt: null,
    dueProblem: null,
    sourceUrl: null,
  });
  let version = 1;
  const press = async () => {
    const decision = await moveTask(
      act(),
      { id: task, v: version },
      version % 2 ? { kind: 'start' } : { kind: 'reopen' },
    );
    if (decision.ok) version = decision.value.version;
  };
  const found = {
    digest: await timed(() => digestNow(act(), present.id)),
    'live brief': await timed(() => briefFacts(deps.db, deps.slices, present, deps.now())),
    'task press': await timed(press),
  };
  await boss.stop({ graceful: false });
  await database.close();
  return found;
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  for (let i = 0; i < 10; i += 1) await act();
  const sample: number[] = [];
  for (let i = 0; i < rounds; i += 1) {
    const started = performance.now();
    await act();
    sample.push(performance.now() - started);
  }
  return median(sample);
}
