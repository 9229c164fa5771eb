import { useWords } from '../state/use.ts';

/** Honest about what this page cannot draw. */
export function Unknown({ type }: { type: string }) {
  const words = useWords();
  return <p className="unknown-block">{words.unknownBlock(type)}</p>;
}
