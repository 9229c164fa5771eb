import { createActivity } from './activity.ts';
import { createApi } from './api.ts';
import { type Clock, createClock, realTime } from './clock.ts';
import { flushWaitingEvents } from './delivery/deliver.ts';
import { createHttpTransport, sslCheck, verifyUrl } from './delivery/http.ts';
import { createSocketHub, type SocketHub } from './delivery/socket.ts';
import { createFaults, type Faults } from './faults.ts';
import { groupChanged, uninstall, userChanged } from './operations.ts';
import { createPerson, type Person, recentCalls } from './people.ts';
import { type Guest, startServer } from './server.ts';
import * as make from './state.ts';
import { transcriptOf } from './transcript.ts';
import type {
  Ack,
  ApiCall,
  Delivery,
  GroupSeed,
  Install,
  Manifest,
  PaceViolation,
  PersonSeed,
  Problem,
  SandboxChannel,
  SandboxEvent,
  SandboxFile,
  SandboxGroup,
  SandboxUser,
  Seed,
  State,
  Team,
} from './types.ts';
import { SIZES } from './validation/limits.ts';
import type { Transport, World } from './world.ts';

export type SandboxOptions = {
  manifest: Manifest;
  /** 0 for any free port. Only the loopback address is ever bound. */
  port?: number;
  now?: () => Date;
  latencyMs?: number;
  seed?: Seed;
  /** A workspace kept earlier, tokens included; the seed is then ignored. */
  snapshot?: State;
  http?: { eventsUrl: string };
  ackTimeoutMs?: number;
  triggerLifeMs?: number;
  /** On unless a test is about something else, and says about what. */
  enforceRateTiers?: boolean;
  /** How long Slack waits before it sends an unacknowledged event again; one entry per retry. */
  eventRetryDelaysMs?: number[];
  /** The second in which a channel takes one post. Shorter where the app's pace is shortened by as much. */
  paceSecondMs?: number;
  /** The times by which the posts of a channel, and edits, are counted, where the app waits in no real ones. */
  paceNow?: (channel: string) => number;
  editsNow?: () => number;
  /** How many characters the blocks of one message may hold; an app that promises less than Slack takes is held to that. */
  messageBlocksText?: number;
};

export type Sandbox = {
  apiUrl: string;
  /** Where `/oauth/v2/authorize` is. */
  authorizeUrl: string;
  port: number;
  botToken: string;
  appToken: string;
  signingSecret: string;
  clientId: string;
  clientSecret: string;
  team: Team;
  botUserId: string;
  botId: string;
  appId: string;
  person(nameOrId: string): Person;
  people(): SandboxUser[];
  bots(): SandboxUser[];
  addPerson(person: PersonSeed): Person;
  updatePerson(nameOrId: string, patch: Partial<Omit<SandboxUser, 'id' | 'team_id'>>): void;
  groups(): SandboxGroup[];
  addUserGroup(group: GroupSeed): SandboxGroup;
  updateUserGroup(id: string, patch: Partial<Pick<SandboxGroup, 'handle' | 'name' | 'users' | 'disabled'>>): void;
  addChannels(count: number): void;
  channel(nameOrId: string): SandboxChannel | undefined;
  channels(): SandboxChannel[];
  file(id: string): SandboxFile | undefined;
  addTeam(team: { id: string; name: string; domain: string; people?: PersonSeed[]; installed?: boolean }): Team;
  installation(teamId?: string): Install | undefined;
  grantScope(scope: string, teamId?: string): void;
  removeScope(scope: string, teamId?: string): void;
  uninstall(teamId?: string): void;
  manifest: Manifest;
  calls: ApiCall[];
  deliveries: Delivery[];
  faults: Faults;
  problems: Problem[];
  paceViolations: PaceViolation[];
  settled(quietMs?: number): Promise<void>;
  waitFor<T>(probe: () => T | undefined | false | null, opts?: { timeoutMs?: number; what?: string }): Promise<T>;
  subscribe(listener: (event: SandboxEvent) => void): () => void;
  /** A channel as people read it; `only` these messages, by timestamp. */
  transcript(channel: string, opts?: { as?: string; threads?: boolean; only?: readonly string[] }): string;
  sockets(): number;
  refreshSocket(which?: number, opts?: { reason?: 'refresh_requested' | 'warning'; closeAfterMs?: number }): void;
  dropSocket(which?: number): void;
  replayLast(count?: number): void;
  deliverByHttp(url: string): void;
  deliverBySocket(): void;
  verifyUrl(url: string): Promise<boolean>;
  sslCheck(url: string): Promise<Ack>;
  latency(ms: number): void;
  /** From now on a socket that is asked for hangs in its handshake. */
  hangSockets(on: boolean): void;
  /** History as an app gets it that is sold outside the Marketplace: a call a minute, 15 messages. */
  rationHistory(on: boolean): void;
  enforceRateTiers(on: boolean): void;
  goDown(how?: 'refuse' | 'unavailable'): void;
  comeBack(): void;
  /** Does now what faults made late. */
  catchUp(): Promise<void>;
  clock: Clock;
  snapshot(): State;
  restore(snapshot: State): void;
  /** Lets somebody else answer what is not the API's, on the same port. */
  host(guest: Guest): void;
  stop(): Promise<void>;
};

