import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { idOf } from '../../src/core/ids.ts';
import { after, MINUTE } from '../../src/core/time.ts';
import { textLength } from '../../src/slack/blocks.ts';
import { limits } from '../../src/slack/limits.ts';
import {
  type ChainedEntry,
  type ChainedRevision,
  entryHash,
  erasedWords,
  erasureKind,
  genesisHash,
  messagesGenesisHash,
  revisionHash,
} from '../../src/timeline/chain.ts';
import { exportJson, exportMarkdown, type TimelineExport, timelineExport } from '../../src/timeline/export.ts';
import { storyMessages } from '../../src/timeline/lines.ts';
import { compareExports, explain, verifyExport } from '../../src/timeline/verify.ts';
import { run } from '../../src/timeline/verify-cli.ts';

const crisisId = idOf('crisis');
const now = new Date('2026-11-22T17:00:00.123Z');

function chainOf(count: number, text = (seq: number) => `entry ${seq}`): ChainedEntry[] {
  const entries: ChainedEntry[] = [];
  for (let seq = 1; seq <= count; seq += 1) {
    const fields = {
      id: idOf(`entry ${seq}`),
      crisisId,
      seq,
      kind: 'note',
      occurredAt: after(now, (seq - 1) * MINUTE),
      recordedAt: after(now, (seq - 1) * MINUTE),
      actorId: 'U1',
      actorName: 'Claire',
      textEn: text(seq),
      textFr: text(seq),
      data: { b: seq, a: { é: [1, null, 'x'] } },
      correctsId: null,
      prevHash: entries.at(-1)?.hash ?? genesisHash(crisisId),
    };
    entries.push({ ...fields, hash: entryHash(fields) });
  }
  return entries;
}

function exported(
  entries: ChainedEntry[],
  language: 'en' | 'fr' = 'en',
  messages: ChainedRevision[] = [],
): TimelineExport {
  return timelineExport({
    exportedAt: now,
    crisis: {
      id: crisisId,
      number: 3,
      title: 'Soup *recall*',
      status: 'closed',
      declaredAt: now,
      closedAt: now,
      timeZone: 'Europe/Paris',
      language,
    },
    head: {
      entries: entries.length,
      hash: entries.at(-1)?.hash ?? genesisHash(crisisId),
      messages: { count: messages.length, hash: messages.at(-1)?.hash ?? messagesGenesisHash(crisisId) },
    },
    entries,
    messages,
    named: (id) => `name of ${id}`,
  });
}

function messagesOf(count: number): ChainedRevision[] {
  const revisions: ChainedRevision[] = [];
  for (let seq = 1; seq <= count; seq += 1) {
    const fields = {
      crisisId,
      seq,
      channelId: 'C1',
      ts: `17000000${Math.ceil(seq / 2)}.000100`,
      threadTs: seq === 2 ? '1700000001.000100' : null,
      authorId: 'U1',
      files: [{ id: `F${seq}`, name: 'plan.pdf' }],
      revision: 2 - (seq % 2),
      change: seq % 2 ? ('posted' as const) : ('edited' as const),
      byId: 'U1',
      text: `message ${seq}`,
      occurredAt: after(now, seq * MINUTE),
      recordedAt: after(now, seq * MINUTE),
      prevHash: revisions.at(-1)?.hash ?? messagesGenesisHash(crisisId),
    };
    revisions.push({ ...fields, hash: revisionHash(fields) });
  }
  return revisions;
}

/** As somebody does who knows how the chain is made. */
function rechained(revisions: readonly ChainedRevision[]): ChainedRevision[] {
  let prevHash = messagesGenesisHash(crisisId);
  return revisions.map((revision) => {
    const hash = revisionHash({ ...revision, prevHash });
    const made = { ...revision, prevHash, hash };
    prevHash = hash;
    return made;
  });
}

/** Every single place of a value at which something stands: the path to it. */
function leavesOf(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path];
  const inside = Object.entries(value).flatMap(([key, v]) => leavesOf(v, [...path, key]));
  return inside.length > 0 ? inside : [path];
}

