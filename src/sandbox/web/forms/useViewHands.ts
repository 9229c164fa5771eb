import { useMemo, useRef } from 'react';
import type { FieldAt } from '../../page/wire.ts';
import type { Hands } from '../blocks/hands.ts';
import { send } from '../state/live.ts';
import type { View } from '../state/types.ts';

/** Long enough that a sentence is not sent letter by letter, short enough that the app knows of it when it redraws. */
const PAUSE_MS = 250;

/**
 * The hands of somebody in front of a form or a home. What is typed goes to the server when they pause, and in any
 * case before anything is pressed, so that the app always gets the whole state with a press.
 */
export function useViewHands(view: View): Hands & { flush(): Promise<void> } {
  const unsent = useRef(new Map<string, { at: FieldAt; value: unknown }>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const { id } = view;

  const doing = useMemo(() => {
    async function flush(): Promise<void> {
      clearTimeout(timer.current);
      const fields = [...unsent.current.values()];
      unsent.current.clear();
      if (fields.length > 0) await send({ do: 'type', view: id, fields });
    }
    return {
      surface: { view: id },
      flush,
      write(at: FieldAt, value: unknown): void {
        unsent.current.set(`${at.block_id}/${at.action_id}`, { at, value });
        clearTimeout(timer.current);
        timer.current = setTimeout(() => void flush(), PAUSE_MS);
      },
      async press(at: FieldAt, option?: string) {
        await flush();
        return send({ do: 'press', on: { view: id }, at, ...(option === undefined ? {} : { option }) });
      },
      async hesitate(at: FieldAt) {
        await flush();
        return send({ do: 'hesitate', on: { view: id }, at });
      },
      async choose(at: FieldAt, value: unknown) {
        await flush();
        return send({ do: 'choose', on: { view: id }, at, value });
      },
    };
  }, [id]);

  return {
    ...doing,
    held: (at) => view.state.values[at.block_id]?.[at.action_id],
    error: (blockId) => view.errors?.[blockId],
  };
}
