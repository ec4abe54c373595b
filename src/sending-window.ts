import { DateTime } from 'luxon';
import { addWorkingDays, isWorkingDay, type Place } from './working-days.js';

/**
 * When mail may leave, on the recipient's own clock: from the first hour until just before the second (0 to 24), on
 * working days or on every day.
 */
export type SendingWindow = { fromHour: number; untilHour: number; everyDay: boolean };

export const DEFAULT_WINDOW: SendingWindow = { fromHour: 9, untilHour: 17, everyDay: false };

/** `Monday to Friday from 9:00 to 17:00, public holidays and closures left out` */
export const windowInWords = ({ fromHour, untilHour, everyDay }: SendingWindow): string =>
  everyDay
    ? `every day from ${fromHour}:00 to ${untilHour}:00`
    : `Monday to Friday from ${fromHour}:00 to ${untilHour}:00, public holidays and closures left out`;

/** May mail leave at this instant, on the recipient's clock and calendar? */
export function isInWindow(instant: Date, place: Place, window: SendingWindow): boolean {
  const local = DateTime.fromJSDate(instant, { zone: place.timeZone });
  return (
    local.hour >= window.fromHour &&
    local.hour < window.untilHour &&
    (window.everyDay || isWorkingDay(local.toISODate()!, place))
  );
}

/** The first instant from this one on at which mail may leave: the instant itself, or when the window opens next. */
export function nextInWindow(instant: Date, place: Place, window: SendingWindow): Date {
  if (isInWindow(instant, place, window)) return instant;
  const local = DateTime.fromJSDate(instant, { zone: place.timeZone });
  const startsAt = (local.hour < window.fromHour ? local : local.plus({ days: 1 })).toISODate()!;
  const day = window.everyDay ? startsAt : addWorkingDays(startsAt, 0, place);
  return DateTime.fromISO(day, { zone: place.timeZone }).set({ hour: window.fromHour }).toJSDate();
}
