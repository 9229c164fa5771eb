import { buildManifest } from '../../manifests/build.ts';
import { startSandbox } from '../../src/sandbox/server/index.ts';
import { startChild } from './child.ts';
import { median } from './load.ts';
import { type Row, row } from './report.ts';

const latency = 100;
const rounds = 5;

/**
 * From the submitted form to {created, everyone invited, brief visible}: 30 people, 3 user groups, 2,000 other channels,
 * every call to Slack taking 100 ms. Depth is the longest chain of calls in which each began after the one before ended.
 */
export async function warRoom(): Promise<Row[]> {
  const sandbox = await startSandbox({ manifest: buildManifest('http') });
  const people = Array.from(
    { length: 30 },
    (_, i) => sandbox.addPerson({ name: `Member ${i + 1}`, tz: 'Europe/Paris', locale: 'en-GB' }).id,
  );
  const groups = [0, 1, 2].map(
    (i) => sandbox.addUserGroup({ handle: `cell-${i}`, name: `Cell ${i}`, users: people.slice(i * 8, i * 8 + 8) }).id,
  );
  sandbox.addChannels(2000);
  const roster = ['communication', 'legal', 'marketing'].map((key, i) => ({
    key,
    name: null,
    position: i,
    peopleIds: people.slice(24 + i * 2, 26 + i * 2),
    deputyIds: [],
    groupIds: [groups[i]],
  }));
  // In a process of its own: what the workspace costs must not delay the product.
  const product = await startChild('product.ts', [
    sandbox.signingSecret,
    sandbox.apiUrl,
    sandbox.botToken,
    'memory',
    '0',
    JSON.stringify(roster),
  ]);
  sandbox.deliverByHttp(`http://127.0.0.1:${product.port}/slack/events`);
  await sandbox.waitFor(() => sandbox.calls.some((call) => call.method === 'usergroups.list' && call.finishedAt), {
    what: 'people and groups read before the crisis',
  });
  await sandbox.settled(200);
  const claire = sandbox.person('Claire');
  const found = [];
  for (let i = 0; i < rounds; i += 1) {
    sandbox.latency(0);
    await claire.command(`/crisis declare ${'quince ferry ivory lunar mango'.split(' ')[i]}`, '#general');
    await claire.waitForModal();
    sandbox.latency(latency);
    const from = performance.timeOrigin + performance.now();
    await claire.submit();
    await sandbox.waitFor(() => needed(sandbox.calls, from).length >= 3, { what: 'the room', timeoutMs: 10_000 });
    await sandbox.settled(300);
    found.push(measure(sandbox.calls, from));
    while (claire.modal()) await claire.close();
  }
  await product.stop();
  await sandbox.stop();
  const depth = Math.max(...found.map((f) => f.depth));
  return [
    row('war room: sequential Slack calls (30 people, 3 groups, 2,000 channels)', 'calls', depth, 1, 2, 'lower'),
    row(
      'war room: submit to ready, in time of one call of 100 ms',
      'ms',
      median(found.map((f) => f.wall)),
      median(found.map((f) => f.oneCall)),
      2.6,
      'lower',
    ),
  ];
}

type Ended = { method: string; startedAt: number; finishedAt: number };
type Call = { method: string; startedAt: number; finishedAt?: number | undefined; ok?: boolean | undefined };

const since = (calls: readonly Call[], from: number) =>
  calls.filter((call) => call.startedAt >= from && call.finishedAt !== undefined) as Ended[];

/** The channel, the invitations and the first post into it: what people wait for. */
function needed(calls: readonly Call[], from: number): Ended[] {
  const all = since(calls, from);
  const brief = all.find((call) => call.method === 'chat.postMessage');
  return [
    ...all.filter((call) => call.method === 'conversations.create' || call.method === 'conversations.invite'),
    ...(brief ? [brief] : []),
  ];
}

function measure(calls: readonly Call[], from: number) {
  const all = since(calls, from).toSorted((a, b) => a.startedAt - b.startedAt);
  const depths = new Map<Ended, number>();
  for (const call of all) {
    const before = all.filter((other) => other.finishedAt <= call.startedAt);
    depths.set(call, 1 + Math.max(0, ...before.map((other) => depths.get(other) ?? 0)));
  }
  const path = needed(calls, from);
  return {
    depth: Math.max(...path.map((call) => depths.get(call) ?? 0)),
    wall: Math.max(...path.map((call) => call.finishedAt)) - from,
    oneCall: median(path.map((call) => call.finishedAt - call.startedAt)),
  };
}
