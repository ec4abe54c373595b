import { beforeEach, expect, test } from '@jest/globals';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { aRunningCadence, stepsOf } from '../support/cadences.js';
import { useDatabase } from '../support/database.js';
import { aCommitment, aFollowUp } from '../support/factories.js';
import { signInAs } from '../support/visitor.js';

useDatabase();

let app: TestApp;
beforeEach(() => {
  app = createTestApp({ now: '2026-11-24T12:00:00Z' });
});

const confirm = async (
  recipient: Awaited<ReturnType<typeof aRunningCadence>>['recipient'],
  stance: string,
) => {
  const commitment = await aCommitment({ recipient: recipient._id, stance: stance as never });
  const path = `/recipients/${String(recipient._id)}/commitments/${String(commitment.ask)}`;
  const staff = await signInAs(app, 'staff');
  await staff.postForm(`/commitments/${String(commitment._id)}/confirmation`, {}, path);
  return staff.get(path);
};

test('a stance that is checked ends the cadence of those who answered by it, as a reply does', async () => {
  const { recipient, campaign } = await aRunningCadence(app, {
    campaign: { asks: [{ title: 'Answer' }] as never },
  });
  const byHand = await aFollowUp({ recipient: recipient._id, campaign: campaign._id, state: 'planned' });
  const page = await confirm(recipient, 'committed');
  expect(page.main).toContain('3 planned follow-ups are cancelled, because they answered.');
  const steps = (await stepsOf(recipient)).filter(({ cadence }) => cadence);
  expect(steps.map(({ state }) => state)).toEqual(['cancelled', 'cancelled', 'cancelled']);
  expect(steps[0]!.stateReasons).toEqual(['They answered: what they said to one of the asks was checked.']);
  expect((await FollowUp.findById(byHand._id).lean())!.state).toBe('planned');
});

test('that they have said nothing to an ask ends no cadence', async () => {
  const { recipient } = await aRunningCadence(app, { campaign: { asks: [{ title: 'Answer' }] as never } });
  const page = await confirm(recipient, 'none');
  expect(page.main).not.toContain('cancelled');
  expect((await stepsOf(recipient)).map(({ state }) => state)).toEqual([
    'scheduled',
    'scheduled',
    'scheduled',
  ]);
});
