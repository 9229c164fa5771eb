import { describe, expect, test } from 'vitest';
import { levelPlans, levels } from '../../src/core/levels.ts';
import { slicesOf } from '../../src/core/slices.ts';
import { MINUTE } from '../../src/core/time.ts';
import { sayNo } from '../../src/crises/own-refusals.ts';
import {
  type Crisis,
  type CrisisRefusal,
  calledDepartments,
  changeLevel,
  type Declaration,
  declare,
  isNamed,
  looksTheSame,
  type Member,
  mayAct,
  readName,
  roomOpened,
  takeLead,
  type Workspace,
} from '../../src/crises/rules.ts';
import { headline, levelHint, levelLabel, levelName, nameOf, signedName, signOf } from '../../src/crises/text.ts';
import { features } from '../../src/features.ts';

const now = new Date('2026-11-22T10:00:00Z');
const ago = (minutes: number) => new Date(now.getTime() - minutes * MINUTE);
const workspace: Workspace = { id: 'T1', language: 'fr', timeZone: 'Europe/Paris', declarers: null, lastNumber: 6 };
const wish: Declaration = {
  id: '01900000-0000-7000-8000-000000000001',
  title: '  Glass in the spring soup ',
  summary: ' Three customers. ',
  level: 'crisis',
  playbook: 'product',
  isPrivate: true,
  isClosed: false,
  excludedIds: [],
  teamIds: [],
  despiteSimilar: false,
  viewId: 'V1',
};
const claire = { userId: 'UCLAIRE', isOutsider: false };
const made = (change: Partial<Declaration> = {}, at = now): Crisis => {
  const decision = declare(workspace, { ...wish, ...change }, [], claire, at);
  if (!decision.ok) throw new Error(decision.refusal.code);
  return decision.value;
};
const code = (decision: { ok: true } | { ok: false; refusal: { code: string } }) =>
  decision.ok ? 'ok' : decision.refusal.code;
const inCell: Member = { userId: 'UHELEN', inCell: true, isLead: false };
const stranger: Member = { userId: 'USAM', inCell: false, isLead: false };
const closed = (crisis: Crisis): Crisis => ({ ...crisis, status: 'closed' });

describe('declaring', () => {
  test.each<[string, Partial<Workspace>, { userId: string; isOutsider: boolean }, string]>([
    ['anybody of the company', {}, claire, 'ok'],
    ['nobody from outside', {}, { ...claire, isOutsider: true }, 'may_not_declare'],
    ['whoever is on the list', { declarers: ['UCLAIRE'] }, claire, 'ok'],
    ['nobody else once there is a list', { declarers: ['UANNE'] }, claire, 'may_not_declare'],
    ['nobody on an empty list', { declarers: [] }, claire, 'may_not_declare'],
    ['no outsider, even on the list', { declarers: ['UCLAIRE'] }, { ...claire, isOutsider: true }, 'may_not_declare'],
  ])('%s may', (_, change, by, expected) => {
    expect(code(declare({ ...workspace, ...change }, wish, [], by, now))).toBe(expected);
  });

  test.each(['', '   ', '\n\t'])('needs a title: %j is none', (title) => {
    expect(code(declare(workspace, { ...wish, title }, [], claire, now))).toBe('title_missing');
  });

  test('gives the next number, trims what was typed, takes language and time zone of the workspace', () => {
    expect(made()).toMatchObject({
      number: 7,
      title: 'Glass in the spring soup',
      summary: 'Three customers.',
      language: 'fr',
      timeZone: 'Europe/Paris',
      status: 'open',
      declaredBy: 'UCLAIRE',
      leadId: 'UCLAIRE',
      declaredAt: now,
      channelId: null,
      timelineSeq: 0,
    });
  });

  test('writes one entry in both languages and orders the room, once whatever is repeated', () => {
    const decision = declare(workspace, wish, [], claire, now);
    if (!decision.ok) throw new Error('refused');
    expect(decision.timeline.map((e) => [e.kind, e.actorId, e.text])).toEqual([
      [
        'crisis_declared',
        'UCLAIRE',
        {
          en: 'Crisis declared: Glass in the spring soup (level: Crisis)\nThree customers.',
          fr: 'Crise déclenchée : Glass in the spring soup (niveau : Crise)\nThree customers.',
        },
      ],
    ]);
    expect(decision.jobs).toMatchObject([{ kind: 'war_room.open', key: `open:${wish.id}:1`, data: { viewId: 'V1' } }]);
  });

  test('is stopped by a similar open crisis, told which, by whom and when', () => {
    const first = { ...made({ id: '01900000-0000-7000-8000-000000000002' }, ago(2)), declaredBy: 'UTOM' };
    const decision = declare(workspace, wish, [first], claire, now);
    expect(decision).toEqual({
      ok: false,
      refusal: {
        code: 'similar_open',
        crisisId: first.id,
        title: first.title,
        declaredBy: 'UTOM',
        declaredAt: ago(2),
      },
    });
  });

  test('goes ahead when the declarer insists, and then tells the first room of its twin', () => {
    const first = made({ id: '01900000-0000-7000-8000-000000000002' }, ago(2));
    const decision = declare(workspace, { ...wish, despiteSimilar: true }, [first], claire, now);
    if (!decision.ok) throw new Error('refused');
    expect(decision.jobs.map((job) => job.kind)).toEqual(['war_room.open', 'war_room.tell_twin']);
    expect(decision.jobs[1]).toMatchObject({
      order: `room:${first.id}`,
      data: { crisisId: first.id, otherId: wish.id },
    });
  });

  test('tells nobody of a twin that is not one', () => {
    const other = made({ id: '01900000-0000-7000-8000-000000000002', title: 'Strike of the drivers' }, ago(2));
    const decision = declare(workspace, { ...wish, despiteSimilar: true }, [other], claire, now);
    expect(decision.ok && decision.jobs.map((job) => job.kind)).toEqual(['war_room.open']);
  });
});

