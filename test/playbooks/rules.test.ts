import { describe, expect, test } from 'vitest';
import { levels } from '../../src/core/levels.ts';
import { departmentName } from '../../src/people/text.ts';
import { type ClearRefusal, clear, clearedFor } from '../../src/playbooks/clearing.ts';
import {
  clone,
  type Desk,
  edit,
  type Kept,
  type PlaybookRefusal,
  retire,
  revert,
  review,
} from '../../src/playbooks/editing.ts';
import { type Problem, readEdit, readName, tooMany } from '../../src/playbooks/edits.ts';
import { cloneForm, drawClear, drawClone, drawEdit, editForm } from '../../src/playbooks/forms.ts';
import { roleOf } from '../../src/playbooks/names.ts';
import { type Part, partKey, readPart, shownHash } from '../../src/playbooks/parts.ts';
import { productCore, productOther, productPlaybook, productPlaybooks } from '../../src/playbooks/product.ts';
import { sayNo, sayProblem } from '../../src/playbooks/refusals.ts';
import {
  type Clearance,
  clearanceOf,
  filled,
  knownRoles,
  limitsOfPlaybooks,
  openingTemplate,
  type Playbook,
  placeholdersOf,
  stakeholdersOf,
  type Template,
  tasksOf,
  templateHash,
} from '../../src/playbooks/rules.ts';
import { listView, playbookView, type ShownPlaybook } from '../../src/playbooks/views.ts';
import type { ModalView } from '../../src/slack/blocks.ts';
import { limits } from '../../src/slack/limits.ts';
import { aReader } from '../support/crisis.ts';

const now = new Date('2026-11-23T10:00:00Z');
const later = (ms: number) => new Date(now.getTime() + ms);
const theProduct = productPlaybook('product') as Playbook;
const [holding] = theProduct.templates as [Template];

const keptAs = (playbook: Playbook, more: Partial<Kept> = {}): Kept => ({
  key: playbook.key,
  playbook,
  version: 0,
  wordedIn: 0,
  origin: 'product',
  isRetired: false,
  editors: {},
  changedBy: null,
  changedAt: null,
  ...more,
});
const shelf = [...productPlaybooks, productCore].map((playbook) => keptAs(playbook));
const claire = { userId: 'CLAIRE', isOutsider: false, isAdmin: false };
const desk = (more: Partial<Desk> = {}): Desk => ({ editors: ['CLAIRE'], by: claire, shelf, now, ...more });
const onShelf = (...own: Kept[]) =>
  desk({
    shelf: [...shelf.filter(({ key }) => !own.some((one) => one.key === key)), ...own],
  });

describe('the tasks of the first hour', () => {
  const all = tasksOf(theProduct, productCore, 'crisis');

  test('are those of the core and of the playbook, the earliest first', () => {
    expect(all.length).toBe(productCore.tasks.length + theProduct.tasks.length);
    const due = all.map(({ dueMinutes }) => dueMinutes);
    expect(due).toEqual(due.toSorted((a, b) => a - b));
    expect(all[0]?.id).toBe('T1');
  });

  test.each([
    ['major', 'T8', 15],
    ['major', 'T1', 5],
    ['crisis', 'T8', 25],
    ['incident', 'T8', 50],
    ['watch', 'P1.1', 30],
  ] as const)('at level %s, %s is due after %i minutes', (level, id, minutes) => {
    expect(tasksOf(theProduct, productCore, level).find((task) => task.id === id)?.dueMinutes).toBe(minutes);
  });

  test.each(levels)('are never due earlier than five minutes after the declaration, at level %s', (level) => {
    for (const playbook of productPlaybooks)
      for (const { dueMinutes } of tasksOf(playbook, productCore, level)) expect(dueMinutes).toBeGreaterThanOrEqual(5);
  });
});

