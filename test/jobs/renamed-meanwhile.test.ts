import { afterEach, expect, jest, test } from '@jest/globals';
import { run } from '../../jobs/send-due.js';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { findFollowUp } from '../../src/follow-ups/plan.js';
import { User } from '../../src/users/user.model.js';
import { createTestApp } from '../support/app.js';
import { askedToComeAgain } from '../support/asked-again.js';
import { useDatabase } from '../support/database.js';
import { PASSWORD } from '../support/factories.js';
import { anApprovedFollowUp } from '../support/follow-ups.js';
import { startSink, type Sink } from '../support/smtp-sink.js';
import { signInAs } from '../support/visitor.js';

useDatabase();

let sink: Sink;
afterEach(() => sink.close());

/** A mail that its author has signed, due now; and how they change their name. */
async function aSignedMail() {
  sink = await startSink();
  const world = createTestApp({ smtpUrl: sink.url });
  const { _id, plannedBy } = await anApprovedFollowUp(world, { body: 'Please answer.\n\n{{ sender }}' });
  const author = await signInAs(world, { ...(await User.findById(plannedBy).lean())!, password: PASSWORD });
  world.clock.pass({ hours: 1 });
  const rename = () =>
    author.postForm('/account', { name: 'Robin Newname', timeZone: 'Europe/London' }, '/account');
  return { world, _id, rename };
}

const HELD =
  'It was written before the name of the sender was changed. Save it again, so that it says what is right now.';

test('a mail that is tried again does not leave in the name that its author had when it was first tried', async () => {
  const { world, _id, rename } = await aSignedMail();
  await askedToComeAgain(world, sink, rename);

  expect(sink.messages).toHaveLength(0);
  expect(await findFollowUp(_id)).toMatchObject({ state: 'held', stateReasons: [HELD] });
});

test('nor does one leave in the name they had, where the process dies once the account has the new one', async () => {
  const { world, _id, rename } = await aSignedMail();
  const updateMany = FollowUp.collection.updateMany.bind(FollowUp.collection);
  const dies = jest.spyOn(FollowUp.collection, 'updateMany').mockImplementation(async (...asked) => {
    if (await User.exists({ name: 'Robin Newname' })) throw new Error('The process died.');
    return updateMany(...asked);
  });
  expect((await rename()).status).toBe(500);
  dies.mockRestore();
  await run(world.deps);

  expect(sink.messages).toHaveLength(0);
  expect(await findFollowUp(_id)).toMatchObject({ state: 'held', stateReasons: [HELD] });
});
