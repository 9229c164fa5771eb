/**
 * `before`: refused, nothing happened. `after`: it happened and the answer is still a failure. `late`: it happens once the
 * sandbox is told to catch up, long after the answer.
 */
type When = 'before' | 'after' | 'late';

export type Fault =
  | { kind: 'rate_limited'; retryAfter: number }
  | { kind: 'http'; status: number; when: When }
  | { kind: 'reset'; when: When }
  /** The answer of something that stands in front of Slack, or what is left of Slack's own. */
  | { kind: 'body'; status?: number; body: string; when: When }
  /** `when` says on which side of the wait the effect falls; it happens even if the caller has gone. */
  | { kind: 'slow'; ms: number; when?: 'before' | 'after' }
  | { kind: 'error'; error: string; when?: 'before' | 'after'; [extra: string]: unknown };

type Misdelivery = 'lost' | 'late';
type Rule = { method: string; fault: Fault; left: number; match: (args: Record<string, unknown>) => boolean };
type Options = { times?: number; match?: (args: Record<string, unknown>) => boolean };

export type Faults = {
  next(method: string, fault: Fault, options?: Options): void;
  always(method: string, fault: Fault, options?: Omit<Options, 'times'>): void;
  /** Without a method: every fault, deliveries included. */
  clear(method?: string): void;
  /** The next deliveries of this type arrive twice. Types: a slash command, an event type, `view_submission`, … */
  deliverTwice(type: string, times?: number): void;
  delayDelivery(type: string, ms: number, times?: number): void;
  /** Events of this type never arrive, or only once the sandbox is told to catch up; until faults are cleared. */
  misdeliver(type: string, how: Misdelivery): void;
};

export type FaultBox = Faults & {
  take(method: string, args: Record<string, unknown>): Fault | undefined;
  takeDelivery(type: string): { twice: boolean; delayMs: number };
  misdelivery(type: string): Misdelivery | undefined;
};

export function createFaults(): FaultBox {
  let rules: Rule[] = [];
  let doubles: { type: string; left: number }[] = [];
  let delays: { type: string; left: number; ms: number }[] = [];
  const astray = new Map<string, Misdelivery>();

  function add(method: string, fault: Fault, left: number, match?: Options['match']): void {
    rules.push({ method, fault, left, match: match ?? (() => true) });
  }

  function takeOne<T extends { type: string; left: number }>(list: T[], type: string): T | undefined {
    const found = list.find((entry) => entry.left > 0 && (entry.type === type || entry.type === '*'));
    if (found) found.left -= 1;
    return found;
  }

  return {
    next: (method, fault, options = {}) => add(method, fault, options.times ?? 1, options.match),
    always: (method, fault, options = {}) => add(method, fault, Number.POSITIVE_INFINITY, options.match),
    clear(method) {
      rules = method === undefined ? [] : rules.filter((rule) => rule.method !== method);
      if (method !== undefined) return;
      doubles = [];
      delays = [];
      astray.clear();
    },
    deliverTwice: (type, times = 1) => void doubles.push({ type, left: times }),
    delayDelivery: (type, ms, times = 1) => void delays.push({ type, left: times, ms }),
    misdeliver: (type, how) => void astray.set(type, how),
    misdelivery: (type) => astray.get(type),
    take(method, args) {
      const rule = rules.find((r) => r.left > 0 && (r.method === method || r.method === '*') && r.match(args));
      if (!rule) return undefined;
      rule.left -= 1;
      return rule.fault;
    },
    takeDelivery: (type) => ({
      twice: takeOne(doubles, type) !== undefined,
      delayMs: takeOne(delays, type)?.ms ?? 0,
    }),
  };
}