test('a playbook without stakeholders or texts of its own has those of the core', () => {
  expect(stakeholdersOf(productOther, productCore)).toBe(productCore.stakeholders);
  expect(openingTemplate(productOther, productCore)?.id).toBe('first-words');
  const { opensWith: _, ...silent } = theProduct;
  expect(openingTemplate(silent, productCore)?.id).toBe('product-holding');
});

test('placeholders are found once each, and only what is known is filled in', () => {
  expect(placeholdersOf('{a} and {b}, {a} {Not} { c }')).toEqual(['a', 'b']);
  expect(filled('{a} {b}', new Map([['a', '1']]))).toBe('1 {b}');
});

describe('a clearance', () => {
  const clearance = (more: Partial<Clearance> = {}): Clearance => ({
    playbook: 'product',
    templateId: holding.id,
    hash: templateHash(holding),
    clearedBy: 'HELEN',
    clearedAt: now,
    validUntil: later(clearedFor),
    ...more,
  });
  const edited = { ...holding, body: { ...holding.body, fr: `${holding.body.fr} !` } };

  test.each<[string, Template, Clearance[], Date, string]>([
    ['holds until its day', holding, [clearance()], now, 'cleared'],
    ['has expired on its day', holding, [clearance()], later(clearedFor), 'expired'],
    ['was never given', holding, [], now, 'never'],
    ['of another text is not of this one', holding, [clearance({ templateId: 'x', hash: 'y' })], now, 'never'],
    ['is void once one language is edited', edited, [clearance()], now, 'changed'],
    ['holds for the same words in a clone', holding, [clearance({ playbook: 'own-soup' })], now, 'cleared'],
    [
      'given again holds, whatever the older one says',
      holding,
      [clearance({ validUntil: later(-1) }), clearance()],
      now,
      'cleared',
    ],
    [
      'of an older wording is void, though a newer one had expired',
      edited,
      [clearance({ validUntil: now })],
      now,
      'changed',
    ],
  ])('%s', (_title, template, clearances, at, state) => {
    expect(clearanceOf(template, clearances, at).state).toBe(state);
  });

  const wish = { templateId: holding.id, hash: templateHash(holding), until: later(clearedFor) };
  const helen = { userId: 'HELEN', isOutsider: false, legal: ['HELEN', 'LEO'] };
  test.each<[string, Partial<typeof wish> | { until: null }, Partial<typeof helen>, Partial<Kept>, string | null]>([
    ['by legal', {}, {}, {}, null],
    ['by a deputy of legal', {}, { userId: 'LEO' }, {}, null],
    ['by nobody else', {}, { userId: 'CLAIRE' }, {}, 'not_legal'],
    ['by no guest, even one named for legal', {}, { isOutsider: true }, {}, 'not_legal'],
    ['not of one’s own words', {}, {}, { editors: { [holding.id]: 'HELEN' } }, 'own_words'],
    ['of words that somebody else edited', {}, {}, { editors: { [holding.id]: 'CLAIRE' } }, null],
    ['not of words that were edited meanwhile', { hash: 'older' }, {}, {}, 'text_changed'],
    ['not of what is gone', { templateId: 'gone' }, {}, {}, 'unknown'],
    ['not until yesterday', { until: later(-1) }, {}, {}, 'bad_until'],
    ['not for two years', { until: later(2 * 366 * 86_400_000) }, {}, {}, 'bad_until'],
    ['not without a date', { until: null }, {}, {}, 'bad_until'],
  ])('is given %s', (_title, wished, by, kept, code) => {
    const decision = clear(keptAs(theProduct, kept), { ...wish, ...wished }, { ...helen, ...by }, now);
    expect(decision.ok ? null : decision.refusal.code).toBe(code);
  });
});

