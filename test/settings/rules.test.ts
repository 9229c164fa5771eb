import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editorsOf, mayChange } from '../../src/people/rules.ts';
import { type Edit, withDepartments, withGeneral, withLists } from '../../src/settings/edits.ts';
import { readSettingsFile, toFile } from '../../src/settings/file.ts';
import { sayFileProblem, sayNo, sayProblem } from '../../src/settings/refusals.ts';
import {
  changeSettings,
  type Directory,
  gapsOf,
  isTimeZone,
  type KnownPerson,
  keyFor,
} from '../../src/settings/rules.ts';
import { beatLevels, completed, differences, type Saved, type Settings } from '../../src/settings/settings.ts';

const now = new Date('2026-11-22T10:00:00Z');
const someone = (name: string, more: Partial<KnownPerson> = {}): KnownPerson => ({
  name,
  isBot: false,
  isDeactivated: false,
  isGuest: false,
  isExternal: false,
  ...more,
});
const directory: Directory = {
  people: new Map([
    ['U0CLAIRE', someone('Claire')],
    ['U0MARC', someone('Marc')],
    ['U0GUEST', someone('Gus', { isGuest: true })],
    ['U0PARTNER', someone('Pat', { isExternal: true })],
    ['U0LEFT', someone('Lea', { isDeactivated: true })],
    ['U0BOT', someone('Robo', { isBot: true })],
  ]),
  groups: new Map([
    ['S0LEGAL', { handle: 'legal', isDisabled: false }],
    ['S0OLD', { handle: 'old', isDisabled: true }],
  ]),
};
const blank: Settings = {
  language: 'en',
  timeZone: 'Europe/Paris',
  private: true,
  declarers: null,
  digestMinutes: {},
  keepDaysAfterRemoval: null,
  departments: completed([]),
};
const saved = (more: Partial<Saved> = {}): Saved => ({
  settings: blank,
  version: 0,
  savedBy: null,
  savedAt: null,
  ...more,
});
const claire = { userId: 'U0CLAIRE', isOutsider: false, isAdmin: false };
const change = (edit: Edit, state = saved(), by = claire, editors: string[] = [], basedOn = state.version) =>
  changeSettings(state, edit, basedOn, by, { workspaceId: 'T1', editors, directory }, now);

describe('who may change the settings', () => {
  const cases: [string, string[], Partial<typeof claire>, boolean][] = [
    ['anybody, until somebody is in charge', [], {}, true],
    ['no outsider, even then', [], { isOutsider: true }, false],
    ['whoever is in charge', ['U0CLAIRE'], {}, true],
    ['nobody else', ['U0MARC'], {}, false],
    ['an administrator of the workspace', ['U0MARC'], { isAdmin: true }, true],
    ['no outsider, even an administrator', ['U0MARC'], { isAdmin: true, isOutsider: true }, false],
  ];
  test.each(cases)('%s', (_title, editors, more, allowed) => {
    expect(mayChange(editors, { ...claire, ...more })).toBe(allowed);
    const decision = change(
      withGeneral({ ...blank, timeZone: 'Europe/London' }),
      saved(),
      { ...claire, ...more },
      editors,
    );
    expect(decision.ok).toBe(allowed);
    if (!decision.ok) expect(decision.refusal).toEqual({ code: 'not_allowed', editors });
  });

  test('those in charge are named in communication or management, or trusted to declare', () => {
    const department = (key: string, peopleIds: string[], deputyIds: string[] = []) => ({
      key,
      name: null,
      peopleIds,
      deputyIds,
    });
    const roster = [
      department('communication', ['A'], ['B']),
      department('legal', ['C']),
      department('management', ['D']),
    ];
    expect(editorsOf(roster, ['E', 'A'])).toEqual(['A', 'B', 'D', 'E']);
    expect(editorsOf(roster, null)).toEqual(['A', 'B', 'D']);
  });
});

