import { expect, test } from 'vitest';
import { strayIn } from '../../src/sandbox/server/validation/mrkdwn.ts';

test.each([
  'Nothing special: 3 * 4 = 12, "quoted"',
  'Called: <@U0CLAIRE0>, <@U0CLAIRE0|claire>, <!subteam^S012345|@press>, <!here>, <!channel>, <!everyone|all>',
  'In <#C012345> and <#C012345|crisis-2>',
  'At <!date^1795341600^{date_short_pretty} {time}|22 Nov 2026, 11:00 (Europe/Paris)>',
  'See <https://aurore.example/a?b=1&c=2|our page> or <mailto:press@aurore.example|write> or <tel:+33142>',
  'Müller &amp; Söhne said &lt;nothing&gt;',
  '>quoted\n>>> and more\nand then',
])('takes %j', (text) => {
  expect(strayIn(text)).toBeNull();
});

test.each([
  ['/crisis reopen <reason>', '<reason>'],
  ['Müller & Söhne', '& Söhne'],
  ['more than 3 > 2', '> 2'],
  ['a broken <@U0CLAIRE0 mention', '<@U0'],
  ['a made-up <!command>', '<!command>'],
  ['script <javascript:alert(1)|x>', '<javascript'],
  ['half an entity &am; or &nbsp;', '&am;'],
  ['escaped twice is fine, &amp;amp; too, this is not: &', '&'],
])('refuses %j', (text, where) => {
  expect(strayIn(text)).toContain(where.slice(0, 10));
});
