import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './load.ts';
import { type Row, row } from './report.ts';

const rounds = 5;

/** From the command to "ready" on a data folder that exists, and the memory at rest afterwards. */
export async function start(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'war-room-bench-'));
  const product = await several(() => once(['src/start.mjs'], /ready after/, { DATA_DIR: folder, SANDBOX_PORT: '0' }));
  const baseFolder = mkdtempSync(join(tmpdir(), 'war-room-bench-'));
  const baseline = await several(() =>
    once(['--import', 'tsx', 'test/bench/open-and-import.ts', join(baseFolder, 'database')], /ready/, {}),
  );
  rmSync(folder, { recursive: true, force: true });
  rmSync(baseFolder, { recursive: true, force: true });
  return [
    row('start to ready, embedded, second start', 'ms', product.ms, baseline.ms, 1.5, 'lower'),
    row('idle memory, embedded', 'MiB', product.mib, baseline.mib, 1.5, 'lower'),
  ];
}

async function several(act: () => Promise<{ ms: number; mib: number }>) {
  await act();
  const found = [];
  for (let i = 0; i < rounds; i += 1) found.push(await act());
  return { ms: median(found.map((f) => f.ms)), mib: median(found.map((f) => f.mib)) };
}

function once(args: string[], ready: RegExp, env: Record<string, string>): Promise<{ ms: number; mib: number }> {
  const started = performance.now();
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (!ready.test(output)) return;
      child.stdout.removeAllListeners('data');
      const ms = performance.now() - started;
      setTimeout(() => {
        const rss = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
        child.removeAllListeners('exit');
        child.once('exit', () => resolve({ ms, mib: Number(rss) / 1024 }));
        child.kill('SIGTERM');
      }, 3000);
    });
    child.once('exit', (code) => reject(new Error(`ended with code ${code} before it was ready:\n${output}`)));
  });
}
