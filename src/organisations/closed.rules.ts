import { daysBetween, type Day } from '../dates.js';
import { countryOf } from '../public-holidays.js';
import type { Closed } from '../working-days.js';

/** The longest closure, in days: whoever is away for longer than a year has left. */
export const LONGEST_CLOSURE = 366;

/** As many as one organisation keeps at a time. */
export const MOST_CLOSURES = 100;

/** How many days a closure lasts, the first and the last included. */
export const daysClosed = ({ from, until }: { from: Day; until: Day }): number =>
  daysBetween(from, until) + 1;

type Holiday = { country: string; day: Day; name: string };

/**
 * The days on which nobody works in an office, beside the public holidays that its calendar knows: the closures of its
 * organisation, and the holidays that were written down for its country or region, in order.
 * @param holidays of any country; one of a whole country holds in each of its regions
 */
export function closedOf(
  { country }: { country?: string | null },
  closures: readonly Closed[],
  holidays: readonly Holiday[],
): Closed[] {
  const codes = country ? [country, countryOf(country)] : [];
  const theirs = holidays.filter((holiday) => codes.includes(holiday.country));
  return inOrderOfDays([
    ...closures.map(({ from, until, name }) => ({ from, until, name })),
    ...theirs.map(({ day, name }) => ({ from: day, until: day, name })),
  ]);
}

export const inOrderOfDays = <C extends Closed>(closed: readonly C[]): C[] =>
  closed.toSorted((a, b) => order(a).localeCompare(order(b), 'en'));

const order = ({ from, until, name }: Closed): string => `${from} ${until} ${name}`;
