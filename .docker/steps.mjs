// Does what the Dockerfile says, without a container engine: its COPY and RUN steps of the first stage in a clean folder with a
// clean environment, then its CMD with credentials that no Slack takes. Ends with 0 when the product starts as far as that.
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
  const credentials = {
    SLACK_BOT_TOKEN: 'xoxb-1',
    SLACK_APP_TOKEN: 'xapp-1',
    SLACK_API_URL: 'http://127.0.0.1:9/api/',
  };
  const started = spawnSync(process.execPath, ['src/start.mjs'], {
    cwd: folder,
    env: { ...env, ...credentials, DATA_DIR: join(folder, 'data'), HEALTH_PORT: '0' },
    encoding: 'utf8',
    timeout: 120_000,
  });
  const isRight = started.status === 1 && started.stderr.includes('Slack cannot be reached');
  console.log(`${isRight ? 'ok' : 'not ok'}: what the image holds starts (node_modules: ${megabytes} MB)`);
  if (!isRight) console.error(started.stdout, started.stderr);
  process.exitCode = isRight ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
