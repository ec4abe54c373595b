import { expect, test } from '@jest/globals';
import { Types } from 'mongoose';
import { requestStart, workOn } from '../../src/cadences/start.js';
import { Commitment } from '../../src/commitments/commitment.model.js';
import { Entry } from '../../src/history/entry.model.js';
import { findRecipient } from '../../src/recipients/recipients.js';
import type { RecipientRecord } from '../../src/recipients/recipient.model.js';
import { createTestApp } from '../support/app.js';
import { aCadence, stepsOf } from '../support/cadences.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, aCommitment, aLateRecipient, aReply, aUser, NOW } from '../support/factories.js';

useDatabase();

const yesterday = new Date(NOW.getTime() - 86_400_000);

/** As a process leaves it that dies, or loses the database, once the fact is written down. */
const facts: [string, (recipient: RecipientRecord) => Promise<unknown>][] = [
  [
    'an answer that was logged',
    ({ _id, campaign }) =>
      Entry.collection.insertOne({
        _id: new Types.ObjectId(),
        recipient: _id,
        campaign,
        ...aReply(yesterday),
        recordedAt: yesterday,
      }),
  ],
  [
    'a stance that was confirmed',
    async ({ _id }) => {
      const stance = await aCommitment({ recipient: _id, stance: 'declined' });
      await Commitment.updateOne({ _id: stance._id }, { $set: { confirmedAt: yesterday } });
    },
  ],
];

test.each(facts)(
  '%s, and that nobody has counted, keeps a cadence from being started',
  async (_what, happens) => {
    const { deps } = createTestApp({ now: NOW });
    const campaign = (await aCampaign({ approval: 'none' }))._id;
    const [answered, silent] = [await aLateRecipient({ campaign }), await aLateRecipient({ campaign })];
    await happens(answered);
    expect(await findRecipient(answered._id)).toMatchObject({ engagement: 'silent' });
    const by = (await aUser())._id;

    const cadence = await aCadence(campaign, [1], by, NOW);
    await workOn(await requestStart({ cadence, campaign }, by, NOW), deps);

    expect(await stepsOf(answered)).toEqual([]);
    expect(await stepsOf(silent)).toHaveLength(1);
    expect(await findRecipient(answered._id)).not.toMatchObject({ engagement: 'silent' });
  },
);
