import { mkdirSync } from 'node:fs';
import { openEmbedded } from '../../../db/client.ts';
import { buildManifest } from '../../../manifests/build.ts';
import { startApp } from '../../app.ts';
import type { Config } from '../../config.ts';
import { createLog } from '../../logger.ts';
import { nextDeadline, settledIn } from '../demo/stage.ts';
import { openBook } from '../page/book.ts';
import { buildSite } from '../page/build.ts';
import { openPage } from '../page/index.ts';
import { keptClock } from './clock.ts';
import { seedRoster } from './roster.ts';
import { openWorkspace } from './workspace.ts';

/** Everything on this machine: an embedded database, the sandbox workspace and the very same product connected to it. */
export async function startTrial(config: Config): Promise<{ stop(): Promise<void> }> {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const started = performance.now();
  say('\nCrisis War Room, trial mode: no Slack credentials are set, so everything runs on this machine.\n');
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const clock = keptClock(config.dataDir);
  say('  · opening the embedded database (the first start takes a few seconds) …');
  // The page is drawn up while the database opens; its own trouble is told when it is needed.
  const site = buildSite();
  site.catch(() => {});
  const database = await openEmbedded(config.dataDir);
  say('  · opening the sandbox workspace "Maison Aurore" …');
  const sandbox = await openWorkspace(config.dataDir, {
    manifest: buildManifest('socket'),
    port: config.sandboxPort,
    now: clock.now,
  });
  say('  · connecting the bot to it …');
  const app = await startApp({
    database,
    now: clock.now,
    log: createLog(config.logLevel === 'info' ? 'warn' : config.logLevel),
    slack: {
      botToken: sandbox.botToken,
      apiUrl: sandbox.apiUrl,
      transport: { kind: 'socket', appToken: sandbox.appToken, apiUrl: sandbox.apiUrl },
    },
  });
  await seedRoster(app, sandbox);
  say('  · drawing the workspace page (built at the first start, kept afterwards) …');
  const settled = settledIn(app, sandbox);
  const advance = async (ms: number) => {
    for (let left = ms; left > 0; ) {
      const jump = Math.min(left, await nextDeadline(app));
      clock.advance(jump);
      await app.advance(jump);
      await settled();
      left -= jump;
    }
  };
  const page = await openPage({
    sandbox,
    advance,
    site,
    book: (pass) => openBook({ sandbox, settled, advance: pass }),
  });
  const upkeep = setInterval(() => void database.maintain().catch(() => {}), 10 * 60_000);
  say(`  · ready after ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
  say(`  ▶ Open ${page.url} in your browser and live a crisis.\n`);
  say(`  Slack-compatible API: ${sandbox.apiUrl}`);
  say(
    `  People: ${sandbox
      .people()
      .filter((p) => !p.is_bot)
      .map((p) => p.real_name ?? p.name)
      .join(', ')}`,
  );
  say(`  Data folder: ${config.dataDir}\n`);
  say('  To watch a whole crisis being lived by four people:   npm run demo');
  say('  To connect your own Slack workspace:                  see "Connect your workspace" in README.md');
  say('  To stop:                                              Ctrl+C\n');
  return {
    stop: async () => {
      clearInterval(upkeep);
      await app.stop();
      await sandbox.stop();
      await database.close();
    },
  };
}
