import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { FONT_SIZE, overlap, type Box } from '../../src/axis/place-labels.js';
import { textWidth } from '../../src/axis/text-width.js';
import { timeAxis, type Drawn } from '../../src/dashboard/time-axis.js';

const WIDTH = 1080;

const plain: Drawn = {
  width: WIDTH,
  from: '2026-01-05',
  to: '2026-12-31',
  today: '2026-11-24',
  weeks: [
    { monday: '2026-03-02', out: 10, in: 0 },
    { monday: '2026-03-09', out: 5, in: 2 },
  ],
  milestones: [
    { day: '2026-02-01', label: 'Ruritania: Proposed', happened: true },
    { day: '2026-12-01', label: 'Ruritania: Final vote', happened: false },
  ],
};

const day = fc
  .date({ min: new Date('2021-01-01'), max: new Date('2029-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const weeks = fc.array(fc.record({ monday: day, out: fc.nat(5000), in: fc.nat(5000) }), { maxLength: 60 });
const milestones = fc.array(
  fc.record({
    day,
    label: fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }),
    happened: fc.boolean(),
  }),
  { maxLength: 40 },
);
const drawn = fc
  .record({
    width: fc.constantFrom(380, WIDTH),
    days: fc.uniqueArray(day, { minLength: 2, maxLength: 2 }),
    today: day,
    weeks,
    milestones,
  })
  .map(({ days, ...rest }): Drawn => {
    const [from, to] = [...days].sort() as [string, string];
    return { from, to, ...rest };
  });

test('no label touches another one, or the stem of another one, or leaves the picture', () => {
  fc.assert(
    fc.property(drawn, (picture) => {
      const placed = timeAxis(picture).marks.flatMap(({ place }) => (place ? [place] : []));
      for (const [i, one] of placed.entries()) {
        expect(one.box.left).toBeGreaterThanOrEqual(0);
        expect(one.box.right).toBeLessThanOrEqual(picture.width);
        for (const other of placed.slice(i + 1)) {
          expect(overlap(one.box, other.box)).toBe(false);
          expect(overlap(one.box, other.stem) || overlap(one.stem, other.box)).toBe(false);
        }
      }
    }),
  );
});

test('no label of the axis touches another one or today', () => {
  const boxOf = (label: string, x: number, anchor: string): Box => {
    const length = textWidth(label, FONT_SIZE);
    const left = anchor === 'middle' ? x - length / 2 : anchor === 'end' ? x - length : x;
    return { left, right: left + length, top: 0, bottom: 1 };
  };
  fc.assert(
    fc.property(drawn, (picture) => {
      const { ticks, today } = timeAxis(picture);
      const boxes = ticks.map(({ label, x }) => boxOf(label, x, 'middle'));
      if (today) boxes.push(boxOf(today.label, today.labelX, today.anchor));
      for (const [i, box] of boxes.entries()) {
        expect(box.left).toBeGreaterThanOrEqual(0);
        expect(box.right).toBeLessThanOrEqual(picture.width);
        expect(boxes.slice(i + 1).some((other) => overlap(box, other))).toBe(false);
      }
    }),
  );
});

test('every milestone in the span has its mark, in time order, with or without a label', () => {
  fc.assert(
    fc.property(drawn, (picture) => {
      const inside = picture.milestones.filter(({ day: on }) => on >= picture.from && on <= picture.to);
      const { marks } = timeAxis(picture);
      expect(marks.map(({ label }) => label).sort()).toEqual(inside.map(({ label }) => label).sort());
      expect(marks.map(({ x }) => x)).toEqual(marks.map(({ x }) => x).sort((a, b) => a - b));
    }),
  );
});

test('bars grow from the line, as long as their count says, and stay in the picture', () => {
  const { out, in: incoming, lineY, marksY, height, most } = timeAxis(plain);
  expect(most).toBe(10);
  expect(out[0]!.height / out[1]!.height).toBeCloseTo(2, 1);
  expect(out[1]!.height / incoming[0]!.height).toBeCloseTo(2.5, 1);
  for (const bar of out) expect(bar.y + bar.height).toBeCloseTo(lineY, 5);
  for (const bar of incoming) expect(bar.y).toBe(lineY);
  expect(out[0]!.y).toBeGreaterThanOrEqual(marksY);
  expect(incoming[0]!.y + incoming[0]!.height).toBeLessThan(height);
});

test('happened and expected milestones stand on the same axis as the bars and today', () => {
  const { marks, out, today, ticks } = timeAxis(plain);
  expect(marks.map(({ label, happened }) => [label, happened])).toEqual([
    ['Ruritania: Proposed', true],
    ['Ruritania: Final vote', false],
  ]);
  expect(marks.every(({ place }) => place !== null)).toBe(true);
  expect(marks[0]!.x).toBeLessThan(out[0]!.x);
  expect(today!.x).toBeLessThan(marks[1]!.x);
  expect(ticks[0]!.label).toMatch(/ 2026$/);
});

test('a tick at the turn of a year is labelled with the year', () => {
  const { ticks } = timeAxis({ ...plain, from: '2022-04-25', milestones: [], weeks: [] });
  expect(ticks.map(({ label }) => label)).toEqual(['2023', '2024', '2025', '2026']);
});

test('what lies outside the span is left out, today included', () => {
  const { out, marks, today } = timeAxis({ ...plain, from: '2026-04-06', to: '2026-06-30' });
  expect([out, marks, today]).toEqual([[], [], null]);
});

test('a long label is shortened in the picture and kept whole beside it', () => {
  const label = 'Ruritania: a milestone whose title goes on and on for longer than anybody reads';
  const [mark] = timeAxis({ ...plain, milestones: [{ day: '2026-06-01', label, happened: true }] }).marks;
  expect(mark!.label).toBe(label);
  expect(mark!.text).toMatch(/^Ruritania: a milestone .{10,}…$/);
});
