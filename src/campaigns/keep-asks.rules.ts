import { groupBy } from '../group-by.js';
import type { Ask } from './campaign.form.js';

type Kept<Id> = { _id: Id; title: string };

/**
 * Which of the asks that are there each typed paragraph is: what was said to an ask belongs to it by its id, whatever becomes of its
 * place and its words. One with the same first line is the same ask, wherever it stands now. One with another first line is the one
 * that stood between the same neighbours before, where as many stand there now; otherwise nobody could tell, and it is a new ask.
 * @returns for each paragraph the id that it keeps, or null for a new ask
 */
export function keptIds<Id>(
  before: readonly Kept<Id>[],
  typed: readonly Pick<Ask, 'title'>[],
): (Id | null)[] {
  const unclaimed = [...before];
  const kept = typed.map(({ title }) => {
    const at = unclaimed.findIndex((one) => one.title === title);
    return at < 0 ? null : unclaimed.splice(at, 1)[0]!;
  });
  const places = afterWhom(typed.map((_, n) => kept[n] ?? null));
  const [left, free] = [
    groupBy(
      typed.map((_, n) => n).filter((n) => !kept[n]),
      (n) => places[n]!,
    ),
    formerPlaces(before, new Set(unclaimed)),
  ];
  for (const [place, paragraphs] of left) {
    const were = free.get(place) ?? [];
    if (were.length === paragraphs.length) paragraphs.forEach((n, i) => (kept[n] = were[i]!));
  }
  return kept.map((one) => one?._id ?? null);
}

/** The asks that nobody has claimed by title, by the claimed one that they stood after. */
function formerPlaces<Id>(before: readonly Kept<Id>[], unclaimed: ReadonlySet<Kept<Id>>) {
  const places = afterWhom(before.map((one) => (unclaimed.has(one) ? null : one)));
  const free = before.map((one, n) => ({ one, place: places[n]! })).filter(({ one }) => unclaimed.has(one));
  return new Map(
    [...groupBy(free, ({ place }) => place)].map(([place, all]) => [place, all.map(({ one }) => one)]),
  );
}

/** For each place in a list, the id of the ask before it; `start` before the first. */
function afterWhom<Id>(asks: readonly (Kept<Id> | null)[]): string[] {
  let last = 'start';
  return asks.map((ask) => {
    const place = last;
    if (ask) last = String(ask._id);
    return place;
  });
}
