export type Quartiles = { of: number; quarter: number; half: number; threeQuarters: number };

/** Within how many working days at least so large a part had answered; null where nobody has. */
export function quartilesOf(days: readonly number[]): Quartiles | null {
  if (days.length === 0) return null;
  const sorted = days.toSorted((a, b) => a - b);
  const within = (part: number): number => sorted[Math.ceil(part * sorted.length) - 1]!;
  return { of: sorted.length, quarter: within(0.25), half: within(0.5), threeQuarters: within(0.75) };
}
