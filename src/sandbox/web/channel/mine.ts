import { useMemo, useState } from 'react';
import type { FieldAt, Json } from '../../page/wire.ts';
import type { Hands } from '../blocks/hands.ts';
import { send } from '../state/live.ts';
import type { Message } from '../state/types.ts';

/** The hands of somebody in front of a message: what they choose there stays in their window, as in Slack. */
export function useMessageHands(message: Pick<Message, 'channel' | 'ts'>): Hands {
  const { channel, ts } = message;
  const [held, setHeld] = useState<Record<string, Json>>({});
  return useMemo(() => {
    const surface = { channel, ts };
    const key = (at: FieldAt) => `${at.block_id}/${at.action_id}`;
    return {
      surface,
      held: (at) => held[key(at)],
      write: () => {},
      press: (at, option) => send({ do: 'press', on: surface, at, ...(option === undefined ? {} : { option }) }),
      hesitate: (at) => send({ do: 'hesitate', on: surface, at }),
      choose: (at, value) => {
        setHeld((before) => ({ ...before, [key(at)]: { value } }));
        return send({ do: 'choose', on: surface, at, value });
      },
      error: () => undefined,
    };
  }, [channel, ts, held]);
}
