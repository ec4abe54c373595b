import { expect, test } from '@jest/globals';
import { Types } from 'mongoose';
import { Entry } from '../../src/history/entry.model.js';
import { checkRecipientCopies } from '../../src/recipients/check-copies.js';
import { countEmails } from '../../src/recipients/count-emails.js';
import { findRecipient } from '../../src/recipients/recipients.js';
import type { RecipientRecord } from '../../src/recipients/recipient.model.js';
import { useDatabase } from '../support/database.js';
import { aLateRecipient, anEntry, aReply, aRecipient, NOW } from '../support/factories.js';

useDatabase();

const yesterday = new Date(NOW.getTime() - 86_400_000);

/** An entry that nobody has counted yet. */
const uncounted = async ({ _id, campaign }: RecipientRecord, facts: object) =>
  Entry.collection.insertOne({
    _id: new Types.ObjectId(),
    recipient: _id,
    campaign,
    text: 'As it was said.',
    recordedAt: NOW,
    ...facts,
  });
const email = (occurredAt: Date) => ({ kind: 'email', direction: 'out', occurredAt, precision: 'time' });
const nothingDiffers = async () =>
  expect((await checkRecipientCopies(NOW, { repair: false })).differed).toBe(0);

test('an email after the letter is added to what is counted', async () => {
  const recipient = await aLateRecipient();
  await uncounted(recipient, email(NOW));
  await countEmails([{ recipient: recipient._id, sentAt: NOW }]);
  expect(await findRecipient(recipient._id)).toMatchObject({
    lastContactAt: NOW,
    contactsOut: 2,
    entriesCounted: 2,
  });
  await nothingDiffers();
});

test('counted twice, it counts once', async () => {
  const recipient = await aLateRecipient();
  await uncounted(recipient, email(NOW));
  for (let i = 0; i < 2; i += 1) await countEmails([{ recipient: recipient._id, sentAt: NOW }]);
  expect(await findRecipient(recipient._id)).toMatchObject({ contactsOut: 2, entriesCounted: 2 });
  await nothingDiffers();
});

test('where something else has been recorded and not been counted, the whole history is read', async () => {
  const recipient = await aLateRecipient();
  await uncounted(recipient, aReply(yesterday));
  await uncounted(recipient, email(NOW));
  await countEmails([{ recipient: recipient._id, sentAt: NOW }]);
  expect(await findRecipient(recipient._id)).toMatchObject({ engagement: 'replied', entriesCounted: 3 });
  await nothingDiffers();
});

test('the first email, one after a bounce, and two to the same recipient are counted from the whole history', async () => {
  const [first, bounced, twice] = [await aRecipient(), await aLateRecipient(), await aLateRecipient()];
  await anEntry({ recipient: bounced._id, ...aReply(yesterday), receivedAs: 'bounce' });
  for (const recipient of [first, bounced, twice]) await uncounted(recipient, email(NOW));
  await uncounted(twice, email(yesterday));
  const emails = [first, bounced, twice].map(({ _id }) => ({ recipient: _id, sentAt: NOW }));
  await countEmails([...emails, { recipient: twice._id, sentAt: yesterday }]);
  expect(await findRecipient(first._id)).toMatchObject({ delivery: 'sent', firstContactAt: NOW });
  expect(await findRecipient(bounced._id)).toMatchObject({ delivery: 'sent' });
  expect(await findRecipient(twice._id)).toMatchObject({ contactsOut: 3, lastContactAt: NOW });
  await nothingDiffers();
});

test('while staff log what was said, every email counts and so does every answer', async () => {
  const recipients = await Promise.all(Array.from({ length: 6 }, () => aLateRecipient()));
  const answering = recipients.slice(0, 3);
  await Promise.all([
    ...recipients.map(async (recipient) => {
      await uncounted(recipient, email(NOW));
      await countEmails([{ recipient: recipient._id, sentAt: NOW }]);
    }),
    ...answering.map(({ _id }) => anEntry({ recipient: _id, ...aReply(yesterday) })),
  ]);
  await nothingDiffers();
  for (const { _id } of answering) expect(await findRecipient(_id)).toMatchObject({ engagement: 'replied' });
});
