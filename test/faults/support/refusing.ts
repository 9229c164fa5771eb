import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { refusals, refusalsOf } from '../../../src/sandbox/server/refusals.ts';
import { isSpentTrigger, isTokenRefused, SlackFailure } from '../../../src/slack/failures.ts';
import { words } from '../../../src/war-room/text.ts';
import type { Fault } from './faults.ts';
import type { Plan, Telling } from './matrix.ts';
import type { Random } from './random.ts';

export type RefusalPlan = Plan & { error: string };

/** Files travel by plain HTTP: there is no name for what is wrong, only a status. */
const statuses: Record<string, readonly string[]> = {
  'file upload': ['http_403', 'http_413'],
  'file download': ['http_403', 'http_404'],
};

/** What Slack says when the effect is there already: said of anything else it would be a lie, which nobody could repair. */
const isThere: ReadonlySet<string> = new Set(['already_in_channel', 'already_pinned']);

/** Of a world that is not the story's, and answered by more than a repair: by what each is tried instead. */
export const triedElsewhere: Record<string, string> = {
  'chat.update message_not_found': 'somebody deleted the message: test/journeys/faults.test.ts',
  'chat.update edit_window_closed': 'the message is posted afresh: test/slack/edits.test.ts',
  'chat.update cant_update_message': 'the message is posted afresh: test/slack/edits.test.ts',
  'conversations.info channel_not_found': 'the bot was taken out of the room: test/closing/journey.test.ts',
};

const errorsOf = (method: string): string[] =>
  [...new Set(statuses[method] ?? (method in refusals ? refusalsOf(method) : []))].filter(
    (error) => !(`${method} ${error}` in triedElsewhere),
  );

const faultOf = (error: string): Fault => {
  const [, status] = /^http_(\d+)$/.exec(error) ?? [];
  if (status) return { kind: 'http', status: Number(status), when: 'before' };
  return { kind: 'error', error, ...(isThere.has(error) ? { when: 'after' as const } : {}) };
};

/**
 * Every method at every place of the story at which it is called, with every error that it can be refused with; or, of
 * all that, enough: each place once, and each kind of error of each method once.
 */
export function refusalPlans(undisturbed: Telling, random: Random, everything: boolean) {
  const plans: RefusalPlan[] = [];
  let product = 0;
  for (const [method, counts] of undisturbed.places) {
    const [places, errors] = [shuffled(placesIn(method, counts), random), errorsOf(method)];
    const kinds = shuffled(kindsOf(method, errors), random);
    if (errors.length === 0) continue;
    product += places.length * errors.length;
    const pairs = everything
      ? errors.flatMap((error) => places.map((place) => ({ place, error })))
      : Array.from({ length: Math.max(places.length, kinds.length) }, (_, i) => ({
          place: places[i % places.length] as Place,
          error: random.pick(kinds[i % kinds.length] as string[]),
        }));
    for (const { place, error } of pairs)
      plans.push({ method, ...place, error, fault: faultOf(error), name: `${method} ${error}` });
  }
  return { plans, leftOut: product - plans.length };
}

type Place = { at: string; n: number };

/**
 * One kind of message or form is made at one place of the source; calls that do not say what for are told apart by number.
 * A person is read again by age: how often depends on how much time a story lets pass, so only the first time is a place.
 */
const placesIn = (method: string, counts: ReadonlyMap<string, number>): Place[] =>
  [...counts].flatMap(([at, count]) =>
    method === 'users.info' || /^(message|form) /.test(at)
      ? [{ at, n: 1 }]
      : Array.from({ length: count }, (_, i) => ({ at, n: i + 1 })),
  );

/** Errors that the product cannot tell apart are one kind; one that its source names is a kind of its own. */
function kindsOf(method: string, errors: readonly string[]): string[][] {
  const kinds = new Map<string, string[]>();
  for (const error of errors) {
    const failure = new SlackFailure(method, 'permanent', error);
    const kind = isTokenRefused(failure)
      ? 'token'
      : isSpentTrigger(failure)
        ? 'trigger'
        : isNamed(error)
          ? error
          : 'any other';
    kinds.set(kind, [...(kinds.get(kind) ?? []), error]);
  }
  return [...kinds.values()];
}

const source = new URL('../../../src', import.meta.url).pathname;
const product = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.startsWith('sandbox'))
  .map((path) => readFileSync(join(source, path), 'utf8'))
  .join('\n');
const isNamed = (error: string): boolean => new RegExp(`\\b${error}\\b`).test(product);

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const left = [...items];
  return items.map(() => left.splice(random.below(left.length), 1)[0] as T);
}

/** Puts them into stories: so many of a method in each, no two at one place. */
export function inStories(plans: readonly RefusalPlan[], most: number): RefusalPlan[][] {
  const stories: RefusalPlan[][] = [];
  for (const plan of plans) {
    const ofMethod = (story: RefusalPlan[]) => story.filter(({ method }) => method === plan.method);
    const fits = (story: RefusalPlan[]) =>
      ofMethod(story).length < most && ofMethod(story).every(({ at, n }) => at !== plan.at || n !== plan.n);
    const story = stories.find(fits);
    if (story) story.push(plan);
    else stories.push([plan]);
  }
  return stories;
}

/** Whether somebody was told of it in words: what it was, if it was a message, and why. */
export function isTold(plan: RefusalPlan, { met, notices }: Telling): boolean {
  const text = plan.method === 'chat.postMessage' ? met.get(plan)?.['text'] : '';
  // People are named in it, not called.
  const said = typeof text === 'string' ? text.replace(/^<@\w+>/, '') : '';
  const what = JSON.stringify(said.slice(0, 60)).slice(1, -1);
  const both = [words('en'), words('fr')];
  const reasons = [plan.error, ...both.map((w) => w.why(plan.error))];
  // What belongs to no crisis is not repaired: who asked for it is told to ask again.
  const asking = both.map((w) => w.askAgain('§', plan.error).split('§')[1] ?? '');
  return notices.some(
    (notice) =>
      (notice.includes(what) && reasons.some((reason) => notice.includes(reason))) ||
      asking.some((words) => notice.includes(words)),
  );
}
