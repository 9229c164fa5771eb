import { describe, expect, test } from 'vitest';
import { completionOf } from '../../src/sandbox/web/channel/suggestions.ts';
import { parseInline, parseMrkdwn } from '../../src/sandbox/web/text/mrkdwn.ts';
import { dateTokens, dayName } from '../../src/sandbox/web/text/time.ts';

describe('mrkdwn on the page', () => {
  test('reads styles, and leaves signs inside words alone', () => {
    expect(parseInline('*bold _both_* 2*3*4 snake_case_name ~gone~')).toEqual([
      {
        is: 'bold',
        inside: [
          { is: 'text', text: 'bold ' },
          { is: 'italic', inside: [{ is: 'text', text: 'both' }] },
        ],
      },
      { is: 'text', text: ' 2*3*4 snake_case_name ' },
      { is: 'strike', inside: [{ is: 'text', text: 'gone' }] },
    ]);
  });

  test('reads mentions, links and dates, and gives the three escaped characters back', () => {
    expect(parseInline('<@U1> <#C1|x> <!subteam^S1> <https://a.example?x=1&amp;y=2|see &lt;this&gt;>')).toEqual([
      { is: 'user', id: 'U1' },
      { is: 'text', text: ' ' },
      { is: 'channel', id: 'C1' },
      { is: 'text', text: ' ' },
      { is: 'group', id: 'S1' },
      { is: 'text', text: ' ' },
      { is: 'link', url: 'https://a.example?x=1&y=2', label: 'see <this>' },
    ]);
    expect(parseInline('<!date^1750000000^{date_short} {time}|then>')).toEqual([
      { is: 'date', unix: 1750000000, format: '{date_short} {time}', url: null, fallback: 'then' },
    ]);
  });

  test('what people typed escaped stays words: no mention and no link comes of it', () => {
    expect(parseInline('&lt;!channel&gt; &lt;@U1&gt;')).toEqual([{ is: 'text', text: '<!channel> <@U1>' }]);
  });

  test('quotes and code blocks stand apart', () => {
    expect(parseMrkdwn('&gt; said\n&gt; twice\nthen```a *b*```').map((one) => one.is)).toEqual([
      'quote',
      'text',
      'code',
    ]);
  });
});

describe('times on the page', () => {
  const at = Date.UTC(2026, 0, 15, 8, 5) / 1000;
  const now = Date.UTC(2026, 0, 15, 12);

  test('are told in the reader’s language and zone', () => {
    const paris = { locale: 'fr-FR', tz: 'Europe/Paris', now };
    const london = { locale: 'en-GB', tz: 'Europe/London', now };
    expect(dateTokens(paris, at, '{date_short_pretty} {time}')).toBe('aujourd’hui 09:05');
    expect(dateTokens(london, at, '{date_short} {time}')).toBe('15 Jan 2026 08:05');
    expect(dayName(london, at * 1000)).toBe('Today');
  });
});

describe('what the composer completes', () => {
  const known = {
    commands: [{ command: '/crisis', description: 'Run a crisis', usage_hint: '[declare | status | list]' }],
    people: [],
    groups: [],
    channels: [],
  };

  test('commands, then the words of their usage hint', () => {
    expect(completionOf('/cr', 3, known)?.suggestions.map((one) => one.insert)).toEqual(['/crisis ']);
    expect(completionOf('/crisis s', 9, known)).toMatchObject({ from: 8, suggestions: [{ insert: 'status ' }] });
    expect(completionOf('/crisis declare Soup', 20, known)).toBeNull();
    expect(completionOf('a /crisis', 9, known)).toBeNull();
  });
});
