import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { idOf } from '../../src/core/ids.ts';
import { type Level, levels } from '../../src/core/levels.ts';
import { slicesOf } from '../../src/core/slices.ts';
import { after, DAY, HOUR, MINUTE } from '../../src/core/time.ts';
import {
  beatKey,
  beatOf,
  makeDigest,
  nextDigestAt,
  type Rhythm,
  ranked,
  readWish,
  restartDigests,
  setRhythm,
  startDigests,
} from '../../src/digests/rules.ts';
import { features } from '../../src/features.ts';
import { aCrisis } from '../support/crisis.ts';

const now = new Date('2026-11-22T17:00:00Z');
const crisis = aCrisis(now);
const rhythm: Rhythm = {
  level: 'crisis',
  ownMinutes: null,
  workspaceMinutes: undefined,
  turnAt: after(now, -HOUR),
  beatsAtLevel: 0,
  quiet: 0,
};
const member = { userId: 'U1', inCell: true, isLead: false };
const minutes = (r: Partial<Rhythm>) => (beatOf({ ...rhythm, ...r }) ?? 0) / MINUTE;

describe('the beat', () => {
  test.each<[Level, number, number]>([
    ['routine', 1440, 1440],
    ['watch', 1440, 1440],
    ['incident', 240, 240],
    ['crisis', 60, 120],
    ['major', 30, 60],
  ])('of %s is every %i minutes for the first four, then every %i', (level, first, later) => {
    for (const beatsAtLevel of [0, 3]) expect(minutes({ level, beatsAtLevel })).toBe(first);
    for (const beatsAtLevel of [4, 50]) expect(minutes({ level, beatsAtLevel })).toBe(later);
  });

  test('is the workspace’s where it set one, and a person’s before both; 0 is none', () => {
    expect(minutes({ workspaceMinutes: 45 })).toBe(45);
    expect(minutes({ workspaceMinutes: 45, ownMinutes: 20 })).toBe(20);
    expect(beatOf({ ...rhythm, ownMinutes: 0 })).toBeNull();
    expect(beatOf({ ...rhythm, workspaceMinutes: 0 })).toBeNull();
  });

  test('halves after two without news, and never comes less than daily for that', () => {
    expect(minutes({ quiet: 1 })).toBe(60);
    expect(minutes({ quiet: 2 })).toBe(120);
    expect(minutes({ quiet: 9 })).toBe(120);
    expect(minutes({ level: 'watch', quiet: 5 })).toBe(1440);
  });
});

describe('the next digest', () => {
  const beat = fc.integer({ min: 10, max: 1440 }).map((m) => m * MINUTE);

  test('is in the future, at least half a beat away and in step, however long the product was down', () => {
    fc.assert(
      fc.property(beat, fc.integer({ min: 0, max: 30 * DAY }), (every, late) => {
        const at = after(now, late);
        const next = nextDigestAt(now, every, at);
        const wait = next.getTime() - at.getTime();
        expect(wait).toBeGreaterThanOrEqual(every / 2);
        expect(wait).toBeLessThan(every * 1.5 + 1);
        expect((next.getTime() - now.getTime()) % every).toBe(0);
      }),
    );
  });

  test('on time is one beat later', () => {
    fc.assert(
      fc.property(beat, fc.integer({ min: 0, max: 5000 }), (every, lag) => {
        expect(nextDigestAt(now, every, after(now, lag))).toEqual(after(now, every));
      }),
    );
  });

  test('after five missed beats comes once, and one alarm stands for all of them', () => {
    const due = { ...crisis, nextDigestAt: now };
    const late = after(now, 5 * HOUR + 10 * MINUTE);
    const first = makeDigest(due, { why: 'beat', dueAt: now }, { digestId: idOf('d'), changed: true, rhythm }, late);
    if (!first.ok) throw new Error('refused');
    expect(first.value.outcome).toBe('posted');
    const next = first.value.crisis.nextDigestAt;
    expect(next && next > late).toBe(true);
    expect(first.jobs.filter((j) => j.kind === 'digests.beat')).toHaveLength(1);
    const again = makeDigest(
      first.value.crisis,
      { why: 'beat', dueAt: now },
      { digestId: idOf('d2'), changed: true, rhythm },
      late,
    );
    expect(again).toMatchObject({ ok: true, value: { outcome: 'none' }, jobs: [], timeline: [] });
  });
});

