import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { idOf } from '../../src/core/ids.ts';
import { after, MINUTE } from '../../src/core/time.ts';
import { type ChainedEntry, entryHash, genesisHash } from '../../src/timeline/chain.ts';
import { exportJson, exportMarkdown, type TimelineExport, timelineExport } from '../../src/timeline/export.ts';
import { storyMessages } from '../../src/timeline/lines.ts';
import { explain, verifyExport } from '../../src/timeline/verify.ts';
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

function exported(entries: ChainedEntry[], language: 'en' | 'fr' = 'en'): TimelineExport {
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
    head: { entries: entries.length, hash: entries.at(-1)?.hash ?? '' },
    entries,
    messages: [],
    named: (id) => `name of ${id}`,
  });
}

type Loose = { head: { entries: number; hash: string }; entries: Record<string, unknown>[] };
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
        expect(verifyExport(file)).toEqual({ ok: false, code: 'altered', entry: seq });
      }),
    );
  });

  test('tells where an entry was taken out, moved or replaced', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), (seq) => {
        const without = asFile(exported(chainOf(9)));
        without.entries.splice(seq - 1, 1);
        expect(verifyExport(without)).toMatchObject({ ok: false, code: 'missing', entry: seq });

        const replaced = asFile(exported(chainOf(9)));
        const other = asFile(exported(chainOf(9, (n) => `other ${n}`)));
        replaced.entries[seq - 1] = other.entries[seq - 1] as Record<string, unknown>;
        const verdict = verifyExport(replaced);
        expect(verdict.ok).toBe(false);
        // The forged entry is consistent in itself: it, or the first one that no longer follows, gives it away.
        if (!verdict.ok && 'entry' in verdict) expect([seq, seq + 1]).toContain(verdict.entry);
      }),
    );
  });

  test('that was cut is found out, even with a head made to fit, by the head posted in the room', () => {
    const whole = asFile(exported(chainOf(9)));
    const cut = structuredClone(whole);
    cut.entries.splice(6);
    expect(verifyExport(cut)).toEqual({ ok: false, code: 'cut', entries: 6, announced: 9 });
    cut.head = { entries: 6, hash: String(cut.entries[5]?.['hash']) };
    expect(verifyExport(cut)).toMatchObject({ ok: true });
    expect(verifyExport(cut, whole.head.hash)).toEqual({ ok: false, code: 'posted_head_absent' });
    expect(verifyExport(whole, cut.head.hash)).toMatchObject({ ok: true, postedAtEntry: 6 });
  });

  test('cannot be passed off as another crisis’s', () => {
    const file = asFile(exported(chainOf(3)));
    (file as unknown as { crisis: { id: string } }).crisis.id = idOf('another');
    expect(verifyExport(file)).toMatchObject({ ok: false, code: 'foreign', entry: 1 });
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

    expect(run([file('other.json', '{"a":1}')])).toMatchObject({ code: 2 });
    expect(run([file('broken.json', '{')])).toMatchObject({ code: 2 });
    expect(run([join(folder, 'absent.json')])).toMatchObject({ code: 2 });
    expect(run([])).toMatchObject({ code: 2 });
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
            expect(sizes.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(13_000);
          }
          const numbers = [...shown.join('\n').matchAll(/^`(\d+)` <!date/gm)].map((m) => Number(m[1]));
          expect(numbers).toEqual(entries.map((e) => e.seq));
        },
      ),
      { numRuns: 30 },
    );
  });
});
