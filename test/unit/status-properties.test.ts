import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  directions,
  entryKinds,
  receivedAs,
  standing,
  type EntryFacts,
} from '../../src/history/entry.rules.js';
import { deliveryChanges, engagementChanges } from '../../src/recipients/status-changes.rules.js';
import {
  deliveries,
  engagements,
  statusOf,
  type Delivery,
  type Engagement,
  type Stated,
} from '../../src/recipients/status.rules.js';
import { october, thereWas, weGot, weSent } from '../support/facts.js';

// few days, so that many things happen at the same moment
const day = fc.integer({ min: 1, max: 6 });
const anyEntry: fc.Arbitrary<EntryFacts> = fc.record({
  kind: fc.constantFrom(...entryKinds),
  direction: fc.constantFrom(...directions),
  receivedAs: fc.constantFrom(...receivedAs, null),
  occurredAt: day.map(october),
  delivers: fc.constantFrom(true, false, null, undefined),
});
const history = fc.array(anyEntry, { maxLength: 12 });
const anyStated: fc.Arbitrary<Stated[]> = fc.array(fc.record({ at: day.map(october) }), { maxLength: 2 });
const inAnyOrder = <T>(all: T[]) => fc.shuffledSubarray(all, { minLength: all.length });

test('the order in which entries are recorded does not matter, even of those at the same moment', () => {
  const twice = fc
    .tuple(history, anyStated)
    .chain(([entries, stated]) =>
      fc.tuple(fc.constant({ entries, stated }), inAnyOrder(entries), inAnyOrder(stated)),
    );
  // of two alike at the same moment either may be named as the cause
  const whatAndWhen = ({ delivery, engagement, changes }: ReturnType<typeof statusOf>) => ({
    delivery,
    engagement,
    changes: changes.map(({ axis, from, to, at }) => ({ axis, from, to, at })),
  });
  fc.assert(
    fc.property(twice, ([{ entries, stated }, otherEntries, otherStated]) => {
      expect(whatAndWhen(statusOf(otherEntries, otherStated))).toEqual(
        whatAndWhen(statusOf(entries, stated)),
      );
    }),
  );
});

test('an entry that was superseded never counts', () => {
  const recorded = fc
    .array(anyEntry, { minLength: 1 })
    .map((all) => all.map((entry, _id) => ({ ...entry, _id: String(_id) })));
  fc.assert(
    fc.property(recorded, anyEntry, fc.nat(), (entries, right, n) => {
      const wrong = entries[n % entries.length]!;
      const corrected = standing([...entries, { ...right, _id: 'new', supersedes: wrong._id }]);
      const without = standing([...entries.filter((one) => one !== wrong), { ...right, _id: 'new' }]);
      const { changes, ...status } = statusOf(corrected);
      expect(status).toMatchObject({
        delivery: statusOf(without).delivery,
        engagement: statusOf(without).engagement,
      });
      expect(changes.map(({ entry }) => entry)).not.toContain(wrong);
    }),
  );
});

test('reading changes nothing, and reading again says the same', () => {
  fc.assert(
    fc.property(history, anyStated, (entries, stated) => {
      const before = structuredClone({ entries, stated });
      const first = statusOf(entries, stated);
      expect(deliveries).toContain(first.delivery);
      expect(engagements).toContain(first.engagement);
      expect({ entries, stated }).toEqual(before);
      expect(statusOf(entries, stated)).toEqual(first);
    }),
  );
});

test('what is not contact never changes a status', () => {
  const nothing = fc.constantFrom<EntryFacts>(
    thereWas('note', 3),
    thereWas('clock pause', 3),
    thereWas('clock resumption', 3),
    { ...weGot(null, 3), kind: 'promise' },
    weSent('statement', 3),
    weSent('call', 3),
    weGot('not an answer', 3),
  );
  fc.assert(
    fc.property(history, nothing, (entries, entry) => {
      expect(statusOf([...entries, entry])).toEqual(statusOf(entries));
    }),
  );
});

