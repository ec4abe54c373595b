import { beforeEach, describe, expect, test } from '@jest/globals';
import { Campaign } from '../../src/campaigns/campaign.model.js';
import type { FollowUpRecord } from '../../src/follow-ups/follow-up.model.js';
import { findFollowUp, planFollowUp } from '../../src/follow-ups/plan.js';
import { pauseRecipient } from '../../src/recipients/pause.js';
import { addSuppression } from '../../src/suppressions/suppressions.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { aRunningCadence, stepsOf } from '../support/cadences.js';
import { useDatabase } from '../support/database.js';
import { anOffice, aRecipient, NOW } from '../support/factories.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

let app: TestApp;
let admin: SignedIn;
beforeEach(async () => {
  app = createTestApp({ smtpUrl: 'smtp://127.0.0.1:9' });
  admin = await signInAs(app, 'admin');
});

/** Planned for 30 November, when somebody new has the office. */
async function toSuccessor(): Promise<FollowUpRecord> {
  const office = await anOffice({
    holders: [
      { name: 'Ada Invented', salutation: 'Dear Ada', until: '2026-11-29' },
      { name: 'Kim Fiction', salutation: 'Dear Kim', from: '2026-11-30' },
    ],
  });
  const recipient = await aRecipient({ office: office._id });
  await Campaign.updateOne({ _id: recipient.campaign }, { $set: { liveSince: NOW } });
  const words = { subject: 'Our letter', body: '{{ salutation }},\n\nplease answer.' };
  const dueAt = new Date('2026-11-30T15:00:00Z');
  return findFollowUp(await planFollowUp(recipient, { ...words, dueAt }, admin.user._id, app.deps));
}

const suppress = (address: string, from: string, until = '') =>
  addSuppression(
    { kind: 'address', value: address, organisation: '', reason: 'No.', source: 'A letter', from, until },
    admin.user._id,
    app.clock.now(),
  );

const pageOf = ({ _id }: Pick<FollowUpRecord, '_id'>) => `/follow-ups/${String(_id)}`;
const livePage = (campaign: unknown) => admin.get(`/campaigns/${String(campaign)}/live`);
const approvalPage = (campaign: unknown) => admin.get(`/campaigns/${String(campaign)}/approval`);
const approve = async (followUp: FollowUpRecord) => {
  const page = await admin.get(pageOf(followUp));
  const seenHash = page.$('[name=seenHash]').attr('value') ?? 'a'.repeat(64);
  return admin.postForm(`${pageOf(followUp)}/approval`, { seenHash }, pageOf(followUp));
};

describe('pages say what the gate will say when it is due', () => {
  test('of who has the office then', async () => {
    const followUp = await toSuccessor();
    expect((await approvalPage(followUp.campaign)).main).not.toContain('The office is now held');
    await approve(followUp);
    expect((await admin.get(pageOf(followUp))).main).toContain('Nothing keeps it from leaving');
    expect((await livePage(followUp.campaign)).main).toContain('The gate lets it go');
  });

  test('of who is not to be written to from a later day on', async () => {
    const followUp = await toSuccessor();
    await approve(followUp);
    await suppress(followUp.to.address, '2026-11-29');
    const said = `${followUp.to.address} is not to be written to from 29 November 2026`;
    expect((await admin.get(pageOf(followUp))).main).toContain(said);
    expect((await livePage(followUp.campaign)).main).toContain('The gate would hold it');
    await admin.postForm(`${pageOf(followUp)}/withdrawal`, {}, pageOf(followUp));
    expect((await approvalPage(followUp.campaign)).main).toContain(said);
    expect((await approve(followUp)).status).toBe(409);
  });

  test('of who may be written to again by then', async () => {
    const followUp = await toSuccessor();
    await suppress(followUp.to.address, '2026-11-01', '2026-11-29');
    expect((await approvalPage(followUp.campaign)).main).not.toContain('is not to be written to');
    await approve(followUp);
    expect((await admin.get(pageOf(followUp))).main).toContain('Nothing keeps it from leaving');
  });
});

describe('a recipient who is paused', () => {
  test('the page of seven days, and the one for approval, say that the steps wait', async () => {
    const { recipient, campaign } = await aRunningCadence(app, { gaps: [1, 1] });
    expect((await livePage(campaign._id)).$('.rows .tag').text()).toBe('The gate lets it go'.repeat(2));
    await pauseRecipient(recipient._id, 'Our lawyer reads it first', admin.user._id, app.clock.now());
    const page = await livePage(campaign._id);
    expect(page.$('.rows .tag').text()).toBe('It would wait'.repeat(2));
    expect(page.main).toContain('Our lawyer reads it first');
    const [first] = await stepsOf(recipient);
    await admin.postForm(`${pageOf(first!)}/withdrawal`, {}, pageOf(first!));
    expect((await approvalPage(campaign._id)).$('.reasons').text()).toContain('Our lawyer reads it first');
  });
});