type Values = Record<string, unknown>;
const values = (more: Values = {}): Values => ({
  title_en: 'Call the plant',
  title_fr: 'Appeler l’usine',
  department: 'quality',
  due: '15',
  details_en: '',
  details_fr: null,
  flags: [],
  ...more,
});
const known = { newId: 'abc', today: '2026-11-23', roleOf: (name: string) => roleOf(name, new Map()) };
const read = (part: Part, given: Values) => readEdit(part, editForm.read(given), known);
const changeOf = (part: Part, given: Values) => {
  const found = read(part, given);
  if (!found.ok) throw new Error(JSON.stringify(found.problems));
  return found.edit;
};
const problemsOf = (part: Part, given: Values): Problem[] => {
  const found = read(part, given);
  return found.ok ? [] : found.problems;
};

describe('an edit', () => {
  const newTask: Part = { kind: 'task', id: null };
  const save = (at: Desk, part: Part, given: Values, shown = shownHash(theProduct, part)) =>
    edit(at, 'product', { part, shown, change: changeOf(part, given), note: 'why' });

  test('is a new version, with who, when and why; what stood before is untouched', () => {
    const decision = save(desk(), newTask, values());
    expect(decision).toMatchObject({
      ok: true,
      value: { key: 'product', version: 1, act: 'edited', changedBy: 'CLAIRE', changedAt: now, note: 'why' },
    });
    if (!decision.ok) return;
    expect(decision.value?.content?.tasks.at(-1)).toEqual({
      id: 'own-abc',
      department: 'quality',
      title: { en: 'Call the plant', fr: 'Appeler l’usine' },
      dueMinutes: 15,
    });
    expect(theProduct.tasks.length).toBe(9);
  });

  test('of what somebody changed meanwhile is told, and saves nothing', () => {
    const part: Part = { kind: 'task', id: 'P1.1' };
    const changed = keptAs(changeOf(part, values())(theProduct), {
      origin: 'changed',
      version: 1,
      changedBy: 'MARC',
      changedAt: now,
    });
    expect(save(onShelf(changed), part, values({ due: '30' }))).toEqual({
      ok: false,
      refusal: { code: 'stale', changedBy: 'MARC', changedAt: now },
    });
    // Elsewhere in the same playbook nobody is in the way, and nothing is lost.
    const other = save(onShelf(changed), { kind: 'task', id: 'P1.2' }, values({ due: '40' }));
    expect(other).toMatchObject({ ok: true, value: { version: 2 } });
    if (other.ok) expect(other.value?.content?.tasks.map(({ dueMinutes }) => dueMinutes).slice(0, 2)).toEqual([15, 15]);
  });

  const law = (more: Values = {}): Values => ({
    text_en: 'Have legal say whether a recall must be notified.',
    text_fr: 'Faire dire au juridique si un rappel doit être notifié.',
    reference: 'GPSR, art. 20',
    confidence: 'medium',
    flags: [],
    ...more,
  });

  test('of a reminder of law keeps the day it was looked up, unless it was looked up again', () => {
    const part: Part = { kind: 'reminder', id: '1' };
    const [before, ...others] = theProduct.reminders;
    const after = changeOf(part, law())(theProduct).reminders;
    expect(after).toEqual([
      {
        text: { en: law()['text_en'], fr: law()['text_fr'] },
        reference: 'GPSR, art. 20',
        confidence: 'medium',
        checkedOn: before?.checkedOn,
      },
      ...others,
    ]);
    expect(changeOf(part, law({ flags: ['checked'] }))(theProduct).reminders[0]?.checkedOn).toBe('2026-11-23');
    expect(changeOf(part, law({ flags: ['remove'] }))(theProduct).reminders).toEqual(others);
    const added = changeOf({ kind: 'reminder', id: null }, law())(theProduct).reminders;
    expect(added).toHaveLength(theProduct.reminders.length + 1);
    expect(added.at(-1)).toMatchObject({ reference: 'GPSR, art. 20', checkedOn: '2026-11-23' });
    expect(problemsOf(part, law({ reference: ' ', confidence: 'sure' }))).toEqual([
      { field: 'reference', code: 'missing' },
      { field: 'confidence', code: 'choose' },
    ]);
  });

  test('of a reminder whose place another has taken is told, and saves nothing', () => {
    const part: Part = { kind: 'reminder', id: '1' };
    const without = changeOf(part, law({ flags: ['remove'] }))(theProduct);
    const changed = keptAs(without, { origin: 'changed', version: 1, changedBy: 'MARC', changedAt: now });
    expect(save(onShelf(changed), part, law())).toMatchObject({ ok: false, refusal: { code: 'stale' } });
  });

  test('says how responsible a kind of crisis looks; the core, which is about none, is not asked', () => {
    const basics: Values = {
      name_en: 'Core',
      name_fr: 'Socle',
      summary_en: 'All',
      summary_fr: 'Tout',
      tone: 'plain',
      tone_note_en: 'x',
      tone_note_fr: 'x',
      roles: '',
    };
    const part: Part = { kind: 'basics' };
    expect(changeOf(part, { ...basics, cluster: 'victim' })(theProduct).cluster).toBe('victim');
    expect(changeOf(part, basics)(productCore).cluster).toBe(productCore.cluster);
    const asks = (playbook: Playbook) =>
      JSON.stringify(drawEdit({ key: playbook.key, playbook, part, parent: null, departments: [] }, reader('fr')));
    expect(asks(theProduct)).toContain('"action_id":"cluster"');
    expect(asks(productCore)).not.toContain('"action_id":"cluster"');
  });

  test('that changes nothing writes nothing', () => {
    const part: Part = { kind: 'list', list: 'mistakes' };
    const joined = (language: 'en' | 'fr') => theProduct.mistakes.map((line) => `• ${line[language]}`).join('\n');
    expect(save(desk(), part, { lines_en: joined('en'), lines_fr: joined('fr') })).toMatchObject({
      ok: true,
      value: null,
    });
  });

  test('is for those in charge only', () => {
    const decision = save(desk({ by: { ...claire, userId: 'TOM' } }), newTask, values());
    expect(decision).toMatchObject({ ok: false, refusal: { code: 'not_allowed', editors: ['CLAIRE'] } });
  });

  test('of a text makes its author the one who may not clear it, until somebody else edits it', () => {
    const part: Part = { kind: 'template', id: holding.id };
    const text = (en: string): Values => ({
      title_en: 'T',
      title_fr: 'T',
      body_en: en,
      body_fr: en,
      kind: 'holding',
      audience: 'public',
      flags: ['opens'],
    });
    const first = save(desk(), part, text('We know {fact}.'));
    expect(first).toMatchObject({ ok: true, value: { editors: { [holding.id]: 'CLAIRE' } } });
    if (!first.ok || !first.value?.content) return;
    const kept = keptAs(first.value.content, { ...first.value, origin: 'changed' });
    const byMarc = { ...onShelf(kept), by: { ...claire, userId: 'MARC' }, editors: ['MARC'] };
    const task = edit(byMarc, 'product', {
      part: newTask,
      shown: shownHash(kept.playbook, newTask),
      change: changeOf(newTask, values()),
      note: '',
    });
    expect(task).toMatchObject({ ok: true, value: { editors: { [holding.id]: 'CLAIRE' } } });
    expect(clone(byMarc, 'product', { en: 'Soup', fr: 'Soupe' })).toMatchObject({
      ok: true,
      value: { editors: { [holding.id]: 'CLAIRE' } },
    });
  });

  test('removes what is not wanted, and the mark of the text it opened with', () => {
    const removed = changeOf({ kind: 'template', id: holding.id }, { flags: ['remove'] })(theProduct);
    expect(removed.templates).toEqual([]);
    expect(removed.opensWith).toBeUndefined();
    expect(changeOf({ kind: 'task', id: 'P1.1' }, { flags: ['remove'] })(theProduct).tasks.length).toBe(8);
  });

  test('of roles knows them by their names, in both languages, and keeps what nobody knows', () => {
    const basics = {
      name_en: 'A',
      name_fr: 'A',
      summary_en: 'S',
      summary_fr: 'S',
      tone: 'calm',
      tone_note_en: 'N',
      tone_note_fr: 'N',
    };
    const changed = changeOf(
      { kind: 'basics' },
      { ...basics, roles: 'Qualité\nCISO (security of systems)\nVeterinarian' },
    );
    expect(changed(theProduct).roles).toEqual(['quality', 'ciso', 'Veterinarian']);
  });

  test('of outside help dates what is new, and everything once it was checked', () => {
    const playbook = productPlaybook('harassment') as Playbook;
    const [first] = playbook.resources;
    const line = `${first?.name.en} | ${first?.name.fr} | ${first?.contact}`;
    const part: Part = { kind: 'resources' };
    const dates = (given: Values) => changeOf(part, given)(playbook).resources.map(({ checkedOn }) => checkedOn);
    expect(dates({ resources: `${line}\nOur agency | Notre agence | +33 1 00 00 00 00` })).toEqual([
      '2026-06-30',
      '2026-11-23',
    ]);
    expect(dates({ resources: line, checked: ['all'] })).toEqual(['2026-11-23']);
  });

  const text = { title_en: 'T', title_fr: 'T', kind: 'holding', audience: 'public', body_en: 'x', body_fr: 'x' };
  test.each<[string, Part, Values, string, RegExp]>([
    ['without French', newTask, values({ title_fr: ' ' }), 'title_fr', /both languages/],
    ['with details in one language', newTask, values({ details_en: 'x' }), 'details_fr', /leave both/],
    ['due at once', newTask, values({ due: '4' }), 'due', /5 to 1440/],
    ['due some day', newTask, values({ due: null }), 'due', /5 to 1440/],
    ['by nobody', newTask, values({ department: null }), 'department', /Choose/],
    ['with a long title', newTask, values({ title_en: 'x'.repeat(61) }), 'title_en', /At most 60/],
    [
      'with more English lines than French',
      { kind: 'list', list: 'metrics' },
      { lines_en: 'a\nb', lines_fr: 'a' },
      'lines_fr',
      /2 lines and French 1/,
    ],
    [
      'with too many lines',
      { kind: 'list', list: 'metrics' },
      { lines_en: 'a\n'.repeat(13), lines_fr: 'a\n'.repeat(13) },
      'lines_en',
      /At most 12/,
    ],
    [
      'with a placeholder in one language',
      { kind: 'template', id: null },
      { ...text, body_en: '{a} {b}', body_fr: '{a} {c}' },
      'body_fr',
      /Only in English: \{b\}\. Only in French: \{c\}/,
    ],
    ['of help without a contact', { kind: 'resources' }, { resources: 'Agency | Agence' }, 'resources', /telephone/],
    ['of no kind', { kind: 'template', id: null }, { ...text, kind: 'poem' }, 'kind', /Choose/],
  ])('%s is refused under its field', (_title, part, given, field, said) => {
    const [problem] = problemsOf(part, given);
    expect(problem?.field).toBe(field);
    if (problem) expect(sayProblem(problem, 'en')).toMatch(said);
    if (problem) expect(sayProblem(problem, 'fr')).toBeTruthy();
  });

  test('adds no more than a view can show', () => {
    const [task] = theProduct.tasks;
    const full = { ...theProduct, tasks: Array.from({ length: 30 }, (_, i) => ({ ...task, id: `t${i}` })) } as Playbook;
    expect(tooMany(newTask, full)).toEqual({ code: 'too_many', limit: 30 });
    expect(tooMany({ kind: 'task', id: 't1' }, full)).toBeNull();
    expect(tooMany(newTask, theProduct)).toBeNull();
  });
});

