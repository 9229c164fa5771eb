import { writeSync } from 'node:fs';
import { Socket } from 'node:net';
import type { PGlite } from '@electric-sql/pglite';

/**
 * Where the process dies: at the `at`th boundary of a kind that it passes.
 * - `database`: before or after any statement. `commit`: before or after what makes statements lasting.
 * - `slack`: before or after any call. `ack`: before or after an acknowledgement leaves by a socket.
 */
export type KillPlan = { kind: BoundaryKind; at: number };
export type BoundaryKind = 'database' | 'commit' | 'slack' | 'ack';

const state: { plan: KillPlan | null; passed: number; seen: number } = { plan: null, passed: 0, seen: 0 };

export function arm(plan: KillPlan | null): void {
  state.plan = plan;
  state.passed = 0;
}

export const boundariesSeen = (): number => state.seen;

function pass(kinds: readonly BoundaryKind[], label: string): void {
  state.seen += 1;
  const { plan } = state;
  if (!plan || !kinds.includes(plan.kind)) return;
  state.passed += 1;
  if (state.passed < plan.at) return;
  writeSync(1, `died ${state.seen} ${label}\n`);
  process.kill(process.pid, 'SIGKILL');
}

/** The embedded engine lives in this process: what it is handed and what it answers are the boundaries. */
export function watchEmbedded(prototype: PGlite): void {
  // oxlint-disable-next-line typescript/unbound-method -- called with the object it came from
  const original = prototype.execProtocolRawSync;
  const read = reader();
  prototype.execProtocolRawSync = function (message) {
    const { label, kinds } = read(Buffer.from(message));
    pass(kinds, `before ${label}`);
    const answer = original.call(this, message);
    pass(kinds, `after ${label}`);
    return answer;
  };
}

/** A database server and Slack's web sockets are reached by sockets: what is written and what arrives are the boundaries. */
export function watchSockets(ports: { database: number | null; slack: number }): void {
  // oxlint-disable-next-line typescript/unbound-method -- called with the socket they came from
  const { write, push } = Socket.prototype;
  const readers = new WeakMap<Socket, ReturnType<typeof reader>>();
  const last = new WeakMap<Socket, Trip>();
  Socket.prototype.write = function (this: Socket, ...args: Parameters<typeof write>) {
    const bytes = args[0] instanceof Uint8Array ? Buffer.from(args[0]) : null;
    const isAck = this.remotePort === ports.slack && bytes !== null && (bytes[0] ?? 0) >> 4 === 8;
    if (isAck) pass(['ack'], 'before an acknowledgement');
    if (this.remotePort === ports.database && bytes !== null) {
      const read = readers.get(this) ?? reader();
      readers.set(this, read);
      const trip = read(bytes);
      last.set(this, trip);
      pass(trip.kinds, `before ${trip.label}`);
    }
    const flowing = write.apply(this, args);
    if (isAck) pass(['ack'], 'after an acknowledgement');
    return flowing;
  } as typeof write;
  Socket.prototype.push = function (this: Socket, ...args: Parameters<typeof push>) {
    if (this.remotePort === ports.database && args[0]) {
      const { label, kinds } = last.get(this) ?? { label: 'connect', kinds: ['database' as const] };
      pass(kinds, `after ${label}`);
    }
    return push.apply(this, args);
  } as typeof push;
}

type Trip = { label: string; kinds: BoundaryKind[] };

/** Reads what one connection sends: statements are prepared once by name and named afterwards. */
function reader(): (bytes: Buffer) => Trip {
  const prepared = new Map<string, string>();
  let isOpen = false;
  let label = 'connect';
  return (bytes) => {
    for (let at = 0; at + 5 <= bytes.length; at += 1 + bytes.readInt32BE(at + 1)) {
      const type = String.fromCharCode(bytes[at] ?? 0);
      if (!/[A-Z]/.test(type) || bytes.readInt32BE(at + 1) < 4) break;
      const [first = '', second = ''] = bytes
        .toString('latin1', at + 5, at + 1 + bytes.readInt32BE(at + 1))
        .split('\0');
      if (type === 'P') prepared.set(first, nameOf(second));
      if (type === 'P') label = nameOf(second);
      else if (type === 'B') label = prepared.get(second) ?? label;
      else if (type === 'Q') label = nameOf(first);
    }
    const isLasting = label === 'commit' || (!isOpen && /^(insert|update|delete|engine)/.test(label));
    if (label === 'begin') isOpen = true;
    if (label === 'commit' || label === 'rollback') isOpen = false;
    return { label, kinds: isLasting ? ['database', 'commit'] : ['database'] };
  };
}

export function watchSlack(): void {
  const original = globalThis.fetch;
  globalThis.fetch = async (...args) => {
    const [target] = args;
    const address = typeof target === 'string' ? target : target instanceof URL ? target.href : target.url;
    const method = /\/api\/([\w.]+)/.exec(address)?.[1] ?? new URL(address).pathname.split('/')[1] ?? '';
    pass(['slack'], `before ${method}`);
    const answer = await original(...args);
    pass(['slack'], `after ${method}`);
    return answer;
  };
}

/** `insert effects`, `update pgboss.job`, `commit`: what a statement does, as far as a report needs it. */
function nameOf(sql: string): string {
  const text = sql.replaceAll(/[^\x20-\x7e]+/g, ' ').replaceAll('"', '');
  const [, verb = 'statement', table = ''] =
    /\b(insert into|update|delete from|commit|begin|rollback|select|with)\b\s*([\w.]*)/i.exec(text) ?? [];
  const short = verb.toLowerCase().split(' ')[0] ?? '';
  if (short === 'with')
    return `engine ${/\b(insert into|update|delete from)\s+([\w.]+)/i.exec(text)?.[2] ?? ''}`.trim();
  return ['commit', 'begin', 'rollback', 'select'].includes(short) ? short : `${short} ${table}`;
}