describe('a new version', () => {
  test('says what differs, who saved it and when', () => {
    const decision = change(withLists({ people: { legal: ['U0CLAIRE'] } }));
    expect(decision).toMatchObject({
      ok: true,
      value: {
        saved: { version: 1, savedBy: 'U0CLAIRE', savedAt: now },
        differences: [{ what: 'people', department: { key: 'legal', name: null }, added: ['U0CLAIRE'], removed: [] }],
      },
    });
  });

  test('is refused when somebody saved since its author looked', () => {
    const state = saved({ version: 4, savedBy: 'U0MARC', savedAt: now });
    expect(change(withLists({}), state, claire, [], 3)).toEqual({
      ok: false,
      refusal: { code: 'stale', savedBy: 'U0MARC', savedAt: now },
    });
  });

  test('is not made of nothing: saving what is there already writes nothing', () => {
    const state = saved({ version: 4 });
    expect(change((s) => s, state)).toMatchObject({ ok: true, value: { isNew: false, saved: state } });
  });

  test('but the first save counts, even of nothing: somebody looked', () => {
    expect(change((s) => s)).toMatchObject({ ok: true, value: { isNew: true, saved: { version: 1 } } });
  });

  const refusedPeople: [string, Edit, string, string][] = [
    ['a guest', withLists({ people: { legal: ['U0GUEST'] } }), 'guest', 'Gus'],
    ['somebody of another organisation', withLists({ people: { legal: ['U0PARTNER'] } }), 'external', 'Pat'],
    ['somebody who left', withLists({ deputies: { legal: ['U0LEFT'] } }), 'deactivated', 'Lea'],
    ['a bot', withLists({ people: { legal: ['U0BOT'] } }), 'bot', 'Robo'],
    ['somebody whom Slack does not know', withLists({ people: { legal: ['U0NOBODY'] } }), 'unknown', 'U0NOBODY'],
    ['a guest who may declare', withGeneral({ ...blank, declarers: ['U0GUEST'] }), 'guest', 'Gus'],
    ['a group that was disabled', withLists({ groups: { legal: ['S0OLD'] } }), 'deactivated', '@old'],
    ['a handle that no group has', withLists({ groups: { legal: ['@typo'] } }), 'unknown', '@typo'],
    [
      'somebody who would be their own deputy',
      withLists({ people: { legal: ['U0MARC'] }, deputies: { legal: ['U0MARC'] } }),
      'also_deputy',
      'Marc',
    ],
  ];
  test.each(refusedPeople)('refuses %s, by name and with the reason', (_title, edit, flaw, name) => {
    const decision = change(edit);
    expect(decision).toMatchObject({ ok: false, refusal: { code: 'people', problems: [{ flaw, name }] } });
    if (decision.ok || decision.refusal.code !== 'people') return;
    for (const problem of decision.refusal.problems)
      for (const language of ['en', 'fr'] as const) expect(sayProblem(problem, language)).toContain(name);
  });

  test('judges only the lists that were touched: somebody who left does not keep the rest from being set', () => {
    const before = withLists({ people: { legal: ['U0LEFT'] } })(blank);
    const state = saved({ settings: before, version: 2 });
    expect(change(withLists({ people: { marketing: ['U0MARC'] } }), state).ok).toBe(true);
    expect(change(withLists({ people: { legal: ['U0LEFT', 'U0MARC'] } }), state).ok).toBe(false);
  });

  test('refuses a time zone that nobody could compute with', () => {
    expect(change(withGeneral({ ...blank, timeZone: 'Paris' }))).toEqual({
      ok: false,
      refusal: { code: 'bad_time_zone', given: 'Paris' },
    });
  });

  test.each([4, 1441, 17.5, -30])('refuses a digest every %d minutes', (minutes) => {
    expect(change(withGeneral({ ...blank, digestMinutes: { major: minutes } }))).toMatchObject({
      ok: false,
      refusal: { code: 'bad_beat', level: 'major' },
    });
  });

  test('an empty list of declarers means everybody, never nobody', () => {
    const state = saved({ settings: { ...blank, declarers: ['U0MARC'] }, version: 1 });
    const decision = change(withGeneral({ ...blank, declarers: [] }), state);
    expect(decision.ok && decision.value.saved.settings.declarers).toBe(null);
  });
});

