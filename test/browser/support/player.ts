import type { Locator, Page } from 'playwright-core';
import { MINUTE, SECOND } from '../../../src/core/time.ts';
import { isDone, roomOf, saidIn } from '../../../src/sandbox/demo/player.ts';
import type { Act, Doing, Scenario, Where } from '../../../src/sandbox/demo/scenario.ts';
import { betweenActs } from '../../../src/sandbox/demo/stage.ts';
import * as hands from './hands.ts';
import type { Stage } from './stage.ts';

/** Lives a scenario of the demo in real windows: every act is done with mouse and keyboard by the person it names. */
export async function live(stage: Stage, scenario: Scenario): Promise<void> {
  for (const act of scenario.acts) {
    if (act !== scenario.acts[0]) await stage.advance(betweenActs);
    await perform(stage, scenario, act).catch((error: unknown) => {
      throw new Error(`act "${act.id}" (${act.as}): ${error instanceof Error ? error.message : String(error)}`);
    });
    await stage.settled();
    // A confirmation that is open is on no screen but its own.
    if ('press' in act.does && act.does.hesitates) continue;
    // What comes at Slack's pace, or is merged with what comes next.
    for (let left = MINUTE; left > 0 && !isDone(stage, scenario, act); left -= 5 * SECOND)
      await stage.advance(5 * SECOND);
    await stage.sandbox
      .waitFor(() => isDone(stage, scenario, act), {
        timeoutMs: 30_000,
        what: `"${act.shows.text}" after act "${act.id}" (${act.as})`,
      })
      .catch((error: unknown) => {
        const room = roomOf(stage, scenario);
        throw new Error(`${String(error)}\n${room ? stage.sandbox.transcript(room.id).slice(-3000) : ''}`);
      });
  }
}

async function perform(stage: Stage, scenario: Scenario, act: Act): Promise<void> {
  const { does: what } = act;
  if ('wait' in what) return wait(stage, scenario, act, what.wait);
  const page = await stage.window(act.as);
  // Only the window in front draws at full speed.
  await page.bringToFront();
  await stage.caughtUp(page);
  const said = (text: string) => saidIn(stage, scenario, text);
  if ('fill' in what) {
    for (const [field, value] of Object.entries(what.fill))
      await hands.fill(page, field, Array.isArray(value) ? value.map(said) : said(value));
    return hands.submit(page);
  }
  if ('confirm' in what) return page.getByRole('alertdialog').locator('.confirm-buttons button').last().click();
  const inForm = 'press' in what && what.in === 'form';
  if (!inForm) await hands.closeForms(page);
  if ('press' in what) return press(stage, scenario, page, what, said);
  if ('open' in what) return hands.goHome(page);
  await goTo(stage, scenario, page, 'where' in what && what.where ? what.where : 'room');
  if ('command' in what) return hands.type(page, mentions(stage, said(what.command)));
  if ('say' in what) return hands.type(page, mentions(stage, said(what.say)));
  if ('shortcut' in what) return shortcut(page, what, said);
  const me = stage.sandbox.person(act.as).name;
  const author = 'edit' in what ? `[aria-label^="${me}"]` : ':not(.ephemeral)';
  const all = page.locator(`main .message${author}`, { hasText: visible(said(what.to)) });
  const byPeople = all.and(
    page.locator(`:not([aria-label^="${stage.company.sandbox.manifest.features?.bot_user?.display_name}"])`),
  );
  await all.last().waitFor();
  const message = ((await byPeople.count()) > 0 ? byPeople : all).last();
  if ('react' in what) return hands.react(page, message, what.react);
  if ('reply' in what) {
    await message.hover();
    await message.locator('.message-toolbar button').nth(1).click();
    return hands.type(page, mentions(stage, said(what.reply)), '.side-panel');
  }
  await hands.chooseForMessage(page, message, /Edit|Modifier/);
  await message.locator('textarea').fill(said(what.edit));
  await message.locator('textarea').press('Enter');
}

const PATIENCE_MINUTES = 30;

/** Windows take real time, and what is waited for may be due a little later than the story says. */
async function wait(stage: Stage, scenario: Scenario, act: Act, minutes: number): Promise<void> {
  await stage.advance(minutes * MINUTE);
  for (let more = 0; more < PATIENCE_MINUTES && !isDone(stage, scenario, act); more += 1) await stage.advance(MINUTE);
}

async function press(
  stage: Stage,
  scenario: Scenario,
  page: Page,
  what: Extract<Doing, { press: string }>,
  said: (text: string) => string,
): Promise<void> {
  if (what.in === 'home') {
    await hands.goHome(page);
    return hands.press(page, page.locator('.home'), what.press);
  }
  if (what.in === 'dm') await hands.goToAppMessages(page);
  // What only they see is where they have just typed.
  else if (what.in === 'room') await goTo(stage, scenario, page, 'room');
  const words = visible(said(what.beside ?? what.containing ?? ''));
  if (what.in === 'form') {
    const form = page.locator('.modal-form');
    const row = form.locator('.block', { hasText: words }).filter({ has: page.locator('button') });
    return hands.press(page, what.beside === undefined ? form : row.last(), what.press);
  }
  const saying = (place: Locator) =>
    what.beside === undefined
      ? place.locator('.message', { hasText: words })
      : place
          .locator('.message .block', { hasText: words })
          .filter({ has: page.locator('button') })
          .last();
  return hands.press(page, saying(await placeWith(page, saying)), what.press, !what.hesitates);
}

/** What is not in the channel itself is in one of its threads: they are opened one after another. */
async function placeWith(page: Page, saying: (place: Locator) => Locator): Promise<Locator> {
  const channel = page.locator('main');
  const panel = page.locator('.side-panel');
  if ((await saying(channel).count()) > 0) return channel;
  for (const thread of await channel.locator('.thread-line').all()) {
    await thread.click();
    await panel.locator('.message').first().waitFor();
    if ((await saying(panel).count()) > 0) return panel;
  }
  return channel;
}

async function shortcut(
  page: Page,
  what: Extract<Doing, { shortcut: string }>,
  said: (text: string) => string,
): Promise<void> {
  if (what.on !== undefined)
    return hands.chooseForMessage(page, hands.messageSaying(page, visible(said(what.on))), what.shortcut);
  await page.locator('.composer-bar button').nth(2).click();
  await page.getByRole('menuitem', { name: what.shortcut }).click();
}

async function goTo(stage: Stage, scenario: Scenario, page: Page, where: Where): Promise<void> {
  const id = where === 'room' ? roomOf(stage, scenario)?.id : stage.sandbox.channel(where)?.id;
  if (!id) throw new Error(`there is no "${where}" yet`);
  await hands.goTo(page, id);
}

/** `@Helen` as her handle, which is what one types. */
const mentions = ({ sandbox }: Stage, text: string): string =>
  text.replaceAll(/@(\p{Lu}[\p{L}-]+)/gu, (whole, name: string) => {
    const known = sandbox.people().find((user) => user.real_name.split(' ')[0] === name);
    return known ? `@${known.name}` : whole;
  });

/** The signs of mrkdwn are not on the screen. */
const visible = (text: string): string => text.replaceAll(/[*_`]/g, '');
