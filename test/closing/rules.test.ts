import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { closeCrisis, mostMessages, moveToNewRoom, type OpenWork, reopenCrisis } from '../../src/closing/rules.ts';
import { closingMessages } from '../../src/closing/views.ts';
import { idOf } from '../../src/core/ids.ts';
import { slicesOf } from '../../src/core/slices.ts';
import { after, HOUR, MINUTE } from '../../src/core/time.ts';
import type { Crisis } from '../../src/crises/rules.ts';
import { features } from '../../src/features.ts';
import type { ChainedEntry } from '../../src/timeline/chain.ts';
import { aCrisis, aReader } from '../support/crisis.ts';

const now = new Date('2026-11-22T17:00:00Z');
const open = aCrisis(now, {
  number: 3,
  declaredBy: 'UDECLARED',
  digestNumber: 2,
  nextDigestAt: after(now, HOUR),
  timelineSeq: 9,
});
const closed: Crisis = {
  ...open,
  status: 'closed',
  closedBy: 'U1',
  closedAt: now,
  closeNote: 'over',
  nextDigestAt: null,
};
const member = { userId: 'U1', inCell: true, isLead: false };
const stranger = { ...member, inCell: false };
const nothing: OpenWork = { tasks: [], statements: [], callouts: [] };
const leftovers: OpenWork[] = [
  { ...nothing, tasks: [{ number: 1, title: 'Call', assigneeId: null, department: null }] },
  { ...nothing, statements: [{ number: 1, title: 'Holding', status: 'approved' }] },
  { ...nothing, callouts: [{ key: 'legal', name: null }] },
];

describe('closing', () => {
  test('with nothing left open needs no note; with anything left, it does', () => {
    expect(closeCrisis(open, member, nothing, '', 1, now)).toMatchObject({ ok: true });
    for (const left of leftovers) {
      expect(closeCrisis(open, member, left, ' ', 1, now)).toMatchObject({
        ok: false,
        refusal: { code: 'note_missing' },
      });
      expect(closeCrisis(open, member, left, 'Handed to support', 1, now)).toMatchObject({ ok: true });
    }
  });

  test('stops the digests, posts the timeline once and tells declarer and lead, not who closed it', () => {
    const decision = closeCrisis(open, { ...member, userId: 'ULEAD' }, nothing, 'over', 2, now);
    if (!decision.ok) throw new Error('refused');
    expect(decision.value.nextDigestAt).toBeNull();
    expect(decision.value).toMatchObject({ status: 'closed', closedBy: 'ULEAD', nextDigestAt: null });
    expect(decision.jobs.map((j) => [j.kind, j.key])).toEqual([
      ['closing.post_timeline', `closing:${open.id}:2`],
      ['closing.tell', `closing:${open.id}:2:UDECLARED`],
    ]);
  });

  test('is for the cell, and once', () => {
    expect(closeCrisis(open, stranger, nothing, '', 1, now)).toMatchObject({ refusal: { code: 'not_in_room' } });
    expect(closeCrisis(closed, member, nothing, '', 1, now)).toMatchObject({
      refusal: { code: 'closed', by: 'U1', at: now },
    });
  });
});

describe('reopening', () => {
  test('needs a reason, a closed crisis and somebody of its cell', () => {
    const code = (crisis: Crisis, by: typeof member, reason: string) => {
      const decision = reopenCrisis(crisis, by, reason, 1, now);
      return decision.ok ? 'ok' : decision.refusal.code;
    };
    expect(code(closed, member, 'it is back')).toBe('ok');
    expect(code(closed, stranger, 'it is back')).toBe('not_in_room');
    expect(code(open, member, 'it is back')).toBe('not_closed');
    expect(code(closed, member, '  ')).toBe('reason_missing');
  });

  test('looks at the room and sets again every deadline that rang while it was closed', () => {
    const decision = reopenCrisis(closed, member, 'it is back', 1, now);
    if (!decision.ok) throw new Error('refused');
    const follow = decision.timeline.flatMap(({ kind }) => slicesOf(features).follow(kind, closed.id));
    expect([...decision.jobs, ...follow].map((j) => j.kind).toSorted()).toEqual([
      'assessment.start',
      'closing.check_room',
      'crises.watch_people',
      'digests.start',
      'first_hour.set_clock',
      'responders.call_departments',
      'statements.rearm',
      'tasks.rearm',
    ]);
    expect(decision).toMatchObject({ value: { status: 'open', closedBy: null, closedAt: null, closeNote: null } });
  });

  test('in a lost room moves to a new one, once', () => {
    const moved = moveToNewRoom(open, 'C1', 1, now);
    if (!moved.ok) throw new Error('refused');
    expect(moved.value).toMatchObject({ channelId: null, roomNumber: 2 });
    expect(moved.jobs.map((j) => j.kind)).toEqual(['war_room.open', 'closing.announce_reopening']);
    const opened = { ...moved.value, channelId: 'C2' };
    expect(moveToNewRoom(opened, 'C1', 1, now)).toMatchObject({ value: opened, jobs: [], timeline: [] });
    expect(moveToNewRoom(closed, 'C1', 1, now)).toMatchObject({ jobs: [], timeline: [] });
  });
});

describe('the closing story', () => {
  const entry = (seq: number, text: string): ChainedEntry => ({
    id: idOf(`e${seq}`),
    crisisId: open.id,
    seq,
    kind: seq % 500 === 0 ? 'statement_published' : 'note',
    occurredAt: after(now, seq * MINUTE),
    recordedAt: after(now, seq * MINUTE),
    actorId: 'U1',
    actorName: 'Claire',
    textEn: text,
    textFr: text,
    data: {},
    correctsId: null,
    prevHash: '',
    hash: '',
  });
  const figures = {
    lastsMs: HOUR,
    published: 1,
    firstWordsMs: 45 * MINUTE,
    tasksDone: 3,
    tasks: 4,
    told: 2,
    listed: 5,
  };
  const closing = { byId: 'U1', at: now, note: 'over', figures, hash: 'abc' };
  const told = (entries: ChainedEntry[]) =>
    closingMessages(closed, closing, entries, slicesOf(features).kindOf, aReader(now));
  const numbersIn = (messages: { blocks: unknown[] }[]) =>
    messages.flatMap((m) =>
      [...JSON.stringify(m.blocks).matchAll(/(?:"text":"|\\n)`(\d+)` <!date/g)].map((x) => Number(x[1])),
    );

  test('tells every entry, in order, when it can be read', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), (count) => {
        const entries = Array.from({ length: count }, (_, i) => entry(i + 1, `what happened ${i + 1}`));
        const { story, summary } = told(entries);
        expect(numbersIn(story)).toEqual(entries.map((e) => e.seq));
        expect(JSON.stringify(summary)).toContain('*Stakeholders told*\\n2 of 5');
        expect(JSON.stringify(summary)).toContain(`${count} entries in ${story.length}`);
      }),
      { numRuns: 20 },
    );
  });

  test('of ten thousand entries is what mattered most, and says so', () => {
    const entries = Array.from({ length: 10_000 }, (_, i) => entry(i + 1, `what happened ${i + 1}`));
    const { story, summary, end } = told(entries);
    expect(story.length).toBeLessThanOrEqual(mostMessages);
    const numbers = numbersIn(story);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    for (let seq = 500; seq <= 10_000; seq += 500) expect(numbers).toContain(seq);
    expect(JSON.stringify(summary)).toContain('10000 entries: too many to read in Slack');
    expect(JSON.stringify(end)).toContain('10000 entries');
  });
});