test('an auto-reply makes a difference to silence only', () => {
  fc.assert(
    fc.property(history, (entries) => {
      const [without, with_] = [entries, [...entries, weGot('auto-reply', 7)]].map((all) => statusOf(all));
      const expected = without!.engagement === 'silent' ? 'auto-answered' : without!.engagement;
      expect(with_).toMatchObject({ delivery: without!.delivery, engagement: expected });
    }),
  );
});

describe('what the changes say', () => {
  test('leads on each axis from the beginning to where they stand, without a gap', () => {
    fc.assert(
      fc.property(history, anyStated, (entries, stated) => {
        const status = statusOf(entries, stated);
        for (const [axis, begins] of [
          ['delivery', 'not sent'],
          ['engagement', 'silent'],
        ] as const) {
          const along = status.changes.filter((change) => change.axis === axis);
          expect([...along.map(({ from }) => from), status[axis]]).toEqual([
            begins,
            ...along.map(({ to }) => to),
          ]);
        }
      }),
    );
  });

  test('names an entry that happened then, and is in the order of time', () => {
    fc.assert(
      fc.property(history, anyStated, (entries, stated) => {
        const { changes } = statusOf(entries, stated);
        for (const { entry, at } of changes) {
          if (entry) expect(entries).toContain(entry);
          const when = entry ? [entry.occurredAt] : stated.map((one) => one.at);
          expect(when).toContainEqual(at);
        }
        expect(changes.map(({ at }) => at)).toEqual(
          changes.map(({ at }) => at).toSorted((a, b) => a.getTime() - b.getTime()),
        );
      }),
    );
  });
});

/** What happens to whom, told without the words of the rules. */
const turns = {
  email: weSent('email', 1),
  letter: weSent('letter', 1),
  delivered: { ...weSent('call', 1), delivers: true },
  meeting: thereWas('meeting', 1),
  bounce: weGot('bounce', 1),
  'auto-reply': weGot('auto-reply', 1),
  acknowledgement: weGot('acknowledgement', 1),
  stated: null,
  reply: weGot('reply', 1),
  declined: weGot('declined', 1),
  closing: thereWas('closing', 1),
  reopening: thereWas('reopening', 1),
} satisfies Record<string, EntryFacts | null>;
type Turn = keyof typeof turns;
const turnNames = Object.keys(turns) as Turn[];

/** The table, followed one turn after the other by hand. */
function fold(story: readonly Turn[]): { delivery: Delivery; engagement: Engagement } {
  let delivery: Delivery = 'not sent';
  let engagement: Engagement = 'silent';
  const closedFrom: Engagement[] = [];
  for (const turn of story) {
    delivery = deliveryChanges[delivery][turn] ?? delivery;
    const next: Engagement | 'as before' | undefined = engagementChanges[engagement][turn];
    // what is said meanwhile, short of opening it, is where it stands once it is reopened
    if (engagement === 'closed' && turn !== 'closing') {
      const meanwhile = engagementChanges[closedFrom.at(-1)!][turn];
      if (meanwhile) closedFrom.push(meanwhile as Engagement);
    }
    if (next === 'closed') closedFrom.push(engagement);
    if (next) engagement = next === 'as before' ? closedFrom.at(-1)! : next;
  }
  return { delivery, engagement };
}

/** The same story as entries and stances, one each day, recorded in any order. */
const told = (story: readonly Turn[]) => {
  const at = (i: number) => october(i + 1);
  return {
    entries: story.flatMap((turn, i) => (turns[turn] ? [{ ...turns[turn], occurredAt: at(i) }] : [])),
    stated: story.flatMap((turn, i) => (turn === 'stated' ? [{ at: at(i) }] : [])),
  };
};

test('folding the table by hand gives the same', () => {
  const story = fc.array(fc.constantFrom(...turnNames), { maxLength: 25 });
  fc.assert(
    fc.property(story, (one) => {
      const { entries, stated } = told(one);
      expect(statusOf(entries.toReversed(), stated)).toMatchObject(fold(one));
    }),
    { numRuns: 500 },
  );
});

