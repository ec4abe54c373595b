import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Types } from 'mongoose';
import {
  sharedCampaign,
  sharedNotice,
  sharedRecipient,
  type Reading,
} from '../../src/sharing/projections.js';
import { sharedTrack } from '../../src/sharing/track-projection.js';

const at = (instant: string) => new Date(instant);
const reading: Reading = {
  timeZone: 'Europe/London',
  today: '2026-11-24',
  now: at('2026-11-24T12:00:00Z'),
};

const recipient = {
  _id: new Types.ObjectId(),
  organisationName: 'Example Platform',
  officeTitle: 'Chief executive',
  holderName: 'Kim Invented',
  delivery: 'sent' as const,
  engagement: 'silent' as const,
  clockStartedAt: at('2026-10-23T12:00:00Z'),
  lateFrom: at('2026-11-21T00:00:00Z'),
  veryLateFrom: at('2026-12-19T00:00:00Z'),
  clockPausedFrom: null,
  clockPausedUntil: null,
  firstContactAt: at('2026-11-01T12:00:00Z'),
  firstContactPrecision: 'by-day' as const,
  lastContactAt: at('2026-11-10T23:30:00Z'),
  lastContactPrecision: 'time' as const,
  contactsOut: 2,
  contactsIn: 0,
};
const campaign = {
  _id: new Types.ObjectId(),
  title: 'A letter',
  letter: 'Dear all',
  asks: [],
  timeZone: 'UTC',
};
const milestone = {
  title: 'Final vote',
  stage: 'final vote' as const,
  expectedOn: '2026-11-20',
  happenedOn: null,
  sourceLink: '',
  formerly: [{ field: 'expectedOn' as const, value: '2026-10' }],
};
const track = {
  title: 'A bill',
  shortTitle: 'Bill',
  sunsetOn: '',
  jurisdiction: 'Utopia',
  reference: '1/2',
  procedure: 'free' as const,
  ownStages: [],
  milestones: [milestone],
};
const nextStep = {
  dueAt: at('2026-11-30T09:00:00Z'),
  nextAttemptAt: at('2026-11-30T09:00:00Z'),
  state: 'planned',
} as const;

describe('whatever else a record holds, a projection has exactly the fields it names', () => {
  const more = fc.dictionary(fc.string({ minLength: 1 }), fc.anything(), { maxKeys: 8 });
  // what a record really holds stands after what it grew, as the database returns it
  const with_ = <T extends object>(extra: object, record: T): T => ({ ...extra, ...record });
  const keys = (value: object | null | undefined) => Object.keys(value ?? {}).sort();

  test('of a recipient', () => {
    fc.assert(
      fc.property(more, more, (onRecipient, onFollowUp) => {
        const shared = sharedRecipient(with_(onRecipient, recipient), with_(onFollowUp, nextStep), reading);
        expect(keys(shared)).toEqual(
          'contactsIn contactsOut delivery deliveryName engagement engagementName firstContact holder lastContact lateness nextStep office organisation'.split(
            ' ',
          ),
        );
        expect(keys(shared.nextStep)).toEqual(['on', 'waits']);
        expect(keys(shared.firstContact)).toEqual(['by', 'day']);
      }),
    );
  });

  test('of a campaign and its asks', () => {
    fc.assert(
      fc.property(more, more, (onCampaign, onAsk) => {
        const ask = with_(onAsk, { title: 'Answer', text: 'In writing' });
        const shared = sharedCampaign(with_(onCampaign, { ...campaign, asks: [ask] as never }));
        expect(keys(shared)).toEqual(['asks', 'id', 'letter', 'title']);
        expect(keys(shared.asks[0])).toEqual(['text', 'title']);
      }),
    );
  });

  test('of a notice', () => {
    fc.assert(
      fc.property(more, (extra) => {
        const shared = sharedNotice(with_(extra, { text: 'Tell your members.', until: '' }));
        expect(shared).toEqual({ text: 'Tell your members.', until: '' });
      }),
    );
  });

  test('of a track and its milestones', () => {
    fc.assert(
      fc.property(more, more, more, (onTrack, onMilestone, onFormer) => {
        const formerly = [with_(onFormer, milestone.formerly[0]!)];
        const one = with_(onMilestone, { ...milestone, formerly });
        const sittings = ['2026-03-03', '2026-05-20'].map((happenedOn) =>
          with_(onMilestone, { ...milestone, stage: 'committee', happenedOn }),
        );
        const shared = sharedTrack(
          with_(onTrack, { ...track, milestones: [one, ...sittings] }),
          '2026-11-24',
        );
        expect(keys(shared)).toEqual('jurisdiction milestones reference shortTitle state title'.split(' '));
        expect(shared.milestones).toHaveLength(2);
        for (const step of shared.milestones)
          expect(keys(step)).toEqual(
            'expectedBefore expectedOn happenedOn sittings sourceLink stage state title'.split(' '),
          );
        expect(keys(shared.milestones[0]!.sittings)).toEqual(['count', 'from', 'to']);
        expect(shared.milestones[1]!.expectedBefore).toEqual(['2026-10']);
      }),
    );
  });
});

