import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Types } from 'mongoose';
import {
  sharedContacts,
  sharedPlan,
  sharedSteps,
  type FeedTrackSource,
} from '../../src/sharing/feed-projection.js';
import type { Reading, RecipientSource } from '../../src/sharing/projections.js';

const at = (instant: string) => new Date(instant);
const reading: Reading = { timeZone: 'Europe/London', today: '2026-11-24', now: at('2026-11-24T12:00:00Z') };
const recipient: RecipientSource = {
  _id: new Types.ObjectId(),
  organisationName: 'Example Platform',
  officeTitle: 'Chief executive',
  holderName: 'Kim Invented',
  delivery: 'sent',
  engagement: 'silent',
  clockStartedAt: null,
  lateFrom: null,
  veryLateFrom: null,
  clockPausedFrom: null,
  clockPausedUntil: null,
  firstContactAt: at('2026-11-01T12:00:00Z'),
  firstContactPrecision: 'by-day',
  lastContactAt: at('2026-11-10T23:30:00Z'),
  lastContactPrecision: 'time',
  contactsOut: 2,
  contactsIn: 0,
};
const next = {
  dueAt: at('2026-11-30T09:00:00Z'),
  nextAttemptAt: at('2026-11-30T09:00:00Z'),
  state: 'scheduled',
} as const;
const milestone = {
  _id: new Types.ObjectId(),
  title: 'Final vote',
  stage: 'other',
  expectedOn: '2026-12-20',
  happenedOn: null,
  sourceLink: 'https://example.org/vote',
  formerly: [
    {
      field: 'expectedOn',
      value: '2026-12-01',
      until: at('2026-11-02T15:30:00Z'),
      by: new Types.ObjectId(),
      source: null,
    },
  ],
};
const track = {
  title: 'A bill',
  procedure: 'free',
  ownStages: [],
  milestones: [milestone],
} as FeedTrackSource;

describe('whatever else a record holds, a partner’s feed has exactly the fields that are named', () => {
  const more = fc.dictionary(fc.string({ minLength: 1 }), fc.anything(), { maxKeys: 8 });
  const with_ = <T extends object>(extra: object, record: T): T => ({ ...extra, ...record });
  const keys = (value: object | null | undefined) => Object.keys(value ?? {}).sort();

  test('of a milestone and its slips', () => {
    fc.assert(
      fc.property(more, more, (onTrack, onMilestone) => {
        const source = with_(onTrack, {
          ...track,
          milestones: [with_(onMilestone, milestone)],
        } as FeedTrackSource);
        const [step] = sharedSteps(source, reading.today);
        expect(keys(step)).toEqual('expectedOn happenedOn href id law slips state times title'.split(' '));
        expect(keys(step!.slips[0])).toEqual(['at', 'from', 'n', 'to']);
      }),
    );
  });

  test('of what is planned, and of a day of contact', () => {
    fc.assert(
      fc.property(more, more, (onRecipient, onFollowUp) => {
        const grown = with_(onRecipient, recipient);
        expect(keys(sharedPlan(grown, with_(onFollowUp, next), reading))).toEqual([
          'id',
          'office',
          'on',
          'organisation',
        ]);
        for (const contact of sharedContacts(grown, reading))
          expect(keys(contact)).toEqual(['by', 'day', 'id', 'office', 'organisation']);
      }),
    );
  });
});

test('when a date moved is told to the day', () => {
  expect(sharedSteps(track, reading.today)[0]!.slips).toEqual([
    { n: 0, from: '2026-12-01', to: '2026-12-20', at: at('2026-11-02T00:00:00Z') },
  ]);
});

test('a source that no browser opens is not told', () => {
  for (const sourceLink of ['', 'javascript:alert(1)', 'file:///etc/passwd', 'nonsense', null]) {
    const source = { ...track, milestones: [{ ...milestone, sourceLink }] } as FeedTrackSource;
    expect(sharedSteps(source, reading.today)[0]!.href).toBe('/shared');
  }
});

test('the ids stay the same and are not those of the records', () => {
  const ids = () => [sharedSteps(track, reading.today)[0]!.id, sharedPlan(recipient, next, reading)!.id];
  expect(ids()).toEqual(ids());
  expect(ids().join()).not.toContain(String(milestone._id));
  expect(ids().join()).not.toContain(String(recipient._id));
});

test('what is held is no plan for its day', () => {
  expect(sharedPlan(recipient, { ...next, state: 'held' }, reading)).toBeNull();
});

test('a day that has passed is no plan, and the only day of contact is told once', () => {
  expect(sharedPlan(recipient, { ...next, nextAttemptAt: at('2026-11-23T09:00:00Z') }, reading)).toBeNull();
  const once = {
    ...recipient,
    firstContactAt: recipient.lastContactAt,
    firstContactPrecision: 'time' as const,
  };
  expect(sharedContacts(once, reading).map(({ day, by }) => [day, by])).toEqual([['2026-11-10', false]]);
  expect(sharedContacts(recipient, reading).map(({ day, by }) => [day, by])).toEqual([
    ['2026-11-10', false],
    ['2026-11-01', true],
  ]);
  expect(sharedContacts({ ...recipient, firstContactAt: null, lastContactAt: null }, reading)).toEqual([]);
});
