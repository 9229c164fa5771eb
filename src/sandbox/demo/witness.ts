import type { Sandbox } from '../server/index.ts';

export type Scene = {
  /** `room`, `#general`, or the person whose screen it is. */
  where:
    | { kind: 'channel'; channel: string; thread: boolean }
    | { kind: 'dm' | 'alone' | 'form' | 'failure'; user: string };
  change: 'new' | 'changed';
  /** The message pinned on top of its channel: it changes all the time. */
  isBrief: boolean;
  text: string;
};

/** Notes what appears on people's screens, so that it can be told afterwards, once each. */
export function witness(sandbox: Sandbox) {
  const fresh = new Map<string, Scene['change']>();
  const failures: Scene[] = [];
  const stop = sandbox.subscribe((event) => {
    if (event.type === 'failure')
      failures.push({ where: { kind: 'failure', user: event.user }, change: 'new', isBrief: false, text: event.text });
    if ((event.type !== 'message' && event.type !== 'ephemeral') || event.change === 'deleted') return;
    const { message } = event;
    if (message.type === 'message' && message.subtype && message.subtype !== 'file_share') return;
    const key = `${message.type} ${message.channel} ${message.ts}`;
    if (!fresh.has(key)) fresh.set(key, event.change === 'posted' ? 'new' : 'changed');
  });

  function sceneOf(key: string, change: Scene['change'], reader: string): Scene | undefined {
    const [type, id = '', ts = ''] = key.split(' ');
    const channel = sandbox.channel(id);
    if (!channel) return undefined;
    if (type === 'ephemeral') {
      const to = sandbox.people().find((user) =>
        sandbox
          .person(user.id)
          .ephemerals()
          .some((m) => m.channel === id && m.ts === ts),
      );
      if (!to) return undefined;
      return {
        where: { kind: 'alone', user: to.id },
        change,
        isBrief: false,
        text: sandbox.transcript(id, { as: to.id, only: [ts] }),
      };
    }
    const shown = channel.messages.find((message) => message.ts === ts);
    const thread = shown?.thread_ts !== undefined && shown.thread_ts !== ts;
    const human = channel.members.find((member) => member !== sandbox.botUserId) ?? reader;
    const as = channel.kind === 'im' ? human : reader;
    const text = sandbox.transcript(id, { as, only: [ts] });
    const isBrief = channel.pins.some((pin) => pin.ts === ts);
    const where =
      channel.kind === 'im' ? { kind: 'dm' as const, user: human } : { kind: 'channel' as const, channel: id, thread };
    return { where, change, isBrief, text };
  }

  return {
    /** What appeared since it was last asked, channels as `reader` reads them. */
    news(reader: string): Scene[] {
      const scenes = [...fresh].flatMap(([key, change]) => sceneOf(key, change, reader) ?? []);
      const told = [...failures.splice(0), ...scenes];
      fresh.clear();
      return told;
    },
    stop,
  };
}
