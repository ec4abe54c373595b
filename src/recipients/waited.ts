import type { Types } from 'mongoose';
import { dayOf } from '../dates.js';
import { standing } from '../history/entry.rules.js';
import { clockOf } from './clock.rules.js';
import { clockCalendar, daysCounted } from './clock-calendar.rules.js';
import { readExpected } from './expected.js';
import { readHistories } from './refresh.js';
import { statusOf } from './status.rules.js';

/**
 * How many working days of their calendar the clock of these recipients has counted until today, by their id: from the facts,
 * as their clock's page has it. Those that it has not started for are left out.
 */
export async function readWaited(ids: readonly Types.ObjectId[], now: Date): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const [histories, expectedOf] = await Promise.all([readHistories(ids), readExpected(ids)]);
  const waited = new Map<string, number>();
  for (const { _id, entries } of histories) {
    const expected = expectedOf.get(String(_id));
    if (!expected) continue;
    const counting = standing(entries);
    const { startedOn, pauses } = clockOf(counting, statusOf(counting), expected);
    const today = dayOf(now, expected.place.timeZone);
    if (startedOn)
      waited.set(String(_id), daysCounted(startedOn, today, clockCalendar(expected.place, pauses)));
  }
  return waited;
}
