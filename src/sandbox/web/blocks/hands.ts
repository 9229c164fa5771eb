import { createContext, useContext } from 'react';
import type { FieldAt, Json, Outcome, Surface } from '../../page/wire.ts';

/** What the blocks of one message or view may do, and where what was typed is kept. */
export type Hands = {
  surface: Surface;
  /** What this field holds, in the shape of `state.values`. */
  held(at: FieldAt): Json | undefined;
  /** Writes into a form; nothing is sent to the app. */
  write(at: FieldAt, value: unknown): void;
  press(at: FieldAt, option?: string): Promise<Outcome>;
  /** Presses a button that will ask whether it was meant. */
  hesitate(at: FieldAt): Promise<Outcome>;
  choose(at: FieldAt, value: unknown): Promise<Outcome>;
  error(blockId: string): string | undefined;
};

const Context = createContext<Hands | null>(null);
export const HandsOf = Context.Provider;

export function useHands(): Hands {
  const hands = useContext(Context);
  if (!hands) throw new Error('Blocks are drawn inside a message or a view.');
  return hands;
}