describe('a clone', () => {
  const soup = { en: 'Soup and sauces', fr: 'Soupes et sauces' };

  test('has a key and a name of its own', () => {
    expect(clone(desk(), 'product', soup)).toMatchObject({
      ok: true,
      value: { key: 'own-soup-and-sauces', version: 1, act: 'cloned', clonedFrom: 'product', content: { name: soup } },
    });
  });

  test.each<[string, string, typeof soup, Desk, string]>([
    ['of the core', 'core', soup, desk(), 'stays'],
    ['of nothing', 'nothing', soup, desk(), 'unknown'],
    ['under a name that is there', 'product', { ...soup, fr: theProduct.name.fr }, desk(), 'name_taken'],
    [
      'beyond what a list shows',
      'product',
      soup,
      desk({ shelf: [...shelf, ...Array.from({ length: 60 }, (_, i) => keptAs(theProduct, { key: `own-${i}` }))] }),
      'too_many_playbooks',
    ],
  ])('%s is refused', (_title, from, name, at, code) => {
    const decision = clone(at, from, name);
    expect(decision.ok ? null : decision.refusal.code).toBe(code);
  });

  test('needs its name in both languages', () => {
    expect(readName(cloneForm.read({ name_en: 'Soup', name_fr: '' }))).toMatchObject({ ok: false });
    expect(readName(cloneForm.read({ name_en: ' Soup ', name_fr: 'Soupe' }))).toEqual({
      ok: true,
      name: { en: 'Soup', fr: 'Soupe' },
    });
  });
});

