export type Clock = {
  now(): Date;
  /** Stops the clock at this instant. */
  set(at: Date): void;
  advance(ms: number): void;
  /** Back to the clock the sandbox was started with. */
  release(): void;
};

export function createClock(source: () => Date): Clock {
  let held: number | undefined;
  return {
    now: () => (held === undefined ? source() : new Date(held)),
    set: (at) => {
      held = at.getTime();
    },
    advance: (ms) => {
      held = (held ?? source().getTime()) + ms;
    },
    release: () => {
      held = undefined;
    },
  };
}

/** Milliseconds of real time with a sub-millisecond part: for limits and measures, never for what people read. */
export function realTime(): number {
  return performance.timeOrigin + performance.now();
}
