/**
 * A crisis as a story that can be played: who does what, in which order, and why. Data only, so that a head of
 * communication can read a scenario file, change it, or write the next one.
 *
 * `{T+90}` in a text is the hour ninety minutes after the crisis was declared, as people of the scenario's language
 * write it: `09:10`, `9 h 10`; `{@T+90}` and `{@tomorrow 12:30}` pick that moment in a form. `@Helen` in a command or a message names a person.
 */
export type Scenario = {
  id: string;
  language: 'en' | 'fr';
  title: string;
  intro: string;
  /** When it begins, in Paris: 1 is Monday. A working day's morning, 8:40, where nothing is said. */
  starts?: { weekday: number; at: string };
  acts: Act[];
};

/** One thing that one person does. */
export type Act = {
  id: string;
  /** A step of the page's guide begins with this act: what is done in it, by whom and why, in one sentence. */
  step?: string;
  /** A person's first name, or `time`. */
  as: string;
  /** What to do and why, in the scenario's language. */
  tell: string;
  does: Doing;
  /** Opens the form of this act when it was closed. Without it, the acts that led there are done once more. */
  again?: Doing;
  /** What can be seen once it is done, and not before. */
  shows: Sight;
};

/** What the guide shows at a time: some acts, one after another. A story has at most twelve. */
export type Step = { id: string; tell: string; acts: readonly Act[] };

export function stepsOf({ acts }: Scenario): Step[] {
  const starts = acts.flatMap(({ step }, i) => (step === undefined ? [] : [i]));
  return starts.map((start, i) => {
    const { id, step: tell = '' } = acts[start] as Act;
    return { id, tell, acts: acts.slice(start, starts[i + 1]) };
  });
}

/** The war room of the story, or a channel by its name. */
export type Where = 'room' | `#${string}`;

export type Doing =
  /** Types a slash command. */
  | { command: string; where: Where }
  /** Fills the form that is open, by field id, and submits it. */
  | { fill: Record<string, string | string[]>; submit: true }
  /**
   * Presses a button or picks an entry of a menu, on the newest message that has it and says `containing`. `beside`: the
   * one next to these words, or the first after them. `hesitates`: the confirmation stays open on the screen until a
   * `confirm` act.
   */
  | {
      press: string;
      in: Pressable;
      containing?: string;
      beside?: string;
      hesitates?: true;
    }
  /** Confirms what was pressed in an earlier act. */
  | { confirm: string }
  | { say: string; where: Where }
  /** Answers in the thread of the message that says `to`. */
  | { reply: string; to: string }
  /** Adds an emoji to the message that says `to`. */
  | { react: string; to: string }
  /** Rewrites one's own message that says `to`. */
  | { edit: string; to: string }
  /** Runs a shortcut of the app by its name: on the message that says `on`, or from anywhere. */
  | { shortcut: string; on?: string; where?: Where }
  /** Opens the app's Home tab. */
  | { open: 'home' }
  /** Lets minutes pass. */
  | { wait: number };

export type Pressable = 'room' | 'dm' | 'reply' | 'home' | 'form';

/**
 * What `by` (whoever acts, when not said) can see: in the room, in the direct messages of the app, in a reply that only
 * they see, on the Home tab, or in the form on top. `on`: in one message, that says this as well.
 */
export type Sight = { in: Pressable | Where; text: string; on?: string; by?: string };
