import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq, getTableName, is, sql } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ofNoWorkspace } from '../../db/erase-workspace.ts';
import * as schema from '../../db/schema/index.ts';
import { after, DAY } from '../../src/core/time.ts';
import { run as erase } from '../../src/log/erase/cli.ts';
import { run as settings } from '../../src/settings/cli.ts';
import { verifyStored } from '../../src/timeline/store.ts';
import { eraseRemoved } from '../../src/workspaces/store.ts';
import { newKey, nova, type Shared, startShared } from '../support/shared.ts';

describe('a workspace that removed the product', () => {
  let shared: Shared;
  let removedAt: Date;
  const db = () => shared.database.db;
  /** Every row of every table, and of the work that waits. */
  const everything = async () => {
    const names = Object.values(schema).flatMap((one) => (is(one, PgTable) ? [getTableName(one)] : []));
    const rows = await Promise.all(
      [...names.map((name) => sql.identifier(name)), sql.raw('pgboss.job'), sql.raw('pgboss.schedule')].map(
        async (name) => JSON.stringify(await db().execute(sql`select to_json(t) as row from ${name} t`)),
      ),
    );
    return rows.join('\n');
  };
  beforeAll(async () => {
    shared = await startShared({ keys: [newKey()] });
    for (const team of [shared.sandbox.team.id, nova.id]) await shared.install(team);
    const [claire, nina] = [shared.sandbox.person('Claire'), shared.sandbox.person('Nina')];
    await shared.declare(claire, 'Soup recall');
    const room = await shared.declare(nina, 'Leaked prices');
    await nina.command('/crisis log The prices are out', room);
    await nina.say(room, 'Who did this?');
    await nina.command('/crisis task Ask the agency', room);
    await shared.settled();
  });
  afterAll(() => shared.close());

  test('is kept for the days that its settings file says, and not an hour less', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'keep-'));
    const path = join(folder, 'settings.json');
    const now = new Date();
    const file = JSON.parse((await settings(['export', '--workspace', nova.id], db(), now)).out) as object;
    const importing = async (days: unknown) => {
      writeFileSync(path, JSON.stringify({ ...file, keepDaysAfterRemoval: days }));
      return settings(['import', path, '--workspace', nova.id], db(), now);
    };
    expect((await importing(0)).error).toContain('a whole number of days');
    expect((await importing(30)).out).toContain('data is kept 30 days, then erased');
    expect((await settings(['export', '--workspace', nova.id], db(), now)).out).toContain('"keepDaysAfterRemoval": 30');
    rmSync(folder, { recursive: true });

    expect(await eraseRemoved(db(), after(now, 1000 * DAY))).toEqual([]);
    shared.sandbox.uninstall(nova.id);
    await shared.settled();
    const [ended] = await db().select().from(schema.installations).where(eq(schema.installations.workspaceId, nova.id));
    removedAt = ended?.endedAt ?? now;
    const was = await everything();
    expect(was).toContain('Who did this?');
    expect(await eraseRemoved(db(), after(removedAt, 30 * DAY - 1))).toEqual([]);
    expect(await everything()).toBe(was);
  });

  test('then nothing of it is left, and the others are as they were', async () => {
    expect(await erase(['--removed'], db(), after(removedAt, 30 * DAY))).toEqual({
      code: 0,
      text: `Erased: ${nova.id}`,
    });
    const left = await everything();
    for (const word of [nova.id, 'Leaked prices', 'The prices are out', 'Who did this?', 'Ask the agency', 'Nina'])
      expect(left).not.toContain(word);
    const crises = await db().select().from(schema.crises);
    expect(crises.map(({ title }) => title)).toEqual(['Soup recall']);
    expect(await verifyStored(db(), crises[0]?.id ?? '')).toMatchObject({ ok: true });
    expect(await eraseRemoved(db(), after(removedAt, 31 * DAY))).toEqual([]);
    await expect(db().execute(sql`delete from timeline_entries`)).rejects.toThrow();
  });

  test('and may come back, as one that is new', async () => {
    await shared.install(nova.id);
    const nina = shared.sandbox.person('Nina');
    await shared.declare(nina, 'Second leak');
    expect((await everything()).includes('Second leak')).toBe(true);
    expect(shared.sandbox.problems).toEqual([]);
  });
});

test('every table belongs to a workspace, but those of short-lived keys and of restorations', () => {
  expect(ofNoWorkspace().toSorted()).toEqual(['channel_paces', 'deliveries', 'restorations']);
});