describe('a closed team', () => {
  const closed = made({ isClosed: true, targetedIds: ['UANNE'] });

  test('takes no number, so that nobody counts it, and has a code name', () => {
    expect(closed).toMatchObject({ number: null, codeName: expect.stringMatching(/^[a-z]+-[a-z]+$/) });
    expect(made()).toMatchObject({ number: 7, codeName: null, targetedIds: [] });
  });

  test.each<[string, Partial<Declaration>, string]>([
    [
      'leaves nobody out whom it must tell first',
      { targetedIds: ['UANNE'], excludedIds: ['UANNE'] },
      'targeted_left_out',
    ],
    ['has no lawyer who is left out', { lawyerId: 'UANNE', excludedIds: ['UANNE'] }, 'lawyer_unfit'],
    ['has no lawyer who is targeted', { lawyerId: 'UANNE', targetedIds: ['UANNE'] }, 'lawyer_unfit'],
    ['has no lawyer from outside', { lawyerId: 'UOUT', outsiderIds: ['UOUT'] }, 'lawyer_unfit'],
    ['may be told to the one who is targeted', { targetedIds: ['UANNE'], teamIds: ['UANNE'] }, 'ok'],
  ])('%s', (_, change, expected) => {
    expect(code(declare(workspace, { ...wish, isClosed: true, ...change }, [], claire, now))).toBe(expected);
  });

  test('is called by its code name wherever somebody outside could read along', () => {
    const name = closed.codeName ?? '';
    for (const language of ['en', 'fr'] as const)
      for (const said of [
        nameOf(closed),
        signOf(closed, language),
        signedName(closed, language),
        headline(closed, language),
      ])
        expect(said).toBe(name);
    expect([signedName(made(), 'fr'), headline(made(), 'en')]).toEqual([
      'n° 7 Glass in the spring soup',
      '#7: Glass in the spring soup',
    ]);
  });
});

describe('naming a crisis', () => {
  test.each([
    ['3 the regulator is back', { number: 3 }, 'the regulator is back'],
    ['#12 again', { number: 12 }, 'again'],
    ['n° 4 elle reprend', { number: 4 }, 'elle reprend'],
    ['the regulator is back', null, 'the regulator is back'],
    ['3rd complaint', null, '3rd complaint'],
    ['7', { number: 7 }, ''],
    ['indigo-lynx', { codeName: 'indigo-lynx' }, ''],
    ['#Crise-indigo-lynx again', { codeName: 'indigo-lynx' }, 'again'],
    ['crisis-indigo-lynx-2', { codeName: 'indigo-lynx-2' }, ''],
    ['#crisis-3-soup-recall again', { number: 3 }, 'again'],
    ['#C00000ROOM again', { channelId: 'C00000ROOM' }, 'again'],
    ['Charge again', null, 'Charge again'],
  ])('reads “%s”', (typed, name, rest) => expect(readName(typed)).toEqual({ name, rest }));

  test('finds the one that is meant', () => {
    const crisis = { number: 3, codeName: 'indigo-lynx', channelId: 'C00000ROOM' };
    for (const typed of ['3', 'indigo-lynx', '#crisis-indigo-lynx', '#C00000ROOM'])
      expect(isNamed(crisis, readName(typed).name)).toBe(true);
    for (const typed of ['4', 'jade-lynx', '#C0000OTHER', 'soup'])
      expect(isNamed(crisis, readName(typed).name)).toBe(false);
  });
});

