import { expect, test } from '@jest/globals';
import { Entry } from '../../src/history/entry.model.js';
import { IncomingMail, incomingStates } from '../../src/replies/incoming-mail.model.js';
import { incomingKinds } from '../../src/replies/incoming.rules.js';
import { takeIn } from '../../src/replies/take-in.js';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { anOffice, aRecipient } from '../support/factories.js';
import { aComplaint, wasWrittenTo } from '../support/incoming.js';
import { mailBytes, mailNames } from '../support/mail-fixtures.js';
import { answering, rawMail } from '../support/raw-mail.js';

useDatabase();

const kinds = ['auto-replies', 'bounces', 'challenges', 'complaints', 'lists', 'receipts', 'replies'];

/** Records are stored as they are: nothing fills in what is missing, and nothing refuses what should not be there. */
test('of every kind of mail there is, the record and its entry have all fields, as the model wants them', async () => {
  const world = createTestApp({ replyTo: 'replies@example.org' });
  const office = await anOffice({ email: 'office@platform.invalid' });
  const messageId = await wasWrittenTo(
    await aRecipient({ office: office._id, organisation: office.organisation }),
  );
  const receivedAt = world.clock.now();
  const raw = (source: Buffer) => ({ source, size: source.length, receivedAt, origin: 'A test' });
  const fixtures = kinds.flatMap((kind) => mailNames(kind).map((name) => raw(mailBytes(kind, name))));
  const placed = fixtures.map(({ source }) =>
    raw(
      Buffer.from(
        source
          .toString('latin1')
          .replaceAll(
            /(?:message-id|in-reply-to): ?<[^>]*>/gi,
            (field) => `${field.split(':')[0]}: ${messageId}`,
          ),
        'latin1',
      ),
    ),
  );
  const others = [
    rawMail(receivedAt, { from: 'Somebody <office@platform.invalid>' }),
    rawMail(receivedAt, { from: 'The campaign <campaign@example.org>', subject: 'Our letter' }),
    rawMail(receivedAt, { more: answering({ messageId }) }),
    raw(Buffer.from('This is no mail.')),
  ];
  await takeIn([...fixtures, ...placed, ...others], world.deps);
  await aComplaint({ address: 'office@platform.invalid', of: messageId }, world);

  const fields = Object.keys(IncomingMail.schema.paths)
    .map((name) => name.split('.')[0]!)
    .filter((name) => name !== '__v');
  const mails = await IncomingMail.find().lean();
  for (const mail of mails) {
    expect(Object.keys(mail)).toEqual(expect.arrayContaining(fields));
    expect(new IncomingMail(mail).validateSync()?.message).toBeUndefined();
    // nothing is turned into another type, and nothing is left out
    expect(new IncomingMail(mail).toObject({ versionKey: false })).toEqual(mail);
  }
  expect(new Set(mails.map(({ kind }) => kind))).toEqual(new Set(incomingKinds));
  expect(new Set(mails.map(({ state }) => state))).toEqual(new Set(incomingStates));
  expect(mails.some(({ suggestions }) => suggestions.length > 0)).toBe(true);

  const entries = await Entry.find({ incoming: { $exists: true } }).lean();
  expect(entries.length).toBeGreaterThan(100);
  for (const entry of entries) {
    expect(new Entry(entry).validateSync()?.message).toBeUndefined();
    expect(new Entry(entry).toObject({ versionKey: false })).toEqual(entry);
  }
});
