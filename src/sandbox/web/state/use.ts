import { useEffect, useState } from 'react';
import type { ChannelSight, PersonSight } from '../../page/wire.ts';
import { type Words, wordsFor } from '../text/words.ts';
import { useStore } from './store.ts';

export const useHello = () => {
  const hello = useStore((s) => s.hello);
  if (!hello) throw new Error('The page is drawn once the workspace is known.');
  return hello;
};

export const useMe = (): PersonSight => {
  const { me } = useHello();
  const person = useStore((s) => s.people[me]);
  if (!person) throw new Error('This person is not in the workspace.');
  return person;
};

export const useWords = (): Words => wordsFor(useMe().locale);
export const usePerson = (id: string): PersonSight | undefined => useStore((s) => s.people[id]);
export const useChannel = (id: string): ChannelSight | undefined => useStore((s) => s.channels[id]);

/** The time of the workspace, which may be ahead of this machine's; redrawn every `everyMs`. */
export function useNow(everyMs = 15_000): number {
  const offset = useStore((s) => s.clockOffset);
  const [, redraw] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => redraw((n) => n + 1), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return Date.now() + offset;
}
