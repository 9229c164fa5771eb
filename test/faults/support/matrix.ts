import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { startCompany } from '../../support/company.ts';
import { liveThrough, lostAnswers, repair } from './every-call.ts';
import { type Fault, faultNth } from './faults.ts';
import { isNotice, noticesIn, owesRepair, portraitOf } from './portrait.ts';

/** How long the product waits in stories where Slack is slow, in milliseconds; a loaded machine needs a second itself. */
const impatience = 2000;

/** Every way in which a call can fail for a while; each must leave no trace. */
export const passing: Record<string, Fault> = {
  '429 for a second': { kind: 'rate_limited', retryAfter: 1 },
  '429 for two minutes': { kind: 'rate_limited', retryAfter: 120 },
  '503 before the effect': { kind: 'http', status: 503, when: 'before' },
  '500 after the effect': { kind: 'http', status: 500, when: 'after' },
  'cut before the effect': { kind: 'reset', when: 'before' },
  'cut after the effect': { kind: 'reset', when: 'after' },
  'a page instead of an answer, after the effect': { kind: 'body', body: '<html>Sign in</html>', when: 'after' },
  'too slow, effect at once': { kind: 'slow', ms: impatience + 300, when: 'before' },
  'too slow, effect late': { kind: 'slow', ms: impatience + 300, when: 'after' },
};

/** Every call the gateway can make, read from its source: a call that is written tomorrow is in it tomorrow. */
export function gatewayCalls(): string[] {
  const source = readFileSync(new URL('../../../src/slack/gateway.ts', import.meta.url), 'utf8');
  const named = [...source.matchAll(/'([a-z]+(?:\.[a-z]\w*)+|file (?:upload|download))'/gi)].map(
    ([, name]) => name as string,
  );
  return [...new Set(named)].filter((name) => !name.endsWith('.ts') && name !== ofClosedTeams).sort();
}

/** The room of a crisis that becomes a closed team: against every fault in test/war-room/code-name.test.ts. */
const ofClosedTeams = 'conversations.rename';

/** Called by the libraries: replies to people, and the opening of sockets (which has a test of its own). */
export const libraryCalls = ['response_url', 'apps.connections.open'];

/** Where a method meets its fault: at its first call, or in the middle of its calls. */
export type Position = 'first' | 'middle';
export const nthAt = (position: Position, calls: number): number =>
  position === 'first' ? 1 : Math.ceil((calls + 1) / 2);

/** `at`: counted among the calls of this place only. */
export type Plan = { method: string; fault: Fault; name: string; n: number; at?: string };
export type Telling = {
  portrait: string[];
  calls: Map<string, number>;
  /** How often each method was called at each place. */
  places: Map<string, Map<string, number>>;
  /** What was planned and never met: the story no longer makes that call so often. */
  missed: Plan[];
  /** What each plan that was met was asked to do. */
  met: Map<Plan, Record<string, unknown>>;
  /** What the product said of what it could not do. */
  notices: string[];
  repairs: number;
  /** What failed and nobody was told of. */
  silent: string[];
  problems: unknown[];
};

/**
 * Where in the product a call comes from, as far as what it carries tells: the kind of message, the form, the kind of
 * file, the person. A message that is written tomorrow is a place of its own tomorrow.
 */
function placeOf(args: Record<string, unknown>): string {
  const plain = (value: unknown) => JSON.stringify(value ?? '').replaceAll('\\', '');
  const [, key] = /"key":"([^":]*)/.exec(plain(args['metadata'])) ?? [];
  const [, form] = /"callback_id":"([^"]*)"/.exec(plain(args['view'])) ?? [];
  const [, kind] = /(\.\w+)$/.exec(plain(args['filename']).replaceAll('"', '')) ?? [];
  const person = [args['users'], args['user'], args['user_id']].find((id): id is string => typeof id === 'string');
  if (key) return `message ${key}`;
  if (form) return `form ${form}`;
  return kind ?? person ?? '';
}

/** What is said about a fault is no part of the story that the fault was planned for. */
const isNoNotice = (args: Record<string, unknown>): boolean => {
  const [, key = ''] = /"key":"([^"]*)"/.exec(JSON.stringify(args['metadata'] ?? '').replaceAll('\\', '')) ?? [];
  return !isNotice(key);
};

/** Tells the whole story in a workspace of its own, in which each of these calls fails. */
export async function tell(plans: readonly Plan[]): Promise<Telling> {
  const isSlow = plans.some(({ fault }) => fault.kind === 'slow');
  const company = await startCompany(isSlow ? { timeoutMs: impatience } : {});
  try {
    company.sandbox.addUserGroup({ handle: 'press', name: 'Press', users: ['Marc'] });
    await company.settled();
    const before = company.sandbox.calls.length;
    const hits = plans.map((plan) => ({
      plan,
      metWith: faultNth(company.sandbox.faults, plan.method, plan.fault, {
        n: plan.n,
        match: (args) => isNoNotice(args) && (plan.at === undefined || plan.at === placeOf(args)),
      }),
    }));
    lostAnswers(company);
    const { room, silent, ...lived } = await liveThrough(company);
    const met = new Map(
      hits.flatMap(({ plan, metWith }) => {
        const args = metWith();
        return args ? [[plan, args] as const] : [];
      }),
    );
    company.sandbox.faults.clear();
    const isOwed = noticesIn(company.sandbox).some(owesRepair);
    if (isOwed) await repair(company, room);
    const calls = new Map<string, number>();
    const places = new Map<string, Map<string, number>>();
    for (const { method, args } of company.sandbox.calls.slice(before)) {
      calls.set(method, (calls.get(method) ?? 0) + 1);
      if (!isNoNotice(args)) continue;
      const ofMethod = places.get(method) ?? new Map<string, number>();
      ofMethod.set(placeOf(args), (ofMethod.get(placeOf(args)) ?? 0) + 1);
      places.set(method, ofMethod);
    }
    return {
      portrait: await portraitOf(company),
      calls,
      places,
      met,
      missed: plans.filter((plan) => !met.has(plan)),
      repairs: lived.repairs + (isOwed ? 1 : 0),
      notices: noticesIn(company.sandbox).map((message) => `${message.text}: ${JSON.stringify(message.blocks)}`),
      silent,
      problems: company.sandbox.problems,
    };
  } finally {
    await company.close();
  }
}

/** Lines of one that the other lacks, for people. */
export function differences(expected: readonly string[], found: readonly string[]): string[] {
  const left = [...found];
  const lost = expected.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return [...lost.map((line) => `missing: ${line}`), ...left.map((line) => `too much: ${line}`)];
}

/** Calls that fail in one story; sockets are opened before it begins. */
export const callsOf = ({ calls }: Telling): Map<string, number> =>
  new Map([...calls].filter(([method]) => method !== 'apps.connections.open'));

/** Tells the story with these faults; it must end as the undisturbed one, and nothing may fail unheard. */
export async function endsAs(undisturbed: Telling, plans: readonly Plan[]): Promise<Telling> {
  const told = await tell(plans);
  expect(told.silent).toEqual([]);
  expect(differences(undisturbed.portrait, told.portrait)).toEqual([]);
  return told;
}
