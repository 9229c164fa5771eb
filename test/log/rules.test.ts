import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { after, MINUTE, SECOND } from '../../src/core/time.ts';
import { observe, type Seen } from '../../src/log/capture.ts';
import { momentOf } from '../../src/log/rules.ts';
import { readEvent } from '../../src/log/slack-message.ts';
import { readNote } from '../../src/log/when.ts';

const now = new Date('2026-11-22T17:30:00Z');

describe('the time of a note', () => {
  test.each([
    ['at 14:05 the press called', '13:05', 'the press called'],
    ['à 14h05 la presse a appelé', '13:05', 'la presse a appelé'],
    ['À 14 h 05, la presse a appelé', '13:05', 'la presse a appelé'],
    ['a 9h : premier appel', '08:00', 'premier appel'],
    ['at 2:05 pm the press called', '13:05', 'the press called'],
    ['at 9am first call', '08:00', 'first call'],
    ['at 12:10 am it began', '23:10', 'it began'],
    ['at 00:00 midnight', '23:00', 'midnight'],
    ['14:05 the regulator called', '13:05', 'the regulator called'],
    ['14h05 le régulateur a appelé', '13:05', 'le régulateur a appelé'],
    ['14:05 – le régulateur a appelé', '13:05', 'le régulateur a appelé'],
    ['2:05pm the regulator called', '13:05', 'the regulator called'],
    ['9 am first call', '08:00', 'first call'],
    ['9:05 first call', '08:05', 'first call'],
    ['14:05 - 3 jars found', '13:05', '3 jars found'],
    ['14:05, the regulator called', '13:05', 'the regulator called'],
  ])('%s', (typed, utc, text) => {
    const note = readNote(typed, now, 'Europe/Paris');
    expect(note).toMatchObject({ text });
    expect('occurredAt' in note && note.occurredAt.toISOString().slice(11, 16)).toBe(utc);
  });

  test.each([
    'the press called at 14:05',
    'at 10 Downing Street they know',
    'at least three people',
    'à la une',
    '14h sans réponse',
    '1h30 sans courant',
    '12h30 d’interruption',
    '14:05:33 payment API returned 500',
    '14:00-15:30 outage',
    '14:00 – 15:30 outage',
    '2pm to 4pm outage',
    'at 14:00-15:30 outage',
    '1:10,000 dilution',
    '00:11:22:33:44:55 is the address',
    '3 people called',
    '14:055 jars',
    '25:10 of video are online',
    '10:75 is on the label',
    '2026-11-22 is the date on the label',
  ])('is now when none is given: %s', (typed) =>
    expect(readNote(typed, now, 'Europe/Paris')).toEqual({ text: typed, occurredAt: now }),
  );

  test('that has not come yet, or that no clock shows, is refused rather than guessed', () => {
    expect(readNote('at 18:31 x', now, 'Europe/Paris')).toMatchObject({ problem: 'future', typed: 'at 18:31' });
    expect(readNote('18:31 x', now, 'Europe/Paris')).toMatchObject({ problem: 'future', typed: '18:31' });
    expect(readNote('at 18:29 x', now, 'Europe/Paris')).toMatchObject({ text: 'x' });
    expect(readNote('at 25:10 x', now, 'Europe/Paris')).toMatchObject({ problem: 'bad_time' });
    expect(readNote('at 10:75 x', now, 'Europe/Paris')).toMatchObject({ problem: 'bad_time' });
    expect(readNote('at 13:05 pm x', now, 'Europe/Paris')).toMatchObject({ problem: 'bad_time' });
  });

  // Clocks in Paris went back from 03:00 to 02:00 at 01:00 UTC.
  test.each([
    ['00:50', '00:40'],
    ['01:30', '00:40'],
    ['01:50', '01:40'],
  ])('is the later of the two that have been when an hour is repeated: 02:40, typed at %s UTC', (typedAt, utc) => {
    const note = readNote('02:40 the press called', new Date(`2026-10-25T${typedAt}:00Z`), 'Europe/Paris');
    expect('occurredAt' in note && note.occurredAt.toISOString()).toBe(`2026-10-25T${utc}:00.000Z`);
  });

  test('is that of the person’s own clock', () => {
    const note = readNote('at 9:30 x', now, 'America/New_York');
    expect('occurredAt' in note && note.occurredAt.toISOString()).toBe('2026-11-22T14:30:00.000Z');
  });
});