test.each<[Delivery, Turn[], string]>([
  ['not sent', [], 'email → sent, letter → sent, delivered → other channel, bounce → bounced'],
  ['sent', ['letter'], 'bounce → bounced'],
  ['bounced', ['bounce'], 'email → sent, letter → other channel, delivered → other channel'],
  ['other channel', ['delivered'], 'email → sent'],
])('of a delivery that is %s, nothing else changes it', (delivery, story, changes) => {
  expect(fold(story).delivery).toBe(delivery);
  expect(changesAfter(story, 'delivery')).toBe(changes);
});

const answers = 'stated → replied, reply → replied, declined → declined, closing → closed';
test.each<[Engagement, Turn[], string]>([
  [
    'silent',
    [],
    `meeting → in talks, auto-reply → auto-answered, acknowledgement → acknowledged, ${answers}`,
  ],
  ['auto-answered', ['auto-reply'], `meeting → in talks, acknowledgement → acknowledged, ${answers}`],
  ['acknowledged', ['acknowledgement'], `meeting → in talks, ${answers}`],
  ['replied', ['reply'], 'meeting → in talks, declined → declined, closing → closed'],
  ['in talks', ['meeting'], 'declined → declined, closing → closed'],
  ['declined', ['declined'], 'meeting → in talks, reply → replied, closing → closed'],
  [
    'closed',
    ['acknowledgement', 'closing'],
    'meeting → in talks, reply → replied, declined → declined, reopening → acknowledged',
  ],
])('of somebody %s, nothing else changes the engagement', (engagement, story, changes) => {
  expect(fold(story).engagement).toBe(engagement);
  expect(changesAfter(story, 'engagement')).toBe(changes);
});

function changesAfter(story: readonly Turn[], axis: 'delivery' | 'engagement'): string {
  const standsAt = (one: readonly Turn[]) => {
    const { entries, stated } = told(one);
    return statusOf(entries, stated)[axis];
  };
  return turnNames
    .map((turn) => [turn, standsAt([...story, turn])])
    .filter(([, to]) => to !== standsAt(story))
    .map(([turn, to]) => `${turn} → ${to}`)
    .join(', ');
}

describe('delivery and engagement are independent', () => {
  const isSent = ({ kind, direction }: EntryFacts) =>
    direction === 'out' && (kind === 'email' || kind === 'letter');

  test('what they said, and whether the matter is closed, makes no difference to delivery', () => {
    const mute = (entry: EntryFacts): EntryFacts[] => {
      if (isSent(entry)) return [entry];
      const isBounce =
        entry.direction === 'in' &&
        entry.receivedAs === 'bounce' &&
        !['meeting', 'closing', 'reopening'].includes(entry.kind);
      const delivered = entry.delivers ? [{ ...weSent('call', 1), delivers: true }] : [];
      const bounced = isBounce ? [weGot('bounce', 1)] : [];
      return [...delivered, ...bounced].map((one) => ({ ...one, occurredAt: entry.occurredAt }));
    };
    fc.assert(
      fc.property(history, anyStated, (entries, stated) => {
        expect(statusOf(entries.flatMap(mute)).delivery).toBe(statusOf(entries, stated).delivery);
      }),
    );
  });

  test('whether the letter arrived makes no difference to engagement', () => {
    const spoken = (entries: readonly EntryFacts[]) =>
      entries
        .filter((entry) => !isSent(entry) && entry.receivedAs !== 'bounce')
        .map((entry) => ({ ...entry, delivers: false }));
    const withoutMeetingBounces = history.map((all) =>
      all.map((entry) =>
        entry.receivedAs === 'bounce' ? { ...weGot('bounce', 1), occurredAt: entry.occurredAt } : entry,
      ),
    );
    fc.assert(
      fc.property(withoutMeetingBounces, anyStated, (entries, stated) => {
        expect(statusOf(spoken(entries), stated).engagement).toBe(statusOf(entries, stated).engagement);
      }),
    );
  });
});
