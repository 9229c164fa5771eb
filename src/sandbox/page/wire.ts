import type { ChannelSight } from '../server/people/sight.ts';
import type { Json } from '../server/types.ts';

/** What travels between the page and its server, in both directions, over one web socket per window. */
export type { ChannelSight, Json };

export type PersonSight = {
  id: string;
  name: string;
  real_name: string;
  title: string;
  tz: string;
  locale: string;
  is_bot: boolean;
  deleted: boolean;
  is_restricted: boolean;
  is_stranger: boolean;
};

export type GroupSight = { id: string; handle: string; name: string; users: string[] };

export type CommandHint = { command: string; description: string; usage_hint: string };
type ShortcutHint = { callback_id: string; name: string; type: string; description: string };

export type AppSight = {
  name: string;
  description: string;
  color: string;
  bot_id: string;
  user_id: string;
  commands: CommandHint[];
  shortcuts: ShortcutHint[];
};

/** What the first page shows, before anybody is picked. */
export type Who = { team: string; app: { name: string; color: string }; people: PersonSight[] };

/** Everything a window needs to start with. */
export type Hello = {
  me: string;
  team: { name: string; domain: string };
  app: AppSight;
  people: PersonSight[];
  groups: GroupSight[];
  channels: ChannelSight[];
  modals: Json[];
  home: Json | null;
  now: number;
  weather: Weather;
  guide: GuideSight;
};

export type Weather = { sockets: number; down: boolean; latency: number; faults: string[] };

export type CallSight = {
  id: number;
  method: string;
  args: Json;
  startedAt: number;
  finishedAt: number | null;
  ok: boolean | null;
  error: string | null;
  fault: string | null;
  response: Json | null;
};

export type DeliverySight = {
  id: number;
  type: string;
  name: string;
  user: string;
  sentAt: number;
  ackedInMs: number | null;
  ok: boolean | null;
  failure: string | null;
  payload: Json;
};

export type GuideValue = { label: string; value: string };
/**
 * What comes next in a story: who does it (a person's id, or `time` when what is asked is to wait), what to type or
 * press, what goes into the form that is open, and where it is done: a conversation, or `home`.
 */
export type GuideAct = { id: string; as: string; how: string; values: GuideValue[]; place: string | null };
/** `at`: the step of the next act; as many as there are steps once the story is over. `acts`: of that step. */
type GuideStory = {
  id: string;
  title: string;
  language: 'en' | 'fr';
  steps: { id: string; tell: string }[];
  at: number;
  acts: { done: number; of: number };
  next: GuideAct | null;
};
export type GuideSight = {
  scenarios: { id: string; language: 'en' | 'fr'; title: string }[];
  current: GuideStory | null;
  playing: boolean;
  trouble: string | null;
};

export type Push =
  | { type: 'hello'; hello: Hello }
  | { type: 'channel'; channel: ChannelSight }
  | { type: 'channel_gone'; channel: string }
  | { type: 'message'; channel: string; message: Json }
  | { type: 'message_gone'; channel: string; ts: string }
  | { type: 'modals'; modals: Json[] }
  | { type: 'home'; home: Json | null }
  | { type: 'people'; people: PersonSight[] }
  | { type: 'groups'; groups: GroupSight[] }
  | { type: 'failure'; text: string }
  | { type: 'clock'; now: number; passing: boolean }
  | { type: 'weather'; weather: Weather }
  | { type: 'guide'; guide: GuideSight }
  | { type: 'call'; call: CallSight }
  | { type: 'delivery'; delivery: DeliverySight };

export type Surface = { channel: string; ts: string } | { view: string };
export type FieldAt = { block_id: string; action_id: string };
export type UploadSight = { name: string; base64: string };

export type Deed =
  | { do: 'command'; channel: string; text: string }
  | { do: 'say'; channel: string; text: string; thread_ts?: string; broadcast?: boolean; files?: UploadSight[] }
  | { do: 'edit'; channel: string; ts: string; text: string }
  | { do: 'delete'; channel: string; ts: string }
  | { do: 'react' | 'unreact'; channel: string; ts: string; name: string }
  | { do: 'pin' | 'unpin'; channel: string; ts: string }
  | { do: 'press'; on: Surface; at: FieldAt; option?: string }
  /** Presses a button that asks for a confirmation; what is confirmed later is what was on the screen then. */
  | { do: 'hesitate'; on: Surface; at: FieldAt }
  | { do: 'confirm'; id: number }
  | { do: 'choose'; on: Surface; at: FieldAt; value: unknown }
  | { do: 'type'; view: string; fields: { at: FieldAt; value: unknown }[] }
  | { do: 'submit'; view: string }
  | { do: 'close'; all?: boolean }
  | { do: 'shortcut'; callback_id: string }
  | { do: 'message_shortcut'; callback_id: string; channel: string; ts: string }
  | { do: 'open_home' }
  | { do: 'open_direct'; who: string }
  | { do: 'join' | 'leave' | 'history'; channel: string }
  | { do: 'create_channel'; name: string; is_private: boolean }
  | { do: 'invite'; channel: string; users: string[] }
  | { do: 'read'; channel: string; ts: string }
  | { do: 'inspect'; on: boolean }
  | { do: 'fault'; fault: FaultName }
  | { do: 'latency'; ms: number }
  | { do: 'pass_time'; minutes: number }
  | { do: 'guide_choose'; scenario: string | null }
  | { do: 'guide_play'; step: string }
  | { do: 'guide_skip'; act: string }
  | { do: 'guide_play_rest' }
  | { do: 'guide_pause' };

export const faultNames = [
  'next_invite_fails',
  'next_create_fails',
  'rate_limit_posting',
  'next_post_5xx_after',
  'next_post_reset',
  'slow_modals',
  'deliver_twice',
  'refresh_socket',
  'drop_socket',
  'slack_down',
  'slack_up',
  'clear',
] as const;
export type FaultName = (typeof faultNames)[number];

/** What an act came to: the answer of the sandbox, or the reason why Slack's own client would not do it. */
export type Outcome = { ok: true; result: unknown } | { ok: false; error: string };

export type FromPage = { id: number; deed: Deed };
export type ToPage = { pushes: Push[] } | { id: number; outcome: Outcome };
