import { textWidth } from './text-width.js';

export type Box = { left: number; right: number; top: number; bottom: number };

export const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

export const FONT_SIZE = 14;
export const ROW_HEIGHT = 22;
const ROWS = 8;
const GAP = 6;
const STEM = 1;

type Anchor = 'start' | 'end';

/** A label and its stem: `row` 0 is nearest to the marks. Boxes have 0 at the marks and grow upwards to minus. */
export type Placed = { row: number; anchor: Anchor; x: number; box: Box; stem: Box };
export type Wanted = { x: number; text: string };
type Places = (Placed | null)[];

/**
 * Finds labels a row above their marks, so that no label touches another one or the stem of another one. Several ways of
 * going about it are tried; the one that finds places for most is taken.
 * @param width nothing stands outside 0 to width, in pixels
 * @returns a place for each, or null where there was none
 */
export function placeLabels(wanted: readonly Wanted[], width: number): Places {
  const all = wanted.map((label, index) => ({ ...label, index, places: placesFor(label, width) }));
  const rightToLeft = all.toSorted((a, b) => b.x - a.x);
  const orders = [rightToLeft, rightToLeft.toReversed()];
  const tried = orders.flatMap((order) => [placeInOrder(order, 'low'), placeInOrder(order, 'high')]);
  return tried.reduce((best, one) => (placedIn(one) > placedIn(best) ? one : best));
}

const placedIn = (places: Places): number => places.filter(Boolean).length;

type Candidate = Wanted & { index: number; places: Placed[] };

/** `otherwise`: where to put a label that is in the way of others however it is put: high, so that they pass below, or low. */
function placeInOrder(order: readonly Candidate[], otherwise: 'low' | 'high'): Places {
  const placed: Placed[] = [];
  const places: Places = order.map(() => null);
  for (const [i, { index, places: possible }] of order.entries()) {
    const free = possible.filter((place) => placed.every((other) => apart(place, other)));
    const waiting = order.slice(i + 1);
    const outOfTheWay = free.find(
      ({ box }) => !waiting.some(({ x }) => x >= box.left - STEM && x <= box.right + STEM),
    );
    const place = outOfTheWay ?? (otherwise === 'low' ? free[0] : free.at(-1));
    if (!place) continue;
    placed.push(place);
    places[index] = place;
  }
  return withoutEmptyRows(places);
}

const apart = (a: Placed, b: Placed): boolean =>
  !overlap(a.box, b.box) && !overlap(a.box, b.stem) && !overlap(a.stem, b.box);

function withoutEmptyRows(places: Places): Places {
  const rows = [...new Set(places.flatMap((place) => (place ? [place.row] : [])))].sort((a, b) => a - b);
  return places.map((place) => place && inRow(place, rows.indexOf(place.row)));
}

/** In each row to the right of the mark, to its left, or in the middle above it; pushed inside where it would stick out. */
function placesFor({ x, text }: Wanted, width: number): Placed[] {
  const length = textWidth(text, FONT_SIZE) + 2 * GAP;
  if (length > width) return [];
  const stem = { left: x - STEM, right: x + STEM, top: 0, bottom: 0 };
  const at = (anchor: Anchor, wish: number): Placed => {
    const left = Math.max(0, Math.min(wish, width - length));
    const textX = anchor === 'start' ? left + GAP : left + length - GAP;
    return { row: 0, anchor, x: textX, box: { left, right: left + length, top: 0, bottom: 0 }, stem };
  };
  const sides = [at('start', x), at('end', x - length), at('start', x - length / 2)];
  return Array.from({ length: ROWS }, (_, row) => sides.map((place) => inRow(place, row))).flat();
}

function inRow({ anchor, x, box, stem }: Placed, row: number): Placed {
  const top = -(row + 1) * ROW_HEIGHT;
  return {
    row,
    anchor,
    x,
    box: { ...box, top, bottom: top + ROW_HEIGHT },
    stem: { ...stem, top: top + ROW_HEIGHT },
  };
}
