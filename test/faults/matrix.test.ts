import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refusals } from '../../src/sandbox/server/refusals.ts';
import { report } from './support/figures.ts';
import {
  allRefusals,
  differences,
  gatewayCalls,
  libraryCalls,
  nextRefusals,
  nthAt,
  type Plan,
  passing,
  type Telling,
  tell,
  untold,
} from './support/matrix.ts';

const figures = { stories: 0, faults: 0, 'ended as without a fault': 0, 'told and repaired': 0, seconds: 0 };
let undisturbed: Telling;
const began = performance.now();
beforeAll(async () => {
  undisturbed = await tell([]);
});
afterAll(() => {
  figures.seconds = Math.round((performance.now() - began) / 1000);
  report('matrix', figures);
});

/** Calls that fail in one story; sockets are opened before it begins. */
const calls = () => new Map([...undisturbed.calls].filter(([method]) => method !== 'apps.connections.open'));

async function endsTheSame(plans: readonly Plan[]): Promise<Telling> {
  const told = await tell(plans);
  figures.stories += 1;
  figures.faults += plans.length - told.missed.length;
  expect(told.silent).toEqual([]);
  expect(differences(undisturbed.portrait, told.portrait)).toEqual([]);
  return told;
}

describe('the story', () => {
  test('makes every call that the gateway can make, and no other', () => {
    expect([...undisturbed.calls.keys(), ...libraryCalls].toSorted()).toEqual(
      expect.arrayContaining([...gatewayCalls(), ...libraryCalls]),
    );
    const known = new Set([...gatewayCalls(), ...libraryCalls]);
    expect([...undisturbed.calls.keys()].filter((method) => !known.has(method))).toEqual([]);
    expect(gatewayCalls().filter((method) => method.includes('.') && !(method in refusals))).toEqual([]);
  });

  test('ends the same when it is told twice, and breaks no rule of Slack', async () => {
    expect(undisturbed.problems).toEqual([]);
    const again = await tell([]);
    expect(differences(undisturbed.portrait, again.portrait)).toEqual([]);
    // The answer to the room's creation is lost in every story: the declarer is told that it takes a moment.
    expect(undisturbed.notices.filter((said) => !said.startsWith('Slack ne répond pas'))).toEqual([]);
  });
});

describe.each(Object.entries(passing))('%s', (name, fault) => {
  test.each(['first', 'middle'] as const)(
    'at the %s call of every method: the story ends the same',
    async (position) => {
      const plans = [...calls()]
        .filter(([, count]) => position === 'first' || count > 2)
        .map(([method, count]) => ({ method, fault, name, n: nthAt(position, count) }));
      const { missed } = await endsTheSame(plans);
      expect(missed).toEqual([]);
      figures['ended as without a fault'] += plans.length;
    },
  );
});

describe('a call that Slack refuses for good', () => {
  test('in every way in which its method can be: somebody is told, and the repair completes it', async () => {
    const left = allRefusals(calls());
    for (let story = 1; [...left.values()].some((errors) => errors.length > 0); story += 1) {
      const plans = nextRefusals(left, undisturbed.calls);
      const { notices, said, missed } = await endsTheSame(plans);
      // Fewer calls than in an undisturbed story: those that found none have their turn in the next.
      const met = plans.filter((plan) => !missed.includes(plan));
      expect(untold(met, said)).toEqual([]);
      for (const { method, name } of met)
        left.set(
          method,
          (left.get(method) ?? []).filter((error) => error !== name),
        );
      figures[notices.length > 0 ? 'told and repaired' : 'ended as without a fault'] += met.length;
      expect(story).toBeLessThan(20);
    }
  });
});
