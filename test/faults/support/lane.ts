import { buildManifest } from '../../../manifests/build.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/server/index.ts';
import { aheadAtStart } from '../../support/clock.ts';
import { acknowledgedEvents, slackRetries } from './acknowledged.ts';
import type { BoundaryKind, KillPlan } from './boundaries.ts';
import { freshPlace, type Place } from './databases.ts';
import { Died, loadProduct, type Product } from './product.ts';
import { type Random, randomFrom } from './random.ts';
import { moment, untilAtRest } from './rest.ts';

/** One workspace and one product that keeps dying and is started again on the same data. */
export type Lane = {
  sandbox: Sandbox;
  place: Place;
  random: Random;
  acknowledged: ReadonlySet<string>;
  /** Where it died, each time. */
  deaths: string[];
  logged: string[];
  restarts(): number;
  boundaries(): number;
  now(): Date;
  /** From here on the product dies at random boundaries, or no more. */
  danger(on: boolean): void;
  /** Repeats what people do until it has been taken, as they would. */
  until(what: string, attempt: () => Promise<boolean>): Promise<void>;
  /** Waits until Slack has nothing under way: no delivery, no event to repeat. */
  quiet(): Promise<void>;
  /** Waits until nothing is under way, through as many deaths as it takes. */
  settled(): Promise<void>;
  /** Lets time pass. */
  pass(ms: number): Promise<void>;
  rows(text: string): Promise<Record<string, unknown>[]>;
  ask: Product['ask'];
  close(): Promise<void>;
};

export type LaneOptions = {
  server: string | null;
  transport: 'socket' | 'http';
  seed: number;
  /** How often it dies at most, and how likely it is to be given a death at each step. */
  kills: number;
  eagerness: number;
};

