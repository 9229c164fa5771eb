import type { Person, Surface as PersonSurface } from '../server/index.ts';
import type { House } from './window.ts';
import type { Deed, Surface, UploadSight } from './wire.ts';

/** Does what a person asked for with the hands of that person: whatever the page can do is what Slack would deliver. */
export async function perform(house: House, person: Person, deed: Deed): Promise<unknown> {
  switch (deed.do) {
    case 'command':
      return person.command(deed.text, deed.channel);
    case 'say': {
      const { thread_ts: thread, broadcast, files } = deed;
      return person.say(deed.channel, deed.text, {
        ...(thread ? { thread } : {}),
        ...(broadcast ? { broadcast } : {}),
        ...(files ? { files: files.map(upload) } : {}),
      });
    }
    case 'edit':
      return person.edit(deed, deed.text);
    case 'delete':
      return person.delete(deed);
    case 'react':
      return person.react(deed, deed.name);
    case 'unreact':
      return person.unreact(deed, deed.name);
    case 'pin':
      return person.pin(deed);
    case 'unpin':
      return person.unpin(deed);
    case 'press':
    case 'choose':
      return touch(person, deed);
    case 'hesitate':
      return hesitate(person, deed);
    case 'confirm':
      return confirm(person, deed.id);
    case 'type':
      for (const { at, value } of deed.fields) person.type({ id: deed.view }, at, fieldValue(value));
      return null;
    case 'submit':
      if (person.modal()?.id !== deed.view) throw new Error('This form is no longer open.');
      return person.submit();
    case 'close': {
      do await person.close();
      while (deed.all && person.modal());
      return null;
    }
    case 'shortcut':
      return person.shortcut(deed.callback_id);
    case 'message_shortcut':
      return person.messageShortcut(deed.callback_id, deed);
    case 'open_home':
      await person.openHome();
      return person.openDirect('bot');
    case 'open_direct':
      return person.openDirect(deed.who);
    case 'join':
      return person.join(deed.channel);
    case 'leave':
      return person.leave(deed.channel);
    case 'history':
      return person.messageSights(deed.channel);
    case 'create_channel':
      return (await person.createChannel(deed.name, { private: deed.is_private })).id;
    case 'invite':
      return person.invite(deed.channel, deed.users);
    case 'read':
      return person.markRead(deed.channel, deed.ts);
    case 'inspect':
      return null;
    case 'fault':
      return house.weather.apply(deed.fault);
    case 'latency':
      return house.weather.latency(deed.ms);
    case 'pass_time':
      return house.time.pass(deed.minutes * 60_000);
    case 'guide_choose':
      return house.guide.choose(deed.scenario);
    case 'guide_play':
      return house.guide.play(deed.step);
    case 'guide_skip':
      return house.guide.skip(deed.act);
    case 'guide_play_rest':
      return house.guide.playRest();
    case 'guide_pause':
      return house.guide.pause();
  }
}

function touch(person: Person, deed: Extract<Deed, { do: 'press' | 'choose' }>): Promise<unknown> {
  const on = surfaceOf(person, deed.on);
  const target = { blockId: deed.at.block_id, actionId: deed.at.action_id };
  if (deed.do === 'choose') return person.select(on, target, fieldValue(deed.value));
  return deed.option === undefined ? person.click(on, target) : person.select(on, target, deed.option);
}

type Send = ReturnType<Person['hesitate']>;
/** Confirmations that are open on somebody's screen. */
const undecided = new WeakMap<Person, Map<number, Send>>();

function hesitate(person: Person, { on, at }: Extract<Deed, { do: 'hesitate' }>): number {
  const open = undecided.get(person) ?? new Map<number, Send>();
  undecided.set(person, open);
  const id = Math.max(0, ...open.keys()) + 1;
  open.set(id, person.hesitate(surfaceOf(person, on), { blockId: at.block_id, actionId: at.action_id }));
  return id;
}

async function confirm(person: Person, id: number): Promise<unknown> {
  const send = undecided.get(person)?.get(id);
  undecided.get(person)?.delete(id);
  if (!send) throw new Error('This confirmation is no longer open.');
  return send();
}

function surfaceOf(person: Person, on: Surface): PersonSurface {
  if (!('view' in on)) return on;
  const view = [person.modal(), person.home()].find((one) => one?.id === on.view);
  if (!view) throw new Error('This view is no longer on screen.');
  return view;
}

const upload = ({ name, base64 }: UploadSight) => ({ name, content: Buffer.from(base64, 'base64') });

/** Files travel as base64; everything else as it is. */
function fieldValue(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value.map((one: unknown) => (isUpload(one) ? upload(one) : one));
}

const isUpload = (value: unknown): value is UploadSight =>
  typeof value === 'object' && value !== null && 'base64' in value && 'name' in value;
