import { words } from '../../src/tasks/text.ts';
import { heapOf, startChild, tasksOf } from './child.ts';
import { commandFields, percentile, steadily } from './load.ts';
import { benchDatabase } from './postgres.ts';
import { type Row, row } from './report.ts';
import { benchChannel } from './seed.ts';
import { startStub } from './stub-slack.ts';

const signingSecret = 'bench-signing-secret-0123456789ab';
const rooms = 200;
const perSecond = 50;

export type LiveRooms = {
  engine: 'PostgreSQL' | 'embedded';
  commands: number;
  refused: number;
  slowestMs: number;
  idleP99: number;
  loadedP99: number;
  /** Bytes after a collection: after the first half of the load, and at its end. */
  heap: { half: number; end: number };
  /** Tasks whose creation was told to whoever typed them, tasks that are committed, and how often each card was posted. */
  tasks: { accepted: number; committed: number };
  cards: Map<string, number>;
};

/**
 * 200 rooms with 5,000 tasks, 2,000 statements and a million timeline entries; then 50 commands a second for a minute, as
 * people type them, and what they cause in Slack. On PostgreSQL where there is one.
 */
export async function liveRooms(seconds = 60): Promise<LiveRooms> {
  const postgres = await benchDatabase('war_room_live');
  const cards = new Map<string, number>();
  const last = { at: 0 };
  const slack = await startStub(({ method, fields }) => {
    // 200 rooms share 40 edits a minute: theirs go on for minutes.
    if (method !== 'chat.update') last.at = performance.now();
    if (method !== 'chat.postMessage') return;
    const key = (JSON.parse(fields.get('metadata') ?? '{}') as { event_payload?: { key?: string } }).event_payload?.key;
    if (key?.startsWith('task:')) cards.set(key, (cards.get(key) ?? 0) + 1);
  });
  const apiUrl = `http://127.0.0.1:${slack.port}/api/`;
  const product = await startChild('product.ts', [
    signingSecret,
    apiUrl,
    'xoxb-bench',
    postgres?.url ?? 'memory',
    String(rooms),
    '[]',
    '1000000',
  ]);
  const target = { port: product.port, signingSecret };
  const seeded = await tasksOf(product);
  const fields = (n: number) => {
    const text =
      ['task Call the plant', 'log Counter at 300 calls', 'tasks', 'task Freeze posts in 2 h', 'list'][n % 5] ?? '';
    return commandFields(text, { n, channelId: benchChannel((n * 7) % rooms), responseUrl: `${apiUrl}response` });
  };
  const drained = async () => {
    while (performance.now() - last.at < 5_000) await new Promise((resolve) => setTimeout(resolve, 500));
  };
  const warmUp = await steadily(target, 20, 200, fields);
  await drained();
  const idle = await steadily(target, 5, 150, fields);
  await drained();
  const first = await steadily(target, perSecond, (perSecond * seconds) / 2, fields);
  await drained();
  const half = await heapOf(product);
  const second = await steadily(target, perSecond, (perSecond * seconds) / 2, fields);
  await drained();
  const end = await heapOf(product);
  const committed = (await tasksOf(product)) - seeded;
  await product.stop();
  slack.close();
  await postgres?.drop();
  const loaded = [...first, ...second];
  const all = [...warmUp, ...idle, ...loaded];
  return {
    engine: postgres ? 'PostgreSQL' : 'embedded',
    commands: loaded.length,
    refused: [...idle, ...loaded].filter((outcome) => !outcome.ok).length,
    slowestMs: Math.max(...loaded.map((outcome) => outcome.ms)),
    idleP99: p99(idle),
    loadedP99: p99(loaded),
    heap: { half, end },
    tasks: { accepted: all.filter(({ answer }) => taskCreated.test(answer)).length, committed },
    cards,
  };
}

/** How everybody here, whose language is French, is told that a task was accepted. */
const taskCreated = new RegExp(words('fr').created.told(0, '').replace('0', '\\d+').trim());

const p99 = (outcomes: readonly { ms: number }[]) =>
  percentile(
    outcomes.map((outcome) => outcome.ms),
    0.99,
  );

/** The rows of `npm run bench`. */
export async function live(): Promise<Row[]> {
  const found = await liveRooms();
  return [
    row(
      `200 live rooms, 50 commands a second for a minute, ${found.engine}: p99, against 5 a second`,
      'ms',
      found.loadedP99,
      found.idleP99,
      3,
      'lower',
    ),
    row(
      'memory in use after the second half of that minute, against the first',
      'MiB',
      found.heap.end / 2 ** 20,
      found.heap.half / 2 ** 20,
      1.1,
      'lower',
    ),
  ];
}
