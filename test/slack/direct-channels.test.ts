import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Company, startCompany } from '../support/company.ts';

let company: Company;
let room: string;
beforeAll(async () => {
  company = await startCompany();
  room = await company.declare();
});
afterAll(() => company.close());

const opened = () =>
  company.sandbox.calls.filter((c) => c.method === 'conversations.open' && c.args['users'] === company.helen.id).length;
const inDirect = { match: (args: Record<string, unknown>) => String(args['channel']).startsWith('D') };

/** Helen asks for the timeline, which comes to her alone, a message and then files. Answers how many messages that were. */
async function sendHerTheTimeline(): Promise<number> {
  const { helen } = company;
  // What waits on her is told there as well.
  const sent = () =>
    helen.dms().filter(({ blocks, files }) => !JSON.stringify(blocks ?? files).includes('waits on you')).length;
  const before = sent();
  await helen.command('/crisis timeline', room);
  await company.settled();
  await helen.click(helen.ephemerals(room).at(-1) as never, 'log.export');
  await company.settledWithRetries();
  return sent() - before;
}

test('where somebody is written to is asked of Slack once', async () => {
  const all = await sendHerTheTimeline();
  expect(all).toBeGreaterThan(1);
  expect(await sendHerTheTimeline()).toBe(all);
  expect(opened()).toBe(1);
});

test.each(['chat.postMessage', 'files.completeUploadExternal'])(
  'it is asked again once Slack says to %s that it is not there, and nothing is lost',
  async (method) => {
    const [all, asked] = [await sendHerTheTimeline(), opened()];
    await company.app.deps.db.execute(`update direct_channels set channel_id = 'D0OLD00000'`);
    if (method === 'files.completeUploadExternal') {
      // What is remembered is right while the message is written, and gone for the files.
      await company.app.deps.db.execute('delete from direct_channels');
      company.sandbox.faults.next(method, { kind: 'error', error: 'channel_not_found' });
    }
    expect(await sendHerTheTimeline()).toBe(all);
    expect(opened()).toBeGreaterThan(asked);
  },
);

test('where Slack goes on to say so, it is a refusal like any other', async () => {
  company.sandbox.faults.always('chat.postMessage', { kind: 'error', error: 'channel_not_found' }, inDirect);
  await sendHerTheTimeline();
  company.sandbox.faults.clear();
  await company.settledWithRetries();
  expect(company.sandbox.transcript(room, { as: company.claire.id, threads: true })).toContain('channel_not_found');
});

test('whoever is deactivated is asked about again, so that Slack can say that nobody reads it', async () => {
  company.sandbox.updatePerson('Helen', { deleted: true });
  await company.settled();
  await expect(company.app.slack.directChannel(company.helen.id)).rejects.toMatchObject({ code: 'user_disabled' });
});
