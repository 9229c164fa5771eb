import { App, HTTPReceiver, LogLevel } from '@slack/bolt';

/** The baseline of answering: a Bolt application that does nothing but acknowledge. */
const [signingSecret = '', apiUrl = ''] = process.argv.slice(2);
const receiver = new HTTPReceiver({ signingSecret, endpoints: '/slack/events', logLevel: LogLevel.ERROR });
const app = new App({
  receiver,
  authorize: async () => ({ botToken: 'xoxb-bench', botId: 'B0BENCH00', botUserId: 'U0BENCH00' }),
  convoStore: false,
  deferInitialization: true,
  logLevel: LogLevel.ERROR,
  clientOptions: { slackApiUrl: apiUrl },
});
app.command(/.*/, async ({ ack }) => ack());
await app.init();
const server = await receiver.start(0);
process.send?.({ port: (server.address() as { port: number }).port });
