/** What Slack reads as more than text. A label ends where its sequence does. */
const sequences = [
  /<@[UW][A-Z0-9]+(\|[^<>|]*)?>/,
  /<#[CDG][A-Z0-9]+(\|[^<>|]*)?>/,
  /<!subteam\^S[A-Z0-9]+(\|[^<>|]*)?>/,
  /<!(here|channel|everyone)(\|[^<>|]*)?>/,
  /<!date\^\d+\^[^<>|^]+(\^[^<>|\s]+)?\|[^<>|]*>/,
  /<(https?|mailto|tel|slack):[^<>|\s]+(\|[^<>|]*)?>/,
  /&(amp|lt|gt);/,
  // A quote, at the beginning of a line.
  /^>{1,3}/,
];
const known = new RegExp(sequences.map(({ source }) => source).join('|'), 'gm');

/**
 * What stands in mrkdwn that Slack would read as one of its sequences, or drop, and that is none: `<`, `>` and `&` of a
 * text must be escaped. Answers a few words around the first; null when there is none.
 */
export function strayIn(mrkdwn: string): string | null {
  const left = mrkdwn.replace(known, (sequence) => ' '.repeat(sequence.length));
  const at = left.search(/[<>&]/);
  return at < 0 ? null : mrkdwn.slice(Math.max(0, at - 20), at + 20);
}