describe('departments of the workspace’s own', () => {
  test('are added under a key that stays theirs, and removed by it', () => {
    const added = withDepartments('Relations investisseurs ', [])(blank);
    expect(added.departments.at(-1)).toMatchObject({ key: 'relations-investisseurs', name: 'Relations investisseurs' });
    expect(withDepartments('', ['relations-investisseurs'])(added)).toEqual(blank);
  });

  test.each([
    ['Lead', 'lead-2'],
    ['constructor', 'constructor-2'],
    ['危機', 'department'],
  ])('called “%s” gets the key %s: never one that means something else', (name, key) => {
    const named = withDepartments(name, [])(blank);
    expect(named.departments.at(-1)).toMatchObject({ key, name });
    expect(change(withLists({ people: { legal: ['U0MARC'] } }), saved({ settings: named, version: 1 })).ok).toBe(true);
    if (key.endsWith('-2'))
      expect(readSettingsFile(toFile(named, String).replace(`"key": "${key}"`, `"key": "${name}"`)).ok).toBe(false);
  });

  test('standard ones cannot be taken away', () => {
    const decision = change(withDepartments('', ['legal']));
    expect(decision.ok && decision.value.saved.settings.departments.map((d) => d.key)).toContain('legal');
  });

  test('cannot share a name, whatever its case and accents', () => {
    const state = saved({ settings: withDepartments('Qualité', [])(blank), version: 1 });
    for (const name of ['QUALITE', 'Legal', 'juridique'])
      expect(change(withDepartments(name, []), state)).toMatchObject({ ok: false, refusal: { code: 'name_taken' } });
  });

  test('are twenty at most, standard ones included', () => {
    const full = Array.from({ length: 14 }, (_, i) => `Unit ${i}`).reduce(
      (s, name) => withDepartments(name, [])(s),
      blank,
    );
    expect(change(() => full).ok).toBe(true);
    expect(change(() => withDepartments('One more', [])(full))).toMatchObject({
      refusal: { code: 'too_many_departments' },
    });
  });

  test('always get a key of their own that buttons can carry', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (name, others) => {
        const taken = others.map((other) => keyFor(other, []));
        const key = keyFor(name, taken);
        expect(key).toMatch(/^[a-z0-9][a-z0-9-]{0,29}$/);
        expect(taken).not.toContain(key);
      }),
    );
  });
});

describe('what is missing', () => {
  const called = (key: string, peopleIds: string[], deputyIds: string[] = []) => ({
    key,
    name: null,
    peopleIds,
    deputyIds,
  });
  test('is told worst first: nobody, then those who left, then those who stand alone', () => {
    const settings = withLists({ people: { communication: ['U0CLAIRE', 'U0LEFT'], marketing: ['U0MARC'] } })(blank);
    const roster = [called('communication', ['U0CLAIRE'], ['U0MARC']), called('marketing', ['U0MARC'])];
    expect(gapsOf(settings, roster, directory)).toEqual([
      { kind: 'nobody', department: 'legal' },
      { kind: 'unavailable', userId: 'U0LEFT', name: 'Lea', department: 'communication', flaw: 'deactivated' },
      { kind: 'alone', department: 'marketing' },
    ]);
  });
});

