/** Slack's mrkdwn, read into a tree: what it shows is decided by whoever draws it. */
export type Inline =
  | { is: 'text'; text: string }
  | { is: 'bold' | 'italic' | 'strike'; inside: Inline[] }
  | { is: 'code'; text: string }
  | { is: 'link'; url: string; label: string }
  | { is: 'user' | 'channel' | 'group'; id: string }
  | { is: 'broadcast'; range: string }
  | { is: 'date'; unix: number; format: string; url: string | null; fallback: string }
  | { is: 'emoji'; name: string };

export type Paragraph = { is: 'text' | 'quote'; inside: Inline[] } | { is: 'code'; text: string };

export function parseMrkdwn(source: string): Paragraph[] {
  return source.split(/```/).flatMap((part, i): Paragraph[] => {
    if (i % 2 === 1) return [{ is: 'code', text: unescaped(part.replace(/^\n|\n$/g, '')) }];
    return paragraphsOf(i === 0 ? part : part.replace(/^\n/, ''));
  });
}

/** Lines that begin with `>` are quoted together. */
function paragraphsOf(source: string): Paragraph[] {
  if (source === '') return [];
  const found: { quoted: boolean; lines: string[] }[] = [];
  for (const line of source.split('\n')) {
    const [, quotedText] = /^(?:&gt;|>) ?(.*)$/.exec(line) ?? [];
    const quoted = quotedText !== undefined;
    const last = found.at(-1);
    if (last?.quoted === quoted) last.lines.push(quotedText ?? line);
    else found.push({ quoted, lines: [quotedText ?? line] });
  }
  return found.map(({ quoted, lines }) => ({ is: quoted ? 'quote' : 'text', inside: parseInline(lines.join('\n')) }));
}

const TOKEN = /<([^<>\n]+)>|`([^`\n]+)`|:([a-z0-9_+-]+):/gi;

export function parseInline(source: string): Inline[] {
  const parts: Inline[] = [];
  let from = 0;
  // Control sequences and code are opaque to bold, italic and strike: they are put aside under a mark no one types.
  const aside: Inline[] = [];
  let text = '';
  for (const match of source.matchAll(TOKEN)) {
    const [whole, control, code, emoji] = match;
    const token = control ? controlOf(control) : code ? ({ is: 'code', text: unescaped(code) } as const) : null;
    text += source.slice(from, match.index);
    from = match.index + whole.length;
    const inline: Inline | null = token ?? (emoji ? { is: 'emoji', name: emoji.toLowerCase() } : null);
    if (!inline) {
      text += whole;
      continue;
    }
    aside.push(inline);
    text += mark(aside.length - 1);
  }
  text += source.slice(from);
  parts.push(...styled(text, aside));
  return parts;
}

const BASE = 0xe000;
const mark = (index: number): string => String.fromCharCode(BASE + index);

const STYLES = { '*': 'bold', _: 'italic', '~': 'strike' } as const;
const STYLED = /(?<![\p{L}\p{N}])([*_~])(?=\S)((?:(?!\1|\n).)*\S)\1(?![\p{L}\p{N}])/u;

function styled(text: string, aside: readonly Inline[]): Inline[] {
  const match = STYLED.exec(text);
  if (!match) return plain(text, aside);
  const [whole, sign, inside = ''] = match;
  return [
    ...plain(text.slice(0, match.index), aside),
    { is: STYLES[sign as keyof typeof STYLES], inside: styled(inside, aside) },
    ...styled(text.slice(match.index + whole.length), aside),
  ];
}

function plain(text: string, aside: readonly Inline[]): Inline[] {
  return text.split(/([\uE000-\uF8FF])/).flatMap((part): Inline[] => {
    if (part === '') return [];
    const kept = aside[part.charCodeAt(0) - BASE];
    return [part.length === 1 && kept ? kept : { is: 'text', text: unescaped(part) }];
  });
}

function controlOf(control: string): Inline {
  const [target = '', label = ''] = splitOnce(control, '|');
  const sign = target.charAt(0);
  const [id = ''] = splitOnce(target.slice(1), '|');
  if (sign === '@') return { is: 'user', id };
  if (sign === '#') return { is: 'channel', id };
  if (sign !== '!') return { is: 'link', url: unescaped(target), label: unescaped(label || target) };
  if (target.startsWith('!subteam^')) return { is: 'group', id: target.slice('!subteam^'.length) };
  if (!target.startsWith('!date^')) return { is: 'broadcast', range: target.slice(1) };
  const [, unix = '0', format = '', url] = target.split('^');
  return { is: 'date', unix: Number(unix), format, url: url ?? null, fallback: unescaped(label) };
}

const splitOnce = (text: string, sign: string): string[] => {
  const at = text.indexOf(sign);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
};

const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
