import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { closeCrisis, moveToNewRoom, type OpenWork, reopenCrisis } from '../../src/closing/rules.ts';
import { closingMessages } from '../../src/closing/views.ts';
import { idOf } from '../../src/core/ids.ts';
import { slicesOf } from '../../src/core/slices.ts';
import { after, HOUR, MINUTE } from '../../src/core/time.ts';
import type { Crisis } from '../../src/crises/rules.ts';
import { features } from '../../src/features.ts';
import { type Message, textLength } from '../../src/slack/blocks.ts';
import { limits } from '../../src/slack/limits.ts';
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
const silent = { note: '', tasks: null };
const tasksLeft = { ...nothing, tasks: [{ number: 1, title: 'Call', assigneeId: null, department: null }] };
const leftovers: OpenWork[] = [
  { ...nothing, statements: [{ number: 1, title: 'Holding', status: 'approved' }] },
  { ...nothing, callouts: [{ key: 'legal', name: null }] },
];

describe('closing', () => {
  test('with words or calls left open needs a note; with tasks, what becomes of them; with nothing, neither', () => {
    expect(closeCrisis(open, member, nothing, silent, 1, now)).toMatchObject({ ok: true });
    for (const left of leftovers) {
      const refusal = { code: 'note_missing' };
      expect(closeCrisis(open, member, left, { ...silent, note: ' ' }, 1, now)).toMatchObject({ refusal });
      expect(closeCrisis(open, member, left, { ...silent, note: 'Legal follows' }, 1, now)).toMatchObject({ ok: true });
    }
    expect(closeCrisis(open, member, tasksLeft, { ...silent, note: 'over' }, 1, now)).toMatchObject({
      refusal: { code: 'tasks_left', open: tasksLeft },
    });
    expect(closeCrisis(open, member, tasksLeft, { ...silent, tasks: 'dropped' }, 1, now)).toMatchObject({ ok: true });
  });

  test('stops the digests, posts the timeline once and tells declarer and lead, not who closed it', () => {
    const decision = closeCrisis(open, { ...member, userId: 'ULEAD' }, nothing, { ...silent, note: 'over' }, 2, now);
    if (!decision.ok) throw new Error('refused');
    expect(decision.value.nextDigestAt).toBeNull();
    expect(decision.value).toMatchObject({ status: 'closed', closedBy: 'ULEAD', nextDigestAt: null });
    expect(decision.jobs.map((j) => [j.kind, j.key])).toEqual([
      ['closing.post_timeline', `closing:${open.id}:2`],
      ['closing.tell', `closing:${open.id}:2:UDECLARED`],
      ['closing.redraw', `redraw:${open.id}:closed:2`],
    ]);
  });

  test('is for the cell, and once', () => {
    expect(closeCrisis(open, stranger, nothing, silent, 1, now)).toMatchObject({ refusal: { code: 'not_in_room' } });
    expect(closeCrisis(closed, member, nothing, silent, 1, now)).toMatchObject({
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
      'responders.show_call',
      'statements.rearm',
      'tasks.show_list',
    ]);
    expect(decision).toMatchObject({ value: { status: 'open', closedBy: null, closedAt: null, closeNote: null } });
  });

  test('in a lost room moves to a new one, once', () => {
    const moved = moveToNewRoom(open, 'C1', 1, now);
    if (!moved.ok) throw new Error('refused');
    expect(moved.value).toMatchObject({ channelId: null, roomNumber: 2 });
    expect(moved.jobs.map((j) => j.kind)).toEqual(['war_room.open', 'closing.announce_reopening', 'closing.redraw']);
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
  const numbersIn = ({ blocks }: Message) =>
    [...JSON.stringify(blocks).matchAll(/(?:"text":"|\\n)`(\d+)` <!date/g)].map((x) => Number(x[1]));

  test('tells every entry, in order, where one message holds them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), (count) => {
        const entries = Array.from({ length: count }, (_, i) => entry(i + 1, `what happened ${i + 1}`));
        const { story, summary } = told(entries);
        expect(numbersIn(story)).toEqual(entries.map((e) => e.seq));
        expect(JSON.stringify(summary)).toContain('stakeholders told: 2 of 5');
        expect(JSON.stringify(summary)).toContain(`${count} ${count === 1 ? 'entry' : 'entries'}. Fingerprint`);
      }),
      { numRuns: 20 },
    );
  });

  test('of ten thousand entries is what mattered most, in one message', () => {
    const entries = Array.from({ length: 10_000 }, (_, i) => entry(i + 1, `what happened ${i + 1}`));
    const { story, summary } = told(entries);
    expect(textLength(story.blocks)).toBeLessThanOrEqual(limits.messageBlocksText);
    const numbers = numbersIn(story);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    for (let seq = 500; seq <= 10_000; seq += 500) expect(numbers).toContain(seq);
    expect(JSON.stringify(summary)).toContain('10000 entries');
    // One number, said once.
    expect(JSON.stringify(story)).not.toMatch(/\d+ entries/);
  });
});
