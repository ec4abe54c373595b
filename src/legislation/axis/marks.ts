import { textWidth } from '../../axis/text-width.js';
import { withCommas } from '../../with-commas.js';
import type { AxisDot } from './axis-track.js';
import { dotInShort, dotsInShort } from './words.js';

const NUMBER_SIZE = 11;
const GAP = 4;
/** what the mark of a thousand milestones needs */
const ROOM = 64;

/** Where the marks of a row stand. `xOf`: the pixel of a day. No mark leaves `left` and `right`. */
export type Row = { xOf: (day: string) => number; left: number; right: number; radius: number };

/**
 * What is drawn for one dot, or for several that would overlap. Only a mark all of whose dots happened is `happened`, and
 * filled; `mixed` is several of which some happened.
 */
export type Mark = {
  shape: 'day' | 'span' | 'sittings' | 'several';
  look: AxisDot['state'] | 'mixed';
  left: number;
  right: number;
  /** how many, or a question mark, or both where one of several should have happened */
  text: string;
  /** what it stands for, in words */
  readonly title: string;
  count: number;
  dots: AxisDot[];
};

/** Dots that are drawn as one, and what is counted of them. Pixels. */
type Group = {
  dots: AxisDot[];
  count: number;
  happened: number;
  passed: number;
  left: number;
  right: number;
};

/**
 * The marks of one row from left to right, none of which touches another. `dots` are in order. Where there is room at both
 * sides of today's line, what is to come stands behind it, and is never drawn as one with what was.
 */
export function marksOf(dots: readonly AxisDot[], row: Row, today: number): Mark[] {
  if (today - row.left < ROOM || row.right - today < ROOM) return groupsOf(dots, row).map(markOf);
  const past = dots.filter((dot) => !isToCome(dot));
  return [
    ...groupsOf(past, { ...row, right: today - GAP / 2 }),
    ...groupsOf(dots.filter(isToCome), { ...row, left: today + GAP / 2 }),
  ].map(markOf);
}

const isToCome = ({ state }: AxisDot): boolean => state === 'expected';

function groupsOf(dots: readonly AxisDot[], row: Row): Group[] {
  const groups: Group[] = [];
  for (const dot of dots) {
    let group = groupOf(dot, row);
    for (let before = groups.at(-1); before && before.right + GAP > group.left; before = groups.at(-1)) {
      groups.pop();
      group = joined(before, group, row);
    }
    groups.push(group);
  }
  return groups;
}

function groupOf(dot: AxisDot, row: Row): Group {
  const inside = (x: number): number => Math.max(row.left, Math.min(x, row.right));
  const [begins, ends] = [inside(row.xOf(dot.from)), inside(row.xOf(dot.to))];
  const happened = dot.state === 'happened' ? 1 : 0;
  const passed = dot.state === 'passed' ? 1 : 0;
  const least = { day: 2 * row.radius, span: 2 * row.radius + 6, sittings: 4 * row.radius }[shapeOf(dot)];
  return { dots: [dot], count: dot.count, happened, passed, ...widened(begins, ends, least, row) };
}

/** The dots of the second are added to those of the first: copying them again and again would take long. */
function joined(first: Group, second: Group, row: Row): Group {
  for (const dot of second.dots) first.dots.push(dot);
  const counts = {
    count: first.count + second.count,
    happened: first.happened + second.happened,
    passed: first.passed + second.passed,
  };
  const least = textWidth(numberOf(counts), NUMBER_SIZE) + 2 * row.radius;
  const [left, right] = [Math.min(first.left, second.left), Math.max(first.right, second.right)];
  return { dots: first.dots, ...counts, ...widened(left, right, least, row) };
}

/** From where something begins to where it ends, or wider, so that it can be told what it is. */
function widened(begins: number, ends: number, least: number, { left, right }: Row) {
  const width = Math.max(least, ends - begins);
  const from = Math.max(left, Math.min((begins + ends - width) / 2, right - width));
  return { left: from, right: from + width };
}

function markOf(group: Group): Mark {
  const { dots, count } = group;
  const several = dots.length > 1;
  return {
    shape: several ? 'several' : shapeOf(dots[0]!),
    look: several ? lookOf(group) : dots[0]!.state,
    left: round(group.left),
    right: round(group.right),
    text: several ? numberOf(group) : signOf(group),
    // only one of two drawings says it
    get title() {
      return several ? dotsInShort(dots) : dotInShort(dots[0]!);
    },
    count,
    dots,
  };
}

function shapeOf({ count, from, to }: AxisDot): Exclude<Mark['shape'], 'several'> {
  if (count > 1) return 'sittings';
  return from === to ? 'day' : 'span';
}

function lookOf({ dots, happened }: Group): Mark['look'] {
  if (happened === dots.length) return 'happened';
  return happened > 0 ? 'mixed' : 'expected';
}

type Counted = Pick<Group, 'count' | 'passed'>;
const signOf = ({ passed }: Pick<Group, 'passed'>): string => (passed > 0 ? '?' : '');
const numberOf = (counted: Counted): string => withCommas(counted.count) + signOf(counted);

export const round = (pixels: number): number => Math.round(pixels * 10) / 10;
