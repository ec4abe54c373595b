import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isDay } from '../../src/dates.js';
import { readBill, type BillAnswers, type UkBill } from '../../src/legislation/import/uk-bill/read-bill.js';
import { answersAbout, fictionalBill } from '../support/fictional-bill.js';

const id = fc.integer({ min: 0, max: 30 });
const house = fc.constantFrom('Commons', 'Lords', 'Unassigned', 'All', 'Elsewhere');
const words = fc.option(
  fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.constantFrom('2nd reading', 'Committee stage', 'Royal Assent'),
  ),
);
const date = fc.oneof(
  { weight: 1, arbitrary: fc.constant('0001-01-01T00:00:00') },
  {
    weight: 9,
    arbitrary: fc
      .date({ min: new Date('1000-01-01'), max: new Date('2999-12-31'), noInvalidDate: true })
      .map((one) => one.toISOString().slice(0, -1)),
  },
);
const listOf = <T>(items: fc.Arbitrary<T>) => fc.option(fc.array(items, { maxLength: 12 }));
const pageOf = <T>(items: fc.Arbitrary<T>) => fc.record({ items: listOf(items), totalResults: fc.nat(12) });

const documented = fc.record({
  bill: fc.record({
    billId: id,
    shortTitle: words,
    longTitle: words,
    originatingHouse: house,
    billWithdrawn: fc.option(date),
    isDefeated: fc.boolean(),
    isAct: fc.boolean(),
  }),
  stages: pageOf(
    fc.record({
      id,
      description: words,
      house,
      sortOrder: fc.integer(),
      stageSittings: listOf(fc.record({ id, date: fc.option(date) })),
    }),
  ),
  publications: fc.record({
    publications: listOf(
      fc.record({
        id,
        title: words,
        displayDate: date,
        publicationType: fc.record({ name: words }),
        links: listOf(fc.record({ url: fc.option(fc.oneof(fc.webUrl(), fc.string())) })),
        files: listOf(fc.record({ id })),
      }),
    ),
  }),
  news: pageOf(fc.record({ id, title: words, displayDate: fc.option(date) })),
});

function read(answers: BillAnswers): UkBill {
  const reading = readBill(answers);
  if ('unreadable' in reading) throw new Error(reading.unreadable);
  return reading.read;
}

test('anything of the documented shape is read, into milestones and publications that fit', () => {
  fc.assert(
    fc.property(documented, (answers) => {
      const { title, milestones, publications, remarks } = read(answers);
      const all = [...milestones, ...publications];
      expect(new Set(all.map(({ key }) => key)).size).toBe(all.length);
      for (const { title: shown, link } of [...all, { title, link: 'https://example.org' }]) {
        expect(shown).toMatch(/\S/);
        expect(shown.length).toBeLessThanOrEqual(200);
        expect(link).toMatch(/^https?:\/\//);
      }
      for (const { on } of milestones) expect(isDay(on)).toBe(true);
      for (const { publishedOn } of publications) expect(isDay(publishedOn)).toBe(true);
      for (const remark of remarks) expect(remark).toMatch(/\.$/);
    }),
  );
});

test('every sitting with a day is one milestone', () => {
  fc.assert(
    fc.property(documented, (answers) => {
      const first = new Map<number, string | null>();
      for (const stage of answers.stages.items ?? [])
        for (const sitting of stage.stageSittings ?? [])
          if (!first.has(sitting.id)) first.set(sitting.id, sitting.date);
      const dated = [...first]
        .filter(([, day]) => day !== null && day >= '1000')
        .map(([one]) => `sitting:${one}`);
      const keys = read(answers).milestones.map(({ key }) => key);
      expect(keys.filter((key) => key !== 'withdrawn').toSorted()).toEqual(dated.toSorted());
    }),
  );
});

test('reading twice gives the same', () => {
  fc.assert(
    fc.property(documented, (answers) => {
      const again = structuredClone(answers);
      expect(read(answers)).toEqual(read(again));
      expect(answers).toEqual(again);
    }),
  );
});

test('anything at all is read or gives a sentence, and is never an exception', () => {
  fc.assert(
    fc.property(
      fc.anything(),
      fc.anything(),
      fc.anything(),
      fc.anything(),
      (bill, stages, publications, news) => {
        expect(readBill({ bill, stages, publications, news })).toEqual({
          unreadable: expect.stringMatching(
            /^The bill is not as its source documents it: .+\. Nothing was taken from it\.$/s,
          ),
        });
      },
    ),
  );
});

/** The answers with one value somewhere in them replaced. */
function withOneReplaced(answers: BillAnswers, steps: readonly number[], value: unknown): BillAnswers {
  const copy = structuredClone(answers);
  let inside = copy as Record<string, unknown>;
  for (const [i, step] of steps.entries()) {
    const keys = Object.keys(inside);
    const key = keys[step % keys.length]!;
    const next = inside[key];
    if (
      i === steps.length - 1 ||
      typeof next !== 'object' ||
      next === null ||
      Object.keys(next).length === 0
    ) {
      inside[key] = value;
      return copy;
    }
    inside = next as Record<string, unknown>;
  }
  return copy;
}

test('one wrong value anywhere is passed over or named', () => {
  const answers = answersAbout(fictionalBill({ sittings: 30 }));
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 7 }), fc.anything(), (steps, value) => {
      const reading = readBill(withOneReplaced(answers, steps, value));
      const said = 'unreadable' in reading ? reading.unreadable : reading.read.sourceLink;
      expect(said).toMatch(
        /^https:|^The .+ is not as its source documents it: .+\. Nothing was taken from it\.$/s,
      );
    }),
    { numRuns: 500 },
  );
});
