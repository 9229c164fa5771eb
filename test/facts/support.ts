import type { Message, ModalView, Person } from '../../src/sandbox/server/index.ts';
import type { Company } from '../support/company.ts';

type Surface = Parameters<Person['click']>[0];
type Block = { block_id?: string; text?: { text?: string } };

/** What people do in one room, each step waited for. */
export function handsIn(company: () => Company, room: () => string) {
  const settled = () => company().settled();
  return {
    type: async (person: Person, text: string, where = room()) => {
      await person.command(text, where);
      await settled();
    },
    said: (person: Person): string => JSON.stringify(person.ephemerals(room()).at(-1) ?? ''),
    note: (person: Person): Surface => {
      const last = person.ephemerals(room()).at(-1);
      if (!last) throw new Error(`${person.name} was told nothing`);
      return last;
    },
    /** The one message of the room whose notification begins so. */
    only: (beginning: string): Message => {
      const all = company()
        .claire.sees(room())
        .filter((m): m is Message => m.type === 'message' && m.text.startsWith(beginning));
      const [first, ...more] = all;
      if (!first || more.length > 0) throw new Error(`${all.length} messages begin with “${beginning}”`);
      return first;
    },
    press: async (person: Person, on: Surface, label: string) => {
      await person.click(on, label);
      await settled();
    },
    /** Chooses from the menu of the row that holds `mark`. */
    choose: async (person: Person, on: Message | ModalView, mark: string, label: string) => {
      const block = (on.blocks as Block[]).find((one) => one.text?.text?.includes(mark));
      if (!block?.block_id) throw new Error(`no row with “${mark}”`);
      await person.select(on, { blockId: block.block_id }, label);
      await settled();
    },
    /** Fills the open form in and sends it; answers what came back. */
    send: async (person: Person, id: string, values: Parameters<Person['fill']>[0]): Promise<string> => {
      await person.waitForModal({ callbackId: id });
      person.fill(values);
      const outcome = await person.submit();
      await settled();
      return JSON.stringify(outcome);
    },
  };
}
