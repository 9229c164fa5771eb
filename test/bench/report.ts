import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

export type Row = {
  name: string;
  unit: string;
  value: number;
  /** What the value is compared with, measured in the same run on the same machine. */
  baseline: number;
  ratio: number;
  target: number;
  better: 'lower' | 'higher';
};

export const row = (
  name: string,
  unit: string,
  value: number,
  baseline: number,
  target: number,
  better: Row['better'],
): Row => ({
  name,
  unit,
  value,
  baseline,
  ratio: value / baseline,
  target,
  better,
});

const met = ({ ratio, target, better }: Row): boolean => (better === 'lower' ? ratio <= target : ratio >= target);

const round = (n: number) => (n >= 100 ? n.toFixed(0) : n >= 10 ? n.toFixed(1) : n.toFixed(2));

export function table(rows: readonly Row[]): string {
  const lines = rows.map((r) => [
    r.name,
    `${round(r.value)} ${r.unit}`,
    `${round(r.baseline)} ${r.unit}`,
    round(r.ratio),
    `${r.better === 'lower' ? '≤' : '≥'} ${r.target}`,
    met(r) ? 'yes' : 'NO',
  ]);
  const all = [['what', 'value', 'baseline', 'ratio', 'target', 'met'], ...lines];
  const widths = all[0]?.map((_, i) => Math.max(...all.map((line) => line[i]?.length ?? 0))) ?? [];
  return all.map((line) => line.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')).join('\n');
}

export const machine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model.trim()}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, Node ${process.version}, ${process.platform}`;

export function writeJson(file: string, rows: readonly Row[]): void {
  const plain = rows.map(({ name, value, baseline, ratio, target, better }) => ({
    name,
    value,
    baseline,
    ratio,
    target,
    better,
  }));
  writeFileSync(file, `${JSON.stringify(plain, null, 2)}\n`);
}
