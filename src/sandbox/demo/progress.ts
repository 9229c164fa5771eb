import { MINUTE } from '../../core/time.ts';
import { doAs, isDone, isInForm, playAct, type World } from './player.ts';
import type { Act, Doing, Scenario } from './scenario.ts';

type Looking = Pick<World, 'sandbox'>;

/** How many acts of a story are done once one has looked, given that the first `done` were: also what people did by hand. */
export function reached(world: Looking, scenario: Scenario, done: number): number {
  const { acts } = scenario;
  for (let at = done; ; ) {
    const act = acts[at];
    if (!act) return at;
    const lasting = whatLasts(acts, at);
    if (isDone(world, scenario, act)) at += 1;
    else if (lasting > at && isDone(world, scenario, acts[lasting] as Act)) at = lasting + 1;
    else return at;
  }
}

/** A form, or a confirmation that was left open, is soon off the screen: the act after which its trace stays. */
function whatLasts(acts: readonly Act[], at: number): number {
  const act = acts[at];
  if (!act || (act.shows.in !== 'form' && !hesitates(act.does))) return at;
  const next = acts[at + 1];
  return next && (hesitates(act.does) || (next.as === act.as && isInForm(next.does))) ? whatLasts(acts, at + 1) : at;
}

const hesitates = (doing: Doing): boolean => 'press' in doing && doing.hesitates === true;

/** What is to be done now for an act to be done: itself, after whatever opens its form if that is not on the screen. */
export function wayTo(world: Looking, scenario: Scenario, act: Act): { act: Act; doing: Doing }[] {
  const way = [{ act, doing: act.does }];
  if (!isInForm(act.does)) return way;
  const opener = openerOf(scenario, act);
  if (!opener || isDone(world, scenario, opener)) return way;
  return act.again ? [{ act, doing: act.again }, ...way] : [...wayTo(world, scenario, opener), ...way];
}

/** The act that left the form open in which this one is done. */
function openerOf({ acts }: Scenario, act: Act): Act | undefined {
  return acts.slice(0, acts.indexOf(act)).findLast((one) => one.as === act.as && one.shows.in === 'form');
}

/** Plays one act, after what opens its form again if that was closed. */
export async function playThrough(world: World, scenario: Scenario, act: Act): Promise<void> {
  const before = wayTo(world, scenario, act).slice(0, -1);
  for (const { act: one, doing } of before) {
    await doAs(world, scenario, one, doing);
    // What was done before may count: the same words lead further this time.
    if (isDone(world, scenario, act)) return;
  }
  await playAct(world, scenario, act, MINUTE);
}
