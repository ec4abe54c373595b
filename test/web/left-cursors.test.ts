import { expect, test } from '@jest/globals';
import { Types } from 'mongoose';
import { idsByAsk } from '../../src/commitments/sort-by-ask.js';
import { inBatches } from '../../src/in-batches.js';
import { namedAs } from '../../src/organisations/found-by.rules.js';
import { Office } from '../../src/organisations/office.model.js';
import { Organisation } from '../../src/organisations/organisation.model.js';
import { findOffices } from '../../src/recipients/offices-to-add.js';
import { Recipient } from '../../src/recipients/recipient.model.js';
import { allShared } from '../../src/sharing/shared-campaigns.js';
import { useDatabase } from '../support/database.js';
import { NOW } from '../support/factories.js';

useDatabase();

/** More than the local engine has connections for its gateway, and more than one batch of any of these. */
const [TIMES, MANY] = [100, 1200];
const campaign = new Types.ObjectId();

async function manyOrganisations() {
  const rows = Array.from({ length: MANY }, (_, n) => {
    const name = `Example ${n}`;
    return { _id: new Types.ObjectId(), name, ...namedAs(name), kind: 'company', createdAt: NOW };
  });
  await Organisation.collection.insertMany(rows);
  await Office.collection.insertMany(
    rows.map(({ _id: organisation }) => ({
      organisation,
      title: 'Board',
      timeZone: 'UTC',
      createdAt: NOW,
    })) as never,
  );
}

async function manyRecipients() {
  const rows = Array.from({ length: MANY }, (_, n) => ({
    campaign,
    office: new Types.ObjectId(),
    organisationName: `Example ${n}`,
    listedAs: `example ${n}`,
    createdAt: NOW,
  }));
  await Recipient.collection.insertMany(rows);
}

const byAsk = { campaign, ask: new Types.ObjectId(), within: null, page: 1 };

test.each([
  ['the offices that are found', manyOrganisations, () => findOffices(campaign, 'example')],
  ['a page of the matrix by what they said', manyRecipients, () => idsByAsk(byAsk)],
  [
    'a table that somebody stops taking away',
    manyRecipients,
    async () => {
      for await (const _first of allShared(campaign, { now: NOW } as never)) break;
    },
  ],
  [
    'a list that is enough before its end',
    manyRecipients,
    async () => {
      const list = Recipient.find({ campaign }).sort({ listedAs: 1 }).lean();
      for await (const _first of inBatches(list.cursor({ batchSize: 50 }), 50)) break;
    },
  ],
])(
  '%s keeps no connection of the database, however often it is asked for',
  async (_what, make, ask) => {
    await make();
    for (let n = 0; n < TIMES; n += 1) await ask();
    const counts = await Promise.all(
      Array.from({ length: 30 }, () => Recipient.countDocuments({ campaign: new Types.ObjectId() })),
    );
    expect(new Set(counts)).toEqual(new Set([0]));
  },
  60_000,
);
