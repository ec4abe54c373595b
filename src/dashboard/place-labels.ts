import { textWidth } from './text-width.js';

export type Box = { left: number; right: number; top: number; bottom: number };

export const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

export const FONT_SIZE = 14;
export const ROW_HEIGHT = 22;
const ROWS = 6;
const GAP = 6;
const STEM = 1;

/** A label beside its stem: `row` 0 is nearest to the marks. Boxes have 0 at the marks and grow upwards to minus. */
export type Placed = { row: number; anchor: 'start' | 'end'; x: number; box: Box; stem: Box };

export type Wanted = { x: number; text: string };

/**
 * Finds each label a row of its own above its mark, so that no label touches another one or the stem of another one.
 * @param wanted in the order in which labels are given their place: the first are the likeliest to find one
 * @param width nothing stands outside 0 to width, in pixels
 * @returns a place for each, or null where there was none
 */
export function placeLabels(wanted: readonly Wanted[], width: number): (Placed | null)[] {
  const placed: Placed[] = [];
  return wanted.map((label, i) => {
    const free = placesFor(label, width).filter((place) => placed.every((other) => apart(place, other)));
    // rather not in the way of those that are still to find a place
    const waiting = wanted.slice(i + 1);
    const place =
      free.find(({ box }) => !waiting.some(({ x }) => x >= box.left && x <= box.right)) ?? free[0];
    if (place) placed.push(place);
    return place ?? null;
  });
}

const apart = (a: Placed, b: Placed): boolean =>
  !overlap(a.box, b.box) && !overlap(a.box, b.stem) && !overlap(a.stem, b.box);

function placesFor({ x, text }: Wanted, width: number): Placed[] {
  const length = textWidth(text, FONT_SIZE) + 2 * GAP;
  const rows = Array.from({ length: ROWS }, (_, row) => row);
  return rows
    .flatMap((row) => [place(row, 'start', x, length), place(row, 'end', x, length)])
    .filter(({ box }) => box.left >= 0 && box.right <= width);
}

function place(row: number, anchor: 'start' | 'end', x: number, length: number): Placed {
  const top = -(row + 1) * ROW_HEIGHT;
  const [left, right] = anchor === 'start' ? [x - STEM, x + length] : [x - length, x + STEM];
  return {
    row,
    anchor,
    x: anchor === 'start' ? x + GAP : x - GAP,
    box: { left, right, top, bottom: top + ROW_HEIGHT },
    stem: { left: x - STEM, right: x + STEM, top, bottom: 0 },
  };
}
