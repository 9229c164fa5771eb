import { startChild } from './child.ts';
import { bursts, commandFields, percentile } from './load.ts';
import { type Row, row } from './report.ts';

const signingSecret = 'bench-signing-secret-0123456789ab';
const rounds = 15;

/**
 * Commands that only answer or open a form, in the mix in which people use them, against a Bolt application that only
 * acknowledges. `n` people press at the same instant and wait for their answers; then the next `n`: nobody presses
 * again before reading what came back.
 */
export async function answering(): Promise<Row[]> {
  const slack = await startChild('stub-child.ts', []);
  const apiUrl = `http://127.0.0.1:${slack.port}/api/`;
  const fields = (n: number) =>
    commandFields(['help', 'list', 'declare', ''][n % 4] ?? '', {
      n,
      channelId: 'C0GENERAL',
      responseUrl: `${apiUrl}response`,
    });
  const p99s = async (script: string, args: string[]) => {
    const child = await startChild(script, args);
    const target = { port: child.port, signingSecret };
    await bursts(target, 10, 30, fields);
    const found = [];
    for (const people of [10, 50]) {
      // The middle of three runs: one pause of the machine must not decide.
      const runs = [];
      for (let i = 0; i < 3; i += 1) {
        const outcomes = await bursts(target, people, rounds, fields);
        if (outcomes.some((outcome) => !outcome.ok)) throw new Error(`${script} did not answer every command`);
        runs.push(
          percentile(
            outcomes.map((outcome) => outcome.ms),
            0.99,
          ),
        );
      }
      found.push(percentile(runs, 0.5));
    }
    await child.stop();
    return found as [number, number];
  };
  const bare = await p99s('bare-bolt.ts', [signingSecret, apiUrl]);
  const product = await p99s('product.ts', [signingSecret, apiUrl, 'xoxb-bench', 'memory']);
  await slack.stop();
  return [
    row('answer or open a form: p99, 10 people at once, signed HTTP', 'ms', product[0], bare[0], 1.5, 'lower'),
    row('answer or open a form: p99, 50 people at once, signed HTTP', 'ms', product[1], bare[1], 1.5, 'lower'),
  ];
}
