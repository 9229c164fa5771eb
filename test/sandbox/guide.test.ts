import { afterEach, describe, expect, test } from 'vitest';
import { isInForm } from '../../src/sandbox/demo/player.ts';
import type { Act, Scenario } from '../../src/sandbox/demo/scenario.ts';
import { scenarios } from '../../src/sandbox/demo/scenarios/all.ts';
import { campaignFr } from '../../src/sandbox/demo/scenarios/campaign-fr.ts';
import { nextDeadline, settledIn } from '../../src/sandbox/demo/stage.ts';
import { openBook } from '../../src/sandbox/page/book.ts';
import { createGuide, type Guide } from '../../src/sandbox/page/guide.ts';
import { seedRoster } from '../../src/sandbox/trial/roster.ts';
import { type Company, startCompany } from '../support/company.ts';

let company: Company;
let guide: Guide;
/** Look whenever the guide has something new to show. */
let watchers: (() => void)[] = [];

async function openGuide(scenario: Scenario, before: (act: Act) => Promise<void> = async () => {}): Promise<void> {
  company = await startCompany({ roster: 'none', playbooks: 'product', language: scenario.language });
  const { sandbox, app } = company;
  await seedRoster(app, sandbox);
  const advance = async (ms: number) => {
    for (let left = ms; left > 0; ) {
      const jump = Math.min(left, await nextDeadline(app));
      await company.pass(jump);
      left -= jump;
    }
  };
  const book = openBook({ sandbox, settled: settledIn(app, sandbox), advance }, [scenario]);
  const play: typeof book.play = async (id, done) => {
    const act = scenario.acts[done];
    if (act) await before(act);
    return book.play(id, done);
  };
  guide = createGuide(sandbox, { ...book, play }, () => watchers.forEach((look) => look()));
  guide.choose(scenario.id);
}
afterEach(async () => {
  watchers = [];
  guide.stop();
  await company.close();
});

const story = () => guide.sight().current ?? expect.fail('no story was chosen');
const step = () => story().steps[story().at]?.id;
const next = () => story().next ?? expect.fail('the story is over');
const shows = (seen: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const look = () => seen() && resolve();
    watchers.push(look);
    look();
  });

describe.each(scenarios)('the story $title ($language)', (scenario) => {
  test('is played to its end by “Play this step” alone, in at most twelve presses, although Esc closes each of its forms before it is filled in', async () => {
    await openGuide(scenario, async (act) => {
      const me = isInForm(act.does) ? company.sandbox.person(act.as) : undefined;
      while (me?.modal()) await me.close();
    });
    const presses: string[] = [];
    for (let id = step(); id !== undefined; id = step()) {
      presses.push(id);
      await guide.play(id);
      expect(guide.sight().trouble).toBeNull();
      expect(step()).not.toBe(id);
    }
    expect(presses).toEqual(story().steps.map(({ id }) => id));
    expect(presses.length).toBeLessThanOrEqual(12);
    expect(company.sandbox.problems).toEqual([]);
  }, 180_000);
});

describe('the guide', () => {
  const first = campaignFr.acts[0]?.does;
  const shared = first && 'say' in first ? first.say : '';

  test('ticks what people did by hand, gives the values for the form that is open, and opens it again after Esc', async () => {
    await openGuide(campaignFr);
    const { claire, marc } = company;
    expect(next()).toMatchObject({ as: marc.id, place: company.sandbox.channel('communication')?.id });

    const said = await marc.say('#communication', shared);
    await shows(() => story().acts.done === 1);
    expect(next()).toMatchObject({ as: claire.id, how: expect.stringContaining('Assess this'), values: [] });

    await claire.messageShortcut('assessment.from_message', said);
    await shows(() => next().id === 'personnes-et-droit' && next().values.length > 0);
    expect(next().values).toContainEqual({ label: 'De quoi s’agit-il ?', value: 'Campagne accusée de sexisme' });

    await claire.close();
    await shows(() => next().values.length === 0);
    expect(next()).toMatchObject({ as: claire.id, how: expect.stringContaining('Assess this') });

    await guide.play('alerte');
    expect(guide.sight().trouble).toBeNull();
    expect(step()).toBe('declencher');
  });

  test('notices a form that was filled in by hand, whatever else was in it', async () => {
    await openGuide(campaignFr);
    await guide.play('alerte');
    await company.claire.close();
    await company.declare('Autre titre', { playbook: 'campaign' });
    await shows(() => step() === 'marketing-repond');
  });

  test('says what is in the way of a step, for whom, and leaves it out on demand', async () => {
    const say = (id: string, text: string) => ({
      id,
      step: `${id}.`,
      as: 'Helen',
      tell: '',
      does: { say: text, where: '#general' as const },
      shows: { in: '#general' as const, text },
    });
    const missing = { ...say('missing', 'never'), does: { press: 'Nowhere', in: 'dm' as const } };
    await openGuide({ ...campaignFr, id: 'short', language: 'en', acts: [say('a', 'one'), missing, say('b', 'two')] });
    await guide.play('a');
    await guide.play('missing');
    expect(guide.sight()).toMatchObject({
      playing: false,
      trouble: 'Helen: there is no “Nowhere” in the messages from the app.',
    });
    expect(step()).toBe('missing');
    guide.skip('missing');
    expect(guide.sight().trouble).toBeNull();
    await guide.play('b');
    expect(step()).toBeUndefined();
  });
});
