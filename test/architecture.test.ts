import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** Lower slices know nothing of higher ones: as the page of the architecture says it. */
const order = (/^workspaces →[^`]+/m.exec(readFileSync(join(root, 'docs/ARCHITECTURE.md'), 'utf8'))?.[0] ?? '')
  .split('→')
  .map((name) => name.trim());

/** Files whose name does not fix a floor are pure. */
const floors: Record<string, number> = {
  'store.ts': 1,
  'facts.ts': 1,
  'snapshot.ts': 1,
  'print.ts': 1,
  'trouble.ts': 3,
  'views.ts': 1,
  'change.ts': 2,
  'listeners.ts': 3,
  'overview.ts': 2,
  'jobs.ts': 3,
  'who.ts': 3,
  'calls.ts': 3,
  'here.ts': 3,
  'show.ts': 3,
  'install.ts': 3,
  'connections.ts': 3,
  'calibrate.ts': 3,
  'slack-people.ts': 1,
  'cli.ts': 4,
  'health.ts': 4,
  'verify-cli.ts': 4,
};
const infrastructureFloors: Record<string, number> = {
  'src/core/slices.ts': 1,
  'src/jobs/boss.ts': 2,
  'src/jobs/enqueue.ts': 2,
  'src/jobs/commit.ts': 2,
  'src/jobs/worker.ts': 3,
  'src/slack/limits.ts': 0,
  'src/slack/mrkdwn.ts': 0,
  'src/slack/text.ts': 0,
  'src/slack/subcommands.ts': 0,
  'src/slack/blocks.ts': 0,
  'src/slack/contract.ts': 0,
  'src/slack/list.ts': 0,
  'src/slack/view-state.ts': 0,
  'src/slack/ledger.ts': 1,
};
const roof = new Set([
  'src/app.ts',
  'src/main.ts',
  'src/migrate.ts',
  'src/copies.ts',
  'src/features.ts',
  'src/config.ts',
  'src/logger.ts',
]);

type Import = { from: string; to: string; typeOnly: boolean };

const sources = filesBelow(join(root, 'src')).filter((file) => !file.startsWith('src/sandbox/'));
const imports = sources.flatMap(importsOf);

describe('the house', () => {
  test('every folder of src is a known slice or part of the infrastructure', () => {
    const folders = readdirSync(join(root, 'src')).filter((name) => statSync(join(root, 'src', name)).isDirectory());
    expect(
      folders.filter((name) => !order.includes(name) && !['core', 'slack', 'jobs', 'sandbox'].includes(name)),
    ).toEqual([]);
  });

  test('no file reaches above its floor', () => {
    const wrong = imports.filter(
      ({ from, to, typeOnly }) => to.startsWith('src/') && !typeOnly && floorOf(to) > floorOf(from),
    );
    expect(wrong.map(arrow)).toEqual([]);
  });

  test('pure files touch neither database, Slack, environment, clock nor promises', () => {
    const wrong = sources
      .filter((file) => floorOf(file) === 0)
      .flatMap((file) => {
        const code = readFileSync(join(root, file), 'utf8');
        const forbidden = [
          /\bnew Date\(\)/,
          /\bDate\.now\(/,
          /\bprocess\.env\b/,
          /\basync\b/,
          /\bawait\b/,
          /from '(drizzle-orm|postgres|pg-boss|@slack\/(bolt|web-api)|node:(fs|net|http))/,
          /db\/client/,
          /db\/schema/,
        ];
        return forbidden
          .filter((pattern) => pattern.test(withoutComments(code)))
          .map((pattern) => `${file}: ${pattern}`);
      });
    expect(wrong).toEqual([]);
  });

  test('nothing below the roof reads the clock or the environment', () => {
    const wrong = sources
      .filter(
        (file) =>
          !roof.has(file) && /^src\/(?:[a-z-]+\/)+(rules|change|store|views|text|listeners|jobs)\.ts$/.test(file),
      )
      .filter((file) =>
        /\bnew Date\(\)|\bDate\.now\(|process\.env/.test(withoutComments(readFileSync(join(root, file), 'utf8'))),
      );
    expect(wrong).toEqual([]);
  });

  test('a slice sees only the pure files and stores of slices below it', () => {
    const shared = new Set(['src/crises/here.ts', 'src/crises/show.ts', 'src/crises/change.ts', 'src/people/who.ts']);
    const wrong = imports.filter(({ from, to, typeOnly }) => {
      const [mine, theirs] = [sliceOf(from), sliceOf(to)];
      if (!mine || !theirs || mine === theirs || roof.has(from)) return false;
      if (order.indexOf(theirs) > order.indexOf(mine)) return true;
      return !typeOnly && floorOf(to) > 1 && !shared.has(to);
    });
    expect(wrong.map(arrow)).toEqual([]);
  });

  test('infrastructure knows no slice: what it needs of one is passed in', () => {
    const wrong = imports.filter(({ from, to }) => /^src\/(core|slack|jobs)\//.test(from) && sliceOf(to));
    expect(wrong.map(arrow)).toEqual([]);
  });

  test('no files import each other in a circle, types included', () => {
    expect(circlesAmong(imports.filter(({ to }) => to.startsWith('src/')))).toEqual([]);
  });

  test('buttons, menus and forms are declared through their contract', () => {
    const wrong = sources.filter(
      (file) =>
        file !== 'src/slack/contract.ts' &&
        /import \{[^}]*\b(buttonElement|overflowElement)\b[^}]*\} from '[^']*slack\/blocks\.ts'|\bon(Press|Submit)\(/.test(
          readFileSync(join(root, file), 'utf8'),
        ),
    );
    expect(wrong).toEqual([]);
  });

  test('stores know no views and views no stores', () => {
    const wrong = imports.filter(({ from, to }) => {
      const [a, b] = [from.split('/').at(-1), to.split('/').at(-1)];
      return (a === 'store.ts' && b === 'views.ts') || (a === 'views.ts' && b === 'store.ts');
    });
    expect(wrong.map(arrow)).toEqual([]);
  });

  test('SQL stays in stores, and slices never post to Slack by themselves', () => {
    const slices = sources.filter((file) => sliceOf(file));
    const sqlOutside = slices.filter(
      (file) =>
        /\/(rules|text|views|listeners|jobs)\.ts$/.test(file) &&
        /from 'drizzle-orm'/.test(readFileSync(join(root, file), 'utf8')),
    );
    const posting = slices.filter((file) =>
      /slack\.(postMessage|updateMessage)\(/.test(readFileSync(join(root, file), 'utf8')),
    );
    expect({ sqlOutside, posting }).toEqual({ sqlOutside: [], posting: [] });
  });

  test('only the roof imports the sandbox, and the sandbox server imports nothing of the product', () => {
    const intoSandbox = imports.filter(({ from, to }) => to.startsWith('src/sandbox/') && !roof.has(from));
    const outOfServer = filesBelow(join(root, 'src/sandbox/server'))
      .flatMap(importsOf)
      .filter(({ to }) => to.startsWith('src/') && !to.startsWith('src/sandbox/server/'));
    expect([...intoSandbox, ...outOfServer].map(arrow)).toEqual([]);
  });
});

function floorOf(file: string): number {
  if (roof.has(file)) return 4;
  if (file.startsWith('src/core/')) return infrastructureFloors[file] ?? 0;
  if (file.startsWith('src/slack/') || file.startsWith('src/jobs/')) return infrastructureFloors[file] ?? 3;
  return floors[file.split('/').at(-1) ?? ''] ?? 0;
}

function sliceOf(file: string): string | null {
  const folder = file.split('/')[1] ?? '';
  return file.startsWith('src/') && order.includes(folder) ? folder : null;
}

function importsOf(file: string): Import[] {
  const code = readFileSync(join(root, file), 'utf8');
  return [
    ...code.matchAll(/^(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'(\.[^']+)'/gm),
    ...code.matchAll(/\bimport\(()'(\.[^']+)'\)/g),
  ].map((match) => ({
    from: file,
    to: relative(root, resolve(root, dirname(file), match[2] as string)),
    typeOnly: Boolean(match[1]) || /^import\s+\{\s*(type\s+\w+\s*,?\s*)+\}/.test(match[0]),
  }));
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => relative(root, join(folder, name)));
}

/** Groups of files each of which reaches the others (Tarjan's strongly connected components). */
function circlesAmong(arrows: readonly Import[]): string[][] {
  const next = new Map<string, Import[]>();
  for (const arrow of arrows) next.set(arrow.from, [...(next.get(arrow.from) ?? []), arrow]);
  const found: string[][] = [];
  const order = new Map<string, { index: number; low: number }>();
  const path: string[] = [];
  const visit = (file: string): { index: number; low: number } => {
    const here = { index: order.size, low: order.size };
    order.set(file, here);
    path.push(file);
    for (const { to } of next.get(file) ?? []) {
      const seen = order.get(to);
      if (!seen) here.low = Math.min(here.low, visit(to).low);
      else if (path.includes(to)) here.low = Math.min(here.low, seen.index);
    }
    if (here.low === here.index) {
      const circle = path.splice(path.indexOf(file));
      if (circle.length > 1) found.push(circle);
    }
    return here;
  };
  for (const file of next.keys()) if (!order.has(file)) visit(file);
  return found;
}

const arrow = ({ from, to }: Import) => `${from} → ${to}`;
const withoutComments = (code: string) => code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '');
