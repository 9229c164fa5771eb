import { mkdirSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { type LiveRooms, liveRooms } from '../bench/live-rooms.ts';

describe('200 live rooms, a million timeline entries, 50 commands a second', () => {
  let found: LiveRooms;
  beforeAll(async () => {
    found = await liveRooms();
    const { cards, ...figures } = found;
    const line = JSON.stringify({ ...figures, cards: cards.size });
    mkdirSync('node_modules/.cache/faults', { recursive: true });
    writeFileSync('node_modules/.cache/faults/load.json', `${line}\n`);
    process.stdout.write(`load: ${line}\n`);
  }, 600_000);

  test('every command is acknowledged within the three seconds that Slack waits', () => {
    expect(found.refused).toBe(0);
    expect(found.slowestMs).toBeLessThan(3_000);
  });

  test('each task that was accepted is committed, and none has a message of its own', () => {
    const { accepted, committed } = found.tasks;
    expect(accepted).toBeGreaterThan(1_000);
    expect([committed, found.cards.size]).toEqual([accepted, 0]);
  });

  test('what a minute of load leaves in memory does not grow with the minutes', () => {
    expect(found.heap.end).toBeLessThan(found.heap.half * 1.15 + 5 * 2 ** 20);
  });
});
