import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath } from './support/browser.ts';
import { buttonCalled, fill, goTo, messageSaying, submit, type } from './support/hands.ts';
import { openStage, type Stage } from './support/stage.ts';

describe.skipIf(!chromiumPath)('several people at once', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  test('two windows press the same approval button: it counts once, and both see the same', async () => {
    const room = await stage.company.declare('Race on an approval');
    const marc = await stage.window('Marc');
    await stage.company.claire.invite(room, 'Marc');
    await goTo(marc, room);
    await type(marc, '/crisis statement First words');
    await marc.locator('.modal-form').waitFor();
    await fill(marc, 'part_1', 'We know of it and are looking into it.');
    await fill(marc, 'submit', ['now']);
    await submit(marc);
    await stage.settled();

    const one = await stage.window('Helen');
    const two = await stage.another('Helen');
    for (const page of [one, two]) await goTo(page, room);
    const cards = [one, two].map((page) =>
      page.locator('main .message', { has: page.locator('span:text-is("Approve")') }).last(),
    );
    await Promise.all(cards.map((card) => buttonCalled(card, 'Approve').click()));
    await Promise.all(
      [one, two].map((page) => page.getByRole('alertdialog').locator('.confirm-buttons button').last().click()),
    );
    await stage.settled();
    const transcript = stage.sandbox.transcript(room, { as: stage.company.helen.id });
    expect(transcript.match(/● \*Legal\* Helen Park, approved/g)).toHaveLength(1);
    for (const page of [one, two])
      await page.locator('main .message', { hasText: '● Legal Helen Park, approved' }).first().waitFor();
    expect(stage.browser.troubles).toEqual([]);
  });

  test('what one says is on the other’s screen at once, and counts as unread until it is looked at', async () => {
    const tom = await stage.window('Tom');
    const helen = await stage.window('Helen');
    const { id: general } = stage.sandbox.channel('general') ?? { id: '' };
    await goTo(helen, stage.sandbox.channels().find((one) => one.name.startsWith('cris'))?.id ?? '');
    await goTo(tom, general);
    await type(tom, 'Hello @helen.park, *one* thing');
    const line = helen.locator(`.sidebar-line[data-channel="${general}"]`);
    await line.locator('.badge').waitFor();
    await goTo(helen, general);
    await messageSaying(helen, 'one thing').waitFor();
    await line.locator('.badge').waitFor({ state: 'detached' });
  });

  test('a reply that only its reader may see is on no other screen', async () => {
    const sam = await stage.window('Sam');
    const tom = await stage.window('Tom');
    const { id: general } = stage.sandbox.channel('general') ?? { id: '' };
    for (const page of [sam, tom]) await goTo(page, general);
    await type(sam, '/crisis help');
    await sam.locator('.message.ephemeral').first().waitFor();
    expect(await tom.locator('.message.ephemeral').count()).toBe(0);
  });
});

describe.skipIf(!chromiumPath)('the inspector', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  test('makes Slack deny a message it has posted: the call is shown, and the bot recovers without posting it twice', async () => {
    const claire = await stage.window('Claire');
    await claire.locator('.top-end button').first().click();
    await claire.locator('.fault', { hasText: 'Le prochain message arrive, mais Slack dit que non' }).click();
    await claire.locator('.lit').waitFor();
    await type(claire, '/crisis declare Recovered');
    await claire.locator('.modal-form').waitFor();
    await submit(claire);
    await claire.locator('.lit').waitFor({ state: 'detached' });
    await stage.settled();
    await stage.advance(60_000);
    await claire.locator('.modal-header button').last().click();
    await claire.getByRole('tab', { name: 'Appels à Slack' }).click();
    await claire.locator('.entry-bad', { hasText: 'chat.postMessage' }).first().waitFor();
    const room = stage.sandbox.channels().find((one) => one.name.startsWith('cris'));
    const brief = stage.sandbox.transcript(room?.id ?? '').match(/# .* · Recovered/g);
    expect(brief).toHaveLength(1);
    expect(stage.browser.troubles).toEqual([]);
  });

  test('a command that finds no app shows Slack’s own failure, and the bot is back once Slack is', async () => {
    const claire = await stage.window('Claire');
    await claire.locator('.tab', { hasText: 'Provoquer un incident' }).click();
    await claire.locator('.fault', { hasText: 'Slack tombe en panne' }).click();
    await goTo(claire, stage.sandbox.channel('general')?.id ?? '');
    await type(claire, '/crisis status');
    await claire.locator('.notice', { hasText: '/crisis a échoué' }).waitFor();
    await claire.locator('.fault', { hasText: 'Slack revient' }).click();
    await claire.getByText('2 connexions du bot').waitFor({ timeout: 30_000 });
  });
});
