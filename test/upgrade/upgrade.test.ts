import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../src/core/time.ts';
import { features } from '../../src/features.ts';
import { verifies } from '../../src/statements/overview.ts';
import { verifyStored } from '../../src/timeline/store.ts';
import { verifyExport } from '../../src/timeline/verify.ts';
import { type Fixture, fixtures, roomsOf, type Upgraded, upgrade } from './fixture.ts';
import { pressAll, useForms } from './screens.ts';

type Json = Record<string, unknown>;

test('there is a crisis that was open before', () => expect(fixtures.map(({ commit }) => commit)).toContain('9bc7e78'));

describe.each(fixtures)('what $commit left', (fixture) => {
  describe('what was out', () => {
    const registered = new Set(
      features.flatMap(({ actions = [], forms = [], shortcuts = [], jobs = [], subcommands = [] }) =>
        Object.entries({ actions, forms, shortcuts, jobs, commands: subcommands }).flatMap(([kind, entries]) =>
          entries.flatMap(namesOf).map((name) => `${kind} ${name}`),
        ),
      ),
    );
    test.each(['actions', 'forms', 'shortcuts', 'jobs', 'commands'] as const)('%s are all known', (kind) => {
      expect(fixture.ids[kind].filter((id) => !registered.has(`${kind} ${id}`))).toEqual([]);
    });
  });

  describe('people ask what is there, and time passes', () => {
    const company = started(fixture);

    test('commands answer with what is stored', async () => {
      const { sandbox, settled, logged } = company();
      const open = (await roomsOf(company())).find(({ status }) => status === 'open')?.id ?? '';
      const missing: string[] = [];
      for (const [by, command, where, stored] of listsIn(open)) {
        const person = sandbox.person(by);
        const before = person.ephemerals().length;
        await person.command(`/crisis ${command}`, where);
        await settled();
        const answer = JSON.stringify([person.ephemerals().slice(before), person.modal()?.blocks]);
        while (person.modal()) await person.close();
        for (const words of stored) if (!answer.includes(words)) missing.push(`/crisis ${command}: ${words}`);
      }
      expect(missing).toEqual([]);
      expect(logged).toEqual([]);
    });

    test('every job that waited runs to its end', async () => {
      const { waiting, db, leap, settled, logged } = company();
      const known = new Set(features.flatMap(({ jobs = [] }) => jobs.flatMap(namesOf)));
      const kinds = [...new Set(waiting.map(({ kind }) => kind))];
      expect(kinds.filter((kind) => !known.has(kind))).toEqual([]);
      expect(kinds.length).toBeGreaterThan(15);

      const unfinished = async () => {
        const rows = await db.execute<{ id: string; kind: string; ms: number }>(sql`
          select id, data->>'kind' as kind, ceil(extract(epoch from start_after - now()) * 1000)::float8 as ms
          from pgboss.job where state in ('created', 'retry', 'active') order by start_after`);
        const ids = new Set(waiting.map(({ id }) => id));
        return rows.filter(({ id }) => ids.has(id));
      };
      for (let hours = 0, left = await unfinished(); left.length > 0 && hours < 12 * HOUR; left = await unfinished()) {
        const ms = Math.max(30 * MINUTE, left[0]?.ms ?? 0);
        hours += ms;
        await leap(ms);
        await settled();
      }
      expect(await unfinished()).toEqual([]);
      const givenUp = await db.execute(sql`select key, error, job from effects where state <> 'done'`);
      expect(givenUp.map((row) => row)).toEqual([]);
      expect(logged).toEqual([]);
    });

    test('what was in the timeline is there as it was, and its chain holds', () => evidenceHolds(company(), fixture));
  });

  describe('nobody does anything', () => {
    const company = started(fixture);

    test('old cards are one line, a board is posted, and nobody is called or written to again but by one message', async () => {
      const { sandbox, settled, leap } = company();
      await leap(10 * MINUTE);
      await settled();
      const before = new Set(
        Object.values(fixture.workspace.channels).flatMap(({ id, messages }) => messages.map(({ ts }) => id + ts)),
      );
      const open = new Set((await roomsOf(company())).flatMap(({ id, status }) => (status === 'open' ? [id] : [])));
      for (const { id, kind, messages } of sandbox.channels()) {
        const isNew = ({ ts }: { ts: string }) => !before.has(id + ts);
        const saying = (words: RegExp) => messages.filter(({ blocks = [] }) => words.test(JSON.stringify(blocks)));
        if (kind === 'im') {
          const told = saying(/What waits on you\* ·|Ce qui vous attend\* ·/).map(
            ({ blocks }) => /<#\w+>/.exec(JSON.stringify(blocks))?.[0],
          );
          expect(told).toHaveLength(new Set(told).size);
        } else if (open.has(id)) {
          const posted = messages.filter((one) => isNew(one) && one.blocks);
          const mentioned = JSON.stringify(posted.map(({ text, blocks }) => [text, blocks])).match(/<@\w+>/g) ?? [];
          // Whose call waited when the earlier version was stopped.
          expect(mentioned.filter((one) => one !== `<@${sandbox.person('Sam').id}>`)).toEqual([]);
          const cards = messages.filter((one) => !isNew(one) && !one.thread_ts);
          expect(cards.filter(({ blocks }) => /tasks\.(start|done|menu)/.test(JSON.stringify(blocks ?? [])))).toEqual(
            [],
          );
          expect(cards.filter(({ text }) => /^What we know|^Who must hear|: Draft$/.test(text))).toEqual([]);
          expect(
            messages.filter(({ text }) => text.startsWith('Tasks: ')).map((one) => one.thread_ts !== undefined),
          ).toEqual([true]);
        }
      }
    });
  });

  describe('something is done about what people say', () => {
    const company = started(fixture);

    test('one card is left of each statement that was submitted, one line of drafts and of what each person was sent', async () => {
      const { sandbox, settled, db } = company();
      const [open] = (await roomsOf(company())).filter(({ status }) => status === 'open');
      await sandbox.person('Anne').command('/crisis fact The third jar was bought on Monday', open?.id ?? '');
      await settled();
      const rows = await db.execute<{ key: string; channel: string; ts: string; status: string | null }>(sql`
        select e.key, e.channel_id as channel, e.ts, s.status from effects e
        join statements s on position(s.id::text in e.key) > 0 and s.status <> 'withdrawn'
        join crises c on c.id = s.crisis_id and c.status = 'open'
        where e.state = 'done' and e.key like 'statement%' and e.key not like '%@%' and e.key not like '%:text:%'`);
      const shown = rows.map(({ key, channel, ts, status }) => ({
        id: key.split(':')[1] ?? '',
        isCard: key.startsWith('statement:'),
        isWhole: (sandbox.channel(channel)?.messages.find((m) => m.ts === ts)?.blocks?.length ?? 0) > 1,
        status,
      }));
      expect(shown.filter(({ isCard, isWhole }) => !isCard && isWhole)).toEqual([]);
      const cards = shown.filter(({ isCard, isWhole }) => isCard && isWhole);
      expect(cards.map(({ id }) => id)).toHaveLength(new Set(cards.map(({ id }) => id)).size);
      expect(new Set(cards.map(({ status }) => status))).toContain('in_review');
      expect(shown.some(({ isCard, isWhole, status }) => isCard && !isWhole && status === 'draft')).toBe(true);
    });
  });

  describe('people press what is on their screens', () => {
    const company = started(fixture);

    test('every button and every entry of a menu is understood', async () => {
      const before = await kindsOf(company());
      expect(await pressAll(company(), fixture)).toEqual([]);
      const grown = Object.entries(await kindsOf(company())).filter(([kind, n]) => n > (before[kind] ?? 0));
      expect(grown.map(([kind]) => kind)).toEqual(expect.arrayContaining(done));
    }, 180_000);

    test('what was in the timeline is there as it was, and its chain holds', () => evidenceHolds(company(), fixture));
  });

  describe('people send the forms that they had open', () => {
    const company = started(fixture);

    test('every form and everything in it is understood', async () => {
      expect(await useForms(company(), fixture)).toEqual([]);
    }, 180_000);

    test('what was in the timeline is there as it was, and its chain holds', () => evidenceHolds(company(), fixture));
  });
});

