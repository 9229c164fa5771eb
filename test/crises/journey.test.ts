import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { after, MINUTE } from '../../src/core/time.ts';
import { addResponders, findCrisisOfChannel, insertCrisis } from '../../src/crises/store.ts';
import { type Company, startCompany } from '../support/company.ts';

const contentOf = (shown: object | undefined) => JSON.stringify(shown ?? '');

describe('declaring and finding crises', () => {
  let company: Company;
  beforeAll(async () => {
    company = await startCompany();
  });
  afterAll(() => company.close());

  test('a long list of crises says how many more there are, and how to see them', async () => {
    const { deps, workspaceId } = company.app;
    const room = await company.declare('The first of many', { by: company.helen });
    const first = await findCrisisOfChannel(deps.db, workspaceId, room, null);
    if (!first) throw new Error('no crisis');
    for (let n = 1; n <= 33; n += 1) {
      const id = newId();
      const declaredAt = after(first.declaredAt, -n * MINUTE);
      await deps.db.transaction(async (tx) => {
        await insertCrisis(tx, { ...first, id, number: 1000 + n, title: `Matter ${n}.`, channelId: null, declaredAt });
        await addResponders(
          tx,
          { id, excludedIds: [] },
          [{ userId: company.helen.id, department: null }],
          first.declaredAt,
        );
      });
    }
    const list = async (text: string) => {
      await company.helen.command(text, '#general');
      await company.settled();
      return contentOf(company.helen.ephemerals().at(-1));
    };
    const [one, two, three] = [await list('/crisis list'), await list('/crisis list 2'), await list('/crisis list 3')];
    expect(one).toContain('Matter 14.');
    expect(one).not.toContain('Matter 15.');
    expect(one).toContain('19 more: `/crisis list 2`');
    expect(two).toContain('Matter 15.');
    expect(two).toContain('4 more: `/crisis list 3`');
    expect(three).toContain('Matter 33.');
    expect(three).not.toContain('more:');
    expect(company.sandbox.problems).toEqual([]);
  });

  test('the forms that a message opens do not wait for Slack to say where the message is', async () => {
    company.sandbox.faults.always('chat.getPermalink', { kind: 'slow', ms: 4000 });
    const message = await company.sam.say('#general', 'There is glass in the soup');
    for (const id of ['crises.declare_from_message', 'tasks.from_message']) {
      if (id.startsWith('tasks')) await company.declare('Broken jars', { by: company.sam });
      await company.sam.messageShortcut(id, message);
      const form = contentOf(await company.sam.waitForModal());
      expect(form).toContain('There is glass in the soup');
      expect(form).toContain(`slack.com/archives/${message.channel}/p${message.ts.replace('.', '')}`);
      await company.sam.close();
    }
    company.sandbox.faults.clear();
  });
});
