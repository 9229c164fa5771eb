import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';

export type Target = { port: number; signingSecret: string };
/** `answer`: what the person is told, as it was sent. */
export type Outcome = { ok: boolean; ms: number; answer: string };

/** Sends signed slash commands as Slack does, `concurrency` at a time, each following the answer to the one before it. */
export async function load(
  target: Target,
  concurrency: number,
  total: number,
  fields: (n: number) => Record<string, string>,
): Promise<Outcome[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const outcomes: Outcome[] = [];
  let next = 0;
  const one = async () => {
    while (next < total) {
      const n = next;
      next += 1;
      const started = performance.now();
      const answered = await send(agent, target, fields(n));
      outcomes.push({ ...answered, ms: performance.now() - started });
    }
  };
  await Promise.all(Array.from({ length: concurrency }, one));
  agent.destroy();
  return outcomes;
}

function send(
  agent: Agent,
  { port, signingSecret }: Target,
  fields: Record<string, string>,
): Promise<Omit<Outcome, 'ms'>> {
  const body = new URLSearchParams(fields).toString();
  const timestamp = Math.floor(Date.now() / 1000);
  const signature = `v0=${createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        agent,
        port,
        host: '127.0.0.1',
        path: '/slack/events',
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': Buffer.byteLength(body),
          'x-slack-request-timestamp': timestamp,
          'x-slack-signature': signature,
        },
      },
      (response) => {
        let answer = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (answer += part));
        response.on('end', () => resolve({ ok: response.statusCode === 200, answer }));
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** The value below which `share` of the sample lies. */
export function percentile(sample: readonly number[], share: number): number {
  const sorted = sample.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

export const median = (sample: readonly number[]): number => percentile(sample, 0.5);

/** `perSecond` commands a second, whether those before them have been answered or not. */
export async function steadily(
  target: Target,
  perSecond: number,
  total: number,
  fields: (n: number) => Record<string, string>,
): Promise<Outcome[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 200 });
  const begun = performance.now();
  const outcomes = await Promise.all(
    Array.from({ length: total }, async (_, n): Promise<Outcome> => {
      const due = begun + (n * 1000) / perSecond;
      await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
      const answered = await send(agent, target, fields(n)).catch(() => ({ ok: false, answer: '' }));
      // From the moment at which it was due: a sender that is late must not flatter the product.
      return { ...answered, ms: performance.now() - due };
    }),
  );
  agent.destroy();
  return outcomes;
}

/** `rounds` times, `people` commands leave at the same instant; the next round begins when the server is at rest again. */
export async function bursts(
  target: Target,
  people: number,
  rounds: number,
  fields: (n: number) => Record<string, string>,
): Promise<Outcome[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: people });
  const outcomes: Outcome[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await Promise.all(
      Array.from({ length: people }, async (_, i) => {
        const started = performance.now();
        const answered = await send(agent, target, fields(round * people + i));
        outcomes.push({ ...answered, ms: performance.now() - started });
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, 40 + people * 15));
  }
  agent.destroy();
  return outcomes;
}

/** What Slack sends for `/crisis text`. Each of 400 people types in turn: nobody types as fast as a bench sends. */
export const commandFields = (
  text: string,
  options: { n: number; channelId: string; responseUrl: string },
): Record<string, string> => ({
  command: '/crisis',
  text,
  team_id: 'T0BENCH',
  team_domain: 'bench',
  channel_id: options.channelId,
  channel_name: 'bench',
  user_id: `U0PERSON${options.n % 400}`,
  user_name: `person-${options.n % 400}`,
  trigger_id: `${options.n}.${Math.floor(performance.now() * 1000)}.bench`,
  response_url: options.responseUrl,
  api_app_id: 'A0BENCH',
});