describe('a digest', () => {
  const state = { digestId: idOf('d'), changed: false, rhythm };
  const due = { ...crisis, nextDigestAt: now, digestNumber: 3 };

  test('without news posts nothing, keeps the beat and has the brief say so', () => {
    const decision = makeDigest(due, { why: 'beat', dueAt: now }, state, now);
    expect(decision).toMatchObject({ ok: true, value: { outcome: 'skipped' }, timeline: [] });
    if (decision.ok) {
      expect(decision.value.crisis).toMatchObject({ digestNumber: 3, nextDigestAt: after(now, HOUR) });
      expect(decision.jobs.map((j) => j.kind).sort()).toEqual(['digests.beat', 'war_room.refresh_brief']);
    }
  });

  test('that a person asks for is given even without news, and leaves the beat where it is', () => {
    const later = { ...due, nextDigestAt: after(now, 20 * MINUTE) };
    const decision = makeDigest(later, { why: 'asked', by: member }, state, now);
    expect(decision).toMatchObject({
      ok: true,
      value: { outcome: 'posted', crisis: { digestNumber: 4, nextDigestAt: later.nextDigestAt } },
      cancel: [],
    });
    expect(decision.ok && decision.jobs.some((j) => j.kind === 'digests.beat')).toBe(false);
  });

  test('is for the cell of an open crisis only', () => {
    const asked = (by: typeof member, of = due) => makeDigest(of, { why: 'asked', by }, state, now);
    expect(asked({ ...member, inCell: false })).toMatchObject({ ok: false, refusal: { code: 'not_in_room' } });
    expect(asked(member, { ...due, status: 'closed' })).toMatchObject({ ok: false, refusal: { code: 'closed' } });
    const beat = makeDigest({ ...due, status: 'closed' }, { why: 'beat', dueAt: now }, state, now);
    expect(beat).toMatchObject({ ok: true, value: { outcome: 'none' } });
  });

  test('that a person asks for right before the beat moves that one on: never two within minutes', () => {
    const soon = { ...due, nextDigestAt: after(now, 9 * MINUTE) };
    const decision = makeDigest(soon, { why: 'asked', by: member }, state, now);
    expect(decision).toMatchObject({
      ok: true,
      value: { outcome: 'posted', crisis: { nextDigestAt: after(now, 9 * MINUTE + HOUR) } },
      cancel: [beatKey(crisis.id, soon.nextDigestAt)],
    });
  });

  test('comes a whole beat of the new level after a change of level; twice told, the same', () => {
    const major = { ...due, level: 'major' as const };
    const turned: Rhythm = { ...rhythm, level: 'major', turnAt: after(now, -MINUTE) };
    const moved = restartDigests(major, turned, now);
    expect(moved.value).toMatchObject({ digestNumber: 3, nextDigestAt: after(now, 29 * MINUTE) });
    expect(moved.cancel).toEqual([beatKey(crisis.id, now)]);
    expect(moved.jobs.map((j) => j.kind).sort()).toEqual(['digests.beat', 'war_room.refresh_brief']);
    const again = restartDigests(moved.value, turned, now);
    expect(again).toMatchObject({ value: moved.value, cancel: [] });
    expect(restartDigests(major, { ...turned, ownMinutes: 0 }, now).value.nextDigestAt).toBeNull();
  });

  test('whose alarm rings within minutes of a change of level is put off by a beat', () => {
    const turned: Rhythm = { ...rhythm, turnAt: after(now, -2 * MINUTE) };
    const decision = makeDigest(due, { why: 'beat', dueAt: now }, { ...state, changed: true, rhythm: turned }, now);
    expect(decision).toMatchObject({
      ok: true,
      value: { outcome: 'none', crisis: { nextDigestAt: after(now, 58 * MINUTE) } },
      timeline: [],
    });
  });

  test('ranks what happened by what people need to know, and never tells of itself', () => {
    const kinds = ['task_created', 'digest_posted', 'note', 'statement_published', 'level_changed', 'person_joined'];
    const entries = kinds.map((kind, i) => ({ kind, seq: i + 1 }));
    expect(ranked(entries, slicesOf(features).kindOf).map((e) => e.kind)).toEqual([
      'level_changed',
      'statement_published',
      'note',
      'task_created',
    ]);
  });
});

