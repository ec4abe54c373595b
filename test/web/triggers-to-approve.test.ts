import { beforeEach, expect, test } from '@jest/globals';
import { Types } from 'mongoose';
import { Cadence } from '../../src/cadences/cadence.model.js';
import { readTrigger } from '../../src/triggers/read-trigger.js';
import { Trigger, type TriggerRecord } from '../../src/triggers/trigger.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, aUser, NOW } from '../support/factories.js';
import { anApprovedTrigger, aTrack, aTrigger } from '../support/triggers.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

const NOBODY = new Types.ObjectId();

let app: TestApp;
let ana: SignedIn;
let trigger: TriggerRecord;
beforeEach(async () => {
  app = createTestApp();
  const user = await aUser();
  const campaign = await aCampaign({ title: 'An open letter', owner: user._id });
  const { _id: track } = await aTrack();
  trigger = await aTrigger({ track, campaign: campaign._id, effect: 'show notice', text: 'It comes.' });
  ana = await signInAs(app, user);
});

const listed = async (visitor: SignedIn, address = '/') =>
  (await visitor.get(address)).$('.attention[data-group=triggers]').text().replaceAll(/\s+/g, ' ');
const change = (to: object) => Trigger.updateOne({ _id: trigger._id }, { $set: to });

test('a trigger that nobody has approved waits on the first page of whose campaign it is', async () => {
  expect(await listed(ana)).toContain('10 working days before “Report stage”');
  expect(await listed(ana)).toContain('An open letter');
  const { $ } = await ana.get('/');
  expect($(`.attention a[href="/triggers/${String(trigger._id)}"]`)).toHaveLength(1);
  const ben = await signInAs(app, 'staff');
  expect(await listed(ben)).toBe('');
  expect(await listed(ben, '/?whose=everybody')).toContain('Report stage');
});

test('one that is approved as it stands does not wait; changed in whatever it says, it waits again', async () => {
  const { hash } = await readTrigger(trigger);
  await change({ approval: { by: NOBODY, at: NOW, hash } });
  expect(await listed(ana)).toBe('');
  await change({ text: 'It comes later.' });
  expect(await listed(ana)).toContain('Report stage');
});

test.each([
  ['paused', { pausedAt: NOW }],
  ['removed', { removedAt: NOW }],
])('one that is %s does not', async (_what, to) => {
  await change(to);
  expect(await listed(ana)).toBe('');
});

test('one whose cadence was changed after it was approved waits again', async () => {
  const world = await anApprovedTrigger(app);
  const owner = await signInAs(app, 'admin');
  expect(await listed(owner, '/?whose=everybody')).not.toContain(world.campaign.title);
  await Cadence.updateOne({ _id: world.trigger.cadence! }, { $set: { 'steps.0.gap': 9 } });
  expect(await listed(owner, '/?whose=everybody')).toContain(world.campaign.title);
});