export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const listeners = new Set<(event: SandboxEvent) => void>();
  const world = createWorld(options, listeners);
  const hub = createSocketHub(world);
  const socketUrl = (): string => `${world.baseUrl().replace('http', 'ws')}/link/?ticket=${hub.ticket()}`;
  const server = await startServer(world, createApi(world, socketUrl), () => hub, options.port ?? 0);
  const baseUrl = `http://127.0.0.1:${server.port}`;
  world.baseUrl = () => baseUrl;
  const delivery = chooseDelivery(world, hub, options.http?.eventsUrl);
  hub.onConnect(() => flushWaitingEvents(world));

  return {
    ...identity(world, server.port),
    ...population(world),
    ...installations(world),
    ...observation(world, listeners),
    ...delivery,
    ...weather(world, hub),
    clock: world.clock,
    host: server.host,
    snapshot: () => structuredClone(world.state),
    restore(snapshot) {
      const { users, ...rest } = structuredClone(snapshot);
      // People stay the same objects: whoever acts as one of them goes on doing so.
      for (const [id, user] of Object.entries(users)) users[id] = Object.assign(world.state.users[id] ?? {}, user);
      Object.assign(world.state, rest, { users });
      world.activity.changed();
    },
    async stop() {
      hub.stop();
      await server.stop();
    },
  };
}

function createWorld(options: SandboxOptions, listeners: Set<(event: SandboxEvent) => void>): World {
  const clock = createClock(options.now ?? (() => new Date()));
  const activity = createActivity();
  return {
    state: options.snapshot
      ? structuredClone(options.snapshot)
      : make.createState(options.manifest, options.seed, clock.now()),
    manifest: options.manifest,
    clock,
    activity,
    faults: createFaults(),
    calls: [],
    problems: [],
    pace: { violations: [], posts: new Map() },
    settings: {
      ackTimeoutMs: options.ackTimeoutMs ?? 3000,
      triggerLifeMs: options.triggerLifeMs ?? 3000,
      latencyMs: options.latencyMs ?? 0,
      enforceRateTiers: options.enforceRateTiers ?? true,
      rationHistory: false,
      hangSockets: false,
      eventRetryDelaysMs: options.eventRetryDelaysMs ?? [100, 1000, 5000],
      paceSecondMs: options.paceSecondMs ?? 1000,
      paceNow: options.paceNow ?? realTime,
      editsNow: options.editsNow ?? (() => clock.now().getTime()),
      messageBlocksText: options.messageBlocksText ?? SIZES.messageBlocksText,
      down: false,
    },
    baseUrl: () => '',
    transport: () => {
      throw new Error('The sandbox is still starting.');
    },
    late: [],
    waitingEvents: [],
    delivered: [],
    deliveries: [],
    emit(event) {
      for (const listener of listeners) listener(event);
      activity.changed();
    },
  };
}

function identity(world: World, port: number) {
  const { state } = world;
  const team = make.firstTeam(state);
  const installed = state.installs[team.id];
  if (!installed) throw new Error('The first team always has the app.');
  return {
    apiUrl: `http://127.0.0.1:${port}/api/`,
    authorizeUrl: `http://127.0.0.1:${port}/oauth/v2/authorize`,
    port,
    botToken: installed.botToken,
    appToken: state.appToken,
    signingSecret: state.signingSecret,
    clientId: state.clientId,
    clientSecret: state.clientSecret,
    team,
    botUserId: installed.botUserId,
    botId: installed.botId,
    appId: state.appId,
  };
}

function population(world: World) {
  const { state } = world;
  const people = new Map<string, Person>();
  const person = (nameOrId: string): Person => {
    const user = make.userNamed(state, nameOrId);
    const known = people.get(user.id) ?? createPerson(world, user);
    people.set(user.id, known);
    return known;
  };
  return {
    person,
    people: () => Object.values(state.users).filter((user) => !user.is_bot),
    bots: () => Object.values(state.users).filter((user) => user.is_bot),
    addPerson(seed: PersonSeed) {
      const user = make.addUser(state, seed, world.clock.now());
      userChanged(world, user, 'team_join');
      return person(user.id);
    },
    updatePerson(nameOrId: string, patch: Partial<Omit<SandboxUser, 'id' | 'team_id'>>) {
      const user = make.userNamed(state, nameOrId);
      Object.assign(user, patch);
      userChanged(world, user);
    },
    groups: () => Object.values(state.groups),
    addUserGroup(seed: GroupSeed) {
      const group = make.addGroup(state, seed, world.clock.now());
      groupChanged(world, group, undefined);
      return group;
    },
    updateUserGroup(id: string, patch: Partial<Pick<SandboxGroup, 'handle' | 'name' | 'users' | 'disabled'>>) {
      const group = state.groups[id] ?? Object.values(state.groups).find((g) => g.handle === id);
      if (!group) throw new Error(`There is no user group "${id}".`);
      const before = [...group.users];
      Object.assign(group, patch);
      group.users = group.users.map((who) => make.userNamed(state, who).id);
      groupChanged(world, group, before);
    },
    addChannels(count: number) {
      const first = Object.keys(state.channels).length;
      for (let i = 0; i < count; i += 1) {
        make.addChannel(state, { name: `filler-${first + i}`, members: [] }, world.clock.now());
      }
    },
    channel: (nameOrId: string) => make.channelNamed(state, nameOrId),
    channels: () => Object.values(state.channels),
    file: (id: string) => state.files[id],
  };
}

