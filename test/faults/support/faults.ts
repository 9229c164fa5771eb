import type { Sandbox } from '../../../src/sandbox/server/index.ts';

type Faults = Sandbox['faults'];
export type Fault = Parameters<Faults['next']>[1];
type Args = Record<string, unknown>;

/** The n-th call (from 1) of a method, or of those calls of it that `match`, meets a fault. Answers what it asked, once it has. */
export function faultNth(
  faults: Faults,
  method: string,
  fault: Fault,
  { n, match = () => true }: { n: number; match?: (args: Args) => boolean },
): () => Args | undefined {
  const state: { seen: WeakSet<Args>; hit?: Args; count: number } = { seen: new WeakSet(), count: 0 };
  faults.next(method, fault, {
    match: (args) => {
      if (!match(args)) return false;
      if (state.seen.has(args)) return state.hit === args;
      state.seen.add(args);
      state.count += 1;
      if (state.count !== n) return false;
      state.hit = args;
      return true;
    },
  });
  return () => state.hit;
}