describe('looking the same', () => {
  test.each<[string, string, boolean]>([
    ['Soup recall', 'Soup recall', true],
    ['Soup recall', 'RECALL of the soup!', true],
    ['Soup recall in three stores', 'Glass found in the soup, recall', true],
    ['Rappel de la soupe d’été', 'rappel soupe dete', true],
    ['Fuite de données clients', 'FUITE DE DONNEES', true],
    ['Données volées', 'donnees volees', true],
    ['Soup recall', 'Strike at the warehouse', false],
    ['Fuite de données', 'Grève des livreurs', false],
    ['Soup recall', 'The sea', false],
    ['BBC call', 'RTL call', true],
    ['Fire', 'fire!', true],
    ['Fire', 'Flood', false],
    ['???', 'RTL', true],
    ['???', 'Soup recall', false],
    ['危機', '危機', true],
  ])('%j and %j: %s', (first, second, same) => {
    expect(looksTheSame(made({ title: first }, ago(1)), second, now)).toBe(same);
    expect(looksTheSame(made({ title: second }, ago(1)), first, now)).toBe(same);
  });

  test.each<[string, Crisis, boolean]>([
    ['a quarter of an hour ago', made({}, ago(15)), true],
    ['longer ago', made({}, ago(15.1)), false],
    ['closed since', closed(made({}, ago(1))), false],
  ])('of one declared %s: %s', (_, crisis, same) => {
    expect(looksTheSame(crisis, crisis.title, now)).toBe(same);
  });
});

describe('acting in a room', () => {
  test.each<[string, Crisis, Member, string | null]>([
    ['somebody of the cell may', made(), inCell, null],
    ['a stranger may not', made(), stranger, 'not_in_room'],
    ['nobody may once it is closed', closed(made()), inCell, 'closed'],
    ['a stranger is not even told that it is closed', closed(made()), stranger, 'not_in_room'],
  ])('%s', (_, crisis, by, expected) => {
    expect(mayAct(crisis, by)?.code ?? null).toBe(expected);
    const next = { userId: 'UTOM', isOutsider: false };
    expect(code(changeLevel(crisis, 'major', 'press', by, now))).toBe(expected ?? 'ok');
    expect(code(takeLead(crisis, next, '', by, now))).toBe(expected ?? 'ok');
  });
});

describe('changing the level', () => {
  test('to what it is already is refused', () => {
    expect(code(changeLevel(made(), 'crisis', 'x', inCell, now))).toBe('same_level');
  });

  test('is written with both levels and the reason, is told in the room, and wakes digests, call-outs and statements', () => {
    const decision = changeLevel(made(), 'major', ' The regulator called ', inCell, now);
    if (!decision.ok) throw new Error('refused');
    expect(decision.value).toEqual({ ...made(), level: 'major' });
    expect(decision.timeline).toMatchObject([
      {
        kind: 'level_changed',
        actorId: 'UHELEN',
        text: {
          en: 'Level changed from Crisis to Major crisis: The regulator called',
          fr: 'Niveau passé de « Crise » à « Crise majeure » : The regulator called',
        },
        data: { from: 'crisis', to: 'major', reason: 'The regulator called' },
      },
    ]);
    expect(decision.jobs).toMatchObject([{ kind: 'crises.show_level', data: { seq: made().timelineSeq + 1 } }]);
    const follow = decision.timeline.flatMap(({ kind }) => slicesOf(features).follow(kind, wish.id));
    expect(follow.map((job) => job.kind)).toEqual(
      expect.arrayContaining([
        'digests.level_changed',
        'responders.call_departments',
        'statements.crisis_changed',
        'assessment.level_changed',
      ]),
    );
  });

  test('a reason that was computed is told in both languages', () => {
    const decision = changeLevel(made(), 'major', { en: 'seen', fr: 'vu' }, inCell, now);
    expect(decision).toMatchObject({
      timeline: [
        {
          text: {
            en: 'Level changed from Crisis to Major crisis: seen',
            fr: 'Niveau passé de « Crise » à « Crise majeure » : vu',
          },
          data: { reason: 'vu' },
        },
      ],
    });
  });

  test('what was assessed before is told once there is a crisis', () => {
    const matterId = '01900000-0000-7000-8000-0000000000aa';
    const decision = declare(workspace, { ...wish, matterId }, [], claire, now);
    expect(decision.ok && decision.jobs.find((job) => job.kind === 'assessment.link')?.data).toEqual({
      crisisId: wish.id,
      matterId,
    });
  });

  test('below a crisis the three core departments are called, from a crisis on everybody', () => {
    const roster = ['communication', 'legal', 'marketing', 'management', 'it'].map((key) => ({ key }));
    const called = levels.map((level) => calledDepartments(roster, level).length);
    expect(called).toEqual([3, 3, 3, 5, 5]);
    expect(levels.map((level) => levelPlans[level].answer)).toEqual([30, 30, 15, 10, 5]);
  });
});

