import { z } from 'zod';
import { type Level, levels } from '../../core/levels.ts';
import { dateFormat, type Language } from '../../core/locale.ts';
import { levelName } from '../../crises/text.ts';
import type { ChainedEntry } from '../../timeline/chain.ts';

export type Step = { at: Date; level: Level };

const declared = z.object({ level: z.enum(levels) }).transform(({ level }) => level);
const changed = z.object({ to: z.enum(levels) }).transform(({ to }) => to);

/** The level from the declaration on, each time that it changed. */
export const levelsIn = (entries: readonly Pick<ChainedEntry, 'kind' | 'data' | 'occurredAt'>[]): Step[] =>
  entries.flatMap(({ kind, data, occurredAt: at }) => {
    const found =
      kind === 'crisis_declared' ? declared.safeParse(data) : kind === 'level_changed' ? changed.safeParse(data) : null;
    return found?.success ? [{ at, level: found.data }] : [];
  });

const colours: Record<Level, string> = {
  routine: '#8a8f98',
  watch: '#2f6fb3',
  incident: '#c79a00',
  crisis: '#d9730d',
  major: '#c62828',
};
const [width, left, right, row] = [515, 95, 500, 24];
/** Times closer than this would be written over each other. */
const apart = 75;

/** A picture of it: a line in steps over the levels by name, the highest on top. */
export function levelsPicture(steps: readonly Step[], until: Date, timeZone: string, language: Language): string {
  const [first] = steps;
  if (!first) return '';
  const span = Math.max(1, until.getTime() - first.at.getTime());
  const x = (at: Date) => round(left + ((right - left) * (at.getTime() - first.at.getTime())) / span);
  const y = (level: Level) => 10 + row * (levels.length - 1 - levels.indexOf(level));
  const bottom = 10 + row * levels.length;
  const rows = levels.map(
    (level) =>
      `<line x1="${left}" y1="${y(level)}" x2="${right}" y2="${y(level)}" stroke="#d8dce2" stroke-width="0.7"/>` +
      text(0, y(level) + 3, levelName(level, language), colours[level]),
  );
  const path = steps.map(({ at, level }, i) => `${i === 0 ? 'M' : 'H'}${x(at)}${i === 0 ? ' ' : ' V'}${y(level)}`);
  const dots = steps.map(
    ({ at, level }) => `<circle cx="${x(at)}" cy="${y(level)}" r="3.5" fill="${colours[level]}"/>`,
  );
  const time = dateFormat(language, { timeZone, day: '2-digit', month: '2-digit', hour: '2-digit', minute: '2-digit' });
  const times: string[] = [];
  let last = -apart;
  for (const at of [...steps.map((step) => step.at), until]) {
    const from = Math.min(x(at), width - 62);
    if (from - last < apart) continue;
    times.push(text(from, bottom + 2, time.format(at), '#444444'));
    last = from;
  }
  return [
    `<svg width="${width}" height="${bottom + 8}" viewBox="0 0 ${width} ${bottom + 8}">`,
    ...rows,
    `<path d="${path.join(' ')} H${right}" fill="none" stroke="#333333" stroke-width="1.6"/>`,
    ...dots,
    ...times,
    '</svg>',
  ].join('');
}

const round = (n: number): number => Math.round(n * 10) / 10;
const text = (x: number, y: number, said: string, colour: string): string =>
  `<text x="${x}" y="${y}" font-family="Roboto" font-size="9" fill="${colour}">${said}</text>`;
