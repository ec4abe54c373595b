import type { EntryFacts } from '../../src/history/entry.rules.js';

/** Noon UTC of a day of October 2026. */
export const october = (day: number): Date => new Date(Date.UTC(2026, 9, day, 12));

/** What a rule is told of something that went to them. */
export const weSent = (kind: EntryFacts['kind'], day: number): EntryFacts => ({
  kind,
  direction: 'out',
  occurredAt: october(day),
});

/** What a rule is told of a message that came from them. */
export const weGot = (receivedAs: EntryFacts['receivedAs'], day: number): EntryFacts => ({
  kind: 'email',
  direction: 'in',
  receivedAs,
  occurredAt: october(day),
});

/** What a rule is told of what is neither: a meeting, a note, the end of a matter. */
export const thereWas = (kind: EntryFacts['kind'], day: number): EntryFacts => ({
  kind,
  direction: 'none',
  occurredAt: october(day),
});