describe('the lead', () => {
  const tom = { userId: 'UTOM', isOutsider: false };
  test.each<[string, { userId: string; isOutsider: boolean }, string]>([
    ['a colleague can', tom, 'ok'],
    ['whoever asks can', { userId: 'UHELEN', isOutsider: false }, 'ok'],
    ['a guest cannot', { ...tom, isOutsider: true }, 'not_callable'],
    ['the present lead cannot again', claire, 'already_lead'],
  ])('%s take it', (_, next, expected) => {
    expect(code(takeLead(made(), next, '', inCell, now))).toBe(expected);
  });

  test('is one person at any time, is said aloud, and is added to the room before being told', () => {
    const decision = takeLead({ ...made(), timelineSeq: 4 }, tom, ' on a plane ', inCell, now);
    if (!decision.ok) throw new Error('refused');
    expect(decision.value.leadId).toBe('UTOM');
    expect(decision.timeline[0]).toMatchObject({
      text: { en: 'Crisis lead handed over from <@UCLAIRE> to <@UTOM>: on a plane' },
      data: { from: 'UCLAIRE', to: 'UTOM', note: 'on a plane' },
    });
    expect(decision.jobs.map((job) => job.kind)).toEqual(['war_room.add', 'war_room.tell_lead']);
    expect(new Set(decision.jobs.slice(0, 2).map((job) => job.order))).toEqual(new Set([`room:${wish.id}`]));
    expect(decision.jobs[1]?.data).toMatchObject({ seq: 5 });
  });
});

describe('the room', () => {
  test('is recorded with its name and whether it is private', () => {
    const { value, timeline } = roomOpened(made(), { id: 'C9', name: 'crise-soupe' }, now);
    expect(value).toMatchObject({ channelId: 'C9', channelName: 'crise-soupe' });
    expect(timeline[0]).toMatchObject({
      kind: 'room_opened',
      actorId: null,
      data: { channelId: 'C9', isPrivate: true },
    });
  });

  test('wakes call-outs, digests and re-assessments once, when people are in it', () => {
    const ready = () => slicesOf(features).follow('room_ready', wish.id);
    expect(new Set([...ready(), ...ready()].map((job) => job.key))).toEqual(
      new Set([
        `crises.watch_people:${wish.id}`,
        `responders.call_departments:${wish.id}`,
        `digests.start:${wish.id}`,
        `assessment.start:${wish.id}`,
      ]),
    );
  });
});

describe('words', () => {
  const codes: Record<CrisisRefusal['code'], true> = {
    not_in_room: true,
    closed: true,
    may_not_declare: true,
    title_missing: true,
    similar_open: true,
    same_level: true,
    already_lead: true,
    lead_taken: true,
    not_callable: true,
    excluded: true,
    declarer_concerned: true,
    team_concerned: true,
    team_outsider: true,
    targeted_left_out: true,
    lawyer_missing: true,
    lawyer_unfit: true,
    not_lead: true,
    lead_concerned: true,
    room_is_open: true,
  };
  test.each(Object.keys(codes) as CrisisRefusal['code'][])('%s is said in both languages', (code) => {
    const said = [sayNo({ code }, 'en'), sayNo({ code }, 'fr')];
    for (const text of said) expect(text).toMatch(/^\p{Lu}.{10,}\.$/u);
    expect(said[0]).not.toBe(said[1]);
  });

  test.each(levels)('%s has a name, a hint and a label in which its name stands beside its colour', (level) => {
    for (const language of ['en', 'fr'] as const) {
      expect(levelHint(level, language).length).toBeGreaterThan(5);
      expect(levelLabel(level, language)).toMatch(new RegExp(`^\\S+ ${levelName(level, language)}$`, 'u'));
    }
  });
});
