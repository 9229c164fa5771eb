import type { Ack } from '../types.ts';
import type { Envelope, World } from '../world.ts';

/** Hands one payload to the app and waits for its acknowledgement. Never throws. */
export async function deliver(world: World, envelope: Envelope): Promise<Ack> {
  const done = world.activity.begin();
  try {
    const { twice, delayMs } = world.faults.takeDelivery(envelope.name);
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    world.delivered.push(envelope);
    if (world.delivered.length > 200) world.delivered.shift();
    const first = world.transport().send(envelope);
    if (!twice) return await first;
    const [ack] = await Promise.all([first, world.transport().send(envelope)]);
    return ack;
  } finally {
    done();
  }
}

/** Events are the only payloads Slack sends again when nobody took them. */
export function deliverEvent(world: World, envelope: Envelope): void {
  if (!world.transport().ready()) {
    world.waitingEvents.push(envelope);
    return;
  }
  void attempt(world, envelope, 0);
}

export function flushWaitingEvents(world: World): void {
  for (const envelope of world.waitingEvents.splice(0)) void attempt(world, envelope, envelope.retry?.attempt ?? 0);
}

async function attempt(world: World, envelope: Envelope, number: number): Promise<void> {
  const done = world.activity.begin();
  try {
    const ack = await deliver(world, envelope);
    if (ack.ok || ack.failure === 'no_retry') return;
    const delay = world.settings.eventRetryDelaysMs[number];
    if (delay === undefined) return;
    const reason = ack.failure === 'timeout' ? 'http_timeout' : ack.failure === 'no_socket' ? 'timeout' : 'http_error';
    const again: Envelope = { ...envelope, retry: { attempt: number + 1, reason } };
    await new Promise((resolve) => setTimeout(resolve, delay));
    if (world.transport().ready()) void attempt(world, again, number + 1);
    else world.waitingEvents.push(again);
  } finally {
    done();
  }
}
