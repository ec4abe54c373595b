import { describe, expect, test } from '@jest/globals';
import { readBill } from '../../src/legislation/import/uk-bill/read-bill.js';
import { answersAbout, fictionalBill } from '../support/fictional-bill.js';

const sentenceFor = (answers: object) => {
  const reading = readBill({ ...answersAbout(fictionalBill()), ...answers });
  return 'unreadable' in reading ? reading.unreadable : 'read';
};

describe('an answer that is not as documented is one sentence that names what is wrong', () => {
  const { bill, stages, publications, news } = answersAbout(
    fictionalBill({ stages: 200, publications: 3, news: 3 }),
  );
  const without = (value: object, field: string): object =>
    JSON.parse(JSON.stringify(value).replaceAll(`"${field}":`, `"${field}Of2027":`)) as object;

  test.each([
    ['billId', { bill: without(bill, 'billId') }, 'The bill', 'billId is missing'],
    ['shortTitle', { bill: without(bill, 'shortTitle') }, 'The bill', 'shortTitle is missing'],
    [
      'originatingHouse',
      { bill: without(bill, 'originatingHouse') },
      'The bill',
      'originatingHouse is missing',
    ],
    ['billWithdrawn', { bill: without(bill, 'billWithdrawn') }, 'The bill', 'billWithdrawn is missing'],
    ['isDefeated', { bill: without(bill, 'isDefeated') }, 'The bill', 'isDefeated is missing'],
    ['isAct', { bill: without(bill, 'isAct') }, 'The bill', 'isAct is missing'],
    ['items', { stages: without(stages, 'items') }, 'The list of stages', 'items is missing'],
    [
      'totalResults',
      { stages: without(stages, 'totalResults') },
      'The list of stages',
      'totalResults is missing',
    ],
    [
      'description',
      { stages: without(stages, 'description') },
      'The list of stages',
      'items[].description is missing',
    ],
    ['house', { stages: without(stages, 'house') }, 'The list of stages', 'items[].house is missing'],
    [
      'stageSittings',
      { stages: without(stages, 'stageSittings') },
      'The list of stages',
      'items[].stageSittings is missing',
    ],
    [
      'date',
      { stages: without(stages, 'date') },
      'The list of stages',
      'items[].stageSittings[].date is missing',
    ],
    [
      'id',
      { stages: without(stages, 'id') },
      'The list of stages',
      'items[].id is missing; items[].stageSittings[].id is missing',
    ],
    [
      'publications',
      { publications: without(publications, 'publications') },
      'The list of publications',
      'publications is missing',
    ],
    [
      'displayDate',
      { publications: without(publications, 'displayDate') },
      'The list of publications',
      'publications[].displayDate is missing',
    ],
    [
      'links',
      { publications: without(publications, 'links') },
      'The list of publications',
      'publications[].links is missing',
    ],
    ['title', { news: without(news, 'title') }, 'The list of news', 'items[].title is missing'],
  ])('%s is called something else', (_field, answers, what, wrong) => {
    expect(sentenceFor(answers)).toBe(
      `${what} is not as its source documents it: ${wrong}. Nothing was taken from it.`,
    );
  });

  test.each<[string, object, string]>([
    ['text', { stages: '<h1>Down</h1>' }, 'the answer is not an object'],
    ['nothing', { bill: undefined }, 'the answer is not an object'],
    ['a list', { news: [] }, 'the answer is not an object'],
    ['no list', { stages: { items: {}, totalResults: 0 } }, 'items is not a list'],
    ['a word for a number', { bill: { ...bill, billId: '9001' } }, 'billId is not a number'],
    ['a broken number', { bill: { ...bill, billId: 0.5 } }, 'billId is not a whole number'],
    ['a word for true', { bill: { ...bill, isAct: 'yes' } }, 'isAct is not true or false'],
    ['null for text', { bill: { ...bill, originatingHouse: null } }, 'originatingHouse is not text'],
    ['a word for a date', { bill: { ...bill, billWithdrawn: 'yesterday' } }, 'billWithdrawn is not a date'],
    ['too big a number', { bill: { ...bill, billId: 2 ** 60 } }, 'billId is not a value it can have'],
  ])('it is %s', (_what, answers, wrong) => {
    expect(sentenceFor(answers)).toContain(`is not as its source documents it: ${wrong}. Nothing was taken`);
  });

  test('it is an error as the API words them', () => {
    expect(sentenceFor({ bill: { title: 'Not Found', status: 404 } })).toBe(
      'The bill is not as its source documents it: billId is missing; shortTitle is missing; originatingHouse is missing; ' +
        'billWithdrawn is missing and 2 more. Nothing was taken from it.',
    );
  });

  test('what is not needed may be missing, and more may be there', () => {
    const less =
      'longTitle currentHouse lastUpdate sponsors abbreviation sortOrder files publicationType content itemsPerPage'.split(
        ' ',
      );
    const fictional = less.reduce(
      (value, field) => without(value, field),
      answersAbout(fictionalBill()) as object,
    );
    expect(sentenceFor(fictional)).toBe('read');
    expect(sentenceFor({ bill: { ...bill, isRefused: false, longTitle: 7 } })).toBe('read');
  });
});
