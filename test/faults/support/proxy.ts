import { createConnection, createServer, type Socket } from 'node:net';

/** A line to PostgreSQL that can be cut or go silent, so that the server itself is never touched. */
export type Line = {
  port: number;
  /** The server is gone: connections break and none is taken. */
  cut(): void;
  /** The network is gone: nothing arrives any more, and nothing says so. */
  silence(): void;
  restore(): void;
  close(): Promise<void>;
};

export async function startLine(to: { host: string; port: number }): Promise<Line> {
  const state: { way: 'open' | 'cut' | 'silent' } = { way: 'open' };
  const pairs = new Set<readonly [Socket, Socket]>();
  const server = createServer((near) => {
    if (state.way === 'cut') return void near.destroy();
    const far = createConnection(to);
    const pair = [near, far] as const;
    pairs.add(pair);
    near.pipe(far);
    far.pipe(near);
    if (state.way === 'silent') for (const socket of pair) socket.pause();
    const end = () => {
      near.destroy();
      far.destroy();
      pairs.delete(pair);
    };
    for (const socket of pair) socket.on('error', end).on('close', end);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const sockets = () => [...pairs].flat();
  return {
    port: (server.address() as { port: number }).port,
    cut: () => {
      state.way = 'cut';
      for (const socket of sockets()) socket.destroy();
    },
    silence: () => {
      state.way = 'silent';
      for (const socket of sockets()) socket.pause();
    },
    restore: () => {
      state.way = 'open';
      for (const socket of sockets()) socket.resume();
    },
    close: async () => {
      for (const socket of sockets()) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
