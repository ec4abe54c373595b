import { expect, test } from '@jest/globals';
import { Activity } from '../../src/history/activity.model.js';
import { checkActivity } from '../../src/history/check-activity.js';
import { Entry } from '../../src/history/entry.model.js';
import type { ReceivedAs } from '../../src/history/entry.rules.js';
import { checkRecipientCopies } from '../../src/recipients/check-copies.js';
import { Recipient } from '../../src/recipients/recipient.model.js';
import { derive, type Facts } from '../../src/recipients/refresh.js';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { anOffice, aRecipient } from '../support/factories.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

const logged = {
  kind: 'email',
  direction: 'in',
  receivedAs: 'reply',
  time: '09:00',
  text: 'As it was said.',
};
const entries = [
  { ...logged, kind: 'letter', direction: 'out', receivedAs: '', date: '2026-10-01' },
  { ...logged, receivedAs: 'bounce', date: '2026-10-02' },
  { ...logged, direction: 'out', receivedAs: '', date: '2026-10-05' },
  { ...logged, receivedAs: 'acknowledgement', date: '2026-10-06' },
  { ...logged, kind: 'meeting', direction: 'none', receivedAs: '', date: '2026-09-28' },
  { ...logged, kind: 'call', receivedAs: 'declined', date: '2026-11-02', time: '' },
  { ...logged, kind: 'note', direction: 'none', receivedAs: '', date: '2026-11-03' },
];

test('after whatever staff did, the copies for lists equal what the facts amount to', async () => {
  const { app, clock } = createTestApp();
  const staff = await signInAs({ app }, 'staff');
  const office = await anOffice();
  const { _id, campaign } = await aRecipient({ office: office._id });
  const path = `/recipients/${String(_id)}`;

  for (const fields of entries) {
    await staff.postForm(`${path}/entries`, fields, `${path}/entries/new`);
    await expectTrueCopies(clock.now());
  }
  await correct(staff, 'declined', { ...logged, date: '2026-11-02', reason: 'They did answer.' });
  await expectTrueCopies(clock.now());
  await takeBack(staff, 'bounce');
  await expectTrueCopies(clock.now());
  await Promise.all([
    staff.postForm(`${path}/entries`, { ...logged, date: '2026-11-20' }, `${path}/entries/new`),
    staff.postForm(`${path}/entries`, { ...logged, date: '2026-11-21' }, `${path}/entries/new`),
  ]);
  await expectTrueCopies(clock.now());
  const holders = `/offices/${String(office._id)}/holders`;
  await staff.postForm(
    holders,
    { name: 'Sam Invented', salutation: '', from: '2026-11-01', until: '' },
    `${holders}/new`,
  );
  await expectTrueCopies(clock.now());

  expect(await Recipient.findById(_id).lean()).toMatchObject({
    delivery: 'sent',
    engagement: 'in talks',
    holderName: 'Sam Invented',
    firstContactAt: new Date('2026-09-28T08:00:00Z'),
    lastContactAt: new Date('2026-11-21T09:00:00Z'),
    contactsOut: 2,
    contactsIn: 5,
    entriesCounted: 11,
  });
  const { out } = (await Activity.findOne({ campaign }).lean<{ out: Record<string, number> }>())!;
  expect(out).toEqual({ '2026-09-28': 1, '2026-10-05': 1 });
});

async function expectTrueCopies(now: Date): Promise<void> {
  const [recipient] = await Recipient.find().lean();
  const derived = derive(await Entry.find().lean<Facts[]>());
  expect(recipient).toMatchObject(JSON.parse(JSON.stringify(derived), revive));
  expect(await checkRecipientCopies(now)).toMatchObject({ differed: 0 });
  expect(await checkActivity()).toMatchObject({ differed: 0 });
}

const revive = (key: string, value: unknown): unknown =>
  key.endsWith('At') && value ? new Date(value as string) : value;

async function correct(
  staff: SignedIn,
  receivedAs: ReceivedAs,
  fields: Record<string, string>,
): Promise<void> {
  const path = `/entries/${String((await Entry.findOne({ receivedAs }).lean())!._id)}`;
  await staff.postForm(`${path}/correction`, fields, `${path}/correction/new`);
}

async function takeBack(staff: SignedIn, receivedAs: ReceivedAs): Promise<void> {
  const path = `/entries/${String((await Entry.findOne({ receivedAs }).lean())!._id)}`;
  await staff.postForm(`${path}/taking-back`, { reason: 'Another address.' }, `${path}/correction/new`);
}