describe('a whole playbook', () => {
  const changed = keptAs(theProduct, { origin: 'changed', version: 3, changedBy: 'MARC', changedAt: now });

  test('goes back to the product’s, and what the workspace wrote stays in the history', () => {
    expect(revert(onShelf(changed), 'product', 3)).toMatchObject({
      ok: true,
      value: { version: 4, act: 'reverted', content: null, editors: {} },
    });
    expect(revert(desk(), 'product', 0)).toMatchObject({ ok: false, refusal: { code: 'not_ours' } });
  });

  test.each([
    ['reverted', revert],
    ['reviewed', review],
    ['retired', (at: Desk, key: string, version: number) => retire(at, key, version, true)],
  ] as const)('is %s only as it was seen', (_title, act) => {
    expect(act(onShelf(changed), 'product', 2)).toEqual({
      ok: false,
      refusal: { code: 'stale', changedBy: 'MARC', changedAt: now },
    });
    const stranger = { ...onShelf(changed), by: { ...claire, userId: 'SID' } };
    expect(act(stranger, 'product', 3)).toMatchObject({ ok: false, refusal: { code: 'not_allowed' } });
  });

  test('is retired and offered again; the core and “other” stay', () => {
    expect(retire(desk(), 'product', 0, true)).toMatchObject({ ok: true, value: { act: 'retired', content: null } });
    expect(retire(onShelf(changed), 'product', 3, false)).toMatchObject({
      ok: true,
      value: { act: 'restored', content: theProduct },
    });
    for (const key of ['core', 'other'])
      expect(retire(desk(), key, 0, true)).toMatchObject({ ok: false, refusal: { code: 'stays' } });
  });
});

