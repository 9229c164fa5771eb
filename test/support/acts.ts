import { newId } from '../../src/core/ids.ts';
import type { Deps } from '../../src/jobs/commit.ts';
import type { Person } from '../../src/sandbox/server/index.ts';
import type { Act } from '../../src/slack/feature.ts';

/** What somebody does, as it reaches the changes of state: a new act each time, not a repeated delivery. */
export const actOf = (
  deps: Deps,
  { workspaceId, userId, channelId }: { workspaceId: string; userId: string; channelId: string | null },
): Act => ({ ...deps, who: { workspaceId, userId, isOutsider: false }, channelId, deliveryKey: newId() });

/** Opens and fills the form of a decision: one message in the room, with a button. It is left to be submitted. */
export async function writeDecision(by: Person, room: string, text: string): Promise<void> {
  await by.command(`/crisis decide ${text}`, room);
  await fillDecision(by, text);
}
/** The same in the form that a card has opened, to replace the decision on it. */
export async function fillDecision(by: Person, text: string): Promise<void> {
  await by.waitForModal({ callbackId: 'facts.decide' });
  by.fill({ text, reason: 'Safety before revenue' });
}

/** Fills the form that closes a crisis: the note, and what becomes of the tasks where some are open. */
export function fillClosing(by: Pick<Person, 'fill' | 'modal'>, note: string): void {
  const asksOfTasks = by.modal()?.blocks.some((block) => block['block_id'] === 'tasks');
  by.fill({ note, ...(asksOfTasks ? { tasks: 'with_department' } : {}) });
}
