import { z } from 'zod';
import { dayInWords, isDay } from '../dates.js';
import { countryName, isCountry } from '../public-holidays.js';
import { publicHolidayOn } from '../working-days.js';
import { asSoonAs, text } from '../web/form.js';

const country = text('Choose the country or region.', 20).refine(
  isCountry,
  'Choose a country or region from the list.',
);
const day = text('Enter the day.', 10).refine(isDay, 'Enter a date such as 2026-11-30.');

export const holidayForm = z
  .object({ country, day, name: text('Say what the holiday is called.', 100) })
  .refine(({ country, day }) => publicHolidayOn(day, country) === null, {
    path: ['day'],
    error: ({ input }) => isKnown(input as { country: string; day: string }),
    when: asSoonAs({ country, day }),
  });
export type HolidayForm = z.infer<typeof holidayForm>;

const isKnown = ({ country, day }: { country: string; day: string }): string =>
  `${dayInWords(day)} is known as a public holiday already (${countryName(country)}: ${publicHolidayOn(day, country)}).`;
