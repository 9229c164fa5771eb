import type { WebSocket } from 'ws';
import type { Person, Sandbox, SandboxEvent } from '../server/index.ts';
import { perform } from './deeds.ts';
import type { Guide } from './guide.ts';
import { appOf, callSight, deliverySight, groupsOf, peopleOf } from './sights.ts';
import type { Time } from './time.ts';
import type { WeatherStation } from './weather.ts';
import type { FromPage, Hello, Push, ToPage } from './wire.ts';

export type House = { sandbox: Sandbox; weather: WeatherStation; guide: Guide; time: Time };

export type Window = { weatherChanged(): void; guideChanged(): void; clockChanged(): void; close(): void };

const KEPT_IN_INSPECTOR = 200;

/** One browser window in the hands of one person: what they do comes in, what changes for them goes out. */
export function openWindow(house: House, socket: WebSocket, person: Person): Window {
  const { sandbox } = house;
  const dirty = new Map<string, () => Push | null>();
  let inspecting = false;
  let scheduled = false;

  /** Many changes of one thing in one turn of the loop leave as one, as it stands at the end of it. */
  function mark(key: string, sight: () => Push | null): void {
    dirty.delete(key);
    dirty.set(key, sight);
    if (scheduled) return;
    scheduled = true;
    setImmediate(flush);
  }

  function flush(): void {
    scheduled = false;
    const pushes = [...dirty.values()].flatMap((sight) => sight() ?? []);
    dirty.clear();
    if (pushes.length > 0) send({ pushes });
  }

  function send(message: ToPage): void {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
  }

  const markChannel = (id: string) =>
    mark(`channel ${id}`, () => {
      const channel = person.channelSight(id);
      return channel ? { type: 'channel', channel } : { type: 'channel_gone', channel: id };
    });

  const markMessage = (channel: string, ts: string) =>
    mark(`message ${channel} ${ts}`, () => {
      if (!person.channelSight(channel)) return null;
      const message = person.messageSight({ channel, ts });
      return message ? { type: 'message', channel, message } : { type: 'message_gone', channel, ts };
    });

  const weatherChanged = () => mark('weather', () => ({ type: 'weather', weather: house.weather.sight() }));
  const guideChanged = () => mark('guide', () => ({ type: 'guide', guide: house.guide.sight() }));
  const clockChanged = () =>
    mark('clock', () => ({ type: 'clock', now: sandbox.clock.now().getTime(), passing: house.time.passing() }));

  function noticed(event: SandboxEvent): void {
    switch (event.type) {
      case 'message': {
        markMessage(event.channel, event.message.ts);
        const { thread_ts: thread } = event.message;
        if (thread && thread !== event.message.ts) markMessage(event.channel, thread);
        return markChannel(event.channel);
      }
      case 'ephemeral':
        if (event.message.to === person.id) markMessage(event.channel, event.message.ts);
        return;
      case 'channel':
      case 'membership':
        return markChannel(event.channel);
      case 'modal':
        if (event.user === person.id) mark('modals', () => ({ type: 'modals', modals: person.modalSights() }));
        return;
      case 'home':
        if (event.user === person.id) mark('home', () => ({ type: 'home', home: person.homeSight() ?? null }));
        return;
      case 'user':
        return mark('people', () => ({ type: 'people', people: peopleOf(sandbox) }));
      case 'group':
        return mark('groups', () => ({ type: 'groups', groups: groupsOf(sandbox) }));
      case 'failure':
        if (event.user === person.id) mark(`failure ${event.text}`, () => ({ type: 'failure', text: event.text }));
        return;
      case 'read':
        if (event.user === person.id) markChannel(event.channel);
        return;
      case 'sockets':
        return weatherChanged();
      case 'call':
        if (inspecting) mark(`call ${event.call.id}`, () => ({ type: 'call', call: callSight(event.call) }));
        return;
      case 'delivery':
        if (inspecting)
          mark(`delivery ${event.delivery.id}`, () => ({ type: 'delivery', delivery: deliverySight(event.delivery) }));
        return;
      case 'file':
        return;
    }
  }

  function inspect(on: boolean): void {
    inspecting = on;
    if (!on) return;
    send({
      pushes: [
        ...sandbox.calls.slice(-KEPT_IN_INSPECTOR).map((call): Push => ({ type: 'call', call: callSight(call) })),
        ...sandbox.deliveries
          .slice(-KEPT_IN_INSPECTOR)
          .map((delivery): Push => ({ type: 'delivery', delivery: deliverySight(delivery) })),
      ],
    });
  }

  const hello = (): Hello => ({
    me: person.id,
    team: { name: sandbox.team.name, domain: sandbox.team.domain },
    app: appOf(sandbox),
    people: peopleOf(sandbox),
    groups: groupsOf(sandbox),
    channels: person.channelSights(),
    modals: person.modalSights(),
    home: person.homeSight() ?? null,
    now: sandbox.clock.now().getTime(),
    weather: house.weather.sight(),
    guide: house.guide.sight(),
  });

  async function receive(text: string): Promise<void> {
    const { id, deed } = JSON.parse(text) as FromPage;
    if (deed.do === 'inspect') inspect(deed.on);
    const outcome = await perform(house, person, deed).then(
      (result) => ({ ok: true as const, result: result ?? null }),
      (error: unknown) => ({ ok: false as const, error: error instanceof Error ? error.message : String(error) }),
    );
    // What the act changed is on screen before it is said to be done.
    flush();
    send({ id, outcome });
  }

  const unsubscribe = sandbox.subscribe(noticed);
  socket.on('message', (data: Buffer) => void receive(data.toString('utf8')));
  socket.on('error', () => socket.terminate());
  socket.on('close', unsubscribe);
  send({ pushes: [{ type: 'hello', hello: hello() }] });

  return { weatherChanged, guideChanged, clockChanged, close: () => socket.close(1001) };
}
