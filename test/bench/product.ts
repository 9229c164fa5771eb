import { openEmbedded, openPostgres } from '../../db/client.ts';
import { departments, tasks } from '../../db/schema/index.ts';
import { startApp } from '../../src/app.ts';
import { createLog } from '../../src/logger.ts';
import { seedCrises, seedHistory, seedWork } from './seed.ts';

/** The product as it runs in production, over signed HTTP, for the bench to send commands to. */
const [signingSecret = '', apiUrl = '', botToken = '', database = 'memory', rooms = '0', roster = '[]', entries = '0'] =
  process.argv.slice(2);
const opened = database.startsWith('postgres') ? await openPostgres(database) : await openEmbedded(database);
const app = await startApp({
  database: opened,
  log: createLog('error'),
  // One person sends everything.
  rateLimit: { burst: Number.MAX_SAFE_INTEGER, everyMs: 1 },
  slack: { botToken, apiUrl, transport: { kind: 'http', signingSecret, port: 0 } },
});
if (Number(rooms) > 0) {
  const crises = await seedCrises(opened.db, app.workspaceId, Number(rooms));
  if (Number(entries) > 0) {
    await seedWork(opened.db, crises, { tasks: 25, statements: 10 });
    const ids = crises.map((crisis) => crisis.id);
    await seedHistory(opened, app.workspaceId, ids, Number(entries));
  }
}
const rows = (JSON.parse(roster) as Omit<typeof departments.$inferInsert, 'workspaceId'>[]).map((row) => ({
  ...row,
  workspaceId: app.workspaceId,
}));
if (rows.length > 0) await opened.db.insert(departments).values(rows);
process.send?.({ port: app.port });
const answers = {
  heap: async () => {
    // Twice: what the first pass frees in its callbacks goes with the second.
    globalThis.gc?.();
    globalThis.gc?.();
    return process.memoryUsage().heapUsed;
  },
  tasks: () => opened.db.$count(tasks),
};
process.on('message', (what: keyof typeof answers) => {
  void answers[what]().then((answer) => process.send?.({ answer }));
});
