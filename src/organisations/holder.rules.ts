import { dayAfter, dayBefore, dayInWords, type Day } from '../dates.js';
import { foldName, holderOn, type Holder } from './organisation.rules.js';

/** Somebody else held the office before them; and whether a person has confirmed where and how they are written to. */
export type Confirmable = { tookOver?: boolean | null; confirmedAt?: Date | null };

/**
 * Does writing to the office wait until a person has confirmed this holder's address and salutation? Not for the first one
 * who was entered, nor for anybody who was there before this was asked.
 */
export const waitsForConfirmation = ({ tookOver, confirmedAt }: Confirmable): boolean =>
  Boolean(tookOver) && !confirmedAt;

/** What is wrong with a form about who holds an office: a sentence for one of its fields. */
export type Refused<Field extends string = 'name' | 'from' | 'until'> = { field: Field; sentence: string };

type Days = { from?: Day | null; until?: Day | null };

const areAtOnce = (a: Days, b: Days): boolean =>
  (!a.from || !b.until || a.from <= b.until) && (!b.from || !a.until || b.from <= a.until);

/**
 * Puts one more holder among those of an office. Whoever is there already and has no last day goes the day before the new
 * one comes; a day that somebody wrote down is never moved.
 * @param successor days inclusive; without a first day: as long as anybody knows, without a last: until further notice
 * @returns those whose time ends with it, or why it cannot be
 */
export function placeHolder<H extends Holder>(
  holders: readonly H[],
  { name, from, until }: Pick<Holder, 'name' | 'from' | 'until'>,
): { ends: H[] } | Refused {
  const meeting = holders.filter((holder) => areAtOnce(holder, { from, until }));
  const ends = meeting.filter((holder) => !holder.until && from && (holder.from ?? '') < from);
  const same = ends.find((holder) => foldName(holder.name) === foldName(name));
  if (same) return { field: 'name', sentence: `${same.name} holds the office on that day already.` };
  const other = meeting.find((holder) => !ends.includes(holder));
  return other ? whyNotBeside(other, { from, until }) : { ends };
}

function whyNotBeside({ name, ...other }: Holder, { from, until }: Days): Refused {
  if (other.until && from && (other.from ?? '') < from)
    return {
      field: 'from',
      sentence: `${name} is to hold the office until ${dayInWords(other.until)}. Enter a later day, or change that last day first.`,
    };
  const began = other.from && `${name} holds the office from ${dayInWords(other.from)}.`;
  if (began && until && (from ?? '') < other.from!)
    return { field: 'until', sentence: `${began} Enter a day before that.` };
  if (began && from) return { field: 'from', sentence: `${began} Enter a later day.` };
  return { field: 'from', sentence: `Enter the first day: ${name} is written down as well.` };
}

/** Why a holder cannot have these days beside the others; unlike a take-over, this moves nobody's last day. */
export function clashOf(others: readonly Holder[], holder: Pick<Holder, 'name' | 'from' | 'until'>) {
  const placed = placeHolder(others, holder);
  if ('field' in placed) return placed;
  const [open] = placed.ends;
  if (!open) return null;
  const sentence = `${open.name} holds the office on that day, and their last day is not known. Enter that one first.`;
  return { field: 'from', sentence } as const;
}

const refuse = (sentence: string) => ({ field: 'from', sentence }) as const;

/** Nobody holds the office from a day on. @returns those whose time ends the day before, or why it cannot be */
export function vacate<H extends Holder>(holders: readonly H[], from: Day): { ends: H[] } | Refused<'from'> {
  const there = holders.filter((holder) => areAtOnce(holder, { from, until: from }));
  if (there.length === 0) return refuse('Nobody is named as holding the office on that day.');
  const begins = there.find((holder) => holder.from === from);
  if (begins) return refuse(`${begins.name} holds the office from ${dayInWords(from)}. Enter a later day.`);
  const stated = there.find(({ until }) => until);
  if (stated)
    return refuse(
      `${stated.name} is to hold the office until ${dayInWords(stated.until!)}. Change that last day instead.`,
    );
  return { ends: there };
}

/** From this day on the office has another holder, or none; `before`: who held it the day before, null: nobody that is known. */
export type HolderChange<H> = { day: Day; holder: H | null; before: H | null };

/** Every change of holder, the latest first; those to come among them. */
export function holderChanges<H extends Holder>(holders: readonly H[]): HolderChange<H>[] {
  const days = holders.flatMap(({ from, until }) => [from ?? '', until ? dayAfter(until) : '']);
  return [...new Set(days)]
    .filter(Boolean)
    .toSorted()
    .toReversed()
    .map((day) => ({ day, holder: holderOn(holders, day), before: holderOn(holders, dayBefore(day)) }))
    .filter(({ holder, before }) => holder !== before);
}

/** Shorter names are in too many addresses to mean anything. */
const SHORTEST_NAME = 3;

/**
 * Those of these people whose last name is in an address, in front of the @: it may be their own rather than the office's.
 * Case and accents make no difference.
 */
export function namedInAddress<H extends Pick<Holder, 'name'>>(address: string, people: readonly H[]): H[] {
  const local = foldName(address.slice(0, Math.max(0, address.lastIndexOf('@'))));
  return people.filter(({ name }) => {
    const last = foldName(name).split(' ').at(-1)!;
    return last.length >= SHORTEST_NAME && local.includes(last);
  });
}
