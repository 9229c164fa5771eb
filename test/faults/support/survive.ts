import { report, tally } from './figures.ts';
import { keyOf } from './key.ts';
import { openLane } from './lane.ts';
import { wrongs } from './oracle.ts';
import { passWhatWasPutOff } from './rest.ts';
import { type Story, storyOf } from './story.ts';

/** Lives crises while the product is killed `kills` times. Answers what was wrong at the end; prints the figures. */
export async function surviveKills(wanted: {
  name: string;
  server: string | null;
  seed: number;
  kills: number;
  eagerness: number;
  /** How many crises are lived at most. */
  crises: number;
}): Promise<string[]> {
  const { name, server, seed, kills, eagerness, crises } = wanted;
  const began = performance.now();
  process.stdout.write(`\n${name}: FAULTS_SEED=${seed}\n`);
  // Deliveries come by web sockets on one engine and by signed HTTP on the other.
  const lane = await openLane({ server, transport: server ? 'http' : 'socket', seed, kills, eagerness });
  const stories: Story[] = [];
  const problems: string[] = [];
  try {
    do {
      const story = storyOf(lane, stories.length);
      stories.push(story);
      lane.danger(true);
      for (const act of story.acts) {
        try {
          await act.run();
          if (lane.random.chance(0.7)) await lane.settled();
        } catch (error) {
          throw new Error(
            `seed ${seed}, crisis ${stories.length}, act "${act.what}", after ${lane.deaths.length} deaths, the last ${lane.deaths.slice(-3).join(' | ')}: ${error instanceof Error ? error.message : String(error)}`,
            { cause: error },
          );
        }
      }
      lane.danger(false);
      await lane.settled();
      await passWhatWasPutOff(lane);
      problems.push(...(await wrongs(lane, stories)).map((problem) => `seed ${seed}: ${problem}`));
    } while (lane.deaths.length < kills && stories.length < crises && problems.length === 0);
    const shown = (prefix: string) =>
      lane.sandbox
        .channels()
        .flatMap((channel) => channel.messages)
        .filter((message) => keyOf(message).startsWith(prefix)).length;
    const claims = stories.flatMap((story) => story.claims);
    for (const problem of problems) process.stdout.write(`${problem}\n`);
    report(name, {
      seed,
      kills: lane.deaths.length,
      restarts: lane.restarts(),
      boundaries: lane.boundaries(),
      crises: stories.length,
      accepted: claims.filter((claim) => claim.taken).length,
      notAcknowledged: claims.filter((claim) => !claim.taken).length,
      movesOfTasks: claims.filter((claim) => claim.taken && claim.what.startsWith('task_')).length,
      told: shown('waiting:'),
      escalations: shown('mention:'),
      seconds: Math.round((performance.now() - began) / 1000),
      problems: problems.length,
      where: tally(lane.deaths),
    });
    return problems;
  } finally {
    await lane.close();
  }
}
