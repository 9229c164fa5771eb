/** Somebody who can be meant by a typed name. */
type Named = { id: string; name: string };

/** What Slack's own words for everybody become in plain text: nobody's names. */
const everybody = ['here', 'channel', 'everyone'];

const word = "\\p{L}[\\p{L}\\p{N}.'’_-]*";
const typedName = new RegExp(`(?<![\\p{L}\\p{N}.@<])@(${word}(?: \\p{Lu}[\\p{L}'’-]*){0,2})`, 'gu');
const atStart = new RegExp(`^(${word}(?: ${word}){0,2}) ?: `, 'u');
const atEnd = new RegExp(`, ?(${word}(?: ${word}){0,2})$`, 'u');

/** The first words that follow an @, to look for people by. */
export const namesTyped = (text: string): string[] =>
  [...text.matchAll(typedName)]
    .map(([, name = '']) => name.split(/[ .]/)[0] ?? '')
    .filter((name) => !isEverybody(name));

/**
 * Puts Slack's `<@U…>` in the place of typed names: `@tom`, `@Tom Becker`, and at the ends `Tom: …`, `…, Tom`: "talking points for Tom" may be Anne's work.
 * A display name finds its person, a first name the only one of the cell who has it, else the only one of `others`. What
 * follows an @ and is nobody's is left out of the text: it is `unread`. A name that only ends the text is `left` in it.
 */
export function readNames(text: string, cell: readonly Named[], others: readonly Named[] = []) {
  const unread: string[] = [];
  const read = text.replace(typedName, (whole, typed: string) => {
    if (isEverybody(typed)) return whole;
    const words = typed.split(' ');
    for (let count = words.length; count > 0; count -= 1) {
      const found = personCalled(words.slice(0, count).join(' '), cell, others);
      if (found) return [`<@${found.id}>`, ...words.slice(count)].join(' ');
    }
    unread.push(`@${words[0]}`);
    return words.slice(1).join(' ');
  });
  const named = nameAtEnds(read, cell).replace(/ {2,}/g, ' ').trim();
  return { text: named, unread, left: nameLeft(named, cell) };
}

/** `freeze posts Tom`: perhaps who does it, perhaps what it is about. */
function nameLeft(text: string, cell: readonly Named[]): string | null {
  const words = text.split(' ');
  const ends = [3, 2, 1].filter((count) => count < words.length).map((count) => words.slice(-count).join(' '));
  return ends.find((end) => /^\p{Lu}/u.test(end) && personCalled(end, cell, []) !== undefined) ?? null;
}

/** The same for who stands before or after a sentence, in the cell only: elsewhere a name is part of what is said. */
const nameAtEnds = (text: string, cell: readonly Named[]): string =>
  [atStart, atEnd].reduce(
    (said, pattern) =>
      said.replace(pattern, (whole, name: string) => {
        const found = personCalled(name, cell, []);
        return found ? (pattern === atStart ? `<@${found.id}> ` : ` <@${found.id}>`) : whole;
      }),
    text,
  );

const isEverybody = (name: string): boolean => everybody.includes(name.toLowerCase());

function personCalled(typed: string, cell: readonly Named[], others: readonly Named[]): Named | undefined {
  const asked = folded(typed);
  const whole = only([...cell, ...others], (name) => name === asked);
  const first = (people: readonly Named[]) => only(people, (name) => name.split(' ')[0] === asked);
  return (
    whole ?? first(cell) ?? (cell.some(({ name }) => folded(name).split(' ')[0] === asked) ? undefined : first(others))
  );
}

function only(people: readonly Named[], matches: (name: string) => boolean): Named | undefined {
  const found = new Map(people.filter(({ name }) => matches(folded(name))).map((one) => [one.id, one]));
  return found.size === 1 ? [...found.values()][0] : undefined;
}

/** `tom.becker` is how some write `Tom Becker`. */
const folded = (name: string): string =>
  name.normalize('NFD').replace(/\p{M}/gu, '').replace(/[._]/g, ' ').replace(/[’']/g, "'").trim().toLowerCase();
