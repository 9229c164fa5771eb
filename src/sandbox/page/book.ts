import { isDone, playStep, saidIn, type World } from '../demo/player.ts';
import type { Scenario, Step } from '../demo/scenario.ts';
import { scenarios } from '../demo/scenarios/all.ts';
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
    play: (story, id) => playStep(world, ...find(story, id)),
    isDone: (story, id) => isDone(world, ...find(story, id)),
  };
}
