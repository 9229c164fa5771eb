import { describe, expect, test } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import type { Level } from '../../src/core/levels.ts';
import { MINUTE } from '../../src/core/time.ts';
import {
  type Crisis,
  calledIn,
  changeExcluded,
  closeTeam,
  isExcluded,
  lawyerIn,
  rosterIn,
  rosterOfCell,
} from '../../src/crises/rules.ts';
import { firstWordsAt, firstWordsLate, firstWordsNow, setClock } from '../../src/first-hour/clock.ts';
import { plannedTasks, startPlaybook } from '../../src/first-hour/rules.ts';
import { productCore, productOther, productPlaybook, productPlaybooks } from '../../src/playbooks/product.ts';
import type { Playbook } from '../../src/playbooks/rules.ts';
import type { Statement } from '../../src/statements/statement.ts';
import { aCrisis } from '../support/crisis.ts';

const declaredAt = new Date('2026-11-22T10:00:00Z');
const at = (minutes: number) => new Date(declaredAt.getTime() + minutes * MINUTE);
const crisis = (change: Partial<Crisis> = {}): Crisis =>
  aCrisis(declaredAt, { playbook: 'other', timelineSeq: 1, ...change });

describe('what starts', () => {
  const product = productPlaybook('product') as Playbook;
  test.each<[Level, number]>([
    ['routine', 0],
    ['watch', 2],
    ['incident', 24],
    ['crisis', 24],
    ['major', 24],
  ])('at %s: %i tasks', (level, count) => {
    expect(plannedTasks(product, productCore, product.key, { level })).toHaveLength(count);
  });

  const input = (change: Partial<Crisis> = {}, minutes = 0) => ({
    crisis: crisis(change),
    core: productCore,
    root: product.key,
    organisation: 'Maison Aurore',
    origins: { en: null, fr: null },
    before: { origins: new Set<string>(), drafted: new Set<string>(), stakeholders: [], starts: 0 },
    people: 6,
    now: at(minutes),
    newId,
  });
  test.each<['en' | 'fr']>([['en'], ['fr']])(
    'in a room in %s, the two drafts are each other’s translation',
    (language) => {
      const started = startPlaybook(product, null, input({ language }));
      if (!started.ok) throw new Error(started.refusal.code);
      const [first, second] = started.value.statements;
      expect([first?.current.language, first?.twinId, second?.twinId]).toEqual([language, second?.id, first?.id]);
    },
  );
  test('no task is due before it could be done, however late it is started', () => {
    const started = startPlaybook(product, null, input({ level: 'major' }, 45));
    if (!started.ok) throw new Error(started.refusal.code);
    for (const task of started.value.tasks) expect(task.dueAt && task.dueAt >= at(49)).toBe(true);
  });

  describe('for five people or fewer', () => {
    const all = productPlaybooks.map((playbook) => {
      const started = startPlaybook(playbook, null, { ...input(), root: playbook.key, people: 5 });
      if (!started.ok) throw new Error(started.refusal.code);
      return [playbook.key, started] as const;
    });
    test.each(all)(
      '%s: at most seven tasks now, people first, the next at its time, each with time left',
      (key, { value, jobs }) => {
        const now = value.tasks.filter(({ fromAt }) => fromAt === null);
        expect(now.length).toBeLessThanOrEqual(7);
        expect(now.length).toBeGreaterThanOrEqual(4);
        const own = productPlaybook(key)?.tasks.filter(({ lot }) => lot === 1) ?? [];
        for (const { id, title } of own) expect([id, now.some((task) => task.title === title.en)]).toEqual([id, true]);
        const times = new Set(value.tasks.flatMap(({ fromAt }) => fromAt?.getTime() ?? []));
        expect([...times]).toEqual([at(15).getTime(), at(45).getTime()]);
        for (const { dueAt, fromAt } of value.tasks) expect(dueAt && dueAt >= (fromAt ?? declaredAt)).toBe(true);
        expect(jobs.filter(({ kind }) => kind === 'tasks.show_lot').map((job) => job.at)).toEqual([at(15), at(45)]);
      },
    );

    test('with six, all are shown, and the lots are kept', () => {
      const started = startPlaybook(product, null, input());
      if (!started.ok) throw new Error(started.refusal.code);
      expect(started.value.tasks.filter(({ fromAt }) => fromAt)).toEqual([]);
      expect(new Set(started.value.tasks.map(({ lot }) => lot))).toEqual(new Set([1, 2, 3]));
    });

    test('started late, what is due by then is shown at once', () => {
      const started = startPlaybook(product, null, { ...input({}, 20), people: 3 });
      if (!started.ok) throw new Error(started.refusal.code);
      const shown = started.value.tasks.filter(({ fromAt }) => !fromAt).map(({ lot }) => lot);
      expect(new Set(shown)).toEqual(new Set([1, 2]));
    });
  });

  test('what a playbook replaces of the core is one task, which the same act closes', () => {
    const campaign = productPlaybook('campaign') as Playbook;
    const started = startPlaybook(campaign, null, { ...input(), root: 'campaign' });
    if (!started.ok) throw new Error(started.refusal.code);
    const publishing = started.value.tasks.filter(({ origin }) => origin === 'core/T10');
    expect(publishing.map(({ title }) => title)).toEqual(['Publish on the same network, with the same visibility']);
  });

  test('the lists are ordered as they stand in the brief’s thread: tasks, words, facts, who must hear, the first hour', () => {
    const started = startPlaybook(product, null, input());
    if (!started.ok) throw new Error(started.refusal.code);
    const shown = started.jobs.map(({ kind }) => kind).filter((kind) => /show/.test(kind));
    const places = [
      'tasks.show_list',
      'statements.',
      'facts.show_table',
      'stakeholders.show_list',
      'first_hour.show',
    ].map((name) => shown.findIndex((kind) => kind.startsWith(name)));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  test('a playbook chosen at watch is kept, though nothing of it starts before the level rises', () => {
    const before = { ...input().before, origins: new Set(['core/T3', 'core/T4']), starts: 1 };
    const watch = { ...input({ level: 'watch' }), before };
    const chosen = startPlaybook(product, 'USOME', watch);
    if (!chosen.ok) throw new Error(chosen.refusal.code);
    expect(chosen.value).toMatchObject({
      crisis: { playbook: 'product' },
      tasks: [],
      statements: [],
      stakeholders: [],
    });
    expect(chosen.timeline[0]?.text.en).toMatch(/Product.*nothing more at this level/);
    const again = startPlaybook(product, 'USOME', { ...watch, crisis: chosen.value.crisis });
    expect(again).toMatchObject({ ok: false, refusal: { code: 'nothing_missing' } });
  });

  test('a playbook that closes the team says so in the timeline, and who must approve is checked again', () => {
    const executive = productPlaybook('executive') as Playbook;
    const closes = startPlaybook(executive, 'USOME', input());
    const stays = startPlaybook(executive, 'USOME', input({ isClosed: true }));
    const read = (decision: typeof closes) =>
      decision.ok && [
        decision.timeline.some(({ text }) => text.en.includes('closed team')),
        decision.timeline.map(({ data }) => data?.['isClosed'])[0],
        decision.jobs.some(({ kind }) => kind === 'statements.crisis_changed'),
      ];
    expect([read(closes), read(stays)]).toEqual([
      [true, true, true],
      [false, undefined, false],
    ]);
  });

  test.each([
    ['in a closed crisis', productOther, { status: 'closed' as const }, 'closed'],
    ['at routine', productOther, { level: 'routine' as const }, 'too_low'],
    [
      'for a closed team in an open room',
      productPlaybook('executive') as Playbook,
      { isPrivate: false },
      'room_is_open',
    ],
  ])('nothing %s', (_where, playbook, change, code) => {
    expect(startPlaybook(playbook, null, input(change))).toMatchObject({ ok: false, refusal: { code } });
  });
});

describe('the clock of the first words', () => {
  test.each<[Level, number, string | null]>([
    ['major', 19, 'early'],
    ['major', 20, 'due'],
    ['major', 30, 'late'],
    ['crisis', 44, 'early'],
    ['crisis', 45, 'due'],
    ['crisis', 60, 'late'],
    ['incident', 59, 'early'],
    ['incident', 60, 'late'],
    ['watch', 500, null],
    ['routine', 500, null],
  ])('at %s after %i minutes: %s', (level, minutes, state) => {
    expect(firstWordsNow(crisis({ level }), null, at(minutes))?.state ?? null).toBe(state);
  });

  test('stops with the first words outside: what colleagues were told does not count, what was withdrawn does', () => {
    const said = (kind: string, minutes: number | null) =>
      ({ publishedAt: minutes === null ? null : at(minutes), current: { kind } }) as Statement;
    expect(firstWordsAt([said('internal_note', 5), said('holding', null)])).toBeNull();
    expect(firstWordsAt([said('press_release', 40), said('holding', 27), said('internal_note', 5)])).toEqual(at(27));
    expect(firstWordsNow(crisis(), at(27), at(90))).toEqual({ state: 'out', afterMs: 27 * MINUTE });
  });

  test('rings at the aim and the limit of the level; at once where the level rose too late; never twice', () => {
    const times = (change: Partial<Crisis>, minutes: number) =>
      setClock(crisis(change), null, at(minutes)).map((job) => job.at);
    expect(times({}, 0)).toEqual([at(45), at(60)]);
    expect(times({ level: 'incident' }, 0)).toEqual([at(60)]);
    expect(times({ level: 'major' }, 40)).toEqual([at(40)]);
    expect(times({ level: 'watch' }, 0)).toEqual([]);
    expect(times({ firstWordsLateAt: at(60), level: 'major' }, 70)).toEqual([]);
    expect(setClock(crisis(), at(10), at(20))).toEqual([]);
  });

  test.each<[string, Partial<Crisis>, Date | null, number, boolean]>([
    ['at the limit', {}, null, 60, true],
    ['before it', {}, null, 59, false],
    ['when something was said', {}, at(50), 60, false],
    ['a second time', { firstWordsLateAt: at(60) }, null, 90, false],
    ['once the crisis is closed', { status: 'closed' }, null, 60, false],
    ['where none are due', { level: 'watch' }, null, 600, false],
  ])('it is written down %s', (_when, change, publishedAt, minutes, told) => {
    const decision = firstWordsLate(crisis(change), publishedAt, at(minutes));
    expect(decision.ok).toBe(told);
    if (decision.ok) expect(decision.timeline).toMatchObject([{ kind: 'first_words_late' }]);
  });
});

describe('a closed team', () => {
  const department = (key: string, peopleIds: string[], deputyIds: string[] = []) => ({
    key,
    name: null,
    peopleIds,
    deputyIds,
  });
  const roster = [
    department('communication', ['UA', 'UB'], ['UC']),
    department('legal', ['UL'], ['ULD']),
    department('marketing', ['UM', 'UX']),
    department('management', ['UX2', 'UY']),
  ];
  const closed = { isClosed: true, excludedIds: ['UX'], targetedIds: [] as string[], lawyerId: null as string | null };
  const calledIds = (team: typeof closed, cell: string[] = []) =>
    rosterIn(team, roster, new Set(cell)).map((d) => [...d.peopleIds, ...d.deputyIds]);

  test('calls one person of a department, who is there already if there is one, and nobody of the concerned one', () => {
    expect(calledIds(closed)).toEqual([['UA'], ['UL'], [], ['UX2']]);
    expect(calledIds(closed, ['UB'])).toEqual([['UB'], ['UL'], [], ['UX2']]);
    expect(rosterIn({ ...closed, isClosed: false }, roster, new Set())).toEqual(roster);
  });

  test.each([
    ['a deputy when its member is left out', { excludedIds: ['UL'] }, ['ULD']],
    ['its member when a deputy is left out', { excludedIds: ['ULD'] }, ['UL']],
    ['nobody when all are left out', { excludedIds: ['UL', 'ULD'] }, []],
    ['who was named then', { excludedIds: ['UL', 'ULD'], lawyerId: 'UN' }, ['UN']],
    ['others when one of it is targeted', { excludedIds: [], targetedIds: ['UL'] }, ['ULD']],
  ])('calls of legal %s', (_, team, called) => {
    expect(calledIds({ ...closed, ...team })[1]).toEqual(called);
  });

  test('without any legal department has the lawyer who was named, who also speaks for legal', () => {
    const team = { ...closed, lawyerId: 'UN' };
    const bare = roster.filter(({ key }) => key !== 'legal');
    expect(lawyerIn({ ...closed, lawyerId: null }, bare)).toBeUndefined();
    expect(lawyerIn(team, bare)).toBe('UN');
    expect(rosterOfCell(team, bare, new Set(['UN'])).at(-1)).toMatchObject({ key: 'legal', peopleIds: ['UN'] });
  });

  test('does not call who is targeted: they hear it from a person', () => {
    expect(calledIds({ ...closed, targetedIds: ['UA'] })[0]).toEqual(['UB']);
  });

  test('takes nobody from the department of somebody concerned whose account is deactivated', () => {
    const suspended = [{ key: 'marketing', name: null, peopleIds: ['UM'], deputyIds: [], absentIds: ['UGONE'] }];
    const team = { ...closed, excludedIds: ['UGONE'] };
    expect(rosterIn(team, suspended, new Set()).map((d) => d.peopleIds)).toEqual([[]]);
    expect(rosterIn({ ...team, excludedIds: [] }, suspended, new Set()).map((d) => d.peopleIds)).toEqual([['UM']]);
  });

  test('calls the core departments at any level', () => {
    const called = calledIn({ isClosed: true, level: 'major' }, roster).map(({ key }) => key);
    expect(called).toEqual(['communication', 'legal', 'marketing']);
  });

  test('is spoken for by those who are in it', () => {
    const inside = rosterOfCell(closed, roster, new Set(['UB', 'UM', 'UX'])).map((d) => d.peopleIds);
    expect(inside).toEqual([['UB'], [], ['UM'], []]);
  });

  test.each([
    ['by its lead', true, {}, ['UX', 'UL'], null],
    ['not by others', false, {}, ['UX'], 'not_lead'],
    ['not the lead', true, {}, ['ULEAD'], 'lead_concerned'],
    ['not in a room that everybody finds', true, { isPrivate: false }, ['UX'], 'room_is_open'],
  ])('somebody is left out %s', (_who, isLead, change, ids, code) => {
    const by = { userId: isLead ? 'ULEAD' : 'UA', inCell: true, isLead };
    const known = { roster, cellIds: new Set(['ULEAD', 'UL']), codeNames: new Set<string>() };
    const wish = { excludedIds: ids, lawyerId: null, outsiderIds: [] };
    const decision = changeExcluded(crisis(change), wish, known, by, declaredAt);
    expect(decision.ok ? null : decision.refusal.code).toBe(code);
    if (!decision.ok) return;
    expect(decision.value.crisis.isClosed).toBe(true);
    expect(isExcluded(decision.value.crisis, 'UX')).toBe(true);
    expect(JSON.stringify(decision.timeline)).not.toContain('UX');
    // The lawyer is left out as well: another one is called, and the room loses its name.
    expect(decision.value.calledId).toBe('ULD');
    expect(decision.value.crisis.codeName).toMatch(/^[a-z]+-[a-z]+$/);
    expect(decision.jobs.map(({ kind }) => kind)).toEqual([
      'war_room.hide_name',
      'war_room.set_topic',
      'war_room.add',
      'responders.show_call',
      'responders.mention',
    ]);
  });

  test('that loses its last lawyer asks for one by name, and takes nobody who is left out', () => {
    const by = { userId: 'ULEAD', inCell: true, isLead: true };
    const known = { roster, cellIds: new Set(['ULEAD']), codeNames: new Set<string>() };
    const leave = (lawyerId: string | null, outsiderIds: string[] = []) =>
      changeExcluded(crisis({}), { excludedIds: ['UL', 'ULD'], lawyerId, outsiderIds }, known, by, declaredAt);
    expect(leave(null)).toMatchObject({ ok: false, refusal: { code: 'lawyer_missing' } });
    expect(leave('UL')).toMatchObject({ ok: false, refusal: { code: 'lawyer_unfit' } });
    expect(leave('UGUEST', ['UGUEST'])).toMatchObject({ ok: false, refusal: { code: 'lawyer_unfit' } });
    expect(leave('UN')).toMatchObject({ ok: true, value: { calledId: 'UN', crisis: { lawyerId: 'UN' } } });
  });

  test('goes by a code name of two words, the same for ever, that no other crisis has', () => {
    const name = closeTeam(crisis({}), new Set()).codeName ?? '';
    expect(closeTeam(crisis({ codeName: 'indigo-lynx' }), new Set()).codeName).toBe('indigo-lynx');
    expect(closeTeam(crisis({}), new Set()).codeName).toBe(name);
    const taken = new Set<string>();
    for (let i = 0; i < 2000; i += 1) taken.add(closeTeam(crisis({}), taken).codeName ?? '');
    expect(taken.size).toBe(2000);
    for (const other of taken) expect(other).toMatch(/^[a-z]+-[a-z]+(-\d+)?$/);
  });
});
