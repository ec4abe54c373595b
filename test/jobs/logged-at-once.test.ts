import { expect, test } from '@jest/globals';
import { checkActivity } from '../../src/history/check-activity.js';
import { Entry } from '../../src/history/entry.model.js';
import { Recipient } from '../../src/recipients/recipient.model.js';
import { useDatabase } from '../support/database.js';
import { anEntry, aRecipient } from '../support/factories.js';

useDatabase();

test('what forty people log about one campaign at the same moment is all there, and all counted', async () => {
  const { _id: recipient } = await aRecipient();

  await Promise.all(Array.from({ length: 40 }, () => anEntry({ recipient })));

  expect(await Entry.countDocuments({ recipient })).toBe(40);
  expect(await Recipient.findById(recipient).lean()).toMatchObject({ entriesCounted: 40 });
  expect(await checkActivity()).toMatchObject({ differed: 0 });
});