/** What the presses bring about, among other things: they are not all refused. */
const done = `callout_answered responder_present task_started fact_false measure_done stakeholder_told
  statement_approval statement_changes_requested crisis_assessed crisis_closed crisis_reopened`.split(/\s+/);

/** The main lists, who asks for them where, and what of the open crisis they must show. */
const listsIn = (room: string): [string, string, string, string[]][] => [
  ['Anne', '', room, ['Glass in a jar of spring soup']],
  ['Anne', 'list', '#general', ['Glass in a jar of spring soup', 'Messages of hatred against a shop manager']],
  ['Anne', 'status', room, ['Glass in a jar of spring soup']],
  ['Anne', 'who', room, ['Helen Park', 'Claire Fontaine']],
  ['Anne', 'tasks mine', room, ['Call the family in Nantes again']],
  ['Anne', 'tasks done', room, ['Answer the insurer']],
  [
    'Anne',
    'facts',
    room,
    ['Both jars are of lot L24117', 'A third jar was found in Paris', 'The line was stopped at ten'],
  ],
  ['Anne', 'decisions', room, ['We recall lot L24117', 'Nobody speaks to the press alone']],
  ['Anne', 'measures', room, ['The sale of lot L24117 is stopped', 'We test every lot of October']],
  ['Anne', 'causes', room, ['A worn seal on filling line 2']],
  ['Anne', 'statements', room, ['A note that is not finished', 'To the school canteens', 'To the shops']],
  ['Anne', 'stakeholder', room, ['The school canteens of Nantes', 'Authority, if a notification is due']],
  ['Anne', 'timeline', room, ['The insurer has opened a file']],
  ['Claire', 'assess list', '#general', ['A rumour about our suppliers']],
  ['Claire', 'liste', '#general', ['Glass in a jar of spring soup']],
];

