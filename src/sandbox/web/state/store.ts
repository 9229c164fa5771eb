import { create } from 'zustand';
import type {
  CallSight,
  ChannelSight,
  DeliverySight,
  GuideSight,
  Hello,
  Json,
  PersonSight,
  Push,
  Weather,
} from '../../page/wire.ts';
import type { Message, View } from './types.ts';

/** Where the window stands: a conversation, or the home of the app. */
export type Place = { channel: string } | 'home';

export type State = {
  connected: boolean;
  hello: Hello | null;
  people: Record<string, PersonSight>;
  channels: Record<string, ChannelSight>;
  /** Only of the conversations that were looked at. */
  messages: Record<string, Message[]>;
  modals: View[];
  home: View | null;
  clockOffset: number;
  timePassing: boolean;
  weather: Weather;
  guide: GuideSight;
  calls: CallSight[];
  deliveries: DeliverySight[];
  failures: { id: number; text: string }[];
  place: Place;
  thread: string | null;
  inspecting: boolean;
  /** The last thing said elsewhere in the open conversation, for those who listen instead of looking. */
  announced: string;
};

const nowhere: State = {
  connected: false,
  hello: null,
  people: {},
  channels: {},
  messages: {},
  modals: [],
  home: null,
  clockOffset: 0,
  timePassing: false,
  weather: { sockets: 0, down: false, latency: 0, faults: [] },
  guide: { scenarios: [], current: null, playing: false, trouble: null },
  calls: [],
  deliveries: [],
  failures: [],
  place: 'home',
  thread: null,
  inspecting: false,
  announced: '',
};

export const useStore = create<State>()(() => nowhere);
export const { getState: state, setState: set } = useStore;

let counter = 0;
export const nextNumber = (): number => ++counter;

export function apply(pushes: readonly Push[]): void {
  for (const push of pushes) set((current) => applied(current, push));
}

function applied(current: State, push: Push): Partial<State> {
  switch (push.type) {
    case 'hello':
      return begun(current, push.hello);
    case 'channel':
      return { channels: { ...current.channels, [push.channel.id]: push.channel } };
    case 'channel_gone': {
      const { [push.channel]: _gone, ...channels } = current.channels;
      const { [push.channel]: _unread, ...messages } = current.messages;
      const here = current.place !== 'home' && current.place.channel === push.channel;
      return { channels, messages, ...(here ? { place: 'home' as const, thread: null } : {}) };
    }
    case 'message':
      return withMessage(current, push.channel, push.message as Message);
    case 'message_gone': {
      const list = current.messages[push.channel];
      if (!list) return {};
      return { messages: { ...current.messages, [push.channel]: list.filter((m) => m.ts !== push.ts) } };
    }
    case 'modals':
      return { modals: push.modals as View[] };
    case 'home':
      return { home: push.home as View | null };
    case 'people':
      return { people: byId(push.people) };
    case 'groups':
      return current.hello ? { hello: { ...current.hello, groups: push.groups } } : {};
    case 'failure':
      return { failures: [...current.failures, { id: nextNumber(), text: push.text }].slice(-3) };
    case 'clock':
      return { clockOffset: push.now - Date.now(), timePassing: push.passing };
    case 'weather':
      return { weather: push.weather };
    case 'guide':
      return { guide: push.guide };
    case 'call':
      return { calls: upsert(current.calls, push.call).slice(-400) };
    case 'delivery':
      return { deliveries: upsert(current.deliveries, push.delivery).slice(-400) };
  }
}

/** The first greeting, or the one after a lost connection: what is on screen stays, what it shows is renewed. */
function begun(current: State, hello: Hello): Partial<State> {
  return {
    connected: true,
    hello,
    people: byId(hello.people),
    channels: byId(hello.channels),
    messages: {},
    modals: hello.modals as View[],
    home: hello.home as View | null,
    clockOffset: hello.now - Date.now(),
    weather: hello.weather,
    guide: hello.guide,
    calls: [],
    deliveries: [],
    place: startingPlace(current.place, hello),
  };
}

function startingPlace(place: Place, hello: Hello): Place {
  if (place !== 'home' && hello.channels.some((channel) => channel.id === place.channel)) return place;
  const general = hello.channels.find((channel) => channel.name === 'general') ?? hello.channels[0];
  return place !== 'home' && general ? { channel: general.id } : 'home';
}

function withMessage(current: State, channel: string, message: Message): Partial<State> {
  const list = current.messages[channel];
  const author = current.people[message.user]?.real_name ?? '';
  const here = current.place !== 'home' && current.place.channel === channel;
  const known = list?.some((m) => m.ts === message.ts);
  const fromOthers = message.user !== current.hello?.me;
  const announced = here && !known && fromOthers ? { announced: `${author}: ${message.text}` } : {};
  if (!list) return announced;
  // The copy shown while it was on its way gives its place to the real one.
  const others = list.filter((m) => m.ts !== message.ts && !(m.pending && !fromOthers && m.text === message.text));
  const at = others.findLastIndex((m) => Number(m.ts) < Number(message.ts)) + 1;
  return { messages: { ...current.messages, [channel]: others.toSpliced(at, 0, message) }, ...announced };
}

function upsert<T extends { id: number }>(list: T[], one: T): T[] {
  const at = list.findLastIndex((other) => other.id === one.id);
  return at < 0 ? [...list, one] : list.with(at, one);
}

const byId = <T extends { id: string }>(list: readonly T[]): Record<string, T> =>
  Object.fromEntries(list.map((one) => [one.id, one]));

export const asMessages = (list: Json[]): Message[] => list as Message[];
