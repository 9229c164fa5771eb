import { isObject } from '../blocks.ts';
import { realTime } from '../clock.ts';
import type { Ack, Delivery, Json } from '../types.ts';
import type { Envelope, World } from '../world.ts';

/** Hands one payload to the app and waits for its acknowledgement. Never throws. */
export async function deliver(world: World, envelope: Envelope): Promise<Ack> {
  const done = world.activity.begin();
  try {
    const { twice, delayMs } = world.faults.takeDelivery(envelope.name);
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    world.delivered.push(envelope);
    if (world.delivered.length > 200) world.delivered.shift();
    const first = recorded(world, envelope);
    if (!twice) return await first;
    const [ack] = await Promise.all([first, recorded(world, envelope)]);
    return ack;
  } finally {
    done();
  }
}

const KEPT = 500;

async function recorded(world: World, envelope: Envelope): Promise<Ack> {
  const { type, name, payload } = envelope;
  const id = (world.deliveries.at(-1)?.id ?? 0) + 1;
  const delivery: Delivery = { id, type, name, user: actorOf(payload), payload, sentAt: realTime() };
  world.deliveries.push(delivery);
  if (world.deliveries.length > KEPT) world.deliveries.shift();
  world.emit({ type: 'delivery', delivery });
  const ack = await world.transport().send(envelope);
  Object.assign(
    delivery,
    { ok: ack.ok, ackedInMs: ack.ms },
    ack.ok ? { response: ack.body } : { failure: ack.failure },
  );
  world.emit({ type: 'delivery', delivery });
  return ack;
}

function actorOf(payload: Json): string {
  const { user_id: id, user, event } = payload;
  if (typeof id === 'string') return id;
  if (isObject(user)) return String(user.id);
  return isObject(event) && typeof event.user === 'string' ? event.user : '';
}

/** Events are the only payloads Slack sends again when nobody took them. */
export function deliverEvent(world: World, envelope: Envelope): void {
  const astray = world.faults.misdelivery(envelope.name);
  if (astray === 'late') world.late.push(async () => sendEvent(world, envelope));
  if (!astray) sendEvent(world, envelope);
}

function sendEvent(world: World, envelope: Envelope): void {
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
    const again: Envelope = { ...envelope, retry: { attempt: number + 1, reason: reasonOf(ack.failure) } };
    await new Promise((resolve) => setTimeout(resolve, delay));
    if (world.transport().ready()) void attempt(world, again, number + 1);
    else world.waitingEvents.push(again);
  } finally {
    done();
  }
}

function reasonOf(failure: string): string {
  if (failure.startsWith('http_')) return 'http_error';
  return failure === 'connection_failed' ? 'connection_failed' : 'timeout';
}
