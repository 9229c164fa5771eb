import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refusals } from '../../src/sandbox/server/refusals.ts';
import { report } from './support/figures.ts';
import {
  callsOf,
  differences,
  endsAs,
  gatewayCalls,
  libraryCalls,
  nthAt,
  type Position,
  passing,
  type Telling,
  tell,
} from './support/matrix.ts';

const figures = { stories: 0, 'ended as without a fault': 0, seconds: 0 };
let undisturbed: Telling;
const began = performance.now();
beforeAll(async () => {
  undisturbed = await tell([]);
});
afterAll(() => {
  figures.seconds = Math.round((performance.now() - began) / 1000);
  report('matrix', figures);
});

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

/** Slowness costs real time, up to a minute a story: each kind of it is met at one position. */
const positions: Record<string, readonly Position[]> = {
  'too slow, effect at once': ['first'],
  'too slow, effect late': ['middle'],
};

describe.each(Object.entries(passing))('%s', (name, fault) => {
  test.each(positions[name] ?? (['first', 'middle'] as const))(
    'at the %s call of every method: the story ends the same',
    async (position) => {
      const plans = [...callsOf(undisturbed)]
        .filter(([, count]) => position === 'first' || count > 2)
        // By plain HTTP a page is as good a file as any.
        .filter(([method]) => fault.kind !== 'body' || method.includes('.'))
        .map(([method, count]) => ({ method, fault, name, n: nthAt(position, count) }));
      // Two minutes for every method would let so much time pass in one story that somebody is called a second time.
      const isLong = fault.kind === 'rate_limited' && fault.retryAfter > 60;
      const half = Math.ceil(plans.length / 2);
      for (const story of isLong ? [plans.slice(0, half), plans.slice(half)] : [plans]) {
        const { missed } = await endsAs(undisturbed, story);
        expect(missed).toEqual([]);
        figures.stories += 1;
      }
      figures['ended as without a fault'] += plans.length;
    },
  );
});
