import { expect, test } from '@jest/globals';
import { timeZones } from '../../src/users/time-zones.js';
import { timeZone } from '../../src/web/form.js';

test.each(['Asia/Kolkata', 'Europe/Kyiv', 'Asia/Calcutta', 'Europe/Kiev', 'America/New_York', 'UTC'])(
  '%s can be chosen, once',
  (zone) => {
    expect(timeZones.filter((one) => one === zone)).toHaveLength(1);
  },
);

test('whatever can be chosen is taken', () => {
  for (const zone of timeZones) expect(timeZone().parse(zone)).toBe(zone);
});
