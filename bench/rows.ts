/** One measured figure. `target` is empty where the figure is for orientation; `ok` is then true. */
export type Row = { name: string; value: number; unit: string; target: string; ok: boolean };

export const figure = (name: string, value: number, unit: string): Row => ({
  name,
  value: round(value),
  unit,
  target: '',
  ok: true,
});

export const atMost = (name: string, value: number, unit: string, limit: number): Row => ({
  ...figure(name, value, unit),
  target: `≤ ${limit}`,
  ok: value <= limit,
});

export const atLeast = (name: string, value: number, unit: string, limit: number): Row => ({
  ...figure(name, value, unit),
  target: `≥ ${limit}`,
  ok: value >= limit,
});

const round = (value: number): number => Number(value.toPrecision(value >= 100 ? 4 : 3));

export function table(rows: readonly Row[]): string {
  const lines = [
    ['name', 'value', 'unit', 'target', 'ok'],
    ...rows.map(({ name, value, unit, target, ok }) => [
      name,
      String(value),
      unit,
      target,
      target ? (ok ? 'yes' : 'NO') : '',
    ]),
  ];
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  const fit = (cell: string, column: number): string =>
    column === 1 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!);
  return lines.map((line) => line.map(fit).join('  ').trimEnd()).join('\n');
}

/** The value below which `share` of the samples lie. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}

export const median = (samples: readonly number[]): number => percentile(samples, 0.5);
