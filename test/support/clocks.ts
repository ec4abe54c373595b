import type { Day } from '../../src/dates.js';
import type { ClockFacts } from '../../src/recipients/clock-entries.rules.js';
import { clockCopies } from '../../src/recipients/clock-state.rules.js';
import { clockOf, type ClockRules } from '../../src/recipients/clock.rules.js';
import { statusOf } from '../../src/recipients/status.rules.js';
import type { Place } from '../../src/working-days.js';

export const london = { timeZone: 'Europe/London', country: 'GB' };
export const newYork = { timeZone: 'America/New_York', country: 'US' };
export const auckland = { timeZone: 'Pacific/Auckland', country: 'NZ' };
/** The last place on earth where a day ends. */
export const pagoPago = { timeZone: 'Pacific/Pago_Pago', country: '' };
/** The first where it begins. */
export const kiritimati = { timeZone: 'Pacific/Kiritimati', country: '' };
/** Its clocks go back from one to midnight, so that midnight happens twice. */
export const havana = { timeZone: 'America/Havana', country: 'CU' };
/** Its clocks skip midnight. */
export const santiago = { timeZone: 'America/Santiago', country: 'CL' };

/** A day known without a time is kept as its noon, UTC. */
const by = (when: string): Pick<ClockFacts, 'occurredAt' | 'precision'> =>
  when.includes('T')
    ? { occurredAt: new Date(when), precision: 'time' }
    : { occurredAt: new Date(`${when}T12:00:00Z`), precision: 'day' };

/** What happened, when: an instant, or a day on the recipient's calendar. */
export const happened = {
  letter: (when: string): ClockFacts => ({ kind: 'letter', direction: 'out', ...by(when) }),
  email: (when: string): ClockFacts => ({ kind: 'email', direction: 'out', ...by(when) }),
  call: (when: string): ClockFacts => ({ kind: 'call', direction: 'out', ...by(when) }),
  note: (when: string): ClockFacts => ({ kind: 'note', direction: 'none', ...by(when) }),
  meeting: (when: string): ClockFacts => ({ kind: 'meeting', direction: 'none', ...by(when) }),
  received: (receivedAs: NonNullable<ClockFacts['receivedAs']>, when: string): ClockFacts => ({
    kind: 'email',
    direction: 'in',
    receivedAs,
    ...by(when),
  }),
  promise: (when: string, until: Day): ClockFacts => ({
    kind: 'promise',
    direction: 'in',
    ...by(when),
    until,
  }),
  pause: (when: string, until: Day | null = null): ClockFacts => ({
    kind: 'clock pause',
    direction: 'none',
    ...by(when),
    until,
    text: 'They asked for time.',
  }),
  resumption: (when: string): ClockFacts => ({ kind: 'clock resumption', direction: 'none', ...by(when) }),
  closing: (when: string): ClockFacts => ({ kind: 'closing', direction: 'none', ...by(when) }),
};

/** The clock that follows from these entries, and what is stored of it. Late after 20 working days and very late after 40, in London. */
export function clockFrom(
  entries: readonly ClockFacts[],
  rules: Partial<Omit<ClockRules, 'place'>> & { place?: Place } = {},
) {
  const place = rules.place ?? london;
  const status = statusOf(entries);
  const clock = clockOf(entries, status, { lateAfter: 20, veryLateAfter: 40, ...rules, place });
  return { ...clock, engagement: status.engagement, copies: clockCopies(clock, status, place) };
}
