// Does what the Dockerfile says, without a container engine: its COPY and RUN steps of the first stage in a clean folder with a
// clean environment, then its CMD with credentials that no Slack takes. Ends with 0 when the product starts as far as that, and without credentials says that the trial is not there.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'war-room-image-'));
const env = { PATH: process.env.PATH ?? '', HOME: folder };
const lines = readFileSync(new URL('Dockerfile', import.meta.url), 'utf8').split('\n');
const built = lines.slice(
  0,
  lines.findLastIndex((line) => line.startsWith('FROM ')),
);
try {
  for (const line of built) {
    const [step, ...words] = line.split(' ');
    if (step === 'RUN') execFileSync('sh', ['-c', words.join(' ')], { cwd: folder, env, stdio: 'inherit' });
    if (step !== 'COPY') continue;
    const [target, ...sources] = words.toReversed();
    for (const source of sources)
      cpSync(join(root, source), join(folder, target === './' ? source : target), { recursive: true });
  }
  const megabytes = execFileSync('du', ['-sm', 'node_modules'], { cwd: folder, encoding: 'utf8' }).split('\t')[0];
  const start = (more) =>
    spawnSync(process.execPath, ['src/start.mjs'], {
      cwd: folder,
      env: { ...env, ...more, DATA_DIR: join(folder, 'data'), HEALTH_PORT: '0' },
      encoding: 'utf8',
      timeout: 120_000,
    });
  const credentials = {
    SLACK_BOT_TOKEN: 'xoxb-1',
    SLACK_APP_TOKEN: 'xapp-1',
    SLACK_API_URL: 'http://127.0.0.1:9/api/',
  };
  for (const { given, words } of [
    { given: credentials, words: 'Slack cannot be reached' },
    { given: {}, words: 'the trial workspace is not part of this installation' },
  ]) {
    const { status, stdout, stderr } = start(given);
    const isRight = status === 1 && stderr.includes(words);
    console.log(`${isRight ? 'ok' : 'not ok'}: started as far as "${words}" (node_modules: ${megabytes} MB)`);
    if (isRight) continue;
    console.error(stdout, stderr);
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
