import type { Sandbox } from '../server/index.ts';
import type { GuideAct, GuideSight } from './wire.ts';

type GuideStory = {
  id: string;
  language: 'en' | 'fr';
  title: string;
  /** `acts`: how many acts of the story belong to the step. */
  steps: { id: string; tell: () => string; acts: number }[];
};

/** The scenarios, and what the guide asks of them; the demo tells the same stories from the same files. */
export type GuideBook = {
  stories: readonly GuideStory[];
  /** How many acts are done by now, given that the first `done` were. */
  reached(story: string, done: number): number;
  /** What comes after the first `done` acts. */
  next(story: string, done: number): GuideAct;
  /** Does the next act. */
  play(story: string, done: number): Promise<void>;
  /** Why it could not be done, as one says it in the language of the story. */
  trouble(story: string, error: unknown): string;
};

export type Guide = {
  sight(): GuideSight;
  choose(story: string | null): void;
  /** Plays what is left of a step. */
  play(step: string): Promise<void>;
  playRest(): Promise<void>;
  pause(): void;
  /** Leaves an act out that cannot be played. */
  skip(act: string): void;
  stop(): void;
};

const CALM_MS = 120;

/** Proposes the next step of a story and notices what people did by hand. */
export function createGuide(sandbox: Sandbox, book: GuideBook | undefined, changed: () => void): Guide {
  const stories = book?.stories ?? [];
  let current: GuideStory | undefined;
  let done = 0;
  let playing = false;
  let wanted = false;
  let trouble: string | null = null;
  let check: NodeJS.Timeout | undefined;
  let shown = '';

  function look(): void {
    check = undefined;
    if (!current || !book || playing) return;
    const before = done;
    done = book.reached(current.id, done);
    if (done !== before) trouble = null;
    // A form that was closed is to be opened again: what comes next may change although nothing was done.
    const now = JSON.stringify([done, next()]);
    if (now === shown) return;
    shown = now;
    changed();
  }

  const unsubscribe = sandbox.subscribe((event) => {
    if (event.type === 'call' || event.type === 'delivery' || !current || playing) return;
    check ??= setTimeout(look, CALM_MS);
  });

  /** The step that the next act belongs to, and how many acts of it are done. */
  function place(): { step: GuideStory['steps'][number]; done: number } | undefined {
    let before = 0;
    for (const step of current?.steps ?? []) {
      if (done < before + step.acts) return { step, done: done - before };
      before += step.acts;
    }
    return undefined;
  }

  const next = (): GuideAct | null => (current && book && place() ? book.next(current.id, done) : null);

  async function run(goesOn: () => boolean): Promise<void> {
    if (playing || !current || !book) return;
    const story = current;
    playing = true;
    wanted = true;
    trouble = null;
    changed();
    const isWanted = () => wanted && current === story && place() !== undefined && goesOn();
    try {
      while (isWanted()) {
        await book.play(story.id, done);
        if (current !== story) break;
        done += 1;
        changed();
      }
    } catch (error) {
      if (current === story) trouble = book.trouble(story.id, error);
    } finally {
      playing = false;
      look();
      changed();
    }
  }

  return {
    sight() {
      const at = place();
      return {
        scenarios: stories.map(({ id, language, title }) => ({ id, language, title })),
        current: current
          ? {
              id: current.id,
              title: current.title,
              language: current.language,
              steps: current.steps.map(({ id, tell }) => ({ id, tell: tell() })),
              at: at ? current.steps.indexOf(at.step) : current.steps.length,
              acts: { done: at?.done ?? 0, of: at?.step.acts ?? 0 },
              next: next(),
            }
          : null,
        playing,
        trouble,
      };
    },
    choose(id) {
      wanted = false;
      current = stories.find((story) => story.id === id);
      done = 0;
      trouble = null;
      look();
      changed();
    },
    play: (id) => run(() => place()?.step.id === id),
    playRest: () => run(() => true),
    pause() {
      wanted = false;
    },
    skip(id) {
      if (playing || next()?.id !== id) return;
      done += 1;
      trouble = null;
      look();
      changed();
    },
    stop() {
      unsubscribe();
      clearTimeout(check);
      wanted = false;
    },
  };
}
