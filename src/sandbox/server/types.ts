/** A JSON object as it travels: nothing is known of it until it was checked. */
export type Json = Record<string, unknown>;

export type Manifest = {
  display_information: { name: string; description?: string; background_color?: string };
  features?: {
    bot_user?: { display_name: string };
    app_home?: { home_tab_enabled?: boolean; messages_tab_enabled?: boolean };
    slash_commands?: { command: string; description?: string; usage_hint?: string; should_escape?: boolean }[];
    shortcuts?: { name: string; type: string; callback_id: string; description?: string }[];
  };
  oauth_config?: { redirect_urls?: string[]; scopes?: { bot?: string[]; bot_optional?: string[] } };
  settings?: { event_subscriptions?: { bot_events?: string[] }; interactivity?: { is_enabled: boolean } };
};

export type Team = { id: string; name: string; domain: string };

export type Install = {
  teamId: string;
  botToken: string;
  botUserId: string;
  botId: string;
  scopes: string[];
};

export type SandboxUser = {
  id: string;
  team_id: string;
  name: string;
  real_name: string;
  display_name: string;
  email: string;
  title: string;
  locale: string;
  tz: string;
  deleted: boolean;
  is_admin: boolean;
  is_bot: boolean;
  is_restricted: boolean;
  is_ultra_restricted: boolean;
  is_stranger: boolean;
  updated: number;
};

export type PersonSeed = {
  name: string;
  id?: string;
  handle?: string;
  email?: string;
  title?: string;
  locale?: string;
  tz?: string;
  deleted?: boolean;
  is_admin?: boolean;
  is_restricted?: boolean;
  is_ultra_restricted?: boolean;
  is_stranger?: boolean;
  teamId?: string;
};

export type ChannelSeed = {
  name: string;
  is_private?: boolean;
  /** Names, handles or ids; everybody when absent. */
  members?: string[];
  teamId?: string;
};

export type GroupSeed = { handle: string; name: string; users: string[]; id?: string; teamId?: string };

export type Seed = {
  team?: { id?: string; name: string; domain: string };
  people?: PersonSeed[];
  channels?: ChannelSeed[];
  groups?: GroupSeed[];
};

export type SandboxGroup = {
  id: string;
  team_id: string;
  handle: string;
  name: string;
  users: string[];
  disabled: boolean;
  date_update: number;
};

type Note = { value: string; creator: string; last_set: number };

export type SandboxChannel = {
  id: string;
  team_id: string;
  name: string;
  kind: 'channel' | 'im' | 'mpim';
  is_private: boolean;
  is_archived: boolean;
  is_general: boolean;
  is_ext_shared: boolean;
  creator: string;
  created: number;
  members: string[];
  topic: Note;
  purpose: Note;
  previous_names: string[];
  messages: Message[];
  bookmarks: Bookmark[];
  pins: { ts: string; user: string; created: number }[];
};

export type Bookmark = {
  id: string;
  channel_id: string;
  title: string;
  link: string;
  emoji: string;
  type: string;
  date_created: number;
  date_updated: number;
};

type Reaction = { name: string; users: string[]; count: number };

type Metadata = { event_type?: string; event_payload?: Json; entities?: unknown[] };

export type Message = {
  type: 'message';
  channel: string;
  ts: string;
  team: string;
  user: string;
  text: string;
  subtype?: string;
  bot_id?: string;
  app_id?: string;
  blocks?: Json[];
  attachments?: Json[];
  metadata?: Metadata;
  thread_ts?: string;
  parent_user_id?: string;
  edited?: { user: string; ts: string };
  reactions?: Reaction[];
  files?: string[];
  hidden?: boolean;
  topic?: string;
};

export type EphemeralMessage = {
  type: 'ephemeral';
  channel: string;
  ts: string;
  team: string;
  /** The one person who sees it. */
  to: string;
  user: string;
  bot_id: string;
  text: string;
  blocks?: Json[];
  attachments?: Json[];
  thread_ts?: string;
};