function putAt(root: unknown, path: readonly (string | number)[], change: (value: unknown) => unknown): void {
  const parent = path.slice(0, -1).reduce((at, key) => (at as Record<string, unknown>)[key], root);
  const key = path.at(-1) as string;
  (parent as Record<string, unknown>)[key] = change((parent as Record<string, unknown>)[key]);
}

type Loose = {
  head: { entries: number; hash: string };
  entries: Record<string, unknown>[];
  messages: Record<string, unknown>[];
};
const asFile = (timeline: TimelineExport): Loose => JSON.parse(exportJson(timeline)) as Loose;

describe('an exported timeline', () => {
  test('that nobody touched is verified, with its head', () => {
    const file = asFile(exported(chainOf(12)));
    const verdict = verifyExport(file);
    expect(verdict).toMatchObject({ ok: true, entries: 12 });
    expect(explain(verdict)).toBe(`ok, 12 entries, head hash ${file.head.hash}`);
  });

  test('tells which entry was changed, whatever was changed in it', () => {
    const fields = ['kind', 'occurredAt', 'recordedAt', 'actorId', 'actorName', 'textEn', 'textFr', 'data'] as const;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.constantFrom(...fields), (seq, field) => {
        const file = asFile(exported(chainOf(9)));
        const entry = file.entries[seq - 1] as Record<string, unknown>;
        entry[field] =
          field === 'data' ? { a: 'other' } : field.endsWith('At') ? '2020-01-01T00:00:00.000Z' : 'something else';
        expect(verifyExport(file)).toEqual({ ok: false, code: 'altered', of: 'entry', at: seq });
      }),
    );
  });

  test('is refused after any single change: of a field, of a part of one, of one more or one less, in an entry or a message', () => {
    const whole = asFile(exported(chainOf(5), 'en', messagesOf(5)));
    expect(verifyExport(whole)).toMatchObject({ ok: true, entries: 5, messages: 5 });
    const other = (value: unknown) => fc.jsonValue().filter((v) => JSON.stringify(v) !== JSON.stringify(value));
    const places = (['entries', 'messages'] as const).flatMap((list) =>
      whole[list].flatMap((one, i) => [
        ...leavesOf(one).map((path) => [list, i, ...path]),
        ...Object.keys(one).map((key) => [list, i, key]),
      ]),
    );
    const mutation = fc.constantFrom(...places).chain((path) => {
      const value = path.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], whole);
      const near =
        typeof value === 'string'
          ? fc.constantFrom(`${value} `, value.toUpperCase(), value.slice(0, -1), value.replace('Z', '+00:00'))
          : fc.constant(null);
      const changed = fc.oneof(near, other(value)).filter((v) => JSON.stringify(v) !== JSON.stringify(value));
      return fc.record({ path: fc.constant(path), value: changed });
    });
    fc.assert(
      fc.property(mutation, ({ path, value }) => {
        const file = structuredClone(whole);
        putAt(file, path, () => value);
        expect(verifyExport(file).ok).toBe(false);
      }),
      { numRuns: 3000 },
    );
    for (const list of ['entries', 'messages'] as const) {
      for (const key of Object.keys(whole[list][0] ?? {})) {
        const without = structuredClone(whole);
        delete without[list][2]?.[key];
        expect(verifyExport(without).ok, `without ${key}`).toBe(false);
      }
      const more = structuredClone(whole);
      (more[list][2] as Record<string, unknown>)['remark'] = 'x';
      expect(verifyExport(more).ok).toBe(false);
    }
    const polluted = JSON.parse(JSON.stringify(whole).replace('"data":{', '"data":{"__proto__":{"x":1},')) as unknown;
    expect(verifyExport(polluted)).toMatchObject({ ok: false, code: 'altered', at: 1 });
  });

  const tampered: [string, (list: Record<string, unknown>[]) => void, object][] = [
    [
      'changed',
      (list) => Object.assign(list[3] as object, { recordedAt: '2020-01-01T00:00:00.000Z' }),
      { code: 'altered', at: 4 },
    ],
    ['removed in the middle', (list) => list.splice(3, 1), { code: 'missing', at: 4 }],
    [
      'removed in the middle, with the numbers closed up',
      (list) => {
        list.splice(3, 1);
        for (const [i, one] of list.entries()) one['seq'] = i + 1;
      },
      { code: 'missing', at: 4 },
    ],
    ['removed at the end', (list) => list.splice(6), { code: 'cut', at: 7, announced: 9 }],
    ['removed at the beginning', (list) => list.shift(), { code: 'missing', at: 1 }],
    ['inserted twice', (list) => list.splice(4, 0, { ...list[3] }), { code: 'inserted', at: 4 }],
    [
      'inserted, with the numbers made to fit',
      (list) => {
        list.splice(4, 0, {
          ...list[3],
          recordedAt: now.toISOString(),
          prevHash: list[3]?.['hash'],
          hash: 'f'.repeat(64),
        });
        for (const [i, one] of list.entries()) one['seq'] = i + 1;
      },
      { code: 'inserted', at: 5 },
    ],
    [
      'reordered',
      (list) => {
        const [a, b] = [list[3], list[4]] as [Record<string, unknown>, Record<string, unknown>];
        [list[3], list[4]] = [b, a];
      },
      { code: 'moved', at: 4 },
    ],
    [
      'reordered, with the numbers made to fit',
      (list) => {
        const [a, b] = [list[3], list[5]] as [Record<string, unknown>, Record<string, unknown>];
        [list[3], list[5]] = [
          { ...b, seq: 4 },
          { ...a, seq: 6 },
        ];
      },
      { code: 'moved', at: 4 },
    ],
  ];
  test.each(tampered)('of which something was %s tells what and where', (_, tamper, found) => {
    for (const list of ['entries', 'messages'] as const) {
      const file = asFile(exported(chainOf(9), 'en', messagesOf(9)));
      tamper(file[list]);
      const of = list === 'entries' ? 'entry' : 'message';
      expect(verifyExport(file), list).toEqual({ ok: false, of, ...found });
    }
  });

  test('that was rewritten from an entry on is told by its head, by a fingerprint that was kept, and located by an earlier export', () => {
    const whole = chainOf(9);
    const rewritten = chainOf(9, (seq) => (seq < 5 ? `entry ${seq}` : 'nothing happened'));
    const lazy = asFile({ ...exported(rewritten), head: exported(whole).head });
    expect(verifyExport(lazy)).toMatchObject({ ok: false, code: 'other_head', at: 9 });
    const thorough = asFile(exported(rewritten));
    expect(verifyExport(thorough)).toMatchObject({ ok: true });
    expect(verifyExport(thorough, whole[6]?.hash)).toEqual({ ok: false, code: 'posted_head_absent' });
    expect(compareExports(exported(whole.slice(0, 7)), exported(rewritten))).toEqual({
      code: 'differs',
      of: 'entry',
      at: 5,
    });
    expect(compareExports(exported(whole.slice(0, 7)), exported(whole))).toBeNull();
  });

  test('holds the messages to the seal in it', () => {
    const messages = messagesOf(4);
    const entries = chainOf(3);
    const fields = {
      ...(entries[2] as ChainedEntry),
      kind: 'crisis_closed',
      data: { messages: { count: 4, hash: messages.at(-1)?.hash } },
    };
    const sealed = [...entries.slice(0, 2), { ...fields, hash: entryHash(fields) }];
    expect(verifyExport(asFile(exported(sealed, 'en', messages)))).toMatchObject({ ok: true });
    for (const forged of [[], messages.slice(0, 3), messagesOf(4).map((m) => ({ ...m, text: 'nothing' }))]) {
      const rehashed = rechained(forged);
      expect(verifyExport(asFile(exported(sealed, 'en', rehashed)))).toMatchObject({
        ok: false,
        code: 'broken_seal',
        at: 3,
      });
    }
  });

  test('tells where an entry was taken out, moved or replaced', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), (seq) => {
        const without = asFile(exported(chainOf(9)));
        without.entries.splice(seq - 1, 1);
        expect(verifyExport(without)).toMatchObject({ ok: false, code: 'missing', at: seq });

        const replaced = asFile(exported(chainOf(9)));
        const other = asFile(exported(chainOf(9, (n) => `other ${n}`)));
        replaced.entries[seq - 1] = other.entries[seq - 1] as Record<string, unknown>;
        const verdict = verifyExport(replaced);
        expect(verdict.ok).toBe(false);
        // The forged entry is consistent in itself: it, or the first one that no longer follows, gives it away.
        if (!verdict.ok && 'at' in verdict) expect([seq, seq + 1]).toContain(verdict.at);
      }),
    );
  });

  test('of an earlier version, from which an entry tells that words were erased, verifies but for those words', () => {
    const whole = chainOf(6);
    const fields = {
      ...(whole[5] as ChainedEntry),
      kind: erasureKind,
      data: { words: [3], names: [4], messages: [] },
    };
    const told = [...whole.slice(0, 5), { ...fields, hash: entryHash(fields) }];
    const without = (entry: ChainedEntry) =>
      entry.seq === 3 ? { ...entry, ...erasedWords } : entry.seq === 4 ? { ...entry, actorName: null } : entry;
    expect(verifyExport(asFile(exported(told.map(without))))).toMatchObject({ ok: true });
    expect(verifyExport(asFile(exported(whole.map(without))))).toMatchObject({ ok: false, code: 'altered', at: 3 });
    const forged = told.map((entry) => (entry.seq === 3 ? { ...entry, textEn: 'She agreed' } : without(entry)));
    expect(verifyExport(asFile(exported(forged)))).toMatchObject({ ok: false, code: 'altered', at: 3 });
  });

  test('that was cut is found out, even with a head made to fit, by the head posted in the room', () => {
    const whole = asFile(exported(chainOf(9)));
    const cut = structuredClone(whole);
    cut.entries.splice(6);
    expect(verifyExport(cut)).toEqual({ ok: false, code: 'cut', of: 'entry', at: 7, announced: 9 });
    cut.head = { ...cut.head, entries: 6, hash: String(cut.entries[5]?.['hash']) };
    expect(verifyExport(cut)).toMatchObject({ ok: true });
    expect(verifyExport(cut, whole.head.hash)).toEqual({ ok: false, code: 'posted_head_absent' });
    expect(verifyExport(whole, cut.head.hash)).toMatchObject({ ok: true, postedAtEntry: 6 });
  });

  test('cannot be passed off as another crisis’s', () => {
    const file = asFile(exported(chainOf(3)));
    (file as unknown as { crisis: { id: string } }).crisis.id = idOf('another');
    expect(verifyExport(file)).toMatchObject({ ok: false, code: 'foreign', at: 1 });
  });
});