test('a part of a playbook is named in a way that is read back', () => {
  const parts: Part[] = [
    { kind: 'basics' },
    { kind: 'resources' },
    { kind: 'list', list: 'closing' },
    { kind: 'task', id: 'P1.1' },
    { kind: 'template', id: null },
    { kind: 'reminder', id: '1' },
    { kind: 'reminder', id: null },
  ];
  for (const part of parts) expect(readPart(partKey(part))).toEqual(part);
  for (const wrong of ['', 'list:tasks', 'reminder:0', 'reminder:one', 'x']) expect(readPart(wrong)).toBeNull();
});

test('every refusal has its words in both languages, and says the next step', () => {
  const all: (PlaybookRefusal | ClearRefusal)[] = [
    { code: 'not_allowed', editors: [] },
    { code: 'stale', changedBy: null, changedAt: null },
    { code: 'not_legal', legal: [] },
    { code: 'own_words' },
    { code: 'text_changed' },
    { code: 'unknown' },
  ];
  for (const refusal of all)
    for (const language of ['en', 'fr'] as const) expect(sayNo(refusal, reader(language))).toMatch(/\S{3}/);
});

const shownAs = (kept: Kept): ShownPlaybook => ({
  kept,
  core: productCore,
  clearances: [],
  reviewed: undefined,
  mayChange: true,
  editors: [],
  mayClear: true,
});
const reader = (language: 'en' | 'fr') => aReader(now, { language });

