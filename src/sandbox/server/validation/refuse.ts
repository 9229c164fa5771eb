import { Refusal } from '../methods/method.ts';
import type { World } from '../world.ts';

/** A payload Slack would not take is kept for tests to see, then refused the way Slack refuses it. */
export function refusePayload(world: World, where: string, payload: unknown, error: string, messages: string[]): never {
  world.problems.push({ where, error, messages, payload: structuredClone(payload) });
  throw new Refusal(error, { errors: messages, response_metadata: { messages } });
}
