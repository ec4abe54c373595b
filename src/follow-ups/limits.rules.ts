import { dayInWords, dayOf, startOfNextDay } from '../dates.js';
import type { Address } from '../mail/message.js';
import { nextInWindow, type SendingWindow } from '../sending-window.js';
import type { Place } from '../working-days.js';
import { foldDomain } from '../suppressions/fold-address.js';
import type { Waiting } from './waiting.rules.js';

/** How fast follow-ups leave, all workers together; 0: no limit. */
export type MinuteLimits = { perMinute: number; perMinuteToDomain: number };

export const NO_LIMITS: MinuteLimits = { perMinute: 0, perMinuteToDomain: 0 };

/** So many in this day or minute, counted under this key; `to` names whom it protects. */
export type Limit = { key: string; most: number; per: 'day' | 'minute'; to: string };

export type Limited = { to: Address };
export type LimitContext = {
  organisation: { id: string; name: string };
  /** how many may have gone to one organisation, and to one mail domain, when the campaign sends another; 0: no limit, and none is counted */
  mostPerDay: number;
  place: Place;
  window: SendingWindow;
};

/**
 * What the campaign lets go to one organisation and to one mail domain in a day of the recipient's calendar. It protects whoever
 * receives, so that all campaigns count under one key, each up to a number of its own.
 */
export function dailyLimits({ to }: Limited, context: LimitContext, now: Date): Limit[] {
  const { organisation, mostPerDay, place } = context;
  if (mostPerDay === 0) return [];
  const domain = domainOf(to);
  const day = `day ${dayOf(now, place.timeZone)}`;
  const limit = { most: mostPerDay, per: 'day' as const };
  return [
    { ...limit, key: `${day} to organisation ${organisation.id}`, to: organisation.name },
    { ...limit, key: `${day} to domain ${domain}`, to: `addresses at ${domain}` },
  ];
}

/** Everything that is reserved before a message leaves. */
export const limitsOf = (
  followUp: Limited,
  context: LimitContext,
  { perMinuteToDomain }: MinuteLimits,
  now: Date,
): Limit[] => [
  ...dailyLimits(followUp, context, now),
  ...(perMinuteToDomain > 0 ? [minuteLimit(perMinuteToDomain, now, domainOf(followUp.to))] : []),
];

/** Of a minute by the clock: in sixty seconds around its end up to twice as many may leave. */
export const minuteLimit = (most: number, now: Date, domain = ''): Limit => ({
  key: `minute ${now.toISOString().slice(0, 16)}${domain && ` to domain ${domain}`}`,
  most,
  per: 'minute',
  to: domain && `addresses at ${domain}`,
});

/** A message that the server did not take has used its minute, and nothing of the day. */
export const ofADay = (limits: readonly Limit[]): Limit[] => limits.filter(({ per }) => per === 'day');

const domainOf = ({ address }: Address): string => {
  const domain = address.slice(address.lastIndexOf('@') + 1);
  return foldDomain(domain) ?? domain.toLowerCase();
};

/** Until when a counter is kept: days differ from zone to zone, and the database has a clock of its own. */
export const keptUntil = ({ per }: Limit, now: Date): Date =>
  new Date(now.getTime() + (per === 'day' ? 72 : 1) * 3_600_000);

/**
 * What a follow-up waits for that a limit keeps back.
 * @param ahead how many wait for the same minute limit already, so that each comes in a minute that has room
 */
export function waitsForLimit(
  { per, most, to }: Limit,
  { place, window }: Pick<LimitContext, 'place' | 'window'>,
  now: Date,
  ahead = 0,
): Waiting {
  if (per === 'minute') {
    const many = `${most} ${most === 1 ? 'message has' : 'messages have'}`;
    const minute = Math.floor(now.getTime() / 60_000) + 1 + Math.floor(ahead / most);
    return {
      reasons: [`${many} gone to ${to} in one minute, and that is as many as may. It follows later.`],
      until: nextInWindow(new Date(minute * 60_000), place, window),
    };
  }
  const until = nextInWindow(startOfNextDay(now, place.timeZone), place, window);
  const day = dayInWords(dayOf(until, place.timeZone));
  return {
    reasons: [
      `Today’s messages to ${to}, of all campaigns together, have reached this campaign’s limit of ${most}. It goes by itself on ${day}.`,
    ],
    until,
  };
}

/** What a page says of the daily limit that is used up, and how to clear it; nothing while there is room. */
export function keptBackBy(
  limits: readonly Limit[],
  counts: ReadonlyMap<string, number>,
  context: Pick<LimitContext, 'place' | 'window'>,
  leavesAt: Date,
): string[] {
  const limit = limits.find(({ key, most }) => (counts.get(key) ?? 0) >= most);
  if (!limit) return [];
  return [
    ...waitsForLimit(limit, context, leavesAt).reasons,
    'To let it go today, raise the limit on the campaign’s page before it is due.',
  ];
}
