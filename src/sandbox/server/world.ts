import type { Activity } from './activity.ts';
import type { Clock } from './clock.ts';
import type { FaultBox } from './faults.ts';
import type { Ack, ApiCall, Delivery, Json, Manifest, PaceViolation, Problem, SandboxEvent, State } from './types.ts';

export type Envelope = {
  type: 'slash_commands' | 'interactive' | 'events_api';
  /** What fault switches call it: the command, the event type, or the interaction type. */
  name: string;
  payload: Json;
  retry?: { attempt: number; reason: string };
};

export type Transport = {
  ready(): boolean;
  send(envelope: Envelope): Promise<Ack>;
};

/** Everything the parts of one running sandbox share. */
export type World = {
  state: State;
  manifest: Manifest;
  clock: Clock;
  activity: Activity;
  faults: FaultBox;
  calls: ApiCall[];
  problems: Problem[];
  pace: { violations: PaceViolation[]; posts: Map<string, number[]> };
  settings: {
    ackTimeoutMs: number;
    triggerLifeMs: number;
    latencyMs: number;
    enforceRateTiers: boolean;
    /** History as an app gets it that is sold outside the Marketplace: a call a minute, 15 messages (slack.md §2). */
    rationHistory: boolean;
    /** Sockets are asked for, and never answered. */
    hangSockets: boolean;
    eventRetryDelaysMs: number[];
    paceSecondMs: number;
    paceNow(channel: string): number;
    editsNow(): number;
    messageBlocksText: number;
    down: false | 'refuse' | 'unavailable';
  };
  baseUrl(): string;
  transport(): Transport;
  /** What was asked, was answered with a failure, and happens later all the same. */
  late: (() => Promise<unknown>)[];
  /** Events that found nobody to take them. */
  waitingEvents: Envelope[];
  /** Deliveries made so far, newest last, so that they can be replayed. */
  delivered: Envelope[];
  deliveries: Delivery[];
  emit(event: SandboxEvent): void;
};