describe('the roles that playbooks name', () => {
  test.each(['en', 'fr'] as const)('are called the same wherever they are shown (%s)', (language) => {
    const view = playbookView(shownAs(keptAs({ ...theProduct, roles: [...knownRoles] })), reader(language));
    const names = knownRoles.map((role) => departmentName(role, null, language));
    expect(JSON.stringify(view)).toContain(names.join(', '));
    for (const [i, role] of knownRoles.entries()) expect(names[i]).not.toBe(role);
  });

  test.each([
    ['diversity', 'Diversity adviser', 'Référent diversité'],
    ['works-council', 'Works council contact', 'Contact CSE'],
    ['labour-law', 'Employment law', 'Droit social'],
    ['dpo', 'Data protection officer (DPO)', 'Délégué à la protection des données (DPO)'],
    ['ciso', 'Information security (CISO)', 'Sécurité des systèmes d’information (RSSI)'],
    ['outside-counsel', 'Outside counsel', 'Avocat externe'],
    ['lead', 'Crisis lead', 'Pilote de crise'],
  ])('%s is what practitioners call it', (role, en, fr) => {
    expect([departmentName(role, null, 'en'), departmentName(role, null, 'fr')]).toEqual([en, fr]);
    expect([roleOf(en, new Map()), roleOf(fr, new Map())]).toEqual([role, role]);
  });

  test.each([
    ['diversity', 'Diversity and inclusion', 'Diversité et inclusion'],
    ['works-council', 'Works council', 'Comité social et économique'],
    ['labour-law', 'Labour law', 'droit social'],
    ['dpo', 'DPO (data protection)', 'DPO (protection des données)'],
    ['dpo', 'Data protection officer', 'Délégué à la protection des données'],
    ['ciso', 'CISO (security of systems)', 'RSSI (sécurité des systèmes)'],
    ['outside-counsel', 'outside-counsel', 'Avocat extérieur'],
    ['lead', 'lead', 'Directeur de crise'],
  ])('%s is understood by the names that it had before', (role, ...before) => {
    expect(before.map((name) => roleOf(name, new Map()))).toEqual([role, role]);
  });

  test.each(['en', 'fr'] as const)(
    'go back as they were shown in the form, however long their names (%s)',
    (language) => {
      const part: Part = { kind: 'basics' };
      for (const playbook of [
        { ...theProduct, roles: knownRoles.slice(0, 7) },
        { ...theProduct, roles: knownRoles.slice(7) },
      ]) {
        const view = drawEdit({ key: 'product', playbook, part, parent: null, departments: [] }, reader(language));
        expect(changeOf(part, filledIn(view))(playbook).roles).toEqual(playbook.roles);
      }
    },
  );
});

/** What Slack sends of a form that is submitted as it was opened. */
const filledIn = (view: ModalView): Values =>
  Object.fromEntries(
    view.blocks.flatMap((block) => {
      if (!('element' in block)) return [];
      const { action_id: id = '', ...drawn } = block.element as {
        action_id?: string;
        initial_value?: string;
        initial_option?: { value: string };
      };
      return [[id, drawn.initial_value ?? drawn.initial_option?.value ?? null]];
    }),
  );

