import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Mutation, mutations } from './list.ts';

/**
 * `npm run test:mutations [WORDS]`: a check of the suite. Each mutation takes a guarantee away, in a copy of the sources,
 * and its tests must fail. Fails itself when one of them passes, or when a text to replace stands in its file no longer.
 */
const root = resolve(import.meta.dirname, '../..');
const words = process.argv.slice(2).join(' ');
const chosen = mutations.filter(({ what, file, tests }) => [what, file, ...tests].join(' ').includes(words));

const copy = mkdtempSync(join(tmpdir(), 'war-room-mutations-'));
process.on('exit', () => rmSync(copy, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));
for (const name of ['db', 'manifests', 'src', 'test', 'package.json', 'package-lock.json', 'tsconfig.json'])
  cpSync(join(root, name), join(copy, name), { recursive: true });
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));

type End = 'passes' | 'fails' | 'cannot run';

/** How each of these test files ends, by its tests. */
function run(tests: readonly string[]): { test: string; ends: End }[] {
  const results = join(copy, 'results.json');
  rmSync(results, { force: true });
  const options = ['--reporter=json', `--outputFile=${results}`, ...(tests.length === 1 ? ['--bail=1'] : [])];
  const { stderr } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--config', 'test/vitest.config.ts', ...tests, ...options],
    { cwd: copy, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  if (!existsSync(results)) process.stderr.write(stderr);
  const files = existsSync(results) ? (JSON.parse(readFileSync(results, 'utf8')) as Results).testResults : [];
  return tests.map((test) => {
    const file = files.find(({ name }) => name.endsWith(test));
    const ended = new Set(file?.assertionResults.map(({ status }) => status));
    return { test, ends: ended.has('failed') ? 'fails' : file?.status === 'passed' ? 'passes' : 'cannot run' };
  });
}

type Results = { testResults: { name: string; status: string; assertionResults: { status: string }[] }[] };

/** Answers what is wrong with the suite, or null. */
function survives({ file, text, becomes, tests }: Mutation): string | null {
  const source = readFileSync(join(root, file), 'utf8');
  const found = source.split(text).length - 1;
  if (found !== 1) return `its text stands in ${file} ${found} times`;
  writeFileSync(
    join(copy, file),
    source.replace(text, () => becomes),
  );
  const wrong = run(tests).filter(({ ends }) => ends !== 'fails');
  writeFileSync(join(copy, file), source);
  return wrong.length === 0 ? null : wrong.map(({ test, ends }) => `${test} ${ends}`).join(', ');
}

let wrong = chosen.length === 0 ? 1 : 0;
const say = (problem: string | null, what: string) => {
  if (problem) wrong += 1;
  process.stdout.write(`${problem ? 'WRONG  ' : 'noticed'}  ${what}${problem ? `: ${problem}` : ''}\n`);
};
// What fails anyway notices nothing.
for (const { test, ends } of run([...new Set(chosen.flatMap(({ tests }) => tests))]))
  if (ends !== 'passes') say(`${ends} without any mutation`, test);
if (wrong === 0) for (const mutation of chosen) say(survives(mutation), mutation.what);
process.stdout.write(`${chosen.length} mutations, ${wrong} wrong\n`);
process.exit(wrong === 0 ? 0 : 1);