export async function openLane({ server, transport, seed, kills, eagerness }: LaneOptions): Promise<Lane> {
  const random = randomFrom(seed);
  const clock = { aheadMs: aheadAtStart() };
  const now = () => new Date(Date.now() + clock.aheadMs);
  const sandbox = await startSandbox({
    manifest: buildManifest(transport),
    now,
    eventRetryDelaysMs: slackRetries,
    // The pace of a channel is tried elsewhere: a second is a millisecond here, for Slack and product alike.
    paceSecondMs: 1,
  });
  const place = await freshPlace(server, sandbox, clock.aheadMs);
  const acknowledged = acknowledgedEvents(sandbox);
  const deaths: string[] = [];
  const logged: string[] = [];
  const counts = { restarts: 0, boundaries: 0, inDanger: false };
  const inDanger = () => counts.inDanger && deaths.length < kills;
  let warm: Promise<Product> = loadProduct();
  let product = await launch();
  let timer: NodeJS.Timeout | undefined;

  /** Starts until a start succeeds: it may die while starting as well. */
  async function launch(): Promise<Product> {
    for (;;) {
      const mine = await warm;
      warm = loadProduct();
      warm.catch(() => {});
      const plan =
        inDanger() && random.chance(0.15) ? planFor(random.pick(['database', 'commit', 'slack'] as const), 0.7) : null;
      try {
        const { port } = await mine.ask('start', {
          database: place.database,
          slack: {
            apiUrl: sandbox.apiUrl,
            botToken: sandbox.botToken,
            ...(transport === 'http'
              ? { signingSecret: sandbox.signingSecret, port: 0 }
              : { appToken: sandbox.appToken }),
          },
          aheadMs: clock.aheadMs,
          plan,
          pace: { everyMs: 1, burst: 1000 },
        });
        await mine.ask('arm', null);
        if (port !== null) sandbox.deliverByHttp(`http://127.0.0.1:${port}/slack/events`);
        await mine.ask('clock', clock.aheadMs);
        if (place.engine === 'postgres') await mine.ask('supervise', null);
        return mine;
      } catch (error) {
        if (!(error instanceof Died)) throw new Error(`${String(error)}\n${mine.logged.join('\n')}`, { cause: error });
        await bury(mine);
      }
    }
  }

  async function bury(dead: Product): Promise<void> {
    clearTimeout(timer);
    await dead.gone;
    const [, boundaries = '0', where = 'at no boundary'] = /^(\d+) (.*)$/.exec(dead.diedAt()) ?? [];
    deaths.push(where);
    counts.boundaries += Number(boundaries);
    logged.push(...dead.logged);
    counts.restarts += 1;
    if (place.engine !== 'postgres') return;
    // What the engine and the ledger find out by time: that a process is silent, and that its calls have ended.
    clock.aheadMs += 16_000;
    // A statement that left before the death is carried out all the same.
    while (
      (
        await place.beside(
          `select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`,
        )
      ).length > 0
    )
      await moment();
    await place.beside(`update pgboss.job set heartbeat_on = now() - interval '1 minute' where state = 'active'`);
    await place.beside('update pgboss.queue set monitor_on = null, monitor_claim_on = null');
  }

  /** People act side by side, and any of them may be the first to find the product dead. */
  const reviving: { now?: Promise<void> | undefined } = {};
  const revive = async (): Promise<void> => {
    if (!product.isGone()) return;
    reviving.now ??= bury(product)
      .then(launch)
      .then((next) => void (product = next))
      .finally(() => (reviving.now = undefined));
    await reviving.now;
  };

  function planFor(kind: BoundaryKind, reach = 1): KillPlan {
    const most = { database: 110, commit: 30, slack: 7, ack: 4 }[kind];
    return { kind, at: random.between(1, Math.ceil(most * reach)) };
  }

  async function armed(): Promise<void> {
    if (!inDanger() || !random.chance(eagerness)) return;
    clearTimeout(timer);
    const kinds =
      transport === 'socket'
        ? (['database', 'commit', 'slack', 'slack', 'ack', 'any'] as const)
        : (['database', 'commit', 'slack', 'slack', 'any'] as const);
    const kind = random.pick(kinds);
    const mine = product;
    if (kind === 'any') timer = setTimeout(() => mine.kill(), random.between(0, 120));
    else await mine.ask('arm', planFor(kind));
  }

  /** Runs one step on a living product; starts again when it dies meanwhile. */
  async function alive<T>(step: () => Promise<T>): Promise<T> {
    for (;;) {
      await revive();
      try {
        return await step();
      } catch (error) {
        if (!(error instanceof Died)) throw error;
        // Its channel closes before its end is known.
        await moment();
      }
    }
  }

  /** Slack goes on repeating events to a product that is gone: only a living one comes to rest. */
  const quiet = () =>
    Promise.race([
      sandbox.settled(8),
      product.gone.then(() => {
        throw new Died();
      }),
    ]);

  const stuck = async (): Promise<string> => {
    const jobs = await product.ask(
      'rows',
      `select name, state::text, singleton_key, retry_count, data::text, output::text, (start_after - now())::text as due from pgboss.job where state in ('active', 'retry') or (state = 'created' and start_after <= now()) limit 20`,
    );
    return `${JSON.stringify(jobs, null, 1)}\n${JSON.stringify(await product.ask('busy', null))}\n${product.logged.slice(-20).join('\n')}`;
  };

  async function settled(): Promise<void> {
    let lastDeath = 0;
    const isQuiet = () =>
      alive(async () => {
        await quiet();
        const { active, due, later, inFlight } = await product.ask('busy', null);
        // What is due may have to wait for what comes before it in its order.
        if (active + inFlight === 0 && later > 0) await product.ask('hasten', null);
        return active + due + later + inFlight === 0;
      });
    const step = async () => {
      const died = deaths.length;
      const isAtRest = await isQuiet();
      if (deaths.length === died) return isAtRest;
      lastDeath = performance.now();
      await alive(armed);
      return false;
    };
    await untilAtRest(step, stuck, () => lastDeath);
  }

  return {
    sandbox,
    place,
    random,
    acknowledged,
    deaths,
    logged,
    now,
    restarts: () => counts.restarts,
    boundaries: () => counts.boundaries,
    danger: (on) => {
      counts.inDanger = on;
      if (on) return;
      clearTimeout(timer);
      void product.ask('arm', null).catch(() => {});
    },
    until: async (what, attempt) => {
      for (let tries = 0; tries < 60; tries += 1) {
        await alive(armed);
        if (await attempt()) return;
        // That the process is gone is known a moment after its sockets have closed.
        await new Promise((resolve) => setTimeout(resolve, 20));
        await revive();
      }
      throw new Error(`not taken after 60 attempts: ${what}\n${product.logged.slice(-20).join('\n')}`);
    },
    quiet: () => alive(quiet),
    settled,
    pass: async (ms) => {
      clock.aheadMs += ms;
      await alive(() => product.ask('clock', clock.aheadMs));
      await settled();
    },
    rows: (text) => alive(() => product.ask('rows', text)),
    ask: (what, given) => alive(() => product.ask(what, given)),
    close: async () => {
      clearTimeout(timer);
      product.kill();
      await product.gone;
      logged.push(...product.logged);
      const spare = await warm;
      spare.kill();
      await spare.gone;
      await sandbox.stop();
      await place.drop();
    },
  };
}
