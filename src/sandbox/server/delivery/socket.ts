import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { realTime } from '../clock.ts';
import type { Ack, Json } from '../types.ts';
import type { Envelope, Transport, World } from '../world.ts';

const MAX_SOCKETS = 10;
const PING_EVERY_MS = 10_000;

type Pending = { socket: WebSocket; answer: (ack: Ack) => void; sentAt: number };

export type SocketHub = Transport & {
  upgrade(request: IncomingMessage, raw: Duplex, head: Buffer): void;
  ticket(): string;
  count(): number;
  refresh(which?: number, options?: { reason?: 'refresh_requested' | 'warning'; closeAfterMs?: number }): void;
  drop(which?: number): void;
  /** Sends an envelope again under the same id, as Slack does after a reconnection. */
  replay(count?: number): void;
  onConnect(listener: () => void): void;
  stop(): void;
};

export function createSocketHub(world: World): SocketHub {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const sockets: WebSocket[] = [];
  const retiring = new Set<WebSocket>();
  const pending = new Map<string, Pending>();
  const sent: string[] = [];
  const connectListeners: (() => void)[] = [];
  let turn = 0;

  function upgrade(request: IncomingMessage, raw: Duplex, head: Buffer): void {
    const ticket = new URL(request.url ?? '/', 'http://sandbox').searchParams.get('ticket') ?? '';
    if (world.settings.down || !tickets.delete(ticket)) return void raw.destroy();
    if (world.settings.hangSockets) return;
    server.handleUpgrade(request, raw, head, (socket) => accept(socket));
  }

  function accept(socket: WebSocket): void {
    socket.on('error', () => socket.terminate());
    if (sockets.length >= MAX_SOCKETS) {
      socket.send(JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets', debug_info: {} }));
      socket.close();
      return;
    }
    sockets.push(socket);
    const heartbeat = setInterval(() => socket.ping(), PING_EVERY_MS);
    socket.on('message', (data: Buffer) => receive(data.toString('utf8')));
    socket.on('close', () => {
      clearInterval(heartbeat);
      forget(socket);
    });
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: sockets.length,
        debug_info: { host: 'sandbox', approximate_connection_time: 18_000 },
        connection_info: { app_id: world.state.appId },
      }),
    );
    world.emit({ type: 'sockets', count: sockets.length });
    for (const listener of connectListeners) listener();
  }

  function forget(socket: WebSocket): void {
    const index = sockets.indexOf(socket);
    if (index >= 0) sockets.splice(index, 1);
    retiring.delete(socket);
    for (const [id, waiting] of pending) {
      if (waiting.socket !== socket) continue;
      pending.delete(id);
      waiting.answer({ ok: false, failure: 'socket_closed', ms: realTime() - waiting.sentAt });
    }
    world.emit({ type: 'sockets', count: sockets.length });
  }

  function receive(text: string): void {
    const reply = parse(text);
    const id = typeof reply?.envelope_id === 'string' ? reply.envelope_id : '';
    const waiting = pending.get(id);
    if (!waiting) return;
    pending.delete(id);
    waiting.answer({ ok: true, body: reply?.payload ?? {}, ms: realTime() - waiting.sentAt });
  }

  function usable(): WebSocket[] {
    return sockets.filter((socket) => socket.readyState === socket.OPEN && !retiring.has(socket));
  }

  function send(envelope: Envelope): Promise<Ack> {
    const open = usable();
    const socket = open[turn++ % Math.max(open.length, 1)];
    if (!socket) return Promise.resolve({ ok: false, failure: 'no_socket', ms: 0 });
    const id = randomUUID();
    const text = JSON.stringify({
      envelope_id: id,
      type: envelope.type,
      payload: envelope.payload,
      accepts_response_payload: envelope.type !== 'events_api',
      ...(envelope.type === 'events_api'
        ? { retry_attempt: envelope.retry?.attempt ?? 0, retry_reason: envelope.retry?.reason ?? '' }
        : {}),
    });
    remember(text);
    return transmit(socket, id, text);
  }

  function transmit(socket: WebSocket, id: string, text: string): Promise<Ack> {
    const before = pending.get(id);
    return new Promise((resolve) => {
      const sentAt = realTime();
      const timer = setTimeout(() => {
        pending.delete(id);
        resolve({ ok: false, failure: 'timeout', ms: realTime() - sentAt });
      }, world.settings.ackTimeoutMs);
      const answer = (ack: Ack): void => {
        clearTimeout(timer);
        resolve(ack);
        // One acknowledgement is for every copy of it.
        before?.answer(ack);
      };
      pending.set(id, { socket, sentAt, answer });
      socket.send(text);
    });
  }

  function remember(text: string): void {
    sent.push(text);
    if (sent.length > 200) sent.shift();
  }

  function replay(count = 1): void {
    for (const text of sent.slice(-count)) {
      const open = usable();
      const socket = open[turn++ % Math.max(open.length, 1)];
      if (!socket) return;
      const done = world.activity.begin();
      void transmit(socket, String(parse(text)?.envelope_id), text).finally(done);
    }
  }

  function refresh(
    which?: number,
    { reason = 'refresh_requested', closeAfterMs }: { reason?: string; closeAfterMs?: number } = {},
  ): void {
    for (const socket of chosen(which)) {
      if (reason === 'refresh_requested') retiring.add(socket);
      socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'sandbox' } }));
      if (closeAfterMs !== undefined) setTimeout(() => socket.close(), closeAfterMs).unref();
    }
  }

  function chosen(which: number | undefined): WebSocket[] {
    if (which === undefined) return [...sockets];
    const socket = sockets[which];
    return socket ? [socket] : [];
  }

  return {
    upgrade,
    ticket() {
      const ticket = randomUUID();
      tickets.add(ticket);
      return ticket;
    },
    count: () => sockets.length,
    ready: () => usable().length > 0,
    send,
    refresh,
    drop: (which) => {
      for (const socket of chosen(which)) socket.terminate();
    },
    replay,
    onConnect: (listener) => void connectListeners.push(listener),
    stop() {
      for (const socket of sockets) socket.close(1001);
      server.close();
    },
  };
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
