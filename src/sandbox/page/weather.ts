import type { Sandbox } from '../server/index.ts';
import type { FaultName, Weather } from './wire.ts';

export type WeatherStation = {
  sight(): Weather;
  apply(fault: FaultName): void;
  latency(ms: number): void;
  stop(): void;
};

const RATE_LIMITED_S = 20;

/** The fault switches of the sandbox as things one can say: "make the next invitation fail". */
export function createWeather(sandbox: Sandbox, changed: () => void): WeatherStation {
  const pending = new Map<FaultName, NodeJS.Timeout | null>();
  let down = false;
  let latency = 0;

  /** A switch stays lit until its fault was met, or its time is over. */
  function lit(name: FaultName, ms?: number, ended?: () => void): void {
    clearTimeout(pending.get(name) ?? undefined);
    const timer = ms === undefined ? null : setTimeout(() => off(name, ended), ms);
    pending.set(name, timer);
  }

  function off(name: FaultName, ended?: () => void): void {
    pending.delete(name);
    ended?.();
    changed();
  }

  function clear(): void {
    for (const timer of pending.values()) clearTimeout(timer ?? undefined);
    pending.clear();
    sandbox.faults.clear();
    sandbox.comeBack();
    sandbox.latency(0);
    down = false;
    latency = 0;
  }

  const { faults } = sandbox;
  const switches: Record<FaultName, () => void> = {
    next_invite_fails: () => {
      faults.next('conversations.invite', { kind: 'error', error: 'cant_invite' });
      lit('next_invite_fails');
    },
    next_create_fails: () => {
      faults.next('conversations.create', { kind: 'http', status: 503, when: 'before' });
      lit('next_create_fails');
    },
    rate_limit_posting: () => {
      faults.always('chat.postMessage', { kind: 'rate_limited', retryAfter: 5 });
      lit('rate_limit_posting', RATE_LIMITED_S * 1000, () => faults.clear('chat.postMessage'));
    },
    next_post_5xx_after: () => {
      faults.next('chat.postMessage', { kind: 'http', status: 500, when: 'after' });
      lit('next_post_5xx_after');
    },
    next_post_reset: () => {
      faults.next('chat.postMessage', { kind: 'reset', when: 'before' });
      lit('next_post_reset');
    },
    slow_modals: () => {
      faults.next('views.open', { kind: 'slow', ms: 2500 });
      lit('slow_modals');
    },
    deliver_twice: () => {
      faults.deliverTwice('*');
      lit('deliver_twice');
    },
    refresh_socket: () => sandbox.refreshSocket(0, { closeAfterMs: 2000 }),
    drop_socket: () => sandbox.dropSocket(),
    slack_down: () => {
      sandbox.goDown('unavailable');
      down = true;
    },
    slack_up: () => {
      sandbox.comeBack();
      down = false;
    },
    clear,
  };

  const metBy: Partial<Record<FaultName, { method: string; fault: string }>> = {
    next_invite_fails: { method: 'conversations.invite', fault: 'error' },
    next_create_fails: { method: 'conversations.create', fault: 'http' },
    next_post_5xx_after: { method: 'chat.postMessage', fault: 'http' },
    next_post_reset: { method: 'chat.postMessage', fault: 'reset' },
    slow_modals: { method: 'views.open', fault: 'slow' },
  };

  const unsubscribe = sandbox.subscribe((event) => {
    if (event.type === 'delivery' && pending.has('deliver_twice')) off('deliver_twice');
    if (event.type !== 'call' || !event.call.fault) return;
    for (const [name, met] of Object.entries(metBy) as [FaultName, { method: string; fault: string }][]) {
      if (pending.has(name) && event.call.method === met.method && event.call.fault === met.fault) off(name);
    }
  });

  return {
    sight: () => ({ sockets: sandbox.sockets(), down, latency, faults: [...pending.keys()] }),
    apply(fault) {
      switches[fault]();
      changed();
    },
    latency(ms) {
      latency = ms;
      sandbox.latency(ms);
      changed();
    },
    stop() {
      unsubscribe();
      for (const timer of pending.values()) clearTimeout(timer ?? undefined);
    },
  };
}
