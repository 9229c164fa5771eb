import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Company, startCompany } from '../support/company.ts';

describe('declaring a crisis', () => {
  let company: Company;
  beforeAll(async () => {
    company = await startCompany();
  });
  afterAll(() => company.close());

  test('opens one private room with the crisis cell in it and the brief on top', async () => {
    const room = await company.declare('Recall of the spring soup', { summary: 'Three customers report glass.' });
    const channel = company.sandbox.channel(room);
    expect(channel?.name).toBe('crisis-1-recall-spring-soup');
    expect(channel?.is_private).toBe(true);
    const transcript = company.sandbox.transcript(room, { as: company.claire.id });
    expect(transcript).toContain('Recall of the spring soup');
    expect(transcript).toContain('Three customers report glass.');
    for (const person of [company.claire, company.helen, company.tom, company.anne])
      expect(() => person.sees(room)).not.toThrow();
    expect(() => company.sam.sees(room)).toThrow();
    expect(company.sandbox.problems).toEqual([]);
  });
});