describe('of a law', () => {
  const happened = (happenedOn: string, stage = 'committee') => ({ ...milestone, stage, happenedOn });

  test.each([
    ['Nothing has happened yet', [milestone], ''],
    ['In progress', [happened('2026-03-03')], ''],
    ['Passed', [happened('2026-03-03'), happened('2026-06-01', 'assent')], ''],
    ['Lapsed or expired', [happened('2026-06-01', 'in force')], '2026-11-23'],
    ['In force', [happened('2026-06-01', 'in force')], '2026-11-24'],
  ])('it is told where it stands: %s', (state, milestones, sunsetOn) => {
    expect(sharedTrack({ ...track, milestones, sunsetOn }, '2026-11-24')).toMatchObject({ state });
  });

  test('sittings in a row are one, with how many there were and when, and without the source of one of them', () => {
    const sourceLink = 'https://example.org/sitting';
    const sittings = ['2026-03-03', '2026-05-20'].map((on) => ({ ...happened(on), sourceLink }));
    expect(sharedTrack({ ...track, milestones: sittings }, '2026-11-24').milestones).toEqual([
      {
        title: 'Committee',
        stage: 'Committee',
        state: 'happened',
        expectedOn: null,
        happenedOn: null,
        expectedBefore: [],
        sourceLink: '',
        sittings: { count: 2, from: '2026-03-03', to: '2026-05-20' },
      },
    ]);
  });

  test('when something had been expected is told by dates alone', () => {
    const formerly = [
      { field: 'expectedOn' as const, value: '2026-Q3' },
      { field: 'title' as const, value: '2026-01-01' },
      { field: 'expectedOn' as const, value: '' },
      { field: 'expectedOn' as const, value: 'when they like' },
      { field: 'happenedOn' as const, value: '2026-02-01' },
      { field: 'expectedOn' as const, value: '2026-10-05' },
    ];
    const before = (own: { happenedOn?: string }) =>
      sharedTrack({ ...track, milestones: [{ ...milestone, formerly, ...own }] }, '2026-11-24').milestones[0]!
        .expectedBefore;
    expect(before({})).toEqual(['2026-Q3', '2026-10-05']);
    expect(before({ happenedOn: '2026-11-22' })).toEqual(['2026-Q3', '2026-10-05', '2026-11-20']);
    expect(before({ happenedOn: '2026-11-20' })).toEqual(['2026-Q3', '2026-10-05']);
  });
});

test('contact is told by its day in the zone of the campaign, and as "by" where no more is known', () => {
  const shared = sharedRecipient(recipient, null, { ...reading, timeZone: 'Asia/Tokyo' });
  expect(shared.firstContact).toEqual({ day: '2026-11-01', by: true });
  expect(shared.lastContact).toEqual({ day: '2026-11-11', by: false });
});

test('a recipient nobody has been in contact with has no days of contact', () => {
  const shared = sharedRecipient(
    { ...recipient, firstContactAt: null, lastContactAt: undefined },
    null,
    reading,
  );
  expect([shared.firstContact, shared.lastContact]).toEqual([null, null]);
});

test.each([
  ['ahead', '2026-11-30T09:00:00Z', { on: '2026-11-30' }],
  ['today', '2026-11-24T09:00:00Z', { on: '2026-11-24' }],
  ['a day that has passed', '2026-11-20T09:00:00Z', { on: null }],
])('the next step is shown with its day: %s', (_when, dueAt, shown) => {
  expect(sharedRecipient(recipient, { ...nextStep, dueAt: at(dueAt) }, reading).nextStep).toEqual({
    ...shown,
    waits: false,
  });
});

test('one that was put off is shown with the day that it has now', () => {
  const putOff = { dueAt: at('2026-11-20T16:00:00Z'), nextAttemptAt: at('2026-11-25T09:00:00Z') };
  const next = { ...putOff, state: 'scheduled' } as const;
  expect(sharedRecipient(recipient, next, reading).nextStep).toEqual({ on: '2026-11-25', waits: false });
});

test('a record from before the first contact was kept is shown without it', () => {
  const { _id, organisationName, officeTitle, holderName, delivery, engagement } = recipient;
  const shared = sharedRecipient(
    { _id, organisationName, officeTitle, holderName, delivery, engagement } as never,
    null,
    reading,
  );
  expect(shared).toMatchObject({
    firstContact: null,
    contactsOut: 0,
    contactsIn: 0,
    nextStep: null,
    lateness: '',
  });
});

test.each([
  ['before that', '2026-11-20T23:59:59.999Z', ''],
  ['from that instant', '2026-11-21T00:00:00Z', 'Late'],
  ['until it is very late', '2026-12-18T23:59:59.999Z', 'Late'],
  ['from when it is very late', '2026-12-19T00:00:00Z', 'Very late'],
])('an answer that did not come is told as late %s', (_when, now, lateness) => {
  expect(sharedRecipient(recipient, null, { ...reading, now: at(now) })).toMatchObject({ lateness });
});

test.each(['replied', 'in talks', 'declined', 'closed'] as const)(
  'of somebody %s nothing is late',
  (engagement) => {
    expect(sharedRecipient({ ...recipient, engagement }, null, reading)).toMatchObject({ lateness: '' });
  },
);
