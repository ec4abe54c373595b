import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Types } from 'mongoose';
import { appendEntry, type NewEntry } from '../../src/history/append-entry.js';
import { receivedAs } from '../../src/history/entry.rules.js';
import { Recipient } from '../../src/recipients/recipient.model.js';
import { refreshRecipients } from '../../src/recipients/refresh.js';
import { deliveries, engagements } from '../../src/recipients/status.rules.js';
import { checkStoredCopies } from '../../src/stored-copies.js';
import { emptyDatabase, useDatabase } from '../support/database.js';
import { aCampaign, anOffice, aRecipient, NOW } from '../support/factories.js';

useDatabase();

type Happened = Pick<
  NewEntry,
  'kind' | 'direction' | 'receivedAs' | 'occurredAt' | 'precision' | 'until' | 'delivers'
>;
const day = fc.integer({ min: 1, max: 23 });
const at = (november: number) => new Date(Date.UTC(2026, 10, november, 12));
const until = (november: number) => at(november).toISOString().slice(0, 10);
const neither = { direction: 'none', precision: 'day' } as const;

const anyHappening: fc.Arbitrary<Happened> = fc.oneof(
  fc.record({ kind: fc.constantFrom('email', 'letter', 'call'), on: day }).map(({ kind, on }): Happened => ({
    kind,
    direction: 'out',
    occurredAt: at(on),
    precision: 'time',
  })),
  fc.record({ as: fc.constantFrom(...receivedAs), on: day }).map(({ as, on }): Happened => ({
    kind: 'email',
    direction: 'in',
    receivedAs: as,
    occurredAt: at(on),
    precision: 'time',
  })),
  fc.record({ on: day, delivers: fc.boolean() }).map(({ on, delivers }): Happened => ({
    ...neither,
    kind: 'meeting',
    occurredAt: at(on),
    delivers,
  })),
  fc.record({ on: day, days: fc.integer({ min: 0, max: 40 }) }).map(({ on, days }): Happened => ({
    ...neither,
    kind: 'promise',
    occurredAt: at(on),
    until: until(on + days),
  })),
  fc.record({ on: day, days: fc.option(fc.integer({ min: 0, max: 20 })) }).map(({ on, days }): Happened => ({
    ...neither,
    kind: 'clock pause',
    occurredAt: at(on),
    ...(days !== null && { until: until(on + days) }),
  })),
  fc
    .record({ kind: fc.constantFrom('clock resumption', 'closing', 'reopening'), on: day })
    .map(({ kind, on }): Happened => ({ ...neither, kind, occurredAt: at(on) })),
);

const anyDamage = fc.record(
  {
    delivery: fc.constantFrom(...deliveries),
    engagement: fc.constantFrom(...engagements),
    lateFrom: fc.constantFrom(NOW, null),
    answerDueOn: fc.constantFrom('2026-11-01', null),
    promisedFor: fc.constantFrom('2026-11-01', null),
    stood: fc.constant([]),
    entriesCounted: fc.nat(50),
  },
  { requiredKeys: [] },
);

const anyHistory = fc
  .array(anyHappening, { maxLength: 9 })
  .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }), anyDamage));

const copiesOf = async (id: Types.ObjectId) => {
  const {
    _id,
    office: _office,
    organisation: _organisation,
    ...copies
  } = (await Recipient.findById(id).lean())!;
  return copies;
};

test('in whatever order a history was recorded the stored copies are the same; recomputing mends what is damaged, and once is enough', async () => {
  await fc.assert(
    fc.asyncProperty(anyHistory, async ([history, shuffled, damage]) => {
      await emptyDatabase();
      const campaign = (await aCampaign({ acknowledgementDays: 3, lateAfter: 5, veryLateAfter: 9 }))._id;
      const organisation = (await anOffice()).organisation;
      const both = await Promise.all(
        [history, shuffled].map(async (entries) => {
          const office = (await anOffice({ organisation, country: 'US' }))._id;
          const { _id: recipient } = await aRecipient({ campaign, office });
          for (const entry of entries) await appendEntry({ ...entry, campaign, recipient, recordedAt: NOW });
          return recipient;
        }),
      );
      // what was never worked out is absent rather than null
      await refreshRecipients(both);
      const [stored, other] = [await copiesOf(both[0]!), await copiesOf(both[1]!)];
      expect(other).toEqual(stored);
      expect((await checkStoredCopies(NOW)).recipients).toEqual({ checked: 2, differed: 0 });

      await Recipient.collection.updateOne({ _id: both[0]! }, { $set: { ...damage, notes: '' } });
      const isDamaged = Object.keys(damage).some(
        (name) =>
          JSON.stringify(damage[name as keyof typeof damage] ?? null) !==
          JSON.stringify((stored as Record<string, unknown>)[name] ?? null),
      );
      expect((await checkStoredCopies(NOW)).recipients.differed).toBe(isDamaged ? 1 : 0);
      expect(await copiesOf(both[0]!)).toEqual(stored);
      expect((await checkStoredCopies(NOW)).recipients.differed).toBe(0);
    }),
    { numRuns: 40 },
  );
}, 240_000);
