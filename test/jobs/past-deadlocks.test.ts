import { expect, jest, test } from '@jest/globals';
import { MongoServerError } from 'mongodb';
import { manyDue } from '../../faults/due.js';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { claimDue, findDue, settle, type Outcome } from '../../src/follow-ups/ledger.js';
import { findFollowUp } from '../../src/follow-ups/plan.js';
import { tellRenamed } from '../../src/follow-ups/rename-sender.js';
import { useDatabase } from '../support/database.js';
import { NOW } from '../support/factories.js';

useDatabase();

/** The local engine reports it now and then where two write many of the same rows at once, as here a worker and who changes their name. */
const deadlock = () =>
  jest
    .spyOn(FollowUp.collection, 'updateMany')
    .mockRejectedValueOnce(new MongoServerError({ errmsg: 'deadlock detected', code: 1 }));

test('the mail server’s answer is written down, although others write the same rows at that moment', async () => {
  await manyDue(1, NOW);
  const [followUp] = await claimDue(await findDue(1, NOW), NOW);
  deadlock();
  const outcome: Outcome = { state: 'failed', response: '550 No', stateReasons: ['It was refused.'] };
  await settle([{ followUp: followUp!, outcome }], () => NOW);
  expect(await findFollowUp(followUp!._id)).toMatchObject(outcome);
});

test('and so is the name that a sender has now', async () => {
  await manyDue(1, NOW);
  await FollowUp.updateMany({}, { $set: { bodyTemplate: '{{ sender }}' } });
  const { plannedBy } = (await FollowUp.findOne().lean())!;
  deadlock();
  await tellRenamed(plannedBy!, 'Robin Newname');
  expect(await FollowUp.findOne().lean()).toMatchObject({ senderNow: 'Robin Newname' });
});
