import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../src/core/time.ts';
import type { Person } from '../../src/sandbox/server/index.ts';
import { type Company, startCompany } from '../support/company.ts';

type Shown = { channel: string; ts: string; text: string; blocks?: unknown };
type Element = { blockId: string; action_id: string; value?: string; options?: { value: string }[] };

const elementsOf = (blocks: unknown): Element[] =>
  (Array.isArray(blocks) ? blocks : []).flatMap(
    ({ block_id: blockId, elements = [], accessory }: { block_id: string; elements?: object[]; accessory?: object }) =>
      [...elements, ...(accessory ? [accessory] : [])].flatMap((element) =>
        'action_id' in element && !('url' in element) ? [{ blockId, ...(element as Omit<Element, 'blockId'>) }] : [],
      ),
  );

/** What a closing posts may be pressed: to check it, or to open the crisis again. */
const ofTheClosing = ['log.verify', 'closing.open_reopen'];
/** Whoever may read the room reads its lists, closed or not. */
const readings =
  /^(home\.run:(more|tasks|statements)|(facts|stakeholders|statements|tasks|waiting)\.all|statements\.more:check)$/;

describe('the buttons of a crisis', () => {
  let company: Company;
  let room: string;
  beforeAll(async () => {
    company = await startCompany({ playbooks: 'product' });
    room = await company.declare('Soup recall', { level: 'crisis' });
    const { helen, tom } = company;
    for (const typed of [
      'task Call the shops',
      `task Freeze the campaign <@${tom.id}> in 20 min`,
      'fact Three customers found plastic source: hotline',
      'decide We recall the lot',
    ])
      await helen.command(`/crisis ${typed}`, room);
    await company.settled();
    await company.pass(20 * MINUTE);
  });
  afterAll(() => company.close());

  const people = () => [company.claire, company.marc, company.helen, company.tom, company.anne];
  const pressable = (person: Person, shown: readonly Shown[]) =>
    shown.flatMap((message) =>
      elementsOf(message.blocks)
        .filter(({ action_id }) => !ofTheClosing.some((id) => action_id.startsWith(id)))
        .map((element) => ({ person, message, element })),
    );
  const posted = (person: Person) => person.sees(room).filter((m) => !('to' in m)) as Shown[];
  const inRoom = () => pressable(company.helen, posted(company.helen));
  const inDms = () => people().flatMap((person) => pressable(person, person.dms() as Shown[]));
  const close = async () => {
    await company.helen.command('/crisis close', room);
    await company.helen.waitForModal({ callbackId: 'closing.close' });
    company.helen.fill({ note: 'Over', tasks: 'dropped' });
    expect(await company.helen.submit()).toMatchObject({ ok: true });
    await company.settled();
    while (company.helen.modal()) await company.helen.close();
  };

  let before: { room: number; dms: number };

  test('say that the crisis is closed as long as Slack takes none of them away', async () => {
    expect(inRoom().length).toBeGreaterThan(5);
    expect(inDms().length).toBeGreaterThan(3);
    before = { room: inRoom().length, dms: inDms().length };
    company.sandbox.faults.always('chat.update', { kind: 'rate_limited', retryAfter: 3600 });
    await close();
    const silent = new Set<string>();
    for (const { person, message, element } of [...inRoom(), ...inDms()]) {
      const { action_id: actionId, blockId, options } = element;
      for (const value of options?.map((option) => option.value) ?? [null]) {
        const before = person.ephemerals().length;
        if (value === null) await person.click(message, { actionId, blockId }, { confirm: true });
        else await person.select(message, { actionId, blockId }, value, { confirm: true });
        await company.settled();
        const answer = JSON.stringify([person.ephemerals().slice(before), person.modal()?.blocks]);
        const isSaid = /is closed|est close/.test(answer) || readings.test(actionId);
        if (!isSaid) silent.add(`${actionId} ${value ?? ''}: ${answer.slice(0, 200)}`);
        while (person.modal()) await person.close();
      }
    }
    expect([...silent]).toEqual([]);
  }, 120_000);

  test('are taken away from the room and from direct messages once they can be', async () => {
    company.sandbox.faults.clear();
    // Slack takes them again an hour later.
    await company.pass(2 * HOUR);
    expect(inRoom().map(({ element, message }) => `${element.action_id} ${message.text}`)).toEqual([]);
    expect(inDms().map(({ element, message }) => `${element.action_id} ${message.text}`)).toEqual([]);
  }, 60_000);

  test('are there again when it is reopened', async () => {
    await company.helen.command('/crisis reopen the press is back', room);
    await company.settled();
    await company.pass(MINUTE);
    await company.pass(MINUTE);
    expect(inRoom().length).toBeGreaterThan(before.room / 2);
    expect(inDms().length).toBeGreaterThan(0);
    expect(company.sandbox.problems).toEqual([]);
  }, 60_000);
});
