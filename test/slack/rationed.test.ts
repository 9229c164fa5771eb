import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { roomMessages } from '../../db/schema/index.ts';
import { MINUTE, SECOND } from '../../src/core/time.ts';
import { settle } from '../faults/support/every-call.ts';
import { writeDecision } from '../support/acts.ts';
import { startCompany } from '../support/company.ts';

test('where history is a call a minute and 15 messages, a post whose answer was lost is found by one call, whatever was said since', async () => {
  const company = await startCompany();
  const { helen, tom, sandbox } = company;
  const room = await company.declare('Soup recall');
  await company.pass(5 * SECOND);
  sandbox.faults.next('chat.postMessage', { kind: 'reset', when: 'after' });
  // The look is refused until the room has gone on talking.
  sandbox.faults.next('conversations.history', { kind: 'rate_limited', retryAfter: 30 });
  await writeDecision(helen, room, 'Stop the line');
  await helen.submit();
  await company.settled();
  await company.leap(3 * MINUTE);
  for (let i = 0; i < 40; i += 1) await tom.say(room, `Talk ${i}`);
  sandbox.rationHistory(true);
  const looked = () => sandbox.calls.filter(({ method, ok }) => method === 'conversations.history' && ok).length;
  const before = looked();
  await settle(company);
  expect(looked() - before).toBe(1);
  const cards = helen.sees(room).filter((m) => m.type === 'message' && m.text.includes('Stop the line'));
  expect(cards).toHaveLength(1);
  expect(sandbox.problems).toEqual([]);
  await company.close();
});

test('a reply that is asked for by its own number is found behind the root of its thread', async () => {
  const company = await startCompany();
  const { helen, tom, sandbox } = company;
  const room = await company.declare('Soup recall');
  sandbox.faults.misdeliver('message', 'lost');
  const root = await tom.say(room, 'The root');
  const reply = await tom.say(room, 'A reply nobody heard', { thread: root.ts });
  sandbox.faults.clear();
  await helen.react(reply, 'pushpin');
  await company.settled();
  const kept = await company.app.deps.db.select().from(roomMessages).where(eq(roomMessages.ts, reply.ts));
  expect(kept).toMatchObject([{ text: 'A reply nobody heard', threadTs: root.ts }]);
  await company.close();
});
