import { beforeEach, describe, expect, test } from '@jest/globals';
import { FollowUp, type FollowUpRecord } from '../../src/follow-ups/follow-up.model.js';
import { sendDue } from '../../src/follow-ups/send-due.js';
import type { Types } from 'mongoose';
import type { CampaignRecord } from '../../src/campaigns/campaign.model.js';
import type { RecipientRecord } from '../../src/recipients/recipient.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { aCadence, stepsOf, untilStarted } from '../support/cadences.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, anEntry, anOffice, anOrganisation, aRecipient } from '../support/factories.js';
import { signInAs, type Fields, type Page, type SignedIn } from '../support/visitor.js';

useDatabase();

let app: TestApp;
let ana: SignedIn;
let ben: SignedIn;
let campaign: CampaignRecord;
let stopped: RecipientRecord;
let skipped: RecipientRecord;
let at: string;
/** as it was opened before anything was stopped */
let before: Page;
beforeEach(async () => {
  app = createTestApp();
  [ana, ben] = [await signInAs(app, 'staff'), await signInAs(app, 'staff')];
  campaign = await aCampaign({ approval: 'none' });
  [stopped, skipped] = [await silent('Aaa Stopped'), await silent('Bbb Skipped')];
  const cadence: Types.ObjectId = await aCadence(campaign._id, [1, 1, 1], ana.user._id, app.clock.now());
  at = `/cadences/${String(cadence)}/start`;
  before = await ben.get(at);
  await start(ana, { everybody: 'yes' });
  const page = `/recipients/${String(stopped._id)}`;
  await ana.postForm(`${page}/cadence-stop`, {}, page);
  const second = `/follow-ups/${String((await stepsOf(skipped))[1]!._id)}`;
  await ana.postForm(`${second}/cancellation`, {}, second);
});

async function silent(name: string): Promise<RecipientRecord> {
  const office = (await anOffice({ organisation: (await anOrganisation({ name }))._id }))._id;
  const recipient = await aRecipient({ campaign: campaign._id, office });
  await anEntry({ recipient: recipient._id, kind: 'letter' });
  return recipient;
}

/** Sends the form of a page as it was opened. */
async function start(staff: SignedIn, fields: Fields, page?: Page): Promise<Page> {
  const { $ } = page ?? (await staff.get(at));
  const despite = String($('[name=despite]').val() ?? '');
  const seen = String($('[name=seen]').val());
  const answer = await staff.postForm(`${at}s`, { seen, despite, ...fields }, '/account');
  await untilStarted();
  return staff.get(answer.location!);
}

const alone = (staff: SignedIn, { _id }: RecipientRecord) => staff.get(`${at}?recipient=${String(_id)}`);
const statesOf = async (recipient: RecipientRecord) =>
  (await stepsOf(recipient)).map(({ step, revision, state }) => `${step}.${revision} ${state}`);

/** Steps 1 and 3 of whom step 2 is not to go to. */
async function sendTheOthers(): Promise<void> {
  for (let day = 0; day < 8; day += 1) {
    app.clock.pass({ days: 1 });
    await sendDue(app.deps);
  }
  // without a mail server they are only captured
  await FollowUp.updateMany({ state: 'captured' }, { $set: { state: 'sent' } });
}

describe('what a colleague stopped', () => {
  test('is named in a group of its own, with who did what when, and is not among those it can be started for', async () => {
    const page = await ben.get(at);
    expect(page.$(`form[action^="${at}s"]`)).toHaveLength(0);
    expect(page.main).toContain('It can be started for 0 of 2 recipients.');
    const row = page.$('h2:contains("Stopped by a person") ~ ul > li').first().text();
    expect(row).toContain('Aaa Stopped');
    expect(row).toContain(`Steps 1, 2 and 3 on 24 November 2026: ${ana.user.name} stopped the cadence.`);
    expect(page.$(`input[name=recipient][value=${String(stopped._id)}]`)).toHaveLength(0);
  });

  test('is not started again for everybody, nor by a tick on a page that was opened before', async () => {
    const done = await start(ben, { everybody: 'yes' }, before);
    expect(done.main).toContain('It is planned for 0 recipients.');
    expect(done.main).toContain(`${ana.user.name} stopped the cadence.`);
    await start(ben, { recipient: [String(stopped._id)] }, before);
    expect(await statesOf(stopped)).toEqual(['1.1 cancelled', '2.1 cancelled', '3.1 cancelled']);
  });

  test('is started again for them alone by somebody who was shown that', async () => {
    const page = await alone(ben, stopped);
    expect(page.main).toContain('It was stopped for them.');
    expect(page.main).toContain(`${ana.user.name} stopped the cadence.`);
    await start(ben, { recipient: String(stopped._id) }, page);
    expect(await statesOf(stopped)).toEqual([
      '1.1 cancelled',
      '1.2 scheduled',
      '2.1 cancelled',
      '2.2 scheduled',
      '3.1 cancelled',
      '3.2 scheduled',
    ]);
  });

  test('after somebody was shown less than that is not started again', async () => {
    const page = await alone(ben, stopped);
    await start(ben, { recipient: String(stopped._id) }, page);
    await ana.postForm(
      `/recipients/${String(stopped._id)}/cadence-stop`,
      {},
      `/recipients/${String(stopped._id)}`,
    );
    const done = await start(ben, { recipient: String(stopped._id) }, page);
    expect(done.main).toContain('It is planned for 0 recipients.');
  });
});

describe('a step that a person cancelled', () => {
  test('is left out of a start for everybody, and never goes after a later step, also for them alone', async () => {
    await sendTheOthers();
    expect(await statesOf(skipped)).toEqual(['1.1 sent', '2.1 cancelled', '3.1 sent']);
    const done = await start(ben, { everybody: 'yes' }, before);
    expect(done.main).toContain(`Step 2 on 24 November 2026: ${ana.user.name} cancelled it.`);
    const page = await alone(ben, skipped);
    expect(page.main).toContain('Every step has gone to them already, or comes before one that has.');
    expect(page.$('main form')).toHaveLength(0);
    await start(ben, { recipient: String(skipped._id), despite: (await idsOf(skipped)).join(' ') }, before);
    expect(await statesOf(skipped)).toEqual(['1.1 sent', '2.1 cancelled', '3.1 sent']);
  });
});

const idsOf = async (recipient: RecipientRecord): Promise<string[]> =>
  (await stepsOf(recipient)).map(({ _id }: FollowUpRecord) => String(_id));
