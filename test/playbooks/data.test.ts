import { describe, expect, test } from 'vitest';
import { productCore, productOther, productPlaybooks, readPlaybook } from '../../src/playbooks/product.ts';
import {
  knownRoles,
  lotStarts,
  openingTemplate,
  ownersOfTasks,
  type Playbook,
  placeholdersOf,
  unpaired,
} from '../../src/playbooks/rules.ts';
import { limits } from '../../src/slack/limits.ts';

const all = [...productPlaybooks, productCore];
const eight = productPlaybooks.filter(({ key }) => key !== 'other');

/** Every text of a playbook that people read in French, with where it is. */
function frenchOf(value: unknown, at: string): [string, string][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]): [string, string][] =>
    key === 'fr' && typeof part === 'string' ? [[`${at}.fr`, part]] : frenchOf(part, `${at}.${key}`),
  );
}

test('the eight playbooks of the trade come with the product, and one for everything else', () => {
  expect(productPlaybooks.map(({ key }) => key)).toEqual([
    'product',
    'campaign',
    'misconduct',
    'harassment',
    'breach',
    'disinformation',
    'executive',
    'boycott',
    'other',
  ]);
  expect(productOther.tasks).toEqual([]);
  expect(productPlaybooks.filter(({ isClosed }) => isClosed).map(({ key }) => key)).toEqual([
    'harassment',
    'executive',
  ]);
});

test('the core has the fourteen tasks of the first hour, the first words and the closing gate', () => {
  const ids = new Set(productCore.tasks.map(({ id }) => id));
  for (let i = 1; i <= 14; i += 1) expect(ids).toContain(`T${i}`);
  expect(productCore.templates.map(({ id }) => id)).toEqual([
    'first-words',
    'safety-first',
    'press-line',
    'internal-note',
  ]);
  expect(productCore.closing.length).toBe(6);
});

describe.each(eight.map((playbook) => [playbook.key, playbook] as const))('the playbook %s', (_key, playbook) => {
  test('has everything a playbook is made of', () => {
    const sections = ['tasks', 'stakeholders', 'mistakes', 'metrics', 'closing', 'afterActions', 'templates'] as const;
    for (const section of sections) expect([section, playbook[section].length]).not.toEqual([section, 0]);
  });

  test('opens with a template that exists', () => {
    const { opensWith } = playbook;
    expect(openingTemplate(playbook, productCore)?.id).toBe(opensWith);
  });

  test('replaces only tasks that the core has, each once', () => {
    const replaced = playbook.tasks.flatMap(({ replaces }) => replaces ?? []);
    const core = productCore.tasks.map(({ id }) => id);
    expect(replaced.filter((id) => !core.includes(id))).toEqual([]);
    expect(new Set(replaced).size).toBe(replaced.length);
  });

  test('begins with people: it has tasks of its own in the first lot', () => {
    expect(playbook.tasks.filter(({ lot }) => lot === 1).length).toBeGreaterThanOrEqual(2);
  });

  test('shares no id with the core', () => {
    const ids = (p: Playbook) => [...p.tasks, ...p.templates].map(({ id }) => id);
    expect(ids(playbook).filter((id) => ids(productCore).includes(id))).toEqual([]);
  });
});

describe.each(all.map((playbook) => [playbook.key, playbook] as const))('in %s', (key, playbook) => {
  test('every template has the same placeholders in both languages', () => {
    for (const { body } of playbook.templates) expect(unpaired(body)).toEqual({ onlyEn: [], onlyFr: [] });
  });

  test('tasks and stakeholders belong to departments and roles that exist', () => {
    const owners = new Set<string>(ownersOfTasks);
    const named = [...playbook.tasks, ...playbook.stakeholders].map(({ department }) => department);
    expect(named.filter((owner) => !owners.has(owner))).toEqual([]);
    expect(
      playbook.roles.filter((role) => !owners.has(role) && !(knownRoles as readonly string[]).includes(role)),
    ).toEqual([]);
  });

  test('no text is more than Slack shows in its place', () => {
    for (const language of ['en', 'fr'] as const) {
      expect(playbook.name[language].length).toBeLessThanOrEqual(limits.optionText);
      for (const { body } of playbook.templates) expect(body[language].length).toBeLessThanOrEqual(limits.textInput);
      for (const { title } of playbook.tasks) expect(title[language].length).toBeLessThanOrEqual(60);
    }
  });

  test('every task says with which others it appears, and is due after it does', () => {
    for (const { id, lot, dueMinutes } of playbook.tasks)
      expect([id, lot !== undefined && (dueMinutes >= (lotStarts[lot - 1] ?? 0) || id === 'T1')]).toEqual([id, true]);
  });

  test('French is set as French is: curly apostrophes, and spaces that do not break', () => {
    const wrong = frenchOf(playbook, key).filter(([, text]) => /'| [:;?!»]|« /.test(text));
    expect(wrong).toEqual([]);
  });

  test('a legal reminder names its text, how sure it is and when somebody looked', () => {
    for (const { reference, confidence, checkedOn } of playbook.reminders)
      expect({ reference, confidence, checkedOn }).toEqual({
        reference: expect.stringMatching(/./),
        confidence: expect.stringMatching(/high|medium|low/),
        checkedOn: '2026-06-30',
      });
  });
});

test('words that admit a fault are marked as such, and only those', () => {
  const admitting = all.flatMap((p) => p.templates.filter(({ admits }) => admits).map(({ id }) => id));
  expect(admitting).toEqual(['campaign-apology']);
  const apology = eight.flatMap((p) => p.templates).find(({ id }) => id === 'campaign-apology');
  expect(placeholdersOf(apology?.body.fr ?? '')).toContain('time2');
});

describe('a broken file stops the start, and says which and where', () => {
  const broken = (change: (data: Record<string, unknown>) => void) => {
    const data = JSON.parse(JSON.stringify(productPlaybooks[0])) as Record<string, unknown>;
    change(data);
    return () => readPlaybook('product', data);
  };

  test.each<[string, (data: Record<string, unknown>) => void, RegExp]>([
    ['a missing list', (d) => delete d['tasks'], /data\/product\.json[\s\S]*tasks: /],
    ['a text without French', (d) => Object.assign(d, { name: { en: 'A' } }), /name\.fr: /],
    [
      'a task’s title of more than 60 characters',
      (d) => Object.assign((d['tasks'] as object[])[1] ?? {}, { title: { en: 'Do it', fr: 'x'.repeat(61) } }),
      /tasks\[1\]\.title\.fr: has 61 characters, more than 60/,
    ],
    ['a key of another file', (d) => Object.assign(d, { key: 'breach' }), /key: must be "product"/],
    ['a word nobody knows', (d) => Object.assign(d, { tnoe: 'calm' }), /tnoe/],
    [
      'a placeholder that French lacks',
      (d) => Object.assign((d['templates'] as { body: object }[])[0] ?? {}, { body: { en: 'At {time}', fr: 'À' } }),
      /templates\[0\]\.body: \{time\} is missing in French/,
    ],
    [
      'an id twice',
      (d) => (d['tasks'] as object[]).push((d['tasks'] as object[])[0] ?? {}),
      /tasks\[9\]\.id: the id is used twice/,
    ],
  ])('%s', (_what, change, message) => {
    expect(broken(change)).toThrow(message);
  });
});
