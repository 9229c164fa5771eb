import type { Message } from '../../../src/sandbox/server/index.ts';

/** The name of the effect that a message is; empty for what people wrote. */
export function keyOf(message: Message | undefined): string {
  const key = message?.metadata?.event_payload?.['key'];
  return typeof key === 'string' ? key : '';
}