test('what a workspace writes in its playbooks calls nobody and hides no link, wherever it is shown', () => {
  const evil = '<!channel> <@U0SAM> <https://evil.example|click>';
  const hostile = JSON.parse(
    JSON.stringify(theProduct, (key, value: unknown) => (key === 'en' || key === 'fr' ? evil : value)),
  ) as Playbook;
  const parts: Part[] = [
    { kind: 'basics' },
    { kind: 'list', list: 'closing' },
    { kind: 'task', id: 'P1.1' },
    { kind: 'reminder', id: '1' },
  ];
  const views = [
    playbookView(shownAs(keptAs(hostile)), reader('fr')),
    listView([shownAs(keptAs(hostile))], reader('en')),
    drawClear({ key: 'product', template: hostile.templates[0] as Template, parent: null }, now, 'fr'),
    drawClone({ key: 'product', playbook: hostile, parent: null }, 'en'),
    ...parts.map((part) =>
      drawEdit(
        { key: 'product', playbook: hostile, part, parent: null, departments: [] },
        reader('en'),
        'Somebody saved',
      ),
    ),
  ];
  const isShownAsTyped = (value: unknown) =>
    typeof value === 'object' && value !== null && 'type' in value && value.type === 'plain_text';
  for (const view of views) {
    const said = JSON.stringify(view, (key, value: unknown) =>
      isShownAsTyped(value) || ['initial_value', 'accessibility_label'].includes(key) ? undefined : value,
    );
    expect(said).not.toMatch(/<(!channel|@U0SAM|https)/);
  }
});

test('the fullest playbook there can be is one view of Slack, with nothing left out', () => {
  const m = limitsOfPlaybooks;
  const both = (n: number) => ({ en: 'é '.repeat(n / 2), fr: 'è '.repeat(n / 2) });
  const many = <T>(n: number, make: (i: number) => T) => Array.from({ length: n }, (_, i) => make(i));
  const lines = many(m.lines, () => both(m.line));
  const fullest: Playbook = {
    ...theProduct,
    summary: both(m.prose),
    toneNote: both(m.prose),
    isClosed: true,
    roles: many(m.roles, (i) => `${i}`.padEnd(m.role, 'r')),
    tasks: many(m.tasks, (i) => ({
      id: `t${i}`,
      department: `${i}`.padEnd(m.role, 'd'),
      title: both(m.taskTitle),
      details: both(m.details),
      dueMinutes: 1440,
    })),
    stakeholders: many(m.stakeholders, (i) => ({
      id: `s${i}`,
      name: both(m.title),
      channels: both(m.note),
      department: 'legal',
      audience: 'public',
    })),
    mistakes: lines,
    metrics: lines,
    closing: lines,
    afterActions: lines,
    templates: many(m.templates, (i) => ({
      ...holding,
      id: `x${i}`,
      title: both(m.title),
      body: { en: `${'{fact} &<>'.repeat(200)} END${i}`, fr: `${'{fact} &<>'.repeat(200)} FIN${i}` },
      when: both(m.note),
      admits: true,
    })),
    reminders: many(m.reminders, () => ({
      text: both(m.prose),
      reference: 'r'.repeat(200),
      confidence: 'high',
      checkedOn: '2026-06-30',
    })),
    resources: many(m.resources, (i) => ({
      name: both(m.resourceName),
      contact: `CONTACT${i}`,
      checkedOn: '2026-06-30',
    })),
  };
  for (const language of ['en', 'fr'] as const) {
    const kept = keptAs(fullest, { origin: 'changed', isRetired: true, changedBy: 'C', changedAt: now });
    const view = playbookView(shownAs(kept), reader(language));
    expect(view.blocks.length).toBeLessThan(limits.blocksPerView);
    const said = JSON.stringify(view);
    for (let i = 0; i < m.templates; i += 1) expect(said).toMatch(new RegExp(`(END|FIN)${i}\\b`));
    // What comes last is there: nothing was cut off.
    expect(said).toContain('r'.repeat(200));
    const texts = view.blocks.map((block) =>
      block.type === 'section' && 'text' in block ? (block.text?.text ?? '').length : 0,
    );
    expect(Math.max(...texts)).toBeLessThanOrEqual(limits.sectionText);
  }
});