export type ViewRecord = {
  id: string;
  type: 'modal' | 'home';
  team_id: string;
  /** Whose screen it is on. */
  owner: string;
  hash: string;
  blocks: Json[];
  callback_id: string;
  private_metadata: string;
  external_id: string;
  title?: Json;
  submit?: Json | null;
  close?: Json | null;
  clear_on_close: boolean;
  notify_on_close: boolean;
  root_view_id: string;
  previous_view_id: string | null;
  /** What the person typed so far, as `state.values` has it. */
  values: StateValues;
  errors: Record<string, string>;
};
export type ModalView = ViewRecord & { type: 'modal' };
export type HomeView = ViewRecord & { type: 'home' };
export type StateValues = Record<string, Record<string, Json>>;

export type SandboxFile = {
  id: string;
  team_id: string;
  name: string;
  title: string;
  size: number;
  mimetype: string;
  user: string;
  created: number;
  /** base64 */
  content: string;
  state: 'awaiting_upload' | 'uploaded' | 'complete' | 'deleted';
  channels: string[];
};

export type Trigger = {
  id: string;
  userId: string;
  teamId: string;
  bornAt: number;
  used: boolean;
  viewId?: string;
  channel?: string;
};

export type ResponseUrl = {
  id: string;
  teamId: string;
  channel: string;
  user: string;
  bornAt: number;
  uses: number;
  /** The message whose button gave this url. */
  source?: { ts: string; ephemeral: boolean };
  thread_ts?: string;
};

export type State = {
  appId: string;
  clientId: string;
  clientSecret: string;
  signingSecret: string;
  appToken: string;
  verificationToken: string;
  counter: number;
  lastTs: number;
  teams: Record<string, Team>;
  installs: Record<string, Install>;
  users: Record<string, SandboxUser>;
  channels: Record<string, SandboxChannel>;
  groups: Record<string, SandboxGroup>;
  files: Record<string, SandboxFile>;
  views: Record<string, ViewRecord>;
  stacks: Record<string, string[]>;
  homes: Record<string, string>;
  ephemerals: EphemeralMessage[];
  /** Until which message each person has read each channel. */
  reads?: Record<string, Record<string, string>>;
  triggers: Record<string, Trigger>;
  responseUrls: Record<string, ResponseUrl>;
  oauthCodes: Record<string, { teamId: string; scopes: string[]; redirectUri: string; userId: string; used: boolean }>;
};

export type ApiCall = {
  id: number;
  method: string;
  args: Json;
  token: string;
  startedAt: number;
  finishedAt?: number;
  ok?: boolean;
  status?: number;
  error?: string;
  fault?: string;
  response?: Json;
};

/** One payload handed to the app, and how it was acknowledged. */
export type Delivery = {
  id: number;
  type: string;
  name: string;
  user: string;
  payload: Json;
  sentAt: number;
  ackedInMs?: number;
  ok?: boolean;
  failure?: string;
  response?: unknown;
};

export type Problem = { where: string; error: string; messages: string[]; payload: unknown };

export type PaceViolation = { channel: string; count: number; windowMs: number; at: number };

/** Everything people could notice, in the order it happened. */
export type SandboxEvent =
  | { type: 'message'; change: 'posted' | 'changed' | 'deleted'; channel: string; message: Message }
  | { type: 'ephemeral'; change: 'posted' | 'changed' | 'deleted'; channel: string; message: EphemeralMessage }
  | { type: 'channel'; channel: string; change: string }
  | { type: 'membership'; channel: string; user: string; change: 'joined' | 'left' }
  | { type: 'modal'; user: string; change: 'opened' | 'pushed' | 'updated' | 'closed' | 'errors'; viewId: string }
  | { type: 'home'; user: string; viewId: string }
  | { type: 'user'; user: string }
  | { type: 'group'; group: string }
  | { type: 'file'; file: string }
  | { type: 'failure'; user: string; text: string }
  | { type: 'sockets'; count: number }
  | { type: 'read'; user: string; channel: string }
  | { type: 'call'; call: ApiCall }
  | { type: 'delivery'; delivery: Delivery };

export type Ack = { ok: true; body: unknown; ms: number } | { ok: false; failure: string; ms: number };