describe('npm run verify-timeline', () => {
  const folder = mkdtempSync(join(tmpdir(), 'verify-timeline-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (name: string, content: string) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };

  test('answers 0 for a whole timeline, 1 with the entry for a forged one, 2 for a file it cannot check', () => {
    const timeline = exported(chainOf(4));
    const good = file('good.json', exportJson(timeline));
    expect(run([good])).toEqual({ code: 0, text: `ok, 4 entries, head hash ${timeline.head.hash}` });
    expect(run([good, '--head', timeline.head.hash]).text).toContain('the head posted in the room');
    expect(run([good, '--head', 'f'.repeat(64)])).toMatchObject({ code: 1 });

    const forged = asFile(timeline);
    (forged.entries[2] as Record<string, unknown>)['textEn'] = 'we knew nothing';
    const bad = run([file('forged.json', JSON.stringify(forged))]);
    expect(bad.code).toBe(1);
    expect(bad.text).toMatch(/^entry 3: altered/);

    // The hash sees the second of the two; whoever reads the file sees the first.
    const twice = exportJson(timeline).replace(
      '"textEn": "entry 2"',
      '"textEn": "we knew nothing",\n      "textEn": "entry 2"',
    );
    expect(run([file('twice.json', twice)])).toMatchObject({ code: 1, text: expect.stringContaining('byte for byte') });

    expect(run([file('other.json', '{"a":1}')])).toMatchObject({ code: 2 });
    expect(run([file('broken.json', '{')])).toMatchObject({ code: 2 });
    expect(run([join(folder, 'absent.json')])).toMatchObject({ code: 2 });
    expect(run([])).toMatchObject({ code: 2 });
    expect(run([good, '--what'])).toMatchObject({ code: 2 });
  });

  test('checks the Markdown file as well, against the JSON file beside it', () => {
    const timeline = exported(chainOf(4), 'fr');
    file('read.json', exportJson(timeline));
    const markdown = exportMarkdown(timeline);
    expect(run([file('read.md', markdown)])).toMatchObject({ code: 0 });
    expect(run([file('read.md', markdown.replaceAll('\n', '\r\n'))])).toMatchObject({ code: 0 });
    // As earlier versions wrote it, with a line that says how to check it.
    const hint =
      '- Chacun peut vérifier hors ligne que rien n’a été altéré : `npm run verify-timeline -- <ce fichier ou le fichier JSON>`, puis comparer l’empreinte à celle affichée dans la cellule de crise\n';
    expect(run([file('read.md', markdown.replace('- Messages', `${hint}- Messages`))])).toMatchObject({ code: 0 });
    const line = markdown.split('\n').findIndex((l) => l.startsWith('entry 3')) + 1;
    expect(run([file('read.md', markdown.replace('entry 3', 'nothing'))])).toEqual({
      code: 1,
      text: `line ${line}: not what the JSON file says. The Markdown file was changed.`,
    });
    expect(run([file('alone.md', markdown)])).toMatchObject({ code: 2 });
  });

  test('says from where on a timeline was rewritten, given an export that was kept', () => {
    const kept = file('kept.json', exportJson(exported(chainOf(4))));
    const same = file('same.json', exportJson(exported(chainOf(7))));
    const other = file('rewritten.json', exportJson(exported(chainOf(7, (n) => (n < 3 ? `entry ${n}` : 'nothing')))));
    expect(run([same, '--earlier', kept])).toMatchObject({ code: 0 });
    expect(run([other, '--earlier', kept])).toEqual({
      code: 1,
      text: 'entry 3: not what the earlier export says. Everything from here on was rewritten.',
    });
  });
});

describe('a timeline for reading', () => {
  test('names people, keeps both clocks, and lets nothing typed become formatting', () => {
    const text = exportMarkdown(
      exported(
        chainOf(2, () => '# not a heading <@U9> [x](http://y)\n- dash'),
        'fr',
      ),
    );
    expect(text).toContain('# Main courante de la crise n° 3 : Soup \\*recall\\*');
    expect(text).toContain('18:00:00 (2026-11-22 17:00:00 UTC)');
    expect(text).toContain('\\# not a heading name of U9 \\[x\\](http://y)');
    expect(text).toContain('\\- dash');
    expect(text).not.toContain('<@U');
  });

  test('is told in Slack whole and within its limits, whatever is written', () => {
    const named = (id: string) => id;
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string({ maxLength: 400 }), fc.string({ minLength: 2000, maxLength: 9000 })), {
          maxLength: 60,
        }),
        (texts) => {
          const entries = chainOf(texts.length, (seq) => `<${texts[seq - 1] ?? ''}`);
          const pages = storyMessages(
            entries,
            { language: 'en', timeZone: 'Europe/Paris', named },
            (a, b) => `${a}/${b}`,
          );
          const shown = pages.flatMap((page) =>
            page.blocks.map((block) => (block.type === 'section' ? (block.text?.text ?? '') : '')),
          );
          for (const page of pages) {
            const sizes = page.blocks.map((b) => (b.type === 'section' ? (b.text?.text.length ?? 0) : 0));
            expect(page.blocks.length).toBeLessThanOrEqual(50);
            expect(Math.max(...sizes)).toBeLessThanOrEqual(3000);
            expect(textLength(page.blocks)).toBeLessThanOrEqual(limits.messageBlocksText);
          }
          const numbers = [...shown.join('\n').matchAll(/^`(\d+)` <!date/gm)].map((m) => Number(m[1]));
          expect(numbers).toEqual(entries.map((e) => e.seq));
        },
      ),
      { numRuns: 30 },
    );
  });
});
