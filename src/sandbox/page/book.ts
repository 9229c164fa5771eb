import { MINUTE } from '../../core/time.ts';
import { ActFailed, isDone, playAct, roomOf, saidIn, type World } from '../demo/player.ts';
import { playThrough, reached, wayTo } from '../demo/progress.ts';
import { type Act, type Doing, type Scenario, stepsOf } from '../demo/scenario.ts';
import { scenarios } from '../demo/scenarios/all.ts';
import { betweenActs } from '../demo/stage.ts';
import { problemIn } from '../demo/trouble.ts';
import { clockTime } from '../demo/words.ts';
import type { GuideBook } from './guide.ts';
import { howTo, valuesIn } from './how-to.ts';

/** The stories of the demo, told to the guide. */
export function openBook(world: World, told: readonly Scenario[] = scenarios): GuideBook {
  const find = (story: string, done: number): [Scenario, Act] => {
    const scenario = storyOf(story);
    const act = scenario.acts[done];
    if (!act) throw new Error(`"${story}" has no act ${done}.`);
    return [scenario, act];
  };
  const storyOf = (story: string): Scenario => {
    const scenario = told.find((one) => one.id === story);
    if (!scenario) throw new Error(`There is no story "${story}".`);
    return scenario;
  };
  return {
    stories: told.map((scenario) => ({
      id: scenario.id,
      language: scenario.language,
      title: scenario.title,
      steps: stepsOf(scenario).map(({ id, tell, acts }) => ({
        id,
        tell: () => saidIn(world, scenario, tell),
        acts: acts.length,
      })),
    })),
    reached: (story, done) => reached(world, storyOf(story), done),
    play: (story, done) => play(world, ...find(story, done)),
    next(story, done) {
      const [scenario, act] = find(story, done);
      const [first] = wayTo(world, scenario, act);
      const { act: now, doing } = first ?? { act, doing: act.does };
      const person = now.as === 'time' ? undefined : world.sandbox.person(now.as);
      return {
        id: act.id,
        as: person?.id ?? 'time',
        how: saidIn(world, scenario, howTo(scenario.language, doing)),
        values: valuesIn(person?.modal(), doing, scenario.language, (words) => saidIn(world, scenario, words)),
        place: placeOf(world, scenario, doing, person?.id ?? ''),
      };
    },
    trouble(story, error) {
      if (!(error instanceof ActFailed)) return String(error);
      const { language } = storyOf(story);
      return `${error.as}${language === 'fr' ? ' : ' : ': '}${problemIn(language, error.problem)}`;
    },
  };
}

/** Below a crisis the product lets people sleep, and a story would wait with them: in the evening it begins the next day. */
export function untilMorning(now: Date): number {
  const [hour = 0, minute = 0] = clockTime(now).split(':').map(Number);
  return hour >= 8 && hour < 19 ? 0 : (((32 - hour) % 24) * 60 - minute) * MINUTE;
}

const PATIENCE_MINUTES = 30;

/** Acts done by hand take their own time: what is waited for may be due a little later than the story says. */
async function play(world: World, scenario: Scenario, act: Act): Promise<void> {
  if (act === scenario.acts[0]) await world.advance(untilMorning(world.sandbox.clock.now()));
  if (!('wait' in act.does)) {
    await world.advance(betweenActs);
    return playThrough(world, scenario, act);
  }
  await world.advance(act.does.wait * MINUTE);
  for (let more = 0; more < PATIENCE_MINUTES && !isDone(world, scenario, act); more += 1) await world.advance(MINUTE);
  await playAct(world, scenario, { ...act, does: { wait: 0 } });
}

/** Where something is done: a conversation, the app's Home tab, or in front of the person already. */
function placeOf(world: World, scenario: Scenario, doing: Doing, me: string): string | null {
  const { sandbox } = world;
  const room = () => roomOf(world, scenario)?.id ?? null;
  const named = (where: string) => (where === 'room' ? room() : (sandbox.channel(where)?.id ?? null));
  if ('wait' in doing || 'fill' in doing || 'confirm' in doing) return null;
  if ('open' in doing) return 'home';
  if ('where' in doing) return named(doing.where ?? 'room');
  if (!('press' in doing)) return room();
  if (doing.in === 'form') return null;
  if (doing.in === 'home') return 'home';
  if (doing.in === 'room') return room();
  const isMine = (members: readonly string[]) => members.includes(me) && members.includes(sandbox.botUserId);
  if (doing.in === 'dm') return sandbox.channels().find((one) => one.kind === 'im' && isMine(one.members))?.id ?? null;
  return sandbox.person(me).ephemerals().at(-1)?.channel ?? null;
}
