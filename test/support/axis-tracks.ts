import type { AxisDot, AxisTrack } from '../../src/legislation/axis/axis-track.js';
import { firstDayOfWhen, lastDayOfWhen } from '../../src/when.js';

let made = 0;

/** A milestone on a day, or in a span of days, of the picture of all tracks. */
export function aDot(from: string, own: Partial<AxisDot> = {}): AxisDot {
  made += 1;
  const id = made.toString(16).padStart(24, '0');
  return {
    id,
    title: 'Vote',
    stageName: 'Vote',
    href: `/tracks/${'a'.repeat(24)}#milestone-${id}`,
    from,
    to: from,
    state: 'happened',
    formerly: [],
    count: 1,
    parallel: false,
    ...own,
  };
}

export function anAxisTrack(milestones: AxisDot[], own: Partial<AxisTrack> = {}): AxisTrack {
  made += 1;
  const id = made.toString(16).padStart(24, '0');
  return {
    id,
    title: 'Example Act',
    href: `/tracks/${id}`,
    state: 'In progress',
    about: 'Ruritania',
    milestones,
    ...own,
  };
}

/** So many tracks of so many milestones each over eight years around the end of 2026, the same every time. */
export const manyAxisTracks = (tracks: number, each: number): AxisTrack[] =>
  Array.from({ length: tracks }, (_, t) =>
    anAxisTrack(
      Array.from({ length: each }, (_, m) => {
        const day = dayNumber((t * 13 + m * 73 + ((m * m * 31) % 41)) % 2900);
        const happened = day < '2026-11-26';
        return aDot(day, {
          title: `Reading ${m} of Act ${t}`,
          ...(m % 5 === 0 && !happened ? monthOf(day) : {}),
          state: happened ? (m % 7 === 0 ? 'passed' : 'happened') : 'expected',
          formerly: m % 6 === 0 ? [{ from: dayNumber(m * 70), to: dayNumber(m * 70) }] : [],
          parallel: m % 8 === 0,
        });
      }),
      { title: `An Act of Ruritania on matter ${t}` },
    ),
  );

const DAY = 86_400_000;
const START = Date.UTC(2022, 0, 1) / DAY;
const dayNumber = (n: number): string => new Date((START + n) * DAY).toISOString().slice(0, 10);
const monthOf = (day: string): Pick<AxisDot, 'from' | 'to'> => {
  const when = day.slice(0, 7);
  return { from: firstDayOfWhen(when), to: lastDayOfWhen(when) };
};
