/** Where each value of a JSON text stands: `line('departments', 1, 'people')` counts from 1. */
export type Located = { value: unknown; line: (...path: PropertyKey[]) => number };

/** A text that is not JSON, and the line on which it stops being so. */
export class NotJson extends Error {
  readonly line: number;
  constructor(line: number) {
    super(`not JSON from line ${line} on`);
    this.line = line;
  }
}

const deepest = 20;

/** Reads JSON and remembers lines, which JSON.parse does not tell on every version. Throws NotJson. */
export function readJson(text: string): Located {
  const lines = new Map<string, number>();
  const at = { index: 0 };
  const lineOf = (index: number) => text.slice(0, index).split('\n').length;
  const fail = (): never => {
    throw new NotJson(lineOf(Math.min(at.index, text.length)));
  };

  const space = () => {
    while (/\s/.test(text[at.index] ?? '')) at.index += 1;
  };
  const take = (mark: string) => {
    space();
    if (text[at.index] !== mark) fail();
    at.index += 1;
  };
  const next = () => {
    space();
    return text[at.index];
  };

  function scalar(): void {
    const pattern = /"(?:[^"\\\n]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
    pattern.lastIndex = at.index;
    const [found] = pattern.exec(text) ?? [];
    if (found === undefined) return fail();
    at.index += found.length;
  }

  function key(): string {
    if (next() !== '"') fail();
    const start = at.index;
    scalar();
    return text.slice(start + 1, at.index - 1);
  }

  function many(close: string, member: (position: number) => void): void {
    at.index += 1;
    for (let i = 0; next() !== close; i += 1) {
      if (i > 0) take(',');
      member(i);
    }
    at.index += 1;
  }

  function value(path: PropertyKey[]): void {
    const mark = next();
    if (path.length > deepest) fail();
    if (!lines.has(path.join('/'))) lines.set(path.join('/'), lineOf(at.index));
    if (mark === '[') return many(']', (i) => value([...path, i]));
    if (mark !== '{') return scalar();
    many('}', () => {
      const name = key();
      lines.set([...path, name].join('/'), lineOf(at.index));
      take(':');
      value([...path, name]);
    });
  }

  value([]);
  if (next() !== undefined) fail();
  return {
    value: parsed(text, fail),
    line: (...path) => {
      // What is missing has no line of its own: the one of what should have held it.
      for (let known = path; ; known = known.slice(0, -1)) {
        const line = lines.get(known.join('/'));
        if (line !== undefined || known.length === 0) return line ?? 1;
      }
    },
  };
}

function parsed(text: string, fail: () => never): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return fail();
  }
}