describe('the settings file', () => {
  const full: Settings = {
    ...withLists({ people: { legal: ['U0CLAIRE'] }, deputies: { legal: ['U0MARC'] }, groups: { hr: ['S0LEGAL'] } })(
      withDepartments('Investor relations', [])(blank),
    ),
    declarers: ['U0MARC'],
    digestMinutes: { crisis: 45 },
  };

  test('comes back as the settings it was made from', () => {
    const people = fc.uniqueArray(fc.stringMatching(/^[UW][A-Z0-9]{2,10}$/), { maxLength: 5 });
    const anySettings = fc.record({
      language: fc.constantFrom('en' as const, 'fr' as const),
      timeZone: fc.constantFrom('Europe/Paris', 'America/New_York', 'UTC'),
      private: fc.boolean(),
      declarers: fc.option(fc.uniqueArray(fc.stringMatching(/^U[A-Z0-9]{2,10}$/), { minLength: 1, maxLength: 3 })),
      digestMinutes: fc.dictionary(
        fc.constantFrom(...beatLevels),
        fc.oneof(fc.constant(0), fc.integer({ min: 10, max: 1440 })),
      ),
      legal: people,
      name: fc.string({ minLength: 1, maxLength: 40 }).filter((s) => s.trim() === s),
    });
    fc.assert(
      fc.property(anySettings, ({ legal, name, ...general }) => {
        const settings = withLists({ people: { legal } })(withDepartments(name, [])({ ...blank, ...general }));
        const text = toFile(settings, (id) => `"${id}"`);
        const read = readSettingsFile(text);
        expect(read.ok && differences(settings, read.settings)).toEqual([]);
        expect(read.ok && toFile(read.settings, (id) => `"${id}"`)).toBe(text);
      }),
    );
  });

  test('says who the ids are, in an order that does not move', () => {
    expect(toFile(full, (id) => directory.people.get(id)?.name ?? id)).toMatchInlineSnapshot(`
      "{
        "format": "crisis-war-room/settings",
        "version": 1,
        "language": "en",
        "timeZone": "Europe/Paris",
        "private": true,
        "declarers": [
          "U0MARC"
        ],
        "digestMinutes": {
          "crisis": 45
        },
        "departments": [
          {
            "key": "legal",
            "people": [
              "U0CLAIRE"
            ],
            "deputies": [
              "U0MARC"
            ],
            "groups": []
          },
          {
            "key": "hr",
            "people": [],
            "deputies": [],
            "groups": [
              "S0LEGAL"
            ]
          },
          {
            "key": "investor-relations",
            "name": "Investor relations",
            "people": [],
            "deputies": [],
            "groups": []
          }
        ],
        "names": {
          "S0LEGAL": "S0LEGAL",
          "U0CLAIRE": "Claire",
          "U0MARC": "Marc"
        }
      }
      "
    `);
  });

  const lines = toFile(full, (id) => id).split('\n');
  const broken = (from: string, to: string) => lines.join('\n').replace(from, to);
  const cases: [string, string, string, string][] = [
    ['a language', '"language": "en"', '"language": "de"', 'Line 4, `language`: must be "en" or "fr"'],
    ['a time zone', '"Europe/Paris"', '"Paris"', 'Line 5, `timeZone`: must be a time zone such as "Europe/Paris"'],
    ['a privacy', '"private": true', '"private": "yes"', 'Line 6, `private`: must be true or false'],
    ['minutes', '"crisis": 45', '"crisis": 2', 'minutes between 10 and 1440'],
    ['a level', '"crisis": 45', '"panic": 45', 'is not a setting'],
    ['a field', '"private"', '"privat"', 'is not a setting'],
    ['a person', '["U0CLAIRE"]', '["claire"]', 'Slack user ids'],
    ['a comma', '"version": 1,', '"version": 1', 'Line 4: this is not valid JSON'],
    ['another file', 'crisis-war-room/settings', 'package', 'must be a settings file'],
  ];
  test.each(cases)('with %s that is wrong is explained by its line', (_title, from, to, said) => {
    const text = broken(from, to).replaceAll(/\[\s+("[^"]+")\s+\]/g, '[$1]');
    const read = readSettingsFile(from.startsWith('[') ? text.replace(from, to) : broken(from, to));
    expect(read.ok).toBe(false);
    if (read.ok) return;
    expect(read.problems.map((p) => sayFileProblem(p, 'en')).join('\n')).toContain(said);
    for (const problem of read.problems) expect(sayFileProblem(problem, 'fr')).toMatch(/^Ligne \d+/);
  });

  test('never throws, whatever it is given', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void readSettingsFile(text)));
    expect(readSettingsFile('').ok).toBe(false);
    expect(readSettingsFile('['.repeat(10_000)).ok).toBe(false);
    expect(readSettingsFile('x'.repeat(300_000))).toMatchObject({ problems: [{ code: 'too_large' }] });
  });

  test('that names a department twice is refused at the second', () => {
    const text = broken('"key": "hr"', '"key": "legal"');
    expect(readSettingsFile(text)).toMatchObject({ ok: false, problems: [{ code: 'twice' }] });
  });
});

test('every refusal has words in both languages', () => {
  const at = (date: Date) => date.toISOString();
  const refusals = [
    { code: 'not_allowed' as const, editors: ['U0CLAIRE'] },
    { code: 'stale' as const, savedBy: null, savedAt: now },
    { code: 'bad_time_zone' as const, given: 'Paris' },
    { code: 'bad_beat' as const, level: 'major' as const, given: 1 },
    { code: 'name_taken' as const, name: 'Quality' },
    { code: 'too_many_departments' as const },
  ];
  for (const refusal of refusals)
    for (const language of ['en', 'fr'] as const)
      expect(sayNo(refusal, { language, named: (id) => id, at }).length).toBeGreaterThan(20);
});

test.each(['Europe/Paris', 'UTC', 'America/Argentina/Buenos_Aires', 'Etc/GMT+3'])('%s is a time zone', (name) =>
  expect(isTimeZone(name)).toBe(true),
);
test.each(['', 'Paris', '+02:00', 'Europe/Atlantis', '../etc'])('“%s” is not a time zone', (name) =>
  expect(isTimeZone(name)).toBe(false),
);