/** An upgraded company that lives as long as the tests beside it. */
function started(fixture: Fixture): () => Upgraded {
  const running: { company?: Upgraded } = {};
  beforeAll(async () => {
    running.company = await upgrade(fixture);
    await running.company.settled();
  }, 120_000);
  afterAll(() => running.company?.close());
  return () => running.company as Upgraded;
}

/** Each row of a table as it was dumped. */
function dumped({ database }: Fixture, table: string): Json[] {
  const [, rows = '[]'] =
    new RegExp(`^insert into ${table} [^\\n]*\\$rows\\$(\\[[\\s\\S]*?\\])\\$rows\\$`, 'm').exec(database) ?? [];
  return JSON.parse(rows) as Json[];
}

async function evidenceHolds({ db, sandbox, settled, logged }: Upgraded, fixture: Fixture) {
  const from = logged.length;
  for (const table of ['timeline_entries', 'room_message_revisions', 'statement_versions', 'settings_changes']) {
    const before = dumped(fixture, table);
    const now = await db.transaction(async (tx) => {
      await tx.execute(sql`set local timezone = 'UTC'`);
      return tx.execute<{ row: Json }>(sql.raw(`select to_json(t) as row from ${table} t`));
    });
    const texts = new Set(now.map(({ row }) => only(row, Object.keys(before[0] ?? {}))));
    expect(before.filter((row) => !texts.has(only(row, Object.keys(before[0] ?? {}))))).toEqual([]);
    if (table === 'timeline_entries') expect(before.length).toBeGreaterThan(100);
  }
  for (const { id } of await db.execute<{ id: string }>(sql`select id from crises`))
    expect(await verifyStored(db, id, undefined, verifies)).toMatchObject({ ok: true });
  const rooms = await roomsOf({ db });
  for (const { id, lead } of rooms) {
    const person = sandbox.person(lead);
    await person.command('/crisis timeline export', id);
    await settled();
  }
  const files = Object.values(sandbox.snapshot().files).filter((file) =>
    /-(timeline|main-courante)-.*\.json$/.test(file.name),
  );
  expect(files.length).toBeGreaterThan(rooms.length);
  for (const { name, content } of files)
    expect({ name, ...verifyExport(JSON.parse(Buffer.from(content, 'base64').toString())) }).toMatchObject({
      ok: true,
    });
  expect(logged.slice(from)).toEqual([]);
}

/** How many entries of each kind the timelines hold. */
async function kindsOf({ db }: Upgraded): Promise<Record<string, number>> {
  const rows = await db.execute<{ kind: string; n: number }>(
    sql`select kind, count(*)::int as n from timeline_entries group by kind`,
  );
  return Object.fromEntries(rows.map(({ kind, n }) => [kind, n]));
}

const only = (row: Json, names: string[]): string => JSON.stringify(names.map((name) => row[name]));

/** A name and those it had before. */
const namesOf = (one: { id?: string; kind?: string; name?: string; aliases?: readonly string[] }): string[] => [
  ...[one.id ?? one.kind ?? one.name].filter((name) => name !== undefined),
  ...(one.aliases ?? []),
];
