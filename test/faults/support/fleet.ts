import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildManifest } from '../../../manifests/build.ts';
import { startSandbox } from '../../../src/sandbox/server/index.ts';
import { aheadAtStart } from '../../support/clock.ts';
import { acknowledgedEvents, slackRetries } from './acknowledged.ts';
import { freshPlace } from './databases.ts';
import type { Lane } from './lane.ts';
import { loadProduct, type Product } from './product.ts';
import { randomFrom } from './random.ts';
import { untilAtRest } from './rest.ts';

/** Several instances of the product on one database. A story is lived in it as in a lane. */
export type Fleet = Lane & {
  instances(): readonly Product[];
  start(): Promise<Product>;
  kill(instance: Product): Promise<void>;
  /** Ends one gracefully. Answers how long it took, in milliseconds. */
  stop(instance: Product): Promise<number>;
};

export async function openFleet(options: {
  server: string;
  transport: 'socket' | 'http';
  seed: number;
  size: number;
}): Promise<Fleet> {
  const { server, transport, seed, size } = options;
  const clock = { aheadMs: aheadAtStart() };
  const now = () => new Date(Date.now() + clock.aheadMs);
  const sandbox = await startSandbox({
    manifest: buildManifest(transport),
    now,
    eventRetryDelaysMs: slackRetries,
  });
  const place = await freshPlace(server, sandbox, clock.aheadMs);
  const running = new Map<Product, number | null>();
  const balancer =
    transport === 'http' ? await openBalancer(() => [...running.values()].filter((port) => port !== null)) : null;
  if (balancer) sandbox.deliverByHttp(balancer.url);
  const deaths: string[] = [];
  const logged: string[] = [];
  const counts = { restarts: 0 };

  async function start(): Promise<Product> {
    const product = await loadProduct();
    const { port } = await product.ask('start', {
      database: place.database,
      slack: {
        apiUrl: sandbox.apiUrl,
        botToken: sandbox.botToken,
        ...(transport === 'http' ? { signingSecret: sandbox.signingSecret, port: 0 } : { appToken: sandbox.appToken }),
      },
      aheadMs: clock.aheadMs,
      plan: null,
    });
    running.set(product, port);
    counts.restarts += 1;
    return product;
  }
  const gone = async (product: Product) => {
    running.delete(product);
    await product.gone;
    logged.push(...product.logged);
  };
  for (let i = 0; i < size; i += 1) await start();
  const rows = (text: string) => place.beside(text);

  const work = `from pgboss.job where state in ('active', 'retry') or (state = 'created' and start_after <= now())`;
  const settled = () =>
    untilAtRest(
      async () => {
        await sandbox.settled(40);
        const [left] = await rows(`select count(*)::int as n ${work}`);
        const flights = await Promise.all(
          [...running.keys()].map((p) =>
            p.ask('busy', null).then(
              (b) => b.inFlight,
              () => 0,
            ),
          ),
        );
        return left?.['n'] === 0 && flights.every((n) => n === 0);
      },
      async () => {
        const jobs = await rows(`select state::text, data, singleton_key, retry_count, output ${work}`);
        return [JSON.stringify(jobs), ...[...running.keys()].flatMap((p) => p.logged.slice(-8))].join('\n');
      },
    );

  return {
    sandbox,
    place,
    random: randomFrom(seed),
    acknowledged: acknowledgedEvents(sandbox),
    deaths,
    logged,
    now,
    restarts: () => counts.restarts,
    boundaries: () => 0,
    danger: () => {},
    instances: () => [...running.keys()],
    start,
    kill: async (instance) => {
      instance.kill();
      deaths.push('an instance');
      await gone(instance);
    },
    stop: async (instance) => {
      // A load balancer is told first, as in any rolling deployment.
      if (balancer) running.set(instance, null);
      const ms = await instance.ask('stop', null);
      instance.kill();
      await gone(instance);
      return ms;
    },
    until: async (what, attempt) => {
      for (let tries = 0; tries < 60; tries += 1) {
        if (await attempt()) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error(`not taken after 60 attempts: ${what}`);
    },
    quiet: () => sandbox.settled(8),
    settled,
    pass: async (ms) => {
      clock.aheadMs += ms;
      await Promise.all([...running.keys()].map((p) => p.ask('clock', clock.aheadMs)));
      await settled();
    },
    rows,
    ask: (what, given) => ([...running.keys()][0] as Product).ask(what, given),
    close: async () => {
      for (const product of Array.from(running.keys())) {
        product.kill();
        await gone(product);
      }
      balancer?.close();
      await sandbox.stop();
      await place.drop();
    },
  };
}

/** Spreads deliveries over the instances in turn. One that does not answer is a failed delivery, as it would be. */
async function openBalancer(ports: () => number[]): Promise<{ url: string; close(): void }> {
  let turn = 0;
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const all = ports();
      const port = all[(turn += 1) % all.length];
      const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers;
      fetch(`http://127.0.0.1:${port}/slack/events`, {
        method: 'POST',
        headers: headers as Record<string, string>,
        body: Buffer.concat(parts),
      })
        .then(async (answer) => {
          const body = Buffer.from(await answer.arrayBuffer());
          const type = answer.headers.get('content-type');
          response.writeHead(answer.status, type ? { 'content-type': type } : {}).end(body);
        })
        .catch(() => response.writeHead(502).end());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
