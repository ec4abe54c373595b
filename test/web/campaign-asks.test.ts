import { beforeEach, expect, test } from '@jest/globals';
import { Campaign, type CampaignRecord } from '../../src/campaigns/campaign.model.js';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, aCommitment, aRecipient } from '../support/factories.js';
import { expectMistakes, valueOf } from '../support/forms.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

let staff: SignedIn;
let campaign: CampaignRecord;
let path: string;

beforeEach(async () => {
  staff = await signInAs(createTestApp(), 'staff');
  campaign = await aCampaign({
    asks: [{ title: 'Answer', text: 'In writing.' }, { title: 'Publish' }, { title: 'Listen' }] as never,
  });
  path = `/campaigns/${String(campaign._id)}`;
});

const save = (asks: string) =>
  staff.postForm(path, { title: campaign.title, owner: '', timeZone: 'Europe/London', asks }, `${path}/edit`);
const saved = async () => (await Campaign.findById(campaign._id).lean<CampaignRecord>())!.asks;
const ids = (asks: CampaignRecord['asks']) => asks.map(({ _id }) => String(_id));

test('what was said to an ask stays with it when it is saved, moved, explained or put into other words', async () => {
  const recipient = await aRecipient({ campaign: campaign._id });
  const [answer, publish, listen] = ids(campaign.asks);
  await aCommitment({ recipient: recipient._id, ask: campaign.asks[1]!._id, stance: 'implemented' });
  const form = await staff.get(`${path}/edit`);

  expect((await save(valueOf(form, 'asks')!)).status).toBe(302);
  expect(ids(await saved())).toEqual([answer, publish, listen]);

  await save('Listen\n\nPublish\nAll of it.\n\nAnswer');
  expect(ids(await saved())).toEqual([listen, publish, answer]);

  await save('Listen\n\nPublish everything\n\nAnswer');
  const asks = await saved();
  expect(ids(asks)).toEqual([listen, publish, answer]);
  expect(asks[1]).toMatchObject({ title: 'Publish everything', text: '' });

  const matrix = await staff.get(`${path}/commitments`);
  expect(matrix.$('.matrix tbody td').eq(1).text()).toContain('Implemented');
  const cell = await staff.get(`/recipients/${String(recipient._id)}/commitments/${publish}`);
  expect(cell.main).toContain('The ask was called “Publish” then.');
});

test('an ask that somebody has said something to does not vanish: the form names it and keeps what was typed', async () => {
  const recipient = await aRecipient({ campaign: campaign._id });
  const { _id: ask } = campaign.asks[1]!;
  const commitment = await aCommitment({ recipient: recipient._id, ask });
  await aCommitment({ recipient: recipient._id, ask, stance: 'partial' });
  const typed = 'Answer\nIn writing.\n\nListen';
  const page = await save(typed);
  expectMistakes(
    page,
    {
      asks: '“Publish” would be gone, and 2 commitments are written down for it. Put it back with its first line as it was; to change that line as well, save once for it alone.',
    },
    { asks: typed },
  );
  expect(ids(await saved())).toEqual(ids(campaign.asks));

  // nobody said anything to this one
  expect((await save('Answer\n\nPublish')).status).toBe(302);
  await staff.postForm(
    `/commitments/${String(commitment._id)}/taking-back`,
    { takenBackReason: 'A mistake.' },
    `/recipients/${String(recipient._id)}/commitments/${String(ask)}`,
  );
  const again = await save('Answer');
  expect(again.$('.error-summary').text()).toContain(
    '“Publish” would be gone, and 1 commitment is written down',
  );
});

test('an ask goes once everything that was said to it is taken back', async () => {
  const { _id: ask } = campaign.asks[1]!;
  const recipient = await aRecipient({ campaign: campaign._id });
  await aCommitment({ recipient: recipient._id, ask, takenBackAt: new Date() });
  expect((await save('Answer\n\nListen')).status).toBe(302);
  expect((await saved()).map(({ title }) => title)).toEqual(['Answer', 'Listen']);
});

test('a new ask beside those that are there takes nothing of theirs', async () => {
  const recipient = await aRecipient({ campaign: campaign._id });
  await aCommitment({ recipient: recipient._id, ask: campaign.asks[2]!._id });
  await save('Answer\n\nPublish\n\nPay\n\nListen');
  const asks = await saved();
  expect(ids(asks).toSpliced(2, 1)).toEqual(ids(campaign.asks));
  expect(ids(campaign.asks)).not.toContain(String(asks[2]!._id));
});
