import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { notified } from '../../src/slack/blocks.ts';
import { escapeMrkdwn, link, mrkdwnOf, plainText, slackTime, withNames } from '../../src/slack/mrkdwn.ts';

describe('what Slack hands over, as the person meant it', () => {
  test.each([
    ['Ask <@U0HELEN00>', 'Ask <@U0HELEN00>'],
    ['Ask <@U0HELEN00|helen.park>', 'Ask <@U0HELEN00>'],
    ['Ask <@W0HELEN00>', 'Ask <@W0HELEN00>'],
    ['in <#C012345|general>', 'in #general'],
    ['in <#C012345>', 'in #C012345'],
    ['in <#C012345|>', 'in #C012345'],
    ['<!subteam^S123|@legal> look', '@legal look'],
    ['<!subteam^S123> look', '@S123 look'],
    ['<!here> <!channel> <!everyone|everyone>', '@here @channel @everyone'],
    ['<https://example.com/a?b=1&amp;c=2>', 'https://example.com/a?b=1&c=2'],
    ['<https://example.com|example.com>', 'https://example.com'],
    ['<https://example.com/x|the article>', 'the article (https://example.com/x)'],
    ['<mailto:press@aurore.example|press@aurore.example>', 'press@aurore.example'],
    ['<mailto:press@aurore.example>', 'mailto:press@aurore.example'],
    ['<tel:+33123456789|+33123456789>', 'tel:+33123456789'],
    ['at <!date^1700000000^{time}|10:13>', 'at 10:13'],
    ['at <!date^1700000000^{time}^https://x.example|10:13>', 'at 10:13'],
    ['R&amp;D says 1 &lt; 2 &gt; 0', 'R&D says 1 < 2 > 0'],
    ['&amp;lt;b&amp;gt;', '&lt;b&gt;'],
    ['&lt;!channel&gt;', '<!channel>'],
    ['<https://x.example|&lt;@U0HELEN00&gt;>', '<@U0HELEN00> (https://x.example)'],
    ['<@U0HELEN00><@U0TOM0000> in <#C012345|g>', '<@U0HELEN00><@U0TOM0000> in #g'],
    ['*bold* _it_ ~no~ `code`', '*bold* _it_ ~no~ `code`'],
    ['\uE000U0HELEN00\uE001', '\uE000U0HELEN00\uE001'],
    ['a\u0000b', 'ab'],
    ['', ''],
  ])('%j is %j', (given, meant) => {
    expect(plainText(given)).toBe(meant);
  });

  test('any text that people write comes back as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(plainText(escapeMrkdwn(text))).toBe(text.replaceAll('\u0000', ''));
      }),
    );
  });
});

const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '<!channel>',
        '<!here>',
        '<!everyone|x>',
        '<#C1>',
        '<https://evil.example|click>',
        '<',
        '>',
        '&lt;',
      ),
      fc.constantFrom('<!subteam^S1>', '<@', '|', '!channel', '<!date^1^{date}|x>', '*', '`', '&', 'ab'),
      fc.string(),
    ),
  )
  .map((parts) => parts.join(''));

describe('what people wrote, inside our messages', () => {
  test.each([
    ['<!channel>', '&lt;!channel&gt;'],
    ['a & b', 'a &amp; b'],
    ['&lt;', '&amp;lt;'],
    ['<https://evil.example|click>', '&lt;https://evil.example|click&gt;'],
  ])('%j is escaped to %j', (given, shown) => {
    expect(escapeMrkdwn(given)).toBe(shown);
  });

  test('holds no control sequence, whatever it is', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(escapeMrkdwn(text)).not.toMatch(/[<>]/);
        expect(mrkdwnOf(text).replace(/<@[UW][A-Z0-9]+>/g, '')).not.toMatch(/[<>]/);
        expect(mrkdwnOf(text, () => '<!channel>')).not.toMatch(/[<>]/);
      }),
    );
  });

  test('names people without calling them, and calls them only when asked to', () => {
    const text = 'ask <@U0HELEN00> & co';
    expect(mrkdwnOf(text)).toBe('ask <@U0HELEN00> &amp; co');
    expect(mrkdwnOf(text, () => 'Helen <Park>')).toBe('ask *Helen &lt;Park&gt;* &amp; co');
    expect(withNames(text, () => 'Helen Park')).toBe('ask Helen Park & co');
  });

  test('a label cannot end its link', () => {
    expect(link('https://x.example/?a|b>', 'a|b> <!channel>')).toBe(
      '<https://x.example/?a%7Cb%3E|a¦b&gt; &lt;!channel&gt;>',
    );
  });
});

describe('an instant', () => {
  const at = new Date('2026-11-22T17:04:59.900Z');
  test.each([
    ['en', 'day_time', '<!date^1795367099^{date_short_pretty} {time}|22 Nov 2026, 18:04 (Europe/Paris)>'],
    ['fr', 'time', '<!date^1795367099^{time}|22 nov. 2026, 18:04 (Europe/Paris)>'],
  ] as const)('is one that each reader sees in their own time (%s, %s)', (language, form, expected) => {
    expect(slackTime(at, 'Europe/Paris', language, form)).toBe(expected);
  });
});

test('a notification lets through what the product writes for an hour, and no link that somebody typed as one', () => {
  const ours = slackTime(new Date('2026-11-22T13:05:00Z'), 'Europe/Paris', 'fr');
  expect(notified(`Réponse avant ${ours}`)).toBe(`Réponse avant ${ours}`);
  for (const typed of [
    '<!date^0^{date}^https://evil.example|x>',
    '<!date^0^Press here|x>',
    '<!channel>',
    '<https://x|y>',
  ])
    expect(notified(typed)).toBe(escapeMrkdwn(typed));
});
