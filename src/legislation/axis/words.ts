import { dayAfter, dayInWords, type Day } from '../../dates.js';
import { firstDayOfWhen, precisionOfWhen, whenInWords, whenOf, type When } from '../../when.js';
import { sumOfCounts, type AxisDot, type AxisTrack, type Span } from './axis-track.js';

const TO_CHECK = 3;

export type DotInWords = { name: string; href: string; when: string; slips: string };

/** One track of the picture as a row of the table beside it. */
export type TrackInWords = Pick<AxisTrack, 'id' | 'title' | 'href' | 'state' | 'about'> & {
  latest: DotInWords | null;
  next: DotInWords | null;
  /** what should have happened: the first few, and how many more there are */
  toCheck: DotInWords[];
  moreToCheck: number;
};

const stateInWords: Record<AxisDot['state'], string> = {
  happened: 'happened',
  expected: 'expected',
  passed: 'should have happened',
  overtaken: 'overtaken by a later stage',
};

/** @param track its milestones in order */
export function trackInWords({ id, title, href, state, about, milestones }: AxisTrack): TrackInWords {
  const latest = milestones.findLast((dot) => dot.state === 'happened');
  const next = nextOf(milestones);
  const passed = milestones.filter((dot) => dot.state === 'passed');
  return {
    id,
    title,
    href,
    state,
    about,
    latest: latest ? dotInWords(latest) : null,
    next: next ? dotInWords(next) : null,
    toCheck: passed.slice(0, TO_CHECK).map(dotInWords),
    moreToCheck: Math.max(0, passed.length - TO_CHECK),
  };
}

/** The first that is still to come, of dots in order. */
export const nextOf = (ordered: readonly AxisDot[]): AxisDot | undefined =>
  ordered.find(({ state }) => state === 'expected');

const dotInWords = (dot: AxisDot): DotInWords => ({
  name: nameOf(dot),
  href: dot.href,
  when: spanInWords(dot),
  slips: slipsInWords(dot),
});

/** `Vote in plenary, expected: March 2027, moved once`: short, since a picture has many. */
export function dotInShort({ title, state, formerly, ...dot }: AxisDot): string {
  const when = state === 'happened' ? spanInWords(dot) : `${stateInWords[state]}: ${spanInWords(dot)}`;
  return [title, when, ...(formerly.length > 0 ? [`moved ${timesOf(formerly)}`] : [])].join(', ');
}

/** `3 happened, 2 expected, 3 March 2025 to 9 May 2025` */
export function dotsInShort(dots: readonly AxisDot[]): string {
  const to = dots.reduce((last, dot) => (dot.to > last ? dot.to : last), '');
  const states = Object.entries(stateInWords).flatMap(([state, words]) => {
    const count = sumOfCounts(dots.filter((dot) => dot.state === state));
    return count > 0 ? [`${count} ${words}`] : [];
  });
  return [...states, fromTo({ from: dots[0]!.from, to })].join(', ');
}

/** `moved 2 times: first expected in March 2025`, or nothing. */
export function slipsInWords({ formerly }: Pick<AxisDot, 'formerly'>): string {
  const [first] = formerly;
  if (!first) return '';
  return `moved ${timesOf(formerly)}: first expected ${withPreposition(first)}`;
}

const timesOf = ({ length }: readonly Span[]): string => (length === 1 ? 'once' : `${length} times`);

/** A title that begins with its stage needs no more: `Committee stage, House of Lords, sitting 3 of 9`. */
const nameOf = ({ title, stageName }: AxisDot): string =>
  title.startsWith(stageName) ? title : `${title} (${stageName})`;

/** `24 November 2026`, `November 2026`, or, for several sittings, `5 sittings, 3 March 2025 to 9 April 2025`. */
function spanInWords(dot: Span & { count: number }): string {
  if (dot.count > 1) return `${dot.count} sittings, ${fromTo(dot)}`;
  const when = whenOfSpan(dot);
  return when ? whenInWords(when) : fromTo(dot);
}

function withPreposition(span: Span): string {
  const when = whenOfSpan(span);
  if (!when) return `from ${fromTo(span)}`;
  const words = whenInWords(when);
  return `${precisionOfWhen(when) === 'day' ? 'on' : 'in'} ${words}`;
}

const fromTo = ({ from, to }: Span): string =>
  from === to ? dayInWords(from) : `${dayInWords(from)} to ${dayInWords(to)}`;

const LENGTHS = { month: 1, quarter: 3, year: 12 } as const;

/** The day, month, quarter or year that a span is, or null where it is none of them. */
function whenOfSpan({ from, to }: Span): When | null {
  if (from === to) return from;
  const after = dayAfter(to);
  if (!from.endsWith('-01') || !after.endsWith('-01')) return null;
  const length = monthsOf(after) - monthsOf(from);
  const precision = (['month', 'quarter', 'year'] as const).find((one) => LENGTHS[one] === length);
  const when = precision && whenOf(from, precision);
  return when && firstDayOfWhen(when) === from ? when : null;
}

const monthsOf = (day: Day): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
