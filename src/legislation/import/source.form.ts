import { z } from 'zod';
import { optionalLink, text } from '../../web/form.js';

/** Bills have counted up from 1; no number will ever be longer than this. */
const number = (missing: string) =>
  text(missing, 9).pipe(
    z
      .string()
      .regex(/^[1-9]\d*$/, 'A number such as 3137: it stands in the address of the page of the bill.'),
  );

export const billForm = z.object({
  number: number('Enter the number of the bill. It stands in the address of its page at the UK Parliament.'),
});

export const feedForm = z.object({
  address: optionalLink().refine(
    (value) => value !== '',
    'Enter the address of the feed: a whole web address that starts with https:// or http://.',
  ),
});
