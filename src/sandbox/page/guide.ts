import type { Sandbox } from '../server/index.ts';
import type { GuideSight } from './wire.ts';

type GuideStory = {
  id: string;
  language: 'en' | 'fr';
  title: string;
  /** `as`: a person's id, or `time` when what is asked is to wait. */
  steps: { id: string; as: string; tell: () => string; how: () => string }[];
};

/** The scenarios, and the two things the guide asks of them; the demo tells the same stories from the same files. */
export type GuideBook = {
  stories: readonly GuideStory[];
  play(story: string, step: string): Promise<void>;
  isDone(story: string, step: string): boolean;
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
export function createGuide(sandbox: Sandbox, book: GuideBook | undefined, changed: () => void): Guide {
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
      if (!book.isDone(id, step.id)) break;
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
    await book.play(story.id, id);
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
      for (let id = steps(); id !== undefined; id = steps()) {
        await playOne(id);
        if (!wanted) break;
      }
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
            steps: current.steps.map(({ id, as, tell, how }) => ({
              id,
              as,
              tell: tell(),
              how: how(),
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
