import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Stance } from '../../src/commitments/commitment.rules.js';
import { FollowUp, type FollowUpRecord } from '../../src/follow-ups/follow-up.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { aRunningCadence, stepsOf } from '../support/cadences.js';
import { useDatabase } from '../support/database.js';
import { aCommitment, aFollowUp, anEntry, aReply, NOW } from '../support/factories.js';
import { signInAs } from '../support/visitor.js';

useDatabase();

let app: TestApp;
beforeEach(() => {
  app = createTestApp({ now: '2026-11-24T12:00:00Z' });
});

const confirm = async (
  recipient: Awaited<ReturnType<typeof aRunningCadence>>['recipient'],
  stance: Stance,
  own: Parameters<typeof aCommitment>[0] = {},
) => {
  const commitment = await aCommitment({ recipient: recipient._id, stance, ...own });
  const path = `/recipients/${String(recipient._id)}/commitments/${String(commitment.ask)}`;
  const staff = await signInAs(app, 'staff');
  await staff.postForm(`/commitments/${String(commitment._id)}/confirmation`, {}, path);
  return staff.get(path);
};

test('a stance that is checked ends whatever is planned for those who answered by it, as a reply does', async () => {
  const { recipient, campaign } = await aRunningCadence(app, {
    campaign: { asks: [{ title: 'Answer' }] as never },
  });
  const byHand = await aFollowUp({ recipient: recipient._id, campaign: campaign._id, state: 'scheduled' });
  const page = await confirm(recipient, 'committed');
  expect(page.main).toContain('4 planned follow-ups are cancelled, because they answered.');
  const steps = (await stepsOf(recipient)).filter(({ cadence }) => cadence);
  expect(steps.map(({ state }) => state)).toEqual(['cancelled', 'cancelled', 'cancelled']);
  expect(steps[0]!.stateReasons).toEqual(['They answered: what they said to one of the asks was checked.']);
  expect((await FollowUp.findById(byHand._id).lean())!).toMatchObject({
    state: 'cancelled',
    stateReasons: ['They answered: what they said to one of the asks was checked.'],
  });
});

describe('what somebody planned by hand', () => {
  const asks = { campaign: { asks: [{ title: 'Answer' }] as never } };
  const stateOf = async (id: FollowUpRecord['_id']) => (await FollowUp.findById(id).lean())!.state;

  test('who knew the answer stays where a stance that rests on it is checked afterwards', async () => {
    const { recipient } = await aRunningCadence(app, asks);
    const reply = await anEntry({ recipient: recipient._id, ...aReply(NOW), recordedAt: NOW });
    const plannedAt = new Date(NOW.getTime() + 60_000);
    const byHand = await aFollowUp({ recipient: recipient._id, plannedAt, text: 'Thank you.' });
    app.clock.pass({ minutes: 2 });
    await confirm(recipient, 'committed', { entry: reply._id, source: '' });
    expect(await stateOf(byHand._id)).toBe('planned');
    const page = await (await signInAs(app, 'staff')).get(`/follow-ups/${String(byHand._id)}`);
    expect(page.main).not.toContain('They answered after this was planned.');
  });

  test('is kept back by the gate too, should it have missed that; what is planned after that is not', async () => {
    const { recipient } = await aRunningCadence(app, asks);
    await confirm(recipient, 'declined');
    const plannedBefore = await aFollowUp({ recipient: recipient._id, plannedAt: NOW, text: 'One.' });
    app.clock.pass({ minutes: 1 });
    const plannedAt = app.clock.now();
    const plannedSince = await aFollowUp({ recipient: recipient._id, plannedAt, text: 'Two.' });
    const staff = await signInAs(app, 'staff');
    const pageOf = async (id: FollowUpRecord['_id']) => (await staff.get(`/follow-ups/${String(id)}`)).main;
    expect(await pageOf(plannedBefore._id)).toContain('They answered after this was planned.');
    expect(await pageOf(plannedSince._id)).not.toContain('They answered after this was planned.');
  });
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
