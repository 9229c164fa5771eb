import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLog } from '../../src/logger.ts';
import { write } from '../statements/support.ts';
import { fillClosing } from '../support/acts.ts';
import { type Company, startCompany } from '../support/company.ts';

/** In every text that anybody writes; it must be in nothing that is logged or printed. */
const marker = 'Wombat7';
let company: Company;
const lines: string[] = [];
const printed: string[] = [];
const kept = [process.stdout, process.stderr].map((stream) => ({ stream, write: stream.write.bind(stream) }));
beforeAll(async () => {
  for (const { stream, write } of kept)
    stream.write = (chunk: string | Uint8Array, ...rest: []) => {
      printed.push(String(chunk));
      return write(chunk, ...rest);
    };
  company = await startCompany({
    log: createLog('debug', { write: (line) => void lines.push(line) }),
    events: { ackTimeoutMs: 1000, eventRetryDelaysMs: [10] },
  });
});
afterAll(async () => {
  for (const { stream, write } of kept) stream.write = write;
  await company.close();
});
const silent = () => {
  expect(lines.join('')).not.toContain(marker);
  expect(printed.join('')).not.toContain(marker);
};

test('what people write is never logged, at any level, in a whole crisis', async () => {
  const { helen, tom } = company;
  const room = await company.declare(`${marker} recall`, { summary: `${marker} summary` });
  for (const line of [
    `task ${marker} now <@${tom.id}> in 20 min`,
    `task ${marker} at 99:99`,
    `log ${marker}`,
    `log at 25:61 ${marker}`,
    `level major ${marker}`,
    `lead <@${tom.id}> ${marker}`,
    `call <@${tom.id}> ${marker}`,
    `${marker} unknown`,
    `digest ${marker}`,
    `verify ${marker}`,
  ]) {
    await helen.command(`/crisis ${line}`, room);
    await company.settled();
    while (helen.modal()) await helen.close();
  }
  await write(company, helen, room, { title: `${marker} title`, text: `${marker} body` });
  const said = await tom.say(room, `${marker} message`, { files: [{ name: `${marker}.txt`, content: marker }] });
  await company.settled();
  await tom.react(said, 'pushpin');
  await tom.edit(said, `${marker} edited`);
  await company.settled();
  await tom.delete(said);
  await helen.command('/crisis close', room);
  await helen.waitForModal({ callbackId: 'closing.close' });
  fillClosing(helen, `${marker} note`);
  await helen.submit();
  await company.settled();
  while (helen.modal()) await helen.close();
  silent();
});

test('nor when everything fails: the database, Slack, an answer that cannot be delivered', async () => {
  const { db } = company.app.deps;
  const { helen, tom, sandbox } = company;
  const room = await company.declare(`${marker} second`, { by: helen });
  const before = lines.length;
  for (const table of ['timeline_entries', 'tasks', 'room_message_revisions', 'statement_versions'])
    await db.execute(sql`alter table ${sql.identifier(table)} rename to ${sql.identifier(`${table}_away`)}`);
  await helen.command(`/crisis log ${marker}`, room);
  await helen.command(`/crisis task ${marker} <@${tom.id}>`, room);
  await helen.command(`/crisis timeline ${marker}`, room);
  await helen.say(room, `${marker} said`);
  for (const table of ['timeline_entries', 'tasks', 'room_message_revisions', 'statement_versions'])
    await db.execute(sql`alter table ${sql.identifier(`${table}_away`)} rename to ${sql.identifier(table)}`);
  await company.settledWithRetries();
  for (const [method, error] of [
    ['chat.postMessage', 'msg_too_long'],
    ['chat.update', 'edit_window_closed'],
    ['views.open', 'invalid_arguments'],
  ] as const)
    sandbox.faults.always(method, { kind: 'error', error });
  await helen.command(`/crisis task ${marker}`, room);
  await helen.command(`/crisis log ${marker}`, room);
  await helen.command(`/crisis declare ${marker}`, room);
  await company.settled();
  sandbox.faults.clear();
  // A value that the database cannot read, and one that JSON cannot.
  await db
    .execute(sql`select ${marker}::text::uuid`)
    .catch((error: unknown) => company.app.deps.log.error({ err: error }, 'x'));
  await db
    .execute(sql`select ${marker}::text::int`)
    .catch((error: unknown) => company.app.deps.log.error({ err: error }, 'x'));
  for (const fails of [
    () => JSON.parse(`{${marker}`) as unknown,
    () => new Intl.DateTimeFormat('en', { timeZone: marker }),
  ])
    try {
      fails();
    } catch (error) {
      company.app.deps.log.error({ err: error }, 'x');
    }
  const failed = lines.slice(before).map((line) => JSON.parse(line) as { level: number });
  expect(failed.filter((line) => line.level >= 50).length).toBeGreaterThan(6);
  silent();
});
