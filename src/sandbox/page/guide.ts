import type { Sandbox } from '../server/index.ts';
import type { Time } from './time.ts';
import type { GuideSight } from './wire.ts';

export type GuideStory = {
  id: string;
  language: 'en' | 'fr';
  title: string;
  steps: { id: string; as: string; tell: string }[];
};

type GuideWorld = { sandbox: Sandbox; advance(ms: number): Promise<void> };

/** The scenarios, and the two things the guide asks of them; the demo tells the same stories from the same files. */
export type GuideBook = {
  stories: readonly GuideStory[];
  play(world: GuideWorld, story: string, step: string): Promise<void>;
  isDone(world: GuideWorld, story: string, step: string): boolean;
};

export type Guide = {
  sight(): GuideSight;
  choose(story: string | null): void;
  play(step: string): Promise<void>;
  playRest(): Promise<void>;
  pause(): void;
  stop(): void;
};

const CALM_MS = 120;

/** Proposes the next step of a story and notices the steps people did by hand. */
export function createGuide(sandbox: Sandbox, time: Time, book: GuideBook | undefined, changed: () => void): Guide {
  const world: GuideWorld = { sandbox, advance: (ms) => time.pass(ms) };
  const stories = book?.stories ?? [];
  let current: GuideStory | undefined;
  let done = new Set<string>();
  let playing = false;
  let wanted = false;
  let trouble: string | null = null;
  let check: NodeJS.Timeout | undefined;

  function look(): void {
    check = undefined;
    if (!current || !book) return;
    const { id } = current;
    const before = done.size;
    // Only the next step is asked about: a story is lived in order, and "done" may look at what came before.
    for (const step of current.steps) {
      if (done.has(step.id)) continue;
      if (!book.isDone(world, id, step.id)) break;
      done.add(step.id);
    }
    if (done.size !== before) changed();
  }

  const unsubscribe = sandbox.subscribe((event) => {
    if (event.type === 'call' || event.type === 'delivery' || !current || playing) return;
    check ??= setTimeout(look, CALM_MS);
  });

  const next = () => current?.steps.find((step) => !done.has(step.id));

  async function playOne(id: string): Promise<void> {
    if (!current || !book) return;
    const story = current;
    await book.play(world, story.id, id);
    if (current !== story) return;
    for (const step of story.steps) {
      done.add(step.id);
      if (step.id === id) break;
    }
    changed();
  }

  async function run(steps: () => string | undefined): Promise<void> {
    if (playing) return;
    playing = true;
    wanted = true;
    trouble = null;
    changed();
    try {
      for (let id = steps(); id !== undefined && wanted; id = steps()) await playOne(id);
    } catch (error) {
      trouble = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    } finally {
      playing = false;
      changed();
    }
  }

  return {
    sight: () => ({
      scenarios: stories.map(({ id, language, title }) => ({ id, language, title })),
      current: current
        ? {
            id: current.id,
            title: current.title,
            language: current.language,
            steps: current.steps.map(({ id, as, tell }) => ({
              id,
              as: personId(sandbox, as),
              tell,
              done: done.has(id),
            })),
          }
        : null,
      playing,
      trouble,
    }),
    choose(id) {
      wanted = false;
      current = stories.find((story) => story.id === id);
      done = new Set();
      trouble = null;
      look();
      changed();
    },
    play(id) {
      const once = [id];
      return run(() => once.shift());
    },
    playRest: () => run(() => next()?.id),
    pause() {
      wanted = false;
    },
    stop() {
      unsubscribe();
      clearTimeout(check);
      wanted = false;
    },
  };
}

const personId = (sandbox: Sandbox, name: string): string => sandbox.person(name).id;
