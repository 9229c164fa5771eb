import { inflateSync } from 'node:zlib';

/** The words of a PDF of ours, a line for each run of text, in the order in which the pages draw them. */
export function textOf(pdf: Buffer): string {
  const raw = pdf.toString('latin1');
  const objects = new Map([...raw.matchAll(/(\d+) 0 obj\n([\s\S]*?)endobj/g)].map(([, id, body]) => [id, body ?? '']));
  const streamOf = (body: string): string => {
    const [, data] = /stream\r?\n([\s\S]*?)\nendstream/.exec(body) ?? [];
    if (data === undefined) return '';
    return /FlateDecode/.test(body) ? inflateSync(Buffer.from(data, 'latin1')).toString('latin1') : data;
  };
  // Name of a font in the pages → the letter of each glyph.
  const letters = new Map<string, Map<number, string>>();
  for (const body of objects.values())
    for (const [, name, id] of body.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const [, unicode] = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id ?? '') ?? '') ?? [];
      if (name && unicode) letters.set(name, glyphs(streamOf(objects.get(unicode) ?? '')));
    }
  const pages = [...objects.values()].flatMap((body) => {
    const [, id] = /\/Contents (\d+) 0 R/.exec(body) ?? [];
    return id ? [streamOf(objects.get(id) ?? '')] : [];
  });
  return pages
    .map((page) => {
      let font = new Map<number, string>();
      let said = '';
      for (const [, name, shown] of page.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g))
        if (name) font = letters.get(name) ?? font;
        else {
          for (const [, hex] of (shown ?? '').matchAll(/<([0-9a-f]+)>/gi))
            for (const code of (hex ?? '').match(/.{4}/g) ?? [])
              said += font.get(Number.parseInt(code, 16)) ?? '\uFFFD';
          // A word that is followed by another carries the blank.
          if (!said.endsWith(' ')) said += '\n';
        }
      return said;
    })
    .join('\f');
}

function glyphs(cmap: string): Map<number, string> {
  const found = new Map<number, string>();
  const letter = (hex: string) => Buffer.from(hex, 'hex').swap16().toString('utf16le');
  for (const [, from, list] of cmap.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/gi))
    for (const [i, [, hex]] of [...(list ?? '').matchAll(/<([0-9a-f ]*)>/gi)].entries())
      found.set(Number.parseInt(from ?? '', 16) + i, letter((hex ?? '').replaceAll(' ', '')));
  return found;
}
