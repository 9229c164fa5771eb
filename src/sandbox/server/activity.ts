/** Knows when the sandbox is busy and wakes those who wait for something to become true. */
export type Activity = {
  begin(): () => void;
  changed(): void;
  settled(quietMs?: number): Promise<void>;
  waitFor<T>(
    probe: () => T | undefined | false | null,
    opts: { timeoutMs?: number; what?: string },
    dump: () => string,
  ): Promise<T>;
};

/** Probes run at every change in the sandbox; this slower beat is for those that look at something outside it. */
const ELSEWHERE_MS = 20;

export function createActivity(): Activity {
  let busy = 0;
  let wakeScheduled = false;
  const watchers = new Set<() => void>();

  function changed(): void {
    if (wakeScheduled) return;
    wakeScheduled = true;
    queueMicrotask(() => {
      wakeScheduled = false;
      for (const watcher of watchers) watcher();
    });
  }

  function begin(): () => void {
    busy += 1;
    changed();
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      busy -= 1;
      changed();
    };
  }

  function settled(quietMs = 30): Promise<void> {
    return new Promise((resolve) => {
      let timer: NodeJS.Timeout | undefined;
      const watcher = () => {
        clearTimeout(timer);
        if (busy > 0) return;
        timer = setTimeout(() => {
          watchers.delete(watcher);
          resolve();
        }, quietMs);
      };
      watchers.add(watcher);
      watcher();
    });
  }

  function waitFor<T>(
    probe: () => T | undefined | false | null,
    { timeoutMs = 5000, what = 'something to happen' }: { timeoutMs?: number; what?: string },
    dump: () => string,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      let trouble = '';
      // A probe may ask for a room that does not exist yet: that is "not yet", and told if it stays so.
      const attempt = (): ReturnType<typeof probe> => {
        try {
          const found = probe();
          trouble = '';
          return found;
        } catch (error) {
          trouble = ` (${error instanceof Error ? error.message : String(error)})`;
          return undefined;
        }
      };
      const stop = (): void => {
        clearInterval(elsewhere);
        clearTimeout(timer);
        watchers.delete(watcher);
      };
      const watcher = (): void => {
        const found = attempt();
        if (found === undefined || found === null || found === false) return;
        stop();
        resolve(found);
      };
      const elsewhere = setInterval(() => watcher(), ELSEWHERE_MS);
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`Waited ${timeoutMs} ms for ${what}${trouble}.\n${dump()}`));
      }, timeoutMs);
      watchers.add(watcher);
      watcher();
    });
  }

  return { begin, changed, settled, waitFor };
}
