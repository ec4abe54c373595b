import { beforeEach, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { setTimeout as pause } from 'node:timers/promises';
import { FollowUp, type FollowUpRecord } from '../../src/follow-ups/follow-up.model.js';
import { findFollowUp, planFollowUp } from '../../src/follow-ups/plan.js';
import { logEntry } from '../../src/history/log-entry.js';
import type { RecipientRecord } from '../../src/recipients/recipient.model.js';
import { Recipient } from '../../src/recipients/recipient.model.js';
import { toSignedInUser } from '../../src/users/user.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, anEntry, aRecipient, aReply, aUser } from '../support/factories.js';
import { signInAs } from '../support/visitor.js';

useDatabase();

let world: TestApp;
let recipient: RecipientRecord;
beforeEach(async () => {
  world = createTestApp();
  const { _id } = await aRecipient({ campaign: (await aCampaign({ approval: 'none' }))._id });
  await anEntry({ recipient: _id, kind: 'letter' });
  recipient = (await Recipient.findById(_id).lean<RecipientRecord>())!;
});

const logReply = async () =>
  logEntry({ campaign: recipient.campaign, recipient: recipient._id }, aReply(world.clock.now()), {
    by: toSignedInUser(await aUser()),
    now: world.clock.now(),
  });

const words = { subject: 'Our letter', body: 'We have not heard from you.' };

test('what is written while an answer is logged is saved and cancelled', async () => {
  const by = await aUser();
  const checkedAt = world.clock.now();
  world.clock.pass({ minutes: 1 });
  await logReply();
  const dueAt = new Date(checkedAt.getTime() + 3_600_000);
  const id = await planFollowUp(recipient, { ...words, dueAt }, by._id, world.deps, checkedAt);
  expect(await findFollowUp(id)).toMatchObject({
    state: 'cancelled',
    stateReasons: [expect.stringMatching(/^They were in touch while it was being saved\./)],
    plannedAt: checkedAt,
  });
});

test('what is written knowing the answer is planned', async () => {
  await logReply();
  world.clock.pass({ minutes: 1 });
  const knowing = (await Recipient.findById(recipient._id).lean<RecipientRecord>())!;
  const dueAt = new Date(world.clock.now().getTime() + 3_600_000);
  const id = await planFollowUp(knowing, { ...words, dueAt }, (await aUser())._id, world.deps);
  expect(await findFollowUp(id)).toMatchObject({ state: 'scheduled' });
});

test('whoever saves large files while somebody logs a reply is told, and nothing is left to leave', async () => {
  const staff = await signInAs(world, 'staff');
  const at = `/recipients/${String(recipient._id)}/follow-ups`;
  const files = ['One', 'Two'].map((name) => ({
    name: `${name}.txt`,
    content: Buffer.alloc(4 * 1024 * 1024, name),
  }));
  const pressedAt = world.clock.now();
  const saving = staff.upload(at, { ...words, date: '2026-12-01', time: '10:00' }, files, `${at}/new`);
  const chunks = mongoose.connection.collection('attachments.chunks');
  while ((await chunks.countDocuments()) === 0) await pause(1);
  world.clock.pass({ minutes: 1 });
  await logReply();
  const page = await staff.get((await saving).location!);
  // when it was saved before the reply was, the reply itself cancelled it
  expect(page.main).toMatch(/They (were in touch while it was being saved|answered: email logged)/);
  const rows = await FollowUp.find().lean<FollowUpRecord[]>();
  expect(rows).toMatchObject([{ state: 'cancelled', plannedAt: pressedAt }]);
});
