import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOUR } from '../../src/core/time.ts';
import type { Message, Person } from '../../src/sandbox/server/index.ts';
import { fillClosing } from '../support/acts.ts';
import { type Company, startCompany } from '../support/company.ts';
import { settle } from './support/every-call.ts';
import { report } from './support/figures.ts';
import { differences } from './support/matrix.ts';
import { portraitOf } from './support/portrait.ts';

/** What is done to a delivery after the person has acted. Each must leave no trace. */
const disturbances: Record<string, { before?: (company: Company) => void; after?: (company: Company) => void }> = {
  'twice at the same moment': { before: ({ sandbox }) => sandbox.faults.deliverTwice('*', 50) },
  'again right after': { after: ({ sandbox }) => sandbox.replayLast(3) },
  'again and again, old ones after new ones': {
    after: ({ sandbox }) => {
      for (const count of [1, 10, 100]) sandbox.replayLast(count);
    },
  },
  'over sockets that break and come back': {
    after: ({ sandbox }) => {
      // One of the two, once: the library takes five seconds to open another.
      if (sandbox.deliveries.length < 4) sandbox.refreshSocket(0);
      sandbox.replayLast(3);
    },
  },
};

const figures = { deliveries: 0, disturbances: 0, 'seen twice': 0 };
afterAll(() => report('duplicates', figures));

/** Every kind of delivery: command, form, press, event, message shortcut. Answers how many there were. */
async function shortCrisis(company: Company, disturb: (typeof disturbances)[string]): Promise<number> {
  const { sandbox, claire, helen, tom } = company;
  let count = 0;
  async function done(act: () => Promise<unknown>): Promise<void> {
    disturb.before?.(company);
    await act();
    sandbox.faults.clear();
    await settle(company);
    disturb.after?.(company);
    await settle(company);
    count += 1;
  }
  const find = (by: Person, ...words: string[]): Message => {
    const found = by
      .sees(room)
      .findLast((m) => m.type === 'message' && words.every((word) => JSON.stringify(m).includes(word)));
    if (!found) throw new Error(`${by.name} does not see ${words.join(', ')}`);
    return found as Message;
  };
  const closed = async (by: Person) => {
    while (by.modal()) await by.close();
  };

  await claire.command('/crisis declare Glass in the soup', '#general');
  await claire.waitForModal();
  await done(() => claire.submit());
  await closed(claire);
  const room = sandbox.channels().find((channel) => channel.name.startsWith('crisis-'))?.id ?? '';
  await done(() => helen.click(find(helen, 'responders.answer'), 'I’m on it'));
  await done(() => helen.command(`/crisis task Freeze the posts <@${tom.id}> in 20 min`, room));
  await helen.command('/crisis task', room);
  await helen.waitForModal();
  helen.fill({ title: 'Call the factory' });
  await done(() => helen.submit());
  await closed(helen);
  await tom.command('/crisis tasks', room);
  await tom.waitForModal({ callbackId: 'tasks.list' });
  await done(() => tom.select(tom.modal() as never, { actionId: 'tasks.list_menu:1' }, 'Mark done'));
  await closed(tom);
  let remark: Message | undefined;
  await done(async () => {
    remark = await tom.say(room, 'The factory has stopped');
  });
  await done(() => tom.react(remark as Message, 'pushpin'));
  await done(() => tom.edit(remark as Message, 'The factory in Nantes has stopped'));
  const supplier = await tom.say(room, 'A supplier calls');
  await done(() => helen.messageShortcut('log.from_message', supplier));
  await done(() => helen.command('/crisis digest', room));
  await done(() => helen.command('/crisis level major a child was hurt', room));
  await helen.command('/crisis close', room);
  await helen.waitForModal({ callbackId: 'closing.close' });
  fillClosing(helen, 'Over');
  await done(() => helen.submit());
  await done(() => helen.command('/crisis reopen the press is back', room));
  return count;
}

describe.each(['socket', 'http'] as const)('over %s, what Slack delivers', (transport) => {
  let once: string[];
  let lived: Company;
  beforeAll(async () => {
    lived = await startCompany({ transport });
    figures.deliveries += await shortCrisis(lived, {});
    once = await portraitOf(lived);
  });
  afterAll(() => lived.close());

  test.each(Object.entries(disturbances))('%s, has its effect once', async (_name, disturb) => {
    const company = await startCompany({ transport });
    try {
      figures.disturbances += await shortCrisis(company, disturb);
      const seen = differences(once, await portraitOf(company));
      figures['seen twice'] += seen.length;
      expect(seen).toEqual([]);
      expect(company.sandbox.problems).toEqual([]);
    } finally {
      await company.close();
    }
  });

  test('once more an hour later, all of it, has no effect at all', async () => {
    await lived.leap(HOUR);
    await settle(lived);
    const before = await portraitOf(lived);
    lived.sandbox.replayLast(200);
    await settle(lived);
    figures.disturbances += lived.sandbox.deliveries.length;
    expect(differences(before, await portraitOf(lived))).toEqual([]);
  });
});
