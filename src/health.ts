import { createServer } from 'node:http';
import { answersWithin } from '../db/client.ts';
import type { Log } from './core/logger.ts';
import { SECOND } from './core/time.ts';

/** One thing that is looked at: whether it lets the product work, and what is known of it. */
export type Part = { ok: boolean } & Record<string, string | number | boolean | null>;
/** Each part is asked, by name. One that does not answer within two seconds is not well. */
export type Parts = Readonly<Record<string, () => Promise<Part>>>;

export async function look(parts: Parts): Promise<{ ok: boolean; parts: Record<string, Part> }> {
  const found = await Promise.all(
    Object.entries(parts).map(async ([name, ask]) => {
      const part = await answersWithin(2 * SECOND, ask()).catch((): Part => ({ ok: false }));
      return [name, part] as const;
    }),
  );
  return { ok: found.every(([, { ok }]) => ok), parts: Object.fromEntries(found) };
}

/**
 * Answers `GET /livez` (200: the process runs) and `GET /readyz` (200: it works, 503: it does not yet, or not now; as JSON what
 * was found) from before the start is complete. A port that is taken is logged, and stops nothing.
 */
export async function startHealth(port: number, log: Log) {
  const starting: Parts = { start: async () => ({ ok: false }) };
  let parts = starting;
  const server = createServer((request, response) => {
    const say = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`);
    if (request.method !== 'GET') say(405, { ok: false });
    else if (request.url === '/livez') say(200, { ok: true });
    else if (request.url === '/readyz') void look(parts).then((found) => say(found.ok ? 200 : 503, found));
    else say(404, { ok: false });
  });
  const isOpen = await new Promise<boolean>((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      log.warn(
        { port, code: error.code },
        'the health server did not start: choose another HEALTH_PORT, or 0 for none',
      );
      resolve(false);
    });
    server.listen(port, () => resolve(true));
  });
  const address = server.address();
  return {
    port: isOpen && address && typeof address === 'object' ? address.port : null,
    /** The start is complete: from now on these are asked. */
    watch: (of: Parts) => {
      parts = of;
    },
    stop: () => {
      parts = starting;
      server.close();
      server.closeAllConnections();
    },
  };
}
