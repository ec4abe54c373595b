import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { RuleBroken } from '../../src/errors.js';
import {
  choice,
  email,
  isTimeZone,
  objectId,
  optionalEmail,
  optionalText,
  parseForm,
  refusedAsField,
  several,
  text,
  timeZone,
  withError,
} from '../../src/web/form.js';

const form = z.object({ name: text('Enter a name.', 10), note: optionalText(20), colours: several() });

test('a right form gives its values tidied, and keeps what was typed', () => {
  const read = parseForm(form, { name: '  Robin ', note: ' one\r\ntwo ', _csrf: 'token' });
  expect(read).toEqual({
    ok: true,
    value: { name: 'Robin', note: 'one\ntwo', colours: [] },
    form: { values: { name: '  Robin ', note: ' one\r\ntwo ' }, errors: {} },
  });
});

test('a wrong form gives one sentence per field, beside what was typed', () => {
  expect(parseForm(form, { name: 'x'.repeat(11), note: 'y'.repeat(21) })).toEqual({
    ok: false,
    form: {
      values: { name: 'x'.repeat(11), note: 'y'.repeat(21) },
      errors: { name: 'Please keep this to 10 characters.', note: 'Please keep this to 20 characters.' },
    },
  });
});

test.each([
  [undefined],
  [null],
  [{}],
  [{ name: ['a', 'b'] }],
  [{ name: { $ne: '' } }],
  [{ name: 7 }],
  [{ name: '\u00a0 \n' }],
])('%j has no name', (body) => {
  expect(parseForm(form, body).form.errors['name']).toBe('Enter a name.');
});

test('nothing that is not text or a list of text gets through, whatever is sent', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.anything()), (body) => {
      const { values } = parseForm(form, body).form;
      for (const value of Object.values(values)) {
        expect([value].flat().every((one) => typeof one === 'string')).toBe(true);
      }
      expect(Object.getPrototypeOf(values)).toBe(Object.prototype);
    }),
  );
});

test.each([
  [undefined, []],
  ['red', ['red']],
  [
    ['red', 'blue'],
    ['red', 'blue'],
  ],
])('boxes ticked as %j are %j', (colours, read) => {
  expect(parseForm(form, { name: 'Robin', ...(colours && { colours }) })).toMatchObject({
    value: { colours: read },
  });
});

const messageOf = (schema: z.ZodType, value: unknown): string | null =>
  schema.safeParse(value).error?.issues[0]?.message ?? null;

test.each(['name@example.org', "o'neil+tag@mail.example.org"])('%s is an address', (address) => {
  expect(messageOf(email('Enter it.'), ` ${address} `)).toBeNull();
  expect(messageOf(optionalEmail(), address)).toBeNull();
});

test.each([
  'name',
  'name@',
  '@example.org',
  'a b@example.org',
  'a@example.org, b@example.org',
  'a@example.org\nBcc: b@example.org',
  'A <a@example.org>',
])('%j is no address', (address) => {
  const sentence = 'That is not an email address, for example name@example.org.';
  expect(messageOf(email('Enter it.'), address)).toBe(sentence);
  expect(messageOf(optionalEmail(), address)).toBe(sentence);
});

test('an address may be left empty only where that is allowed', () => {
  expect(messageOf(optionalEmail(), '')).toBeNull();
  expect(messageOf(email('Enter it.'), '')).toBe('Enter it.');
});

test.each(['UTC', 'Europe/London', 'America/Argentina/Buenos_Aires'])('%s is a time zone', (zone) => {
  expect(isTimeZone(zone)).toBe(true);
  expect(messageOf(timeZone(), zone)).toBeNull();
});

test.each(['', 'London', 'GMT+1', '+01:00', 'EST', 'Europe/Nowhere', 'Europe/London\n', '../UTC'])(
  '%j is no time zone of ours',
  (zone) => {
    expect(isTimeZone(zone)).toBe(false);
  },
);

test('a choice is one of the list, an id is twenty-four hexadecimal digits', () => {
  expect(messageOf(choice(['red', 'blue'], 'Choose.'), 'red')).toBeNull();
  expect(messageOf(choice(['red', 'blue'], 'Choose.'), 'green')).toBe('Choose.');
  expect(messageOf(objectId('Choose.'), '0123456789abcdef01234567')).toBeNull();
  for (const id of ['0123456789abcdef0123456', '0123456789ABCDEF01234567', '', undefined])
    expect(messageOf(objectId('Choose.'), id)).toBe('Choose.');
});

test('a broken rule becomes a sentence beside its field; anything else is still thrown', async () => {
  const refused = await refusedAsField(() => Promise.reject(new RuleBroken('It is there already.')));
  expect(refused).toEqual({ refused: 'It is there already.' });
  expect(await refusedAsField(() => Promise.resolve(7))).toEqual({ value: 7 });
  await expect(refusedAsField(() => Promise.reject(new Error('a bug')))).rejects.toThrow('a bug');
  expect(withError({ values: { a: 'x' }, errors: { a: 'One.' } }, 'b', 'Two.')).toEqual({
    values: { a: 'x' },
    errors: { a: 'One.', b: 'Two.' },
  });
});
