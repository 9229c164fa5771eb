import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../src/core/ids.ts';
import { findCrisisOfChannel } from '../src/crises/store.ts';
import { features } from '../src/features.ts';
import { recordGivenUp } from '../src/slack/deliver.ts';
import { type Company, startCompany } from './support/company.ts';

const jobs = features.flatMap((feature) => feature.jobs ?? []);

describe('each slice speaks for itself', () => {
  let company: Company;
  let room: string;
  beforeAll(async () => {
    company = await startCompany();
    room = await company.declare('Soup recall');
  });
  afterAll(() => company.close());

  test.each(jobs.map(({ kind, what }) => [kind, what] as const))('%s has words in both languages', (kind, what) => {
    for (const words of [what.en, what.fr]) {
      expect(words.trim().length).toBeGreaterThan(5);
      expect(words).not.toContain(kind);
      expect(words).not.toMatch(/[._]\w/);
    }
    expect(what.en).not.toBe(what.fr);
  });

  test('the lead is told what could not be done in words, never by the id of a job', async () => {
    const { deps, workspaceId } = company.app;
    const crisis = await findCrisisOfChannel(deps.db, workspaceId, room, null);
    if (!crisis) throw new Error('no crisis');
    const told = async () => {
      const job = { kind: 'facts.show_table', queue: 'outbox', order: null, data: { crisisId: crisis.id } };
      await recordGivenUp(deps, newId(), job, 'fatal_error');
      await company.settled();
    };
    await told();
    const french = linesOf(company.claire.dms().at(-1)?.blocks).join('\n');
    expect(french).toContain('*afficher ce que nous savons* (`fatal_error`)');
    await company.claire.command(`/crise directeur <@${company.helen.id}>`, room);
    await company.settled();
    await told();
    const english = linesOf(company.helen.dms().at(-1)?.blocks).join('\n');
    expect(english).toContain('*showing what we know* (`fatal_error`)');
    expect(french + english).not.toContain('facts.show_table');
  });
});

const linesOf = (blocks: unknown): string[] =>
  (Array.isArray(blocks) ? (blocks as { text?: { text: string } }[]) : []).flatMap(
    (block) => block.text?.text.split('\n') ?? [],
  );