describe('what happened', () => {
  const { kindOf } = slicesOf(features);
  const order = (...kinds: string[]) =>
    ranked(
      kinds.map((kind, i) => ({ kind, seq: i + 1 })),
      kindOf,
    ).map(({ kind }) => kind);

  test('first words that are late come before a task that somebody added later', () => {
    expect(order('first_words_late', 'task_created')).toEqual(['first_words_late', 'task_created']);
  });

  test('a kind that only an earlier version wrote is told, after what matters', () => {
    expect(order('of_an_earlier_version', 'digest_posted', 'task_created')).toEqual([
      'task_created',
      'of_an_earlier_version',
    ]);
  });

  test('every kind that a rule writes is listed by a slice, once, and typed by its table', () => {
    const listed = features.flatMap(({ entryKinds = {} }) => Object.keys(entryKinds));
    expect(listed).toEqual([...new Set(listed)]);
    const made = sources().flatMap(({ file, code }) =>
      [...code.matchAll(/\bkind\b([^\n;{}()]*)[,\n]\s*occurredAt\b/g)].map(([, said = '']) => ({ file, code, said })),
    );
    const literals = made.flatMap(({ said }) =>
      [...said.replaceAll(/=== '\w+'/g, '').matchAll(/'(\w+)'/g)].map(([, kind = '']) => kind),
    );
    expect(literals).toEqual(expect.arrayContaining(['first_words_late', 'note', 'correction', 'posture_set']));
    expect(literals.filter((kind) => !listed.includes(kind))).toEqual([]);
    const untyped = made.filter(({ said, code }) => !said.includes("'") && !/import type \{ Kind \}/.test(code));
    expect(untyped.map(({ file }) => file)).toEqual([]);
  });

  /** The files that make entries of the timeline. */
  function sources() {
    const src = join(import.meta.dirname, '../../src');
    return readdirSync(src, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !/^(sandbox|timeline)/.test(name))
      .map((file) => ({ file, code: readFileSync(join(src, file), 'utf8') }))
      .filter(({ code }) => /core\/decision/.test(code));
  }
});

describe('the rhythm that a person sets', () => {
  test.each(levels)('goes back to that of %s with “auto”', (level) => {
    const decision = setRhythm({ ...crisis, level, digestMinutes: 20 }, null, { ...rhythm, level }, member, now);
    expect(decision.ok && decision.value.nextDigestAt).toEqual(after(now, minutes({ level }) * MINUTE));
  });

  test('takes back the alarm it replaces', () => {
    const due = { ...crisis, nextDigestAt: after(now, HOUR) };
    const every = setRhythm(due, 30, rhythm, member, now);
    expect(every).toMatchObject({ ok: true, cancel: [beatKey(crisis.id, after(now, HOUR))] });
    const off = setRhythm(due, 0, rhythm, member, now);
    expect(off).toMatchObject({ ok: true, value: { digestMinutes: 0, nextDigestAt: null } });
    expect(off.ok && off.jobs.some((j) => j.kind === 'digests.beat')).toBe(false);
  });

  test('is between ten minutes and a day', () => {
    for (const wrong of [1, 9, 1441, 5000])
      expect(setRhythm(crisis, wrong, rhythm, member, now)).toMatchObject({
        ok: false,
        refusal: { code: 'beat_out_of_range' },
      });
    for (const right of [10, 1440]) expect(setRhythm(crisis, right, rhythm, member, now).ok).toBe(true);
  });

  test('starts once', () => {
    const started = startDigests(crisis, rhythm, now);
    expect(started.value.nextDigestAt).toEqual(after(now, HOUR));
    expect(startDigests(started.value, rhythm, now).jobs).toEqual([]);
  });

  test.each([
    ['', { do: 'now' }],
    ['now', { do: 'now' }],
    ['Maintenant', { do: 'now' }],
    ['de situation', { do: 'now' }],
    ['off', { do: 'off' }],
    ['arrêt', { do: 'off' }],
    ['auto', { do: 'auto' }],
    ['every 30m', { do: 'every', minutes: 30 }],
    ['every 2 hours', { do: 'every', minutes: 120 }],
    ['every hour', { do: 'every', minutes: 60 }],
    ['toutes les 30 min', { do: 'every', minutes: 30 }],
    ['toutes les 2 heures', { do: 'every', minutes: 120 }],
    ['1h30', { do: 'every', minutes: 90 }],
    ['tomorrow', null],
    ['every banana', null],
  ])('is read from “%s”', (typed, wish) => expect(readWish(typed)).toEqual(wish));
});
