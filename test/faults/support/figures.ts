import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const folder = resolve(import.meta.dirname, '../../../node_modules/.cache/faults');

/** Prints what a run has shown, and keeps it for docs/RELIABILITY.md. */
export function report(name: string, figures: Record<string, unknown>): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(figures, null, 2)}\n`);
  const { where: _, ...short } = figures;
  process.stdout.write(`\n${name}: ${JSON.stringify(short)}\n`);
}

export const tally = (items: readonly string[]): Record<string, number> => {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a));
};
