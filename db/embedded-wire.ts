import { EventEmitter } from 'node:events';
import type { PGlite } from '@electric-sql/pglite';

/**
 * A connection to the embedded engine as its clients know it from the network: PostgreSQL's protocol, in this process.
 * So both engines have one driver, and statements are prepared once, which makes them twice as fast here.
 *
 * It is what the driver needs of a socket, and no more. There is one session: never open two of these on one engine.
 */
export class EmbeddedWire extends EventEmitter {
  readyState: 'open' | 'closed' = 'open';
  readonly #pglite: PGlite;
  readonly #waiting: Uint8Array[] = [];
  #working = false;

  constructor(pglite: PGlite) {
    super();
    this.#pglite = pglite;
  }

  write(bytes: Uint8Array, written?: () => void): boolean {
    this.#waiting.push(bytes);
    if (!this.#working) void this.#work();
    written?.();
    return true;
  }

  end(bytes?: Uint8Array): void {
    // What the driver says here is good-bye: the engine, which has one session for ever, must not hear it.
    if (bytes) this.#waiting.length = 0;
    this.destroy();
  }

  destroy(): void {
    if (this.readyState === 'closed') return;
    this.readyState = 'closed';
    queueMicrotask(() => this.emit('close', false));
  }

  async #work(): Promise<void> {
    this.#working = true;
    // The driver writes several messages in a row: they are one trip.
    await Promise.resolve();
    try {
      while (this.#waiting.length > 0 && this.readyState === 'open') {
        const bytes = Buffer.concat(this.#waiting.splice(0));
        this.emit('data', isGreeting(bytes) ? welcome : Buffer.from(this.#pglite.execProtocolRawSync(bytes)));
      }
    } catch (error) {
      this.emit('error', error);
      this.destroy();
    } finally {
      this.#working = false;
    }
  }
}

const protocolVersion = 196_608;
const isGreeting = (bytes: Buffer): boolean => bytes.length >= 8 && bytes.readInt32BE(4) === protocolVersion;

/** "You are who you say" and "ready": the session is open since the engine started. */
const welcome = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49]);
