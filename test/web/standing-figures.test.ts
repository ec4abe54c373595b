import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Types } from 'mongoose';
import { Recipient } from '../../src/recipients/recipient.model.js';
import {
  deliveries,
  deliveryNames,
  engagementNames,
  inOneField,
  engagements,
  statusInWords,
} from '../../src/recipients/status.rules.js';
import { createTestApp } from '../support/app.js';
import { emptyDatabase, useDatabase } from '../support/database.js';
import { aCampaign, NOW } from '../support/factories.js';
import { signInAs } from '../support/visitor.js';

useDatabase();

const anyStanding = fc.record({
  delivery: fc.constantFrom(...deliveries),
  engagement: fc.constantFrom(...engagements),
});

test('every count of where recipients stand is a plain count, and leads to a list of exactly these', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStanding, { minLength: 1, maxLength: 30 }), async (standing) => {
      await emptyDatabase();
      const campaign = (await aCampaign())._id;
      await Recipient.collection.insertMany(
        standing.map((one, n) => ({
          ...one,
          status: inOneField(one),
          campaign,
          office: new Types.ObjectId(),
          organisation: new Types.ObjectId(),
          organisationName: `Example ${n}`,
          officeTitle: 'Chair',
          holderName: '',
          timeZone: 'UTC',
          listedAs: `example ${n}`,
          createdAt: NOW,
        })),
      );
      const staff = await signInAs(createTestApp(), 'staff');
      const { $ } = await staff.get('/');
      const shown = $('a[href*="/recipients?delivery="], a[href*="/recipients?engagement="]')
        .toArray()
        .map((link) => ({ text: $(link).text(), href: $(link).attr('href')! }));
      const counted = [
        ...deliveries.map((is) => [
          deliveryNames[is],
          standing.filter(({ delivery }) => delivery === is).length,
        ]),
        ...engagements.map((is) => [
          engagementNames[is],
          // whoever was not written to is not called silent
          standing.filter((one) => one.engagement === is && statusInWords(one) !== 'Not sent').length,
        ]),
      ].filter(([, count]) => count !== 0);
      expect(shown.map(({ text }) => text)).toEqual(counted.map(([name, count]) => `${count} ${name}`));
      for (const { text, href } of shown) {
        const list = await staff.get(href);
        expect(list.$('tbody tr')).toHaveLength(Number(text.split(' ')[0]));
      }
    }),
    { numRuns: 15 },
  );
}, 120_000);