function installations(world: World) {
  const { state, manifest } = world;
  const teamOr = (id: string | undefined): string => id ?? make.firstTeam(state).id;
  const scopesOf = (id: string | undefined): Install => {
    const found = state.installs[teamOr(id)];
    if (!found) throw new Error(`The app is not installed in ${teamOr(id)}.`);
    return found;
  };
  return {
    addTeam(from: { id: string; name: string; domain: string; people?: PersonSeed[]; installed?: boolean }): Team {
      const { people = [], installed = false, ...team } = from;
      const now = world.clock.now();
      make.addTeam(state, manifest, team, { installed, now });
      for (const seed of people) make.addUser(state, { ...seed, teamId: team.id }, now);
      make.addChannel(state, { name: 'general', teamId: team.id }, now);
      return team;
    },
    installation: (teamId?: string) => state.installs[teamOr(teamId)],
    grantScope(scope: string, teamId?: string) {
      const install = scopesOf(teamId);
      if (!make.declaredScopes(manifest).includes(scope)) throw new Error(`The manifest does not ask for ${scope}.`);
      install.scopes = [...new Set([...install.scopes, scope])];
    },
    removeScope(scope: string, teamId?: string) {
      const install = scopesOf(teamId);
      install.scopes = install.scopes.filter((name) => name !== scope);
    },
    uninstall(teamId?: string) {
      uninstall(world, scopesOf(teamId));
    },
  };
}

function observation(world: World, listeners: Set<(event: SandboxEvent) => void>) {
  return {
    manifest: world.manifest,
    calls: world.calls,
    deliveries: world.deliveries,
    faults: world.faults as Faults,
    problems: world.problems,
    paceViolations: world.pace.violations,
    settled: (quietMs?: number) => world.activity.settled(quietMs),
    waitFor: <T>(probe: () => T | undefined | false | null, opts: { timeoutMs?: number; what?: string } = {}) =>
      world.activity.waitFor(probe, opts, () => recentCalls(world)),
    subscribe(listener: (event: SandboxEvent) => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    transcript(nameOrId: string, opts: { as?: string; threads?: boolean; only?: readonly string[] } = {}) {
      const channel = make.channelNamed(world.state, nameOrId);
      if (!channel) throw new Error(`There is no channel "${nameOrId}".`);
      const as = opts.as === undefined ? {} : { as: make.userNamed(world.state, opts.as).id };
      return transcriptOf(world, channel, { ...opts, ...as });
    },
  };
}

function chooseDelivery(world: World, hub: SocketHub, eventsUrl: string | undefined) {
  let current: Transport = eventsUrl ? createHttpTransport(world, eventsUrl) : hub;
  world.transport = () => current;
  return {
    sockets: () => hub.count(),
    refreshSocket: (which?: number, opts?: { reason?: 'refresh_requested' | 'warning'; closeAfterMs?: number }) =>
      hub.refresh(which, opts),
    dropSocket: (which?: number) => hub.drop(which),
    replayLast(count = 1) {
      if (current === hub) return hub.replay(count);
      for (const envelope of world.delivered.slice(-count)) {
        const done = world.activity.begin();
        void current.send(envelope).finally(done);
      }
    },
    deliverByHttp(url: string) {
      current = createHttpTransport(world, url);
      flushWaitingEvents(world);
    },
    deliverBySocket() {
      current = hub;
    },
    verifyUrl: (url: string) => verifyUrl(world, url),
    sslCheck: (url: string) => sslCheck(world, url),
  };
}

function weather(world: World, hub: SocketHub) {
  return {
    latency(ms: number) {
      world.settings.latencyMs = ms;
    },
    hangSockets(on: boolean) {
      world.settings.hangSockets = on;
    },
    rationHistory(on: boolean) {
      world.settings.rationHistory = on;
    },
    enforceRateTiers(on: boolean) {
      world.settings.enforceRateTiers = on;
    },
    goDown(how: 'refuse' | 'unavailable' = 'unavailable') {
      world.settings.down = how;
      hub.drop();
    },
    comeBack() {
      world.settings.down = false;
    },
    async catchUp() {
      const done = world.activity.begin();
      for (const run of world.late.splice(0)) await run();
      done();
    },
  };
}

export type { Surface } from './people/eyes.ts';
export type { Person } from './people.ts';
export type { Guest } from './server.ts';
export type {
  ApiCall,
  Delivery,
  EphemeralMessage,
  HomeView,
  Manifest,
  Message,
  ModalView,
  SandboxChannel,
  SandboxEvent,
} from './types.ts';
