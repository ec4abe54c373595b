import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { textWidth } from '../../src/axis/text-width.js';
import { axisOfTracks, type TracksDrawing } from '../../src/legislation/axis/axis-of-tracks.js';
import type { AxisDot, AxisTrack } from '../../src/legislation/axis/axis-track.js';
import { aDot, anAxisTrack, manyAxisTracks } from '../support/axis-tracks.js';

const TODAY = '2026-11-26';

const day = fc
  .date({ min: new Date('2012-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const near = fc
  .date({ min: new Date('2025-01-01'), max: new Date('2028-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const span = fc.tuple(fc.oneof(day, near), fc.oneof(day, near), fc.boolean()).map(([a, b, exact]) => {
  const [from, to] = [a, b].sort() as [string, string];
  return { from, to: exact ? from : to };
});
const dot = fc
  .record({
    own: span,
    title: fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }),
    state: fc.constantFrom<AxisDot['state']>('happened', 'expected', 'passed', 'overtaken'),
    formerly: fc.array(span, { maxLength: 3 }),
    count: fc.constantFrom(1, 1, 1, 7, 2345),
    parallel: fc.boolean(),
  })
  .map(({ own, ...rest }) => aDot(own.from, { ...own, ...rest }));
const track = fc
  .record({
    milestones: fc.array(dot, { maxLength: 40 }),
    title: fc.string({ maxLength: 90, unit: 'grapheme' }),
    state: fc.constantFrom('In force in part', 'In progress', 'A state that somebody described at length'),
  })
  .map(({ milestones, ...own }) => anAxisTrack(milestones, own));
const tracks = fc.array(track, { minLength: 1, maxLength: 14 });
const today = fc.oneof(fc.constant(TODAY), day);

/** For any tracks, and both drawings of them. */
const always = (holds: (drawing: TracksDrawing, tracks: AxisTrack[]) => void): void =>
  fc.assert(
    fc.property(tracks, today, (all, on) => {
      const { wide, narrow } = axisOfTracks(all, on)!;
      for (const drawing of [wide, narrow]) holds(drawing, all);
    }),
    { numRuns: 50 },
  );
const rowsOf = ({ lanes }: TracksDrawing) => lanes.flatMap(({ rows }) => rows);
const marksOf = (drawing: TracksDrawing) => rowsOf(drawing).flatMap(({ marks }) => marks);
const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);

test('no mark, slip or word leaves the picture', () => {
  always((drawing) => {
    for (const { left, right } of marksOf(drawing)) {
      expect(left).toBeGreaterThanOrEqual(drawing.left);
      expect(right).toBeLessThanOrEqual(drawing.width);
      expect(right - left).toBeGreaterThanOrEqual(11.9);
    }
    for (const { slips, label } of rowsOf(drawing)) {
      for (const x of slips.flatMap(({ from, to }) => [from, to])) {
        expect(x).toBeGreaterThanOrEqual(drawing.left);
        expect(x).toBeLessThanOrEqual(drawing.width);
      }
      if (label) expect(label.left).toBeGreaterThanOrEqual(drawing.left);
      if (label) expect(label.right).toBeLessThanOrEqual(drawing.width);
    }
    for (const { title, state } of drawing.lanes) {
      const room = drawing.left || drawing.width - textWidth(state.text, 12);
      expect(textWidth(title.text, 14)).toBeLessThan(room - 10);
      expect(textWidth(state.text, 12)).toBeLessThanOrEqual(drawing.left || 160);
    }
  });
});

test('lanes follow one another without overlap, and what is drawn of a lane stays in it', () => {
  always(({ lanes, top, bottom, height, labelsY }) => {
    let end = top;
    for (const lane of lanes) {
      expect(lane.top).toBe(end);
      end = lane.top + lane.height;
      for (const { y } of lane.rows) {
        expect(y - 9).toBeGreaterThanOrEqual(lane.top);
        expect(y + 10).toBeLessThanOrEqual(end);
      }
      const [first, second] = lane.rows;
      if (second) expect(second.y - second.radius).toBeGreaterThan(first!.y + 10);
    }
    expect(bottom).toBe(end);
    expect(Math.max(...labelsY)).toBeLessThan(height);
  });
});

test('no mark of a row touches another one, and the label of the next milestone touches no mark, slip or today', () => {
  always((drawing) => {
    for (const { marks, slips, label } of rowsOf(drawing)) {
      for (const [i, { left }] of marks.entries())
        if (i > 0) expect(left).toBeGreaterThan(marks[i - 1]!.right + 1);
      if (!label) continue;
      const others = [...slips.map(({ from, to }) => [from, to]), [drawing.today.x]].map((xs) => ({
        left: Math.min(...xs),
        right: Math.max(...xs),
      }));
      for (const { left, right } of [...marks, ...others])
        expect(left >= label.right || right <= label.left).toBe(true);
    }
  });
});

test('only what happened is drawn filled, and what happened is never drawn hollow on its own', () => {
  always((drawing) => {
    for (const { look, dots } of marksOf(drawing)) {
      const happened = dots.filter(({ state }) => state === 'happened').length;
      expect(look === 'happened').toBe(happened === dots.length);
      expect(look === 'mixed').toBe(happened > 0 && happened < dots.length);
    }
  });
});

test('a mark of which anything should have happened has a question mark', () => {
  always((drawing) => {
    for (const { text, dots } of marksOf(drawing))
      expect(text.endsWith('?')).toBe(dots.some(({ state }) => state === 'passed'));
  });
});

test('every milestone has a mark, is in the number of one, or in a number at an edge', () => {
  always(({ lanes }, all) => {
    for (const [i, { rows, before, after }] of lanes.entries()) {
      const marks = rows.flatMap((row) => row.marks);
      for (const { count, dots, shape, text } of marks) {
        expect(count).toBe(sum(dots.map((one) => one.count)));
        if (shape === 'several') expect(Number(text.replaceAll(/[,?]/g, ''))).toBe(count);
        else expect(dots).toHaveLength(1);
      }
      const ids = marks.flatMap(({ dots }) => dots.map(({ id }) => id));
      expect(new Set(ids).size).toBe(ids.length);
      const { milestones } = all[i]!;
      expect(sum(marks.map(({ count }) => count)) + before + after).toBe(
        sum(milestones.map(({ count }) => count)),
      );
    }
  });
});

const drawn = (...milestones: AxisDot[]) => axisOfTracks([anAxisTrack(milestones)], TODAY)!;
const marksDrawn = (...milestones: AxisDot[]) => marksOf(drawn(...milestones).wide);

test('a day is a dot, a month a bar, and sittings a bar with two ends', () => {
  const marks = marksDrawn(
    aDot('2024-03-05'),
    aDot('2025-02-03', { to: '2025-06-30', count: 8 }),
    aDot('2028-01-01', { to: '2028-12-31', state: 'expected' }),
  );
  expect(marks.map(({ shape, look, count }) => [shape, look, count])).toEqual([
    ['day', 'happened', 1],
    ['sittings', 'happened', 8],
    ['span', 'expected', 1],
  ]);
  expect(marks[0]!.right - marks[0]!.left).toBe(14);
  expect(marks[2]!.right - marks[2]!.left).toBeGreaterThan(100);
});

test('milestones close together are one mark with their number, but never across today', () => {
  const marks = marksDrawn(
    aDot('2023-01-01'),
    aDot('2026-11-20'),
    aDot('2026-11-23', { state: 'passed' }),
    aDot('2026-11-28', { state: 'expected' }),
    aDot('2026-11-30', { state: 'expected' }),
    aDot('2029-01-01', { state: 'expected' }),
  );
  expect(marks.map(({ look, text }) => [look, text])).toEqual([
    ['happened', ''],
    ['mixed', '2?'],
    ['expected', '2'],
    ['expected', ''],
  ]);
});

test('a slip leads from each earlier expected date to the next, and ends where it stands now', () => {
  const { wide } = drawn(
    aDot('2027-05-01', {
      state: 'expected',
      formerly: [
        { from: '2025-03-01', to: '2025-03-31' },
        { from: '2026-01-10', to: '2026-01-10' },
      ],
    }),
  );
  const [{ slips, marks }] = rowsOf(wide) as [ReturnType<typeof rowsOf>[number]];
  expect(slips).toHaveLength(2);
  expect(slips[0]!.from).toBeLessThan(slips[0]!.to);
  expect(slips[1]!.from).toBe(slips[0]!.to);
  expect(slips[1]!.to).toBeCloseTo((marks[0]!.left + marks[0]!.right) / 2, 0);
});

test('what lies more than five years away is counted at the edges, and a slip out of the picture is seen to leave it', () => {
  const { wide, from, to } = drawn(
    aDot('2001-01-01'),
    aDot('2002-01-01', { to: '2002-02-28', count: 4 }),
    aDot('2050-01-01', { state: 'expected', formerly: [{ from: '2027-01-01', to: '2027-12-31' }] }),
  );
  expect([from, to]).toEqual(['2021-11-08', '2031-12-10']);
  const [lane] = wide.lanes;
  expect([lane!.before, lane!.after]).toEqual([5, 1]);
  expect(lane!.rows[0]!.marks).toEqual([]);
  expect(lane!.rows[0]!.slips).toHaveLength(1);
});

test('what runs beside the procedure stands in a second row', () => {
  const { wide } = drawn(aDot('2026-01-01'), aDot('2026-03-01', { title: 'Trilogue', parallel: true }));
  expect(wide.lanes[0]!.rows.map(({ marks }) => marks.map(({ dots }) => dots[0]!.title))).toEqual([
    ['Vote'],
    ['Trilogue'],
  ]);
});

test('the next that is expected is labelled where there is room', () => {
  const next = aDot('2027-03-01', { title: 'Adoption', state: 'expected' });
  const far = aDot('2029-03-01', { state: 'expected' });
  expect(rowsOf(drawn(next, far).wide)[0]!.label).toMatchObject({ text: 'Adoption', anchor: 'start' });
  const before = aDot('2026-12-20', { title: 'Adoption', state: 'expected' });
  const close = aDot('2027-02-10', { state: 'expected' });
  expect(rowsOf(drawn(before, close, far).wide)[0]!.label).toBeNull();
});

test('without tracks there is nothing to draw, without milestones there are empty lanes', () => {
  expect(axisOfTracks([], TODAY)).toBeNull();
  const { wide, count } = axisOfTracks([anAxisTrack([])], TODAY)!;
  expect(wide.lanes).toHaveLength(1);
  expect([count, marksOf(wide)]).toEqual([0, []]);
});

// outside of a test, where every global is looked up in another context, it takes a fifth of this
test('two thousand milestones of fifty tracks are laid out in the time of a blink', () => {
  const all = manyAxisTracks(50, 40);
  const times = Array.from({ length: 15 }, () => {
    const start = performance.now();
    axisOfTracks(all, TODAY);
    return performance.now() - start;
  });
  expect(Math.min(...times)).toBeLessThan(100);
});
