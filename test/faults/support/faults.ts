import type { Sandbox } from '../../../src/sandbox/server/index.ts';

type Faults = Sandbox['faults'];
export type Fault = Parameters<Faults['next']>[1];
type Args = Record<string, unknown>;

/** The n-th call (from 1) of a method, or of those calls of it that `match`, meets a fault. Answers whether it has. */
export function faultNth(
  faults: Faults,
  method: string,
  fault: Fault,
  { n, match = () => true }: { n: number; match?: (args: Args) => boolean },
): () => boolean {
  const state = { seen: new WeakSet<Args>(), hit: new WeakSet<Args>(), count: 0, isMet: false };
  faults.next(method, fault, {
    match: (args) => {
      if (!match(args)) return false;
      if (state.seen.has(args)) return state.hit.has(args);
      state.seen.add(args);
      state.count += 1;
      if (state.count !== n) return false;
      state.hit.add(args);
      state.isMet = true;
      return true;
    },
  });
  return () => state.isMet;
}