describe('what was seen of a message', () => {
  const facts: Seen[] = [
    { change: 'posted', text: 'first', at: now, byId: 'U1' },
    { change: 'edited', text: 'second', at: after(now, SECOND), byId: 'U1' },
    { change: 'edited', text: 'third', at: after(now, MINUTE), byId: 'U1' },
    { change: 'deleted', text: 'third', at: after(now, 2 * MINUTE), byId: null },
  ];

  test('comes to the same, in whatever order and however often Slack delivers it', () => {
    const deliveries = fc.array(fc.nat({ max: facts.length - 1 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(deliveries, (order) => {
        const seen = [...order, 0, 1, 2, 3].map((i) => facts[i] as Seen);
        let known: Seen[] = [];
        let present = observe([], []).present;
        for (const one of seen) {
          const step = observe(known, [one]);
          known = [...known, ...step.added];
          present = step.present;
        }
        expect(known.toSorted((a, b) => a.at.getTime() - b.at.getTime())).toEqual(
          facts.map((f) => expect.objectContaining(f) as unknown),
        );
        expect(present).toEqual({ text: 'third', deletedAt: facts[3]?.at });
      }),
    );
  });

  test('an edit that overtakes its post keeps the wording it replaced', () => {
    const edit = observe([], [facts[0] as Seen, facts[1] as Seen]);
    expect(edit.added.map((a) => [a.change, a.before])).toEqual([
      ['posted', ''],
      ['edited', 'first'],
    ]);
    const late = observe(edit.added, [facts[0] as Seen]);
    expect(late.added).toEqual([]);
    expect(late.present.text).toBe('second');
  });
});

describe('deliveries of messages', () => {
  const bot = 'UBOT';
  const base = { channel: 'C1', type: 'message' };

  test('of the product itself, and what nobody wrote, are left out; their edits too', () => {
    const edited = { ts: '1.2', user: bot, text: 'new', edited: { ts: '2.0', user: bot } };
    expect(readEvent({ ...base, ts: '1.2', user: bot, text: 'x' }, bot)).toBeNull();
    expect(readEvent({ ...base, subtype: 'message_changed', message: edited }, bot)).toBeNull();
    const gone = { ts: '1.2', user: bot, text: 'x' };
    expect(
      readEvent({ ...base, subtype: 'message_deleted', deleted_ts: '1.2', previous_message: gone }, bot),
    ).toBeNull();
    expect(readEvent({ ...base, ts: '1.2', user: 'U1', subtype: 'channel_join', text: 'joined' }, bot)).toBeNull();
  });

  test('of a message with replies that was removed are deletions, though Slack calls them edits', () => {
    const event = {
      ...base,
      subtype: 'message_changed',
      event_ts: '1700000100.000200',
      message: { ts: '1700000000.000100', subtype: 'tombstone', text: 'This message was deleted.', user: 'USLACKBOT' },
      previous_message: { ts: '1700000000.000100', user: 'U1', text: 'what it said' },
    };
    const read = readEvent(event, bot);
    expect(read?.seen.map((s) => [s.change, s.text])).toEqual([
      ['posted', 'what it said'],
      ['deleted', 'what it said'],
    ]);
    expect(read?.seen.at(-1)?.at).toEqual(momentOf('1700000100.000200'));
  });

  test('that only add a preview change no wording', () => {
    const same = { ts: '1700000000.000100', user: 'U1', text: 'see https://a.b' };
    const read = readEvent({ ...base, subtype: 'message_changed', message: same, previous_message: same }, bot);
    const known = observe([], readEvent({ ...base, ...same }, bot)?.seen ?? []).added;
    expect(observe(known, read?.seen ?? []).added).toEqual([]);
  });
});
