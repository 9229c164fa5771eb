import { MINUTE } from '../../core/time.ts';
import { isDone, playStep, saidIn, type World } from '../demo/player.ts';
import type { Scenario, Step } from '../demo/scenario.ts';
import { scenarios } from '../demo/scenarios/all.ts';
import { betweenActs } from '../demo/stage.ts';
import type { GuideBook } from './guide.ts';
import { howTo } from './how-to.ts';

/** The stories of the demo, told to the guide. */
export function openBook(world: World): GuideBook {
  const find = (story: string, id: string): [Scenario, Step] => {
    const scenario = scenarios.find((one) => one.id === story);
    const step = scenario?.steps.find((one) => one.id === id);
    if (!scenario || !step) throw new Error(`There is no step "${id}" in "${story}".`);
    return [scenario, step];
  };
  return {
    stories: scenarios.map((scenario) => ({
      id: scenario.id,
      language: scenario.language,
      title: scenario.title,
      steps: scenario.steps.map((step) => ({
        id: step.id,
        as: step.as === 'time' ? 'time' : world.sandbox.person(step.as).id,
        tell: () => saidIn(world, scenario, step.tell),
        how: () => saidIn(world, scenario, howTo(scenario.language, step.act)),
      })),
    })),
    play: (story, id) => play(world, ...find(story, id)),
    isDone(story, id) {
      const [scenario, step] = find(story, id);
      if (isDone(world, scenario, step)) return true;
      // A confirmation left open shows nothing: that the story went on says that it was.
      const next = scenario.steps[scenario.steps.indexOf(step) + 1];
      return 'press' in step.act && step.act.hesitates === true && next !== undefined && isDone(world, scenario, next);
    },
  };
}

const PATIENCE_MINUTES = 30;

/** Steps done by hand take their own time: what is waited for may be due a little later than the story says. */
async function play(world: World, scenario: Scenario, step: Step): Promise<void> {
  if (!('wait' in step.act)) {
    await world.advance(betweenActs);
    return playStep(world, scenario, step);
  }
  await world.advance(step.act.wait * MINUTE);
  for (let more = 0; more < PATIENCE_MINUTES && !isDone(world, scenario, step); more += 1) await world.advance(MINUTE);
  await playStep(world, scenario, { ...step, act: { wait: 0 } });
}
