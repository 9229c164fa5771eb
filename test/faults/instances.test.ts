import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MINUTE } from '../../src/core/time.ts';
import { postgresServer } from './support/databases.ts';
import { report } from './support/figures.ts';
import { type Fleet, openFleet } from './support/fleet.ts';
import { keyOf } from './support/key.ts';
import { wrongs } from './support/oracle.ts';
import { seedOfRun } from './support/random.ts';
import { passWhatWasPutOff } from './support/rest.ts';
import { type Story, storyOf } from './support/story.ts';

const server = await postgresServer();

describe.skipIf(!server).each(['socket', 'http'] as const)('three instances on one database (%s)', (transport) => {
  let fleet: Fleet;
  const stories: Story[] = [];
  const seed = seedOfRun();
  const stops: number[] = [];
  const takeovers: number[] = [];
  const deliveries = { all: 0, failed: 0 };
  let commands = 0;
  beforeAll(async () => {
    process.stdout.write(`\ninstances, ${transport}: FAULTS_SEED=${seed}\n`);
    fleet = await openFleet({ server: server as string, transport, seed, size: 3 });
    fleet.sandbox.subscribe((event) => {
      if (event.type !== 'delivery' || event.delivery.ok === undefined) return;
      deliveries.all += 1;
      if (!event.delivery.ok) deliveries.failed += 1;
    });
  });
  afterAll(() => fleet.close());

  const act = async (story: Story, what: string) => {
    for (const found of story.acts.filter((a) => a.what === what)) await found.run();
  };
  /** In all rooms at the same time. */
  const live = (...acts: string[]) =>
    Promise.all(
      stories.map(async (story) => {
        for (const what of acts) await act(story, what);
      }),
    );
  /** Room by room: one person has one form open. */
  const fillIn = async (what: string) => {
    for (const story of stories) await act(story, what);
  };

  const checked = async () => {
    await fleet.settled();
    return (await wrongs(fleet, stories)).map((problem) => `seed ${seed}: ${problem}`);
  };

  test('an instance that is killed while rooms are opened: another one opens them, within half a minute', async () => {
    stories.push(storyOf(fleet, 0), storyOf(fleet, 1));
    const opening = fillIn('declare');
    await fleet.sandbox.waitFor(() => fleet.sandbox.calls.some((call) => call.method === 'conversations.create'), {
      timeoutMs: 20_000,
    });
    const killedAt = performance.now();
    await fleet.kill(fleet.instances()[0] as Fleet['instances'] extends () => readonly (infer P)[] ? P : never);
    await opening;
    takeovers.push(performance.now() - killedAt);
    expect(takeovers.at(-1)).toBeLessThan(30_000);
    await fleet.start();
  });

  test('commands at random while an instance is killed, then a rolling deployment: each effect once', async () => {
    await live('answers');
    const busy = (async () => {
      for (let i = 0; i < 4; i += 1) await live('tasks', 'notes', 'last words');
    })();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await fleet.kill(fleet.instances()[1] as never);
    await fleet.start();
    for (const old of fleet.instances()) {
      await fleet.start();
      stops.push(await fleet.stop(old));
    }
    await busy;
    await fleet.settled();
    // Nothing is waited for longer than the patience of a stop: 5 s for deliveries, 10 s for work, 5 s for the engine.
    expect(Math.max(...stops)).toBeLessThan(20_000);
    expect(fleet.logged.filter((line) => line.startsWith('info stopped'))).toHaveLength(stops.length);
  });

  test('statements are approved, beats come once each with an instance killed before every one', async () => {
    for (const what of ['decide', 'decide', 'statement']) await fillIn(what);
    for (let beat = 0; beat < 2; beat += 1) {
      await fleet.settled();
      const victim = fleet.instances()[beat % fleet.instances().length];
      const dying = fleet.kill(victim as never);
      await fleet.pass(61 * MINUTE);
      await dying;
      await fleet.start();
    }
    await fleet.pass(5 * MINUTE);
    await live('level');
    await fleet.settled();
  });

  test('what is shown in a room keeps the order in which it happened, at the pace that Slack takes', async () => {
    await fleet.settled();
    for (const story of stories) {
      const channel = fleet.sandbox.channel(story.room());
      const keys = (channel?.messages ?? []).map(keyOf);
      const decided = keys.flatMap((key) => /^decision:([0-9a-f-]{36})$/.exec(key)?.[1] ?? []);
      const digests = keys.flatMap((key) => Number(/^digest:.*:(\d+)$/.exec(key)?.[1] ?? Number.NaN) || []);
      const numbers = await fleet.rows(`select id, number from decisions where crisis_id = '${story.crisisId()}'`);
      const decisions = decided.map((id) => Number(numbers.find((row) => row['id'] === id)?.['number']));
      expect(Math.min(digests.length, decisions.length), story.title).toBeGreaterThan(1);
      for (const order of [digests, decisions]) expect(order, story.title).toEqual(order.toSorted((a, b) => a - b));
    }
    const posts = fleet.sandbox.calls.filter((call) => call.method === 'chat.postMessage' && call.ok);
    const late: string[] = [];
    for (const channel of new Set(posts.map((call) => String(call.args['channel'])))) {
      const at = posts
        .filter((call) => call.args['channel'] === channel)
        .map((call) => call.startedAt)
        .sort((a, b) => a - b);
      // One a second, three of them saved up; half a second of leave for a busy machine.
      for (const [i, from] of at.entries())
        for (const [j, to] of at.entries())
          if (j > i + 3 && to - from < (j - i - 2) * 1000 - 500)
            late.push(`${channel}: ${j - i + 1} posts in ${Math.round(to - from)} ms`);
    }
    expect(late).toEqual([]);
    expect(fleet.sandbox.paceViolations).toEqual([]);
  });

  test('in the end nothing is lost and nothing is there twice', async () => {
    await fillIn('close');
    await fleet.settled();
    await passWhatWasPutOff(fleet);
    expect(await checked()).toEqual([]);
    commands = stories.flatMap((story) => story.claims).filter((claim) => claim.taken).length;
    report(`instances-${transport}`, {
      seed,
      instancesStarted: fleet.restarts(),
      killed: fleet.deaths.length,
      stoppedGracefully: stops.length,
      slowestStopMs: Math.round(Math.max(...stops)),
      takeoverMs: takeovers.map(Math.round),
      accepted: commands,
      deliveries: deliveries.all,
      failedDeliveries: deliveries.failed,
      posts: fleet.sandbox.calls.filter((call) => call.method === 'chat.postMessage').length,
    });
  });
});
