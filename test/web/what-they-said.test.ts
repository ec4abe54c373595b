import { beforeEach, describe, expect, test } from '@jest/globals';
import type { CampaignRecord } from '../../src/campaigns/campaign.model.js';
import { Entry } from '../../src/history/entry.model.js';
import type { RecipientRecord } from '../../src/recipients/recipient.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, aCommitment, aRecipient, checked } from '../support/factories.js';
import { valueOf } from '../support/forms.js';
import { anIncoming, wasWrittenTo } from '../support/incoming.js';
import { signInAs, type Page, type SignedIn } from '../support/visitor.js';

useDatabase();

let world: TestApp;
let staff: SignedIn;
let campaign: CampaignRecord;
let recipient: RecipientRecord;
beforeEach(async () => {
  world = createTestApp();
  staff = await signInAs(world, 'staff');
  campaign = await aCampaign({ asks: [{ title: 'Answer' }, { title: 'Publish' }] as never });
  recipient = await aRecipient({ campaign: campaign._id });
});

const linksIn = (page: Page, section: string): string[] =>
  page
    .$(`section[aria-labelledby=${section}] .rows a`)
    .toArray()
    .map((link) => page.$(link).attr('href')!.replace(/#.*/, ''));
const cells = (entry = ''): string[] =>
  campaign.asks.map((ask) => `/recipients/${String(recipient._id)}/commitments/${String(ask._id)}${entry}`);

describe('after a message was read', () => {
  test.each([
    ['reply', undefined],
    ['declined', 'declined'],
  ])('as %s, each ask has its form, with the message as evidence', async (as, suggested) => {
    const mail = await anIncoming({ inReplyTo: await wasWrittenTo(recipient) }, world);
    const address = `/incoming-mail/${String(mail._id)}`;
    expect(linksIn(await staff.get(address), 'said')).toEqual([]);
    await staff.postForm(`${address}/reading`, { as }, address);
    const page = await staff.get(address);
    expect(page.main).toContain('What did they say to each ask?');
    const entry = (await Entry.find({ incoming: mail._id }).sort({ _id: -1 }).lean())[0]!;
    expect(linksIn(page, 'said')).toEqual(cells(`?entry=${String(entry._id)}`));
    const form = await staff.get(linksIn(page, 'said')[0]!);
    expect([valueOf(form, 'entry'), valueOf(form, 'on')]).toEqual([String(entry._id), '2026-11-24']);
    expect(form.$('[name=stance][checked]').attr('value')).toBe(suggested);
  });

  test.each(['acknowledgement', 'auto-reply', 'not an answer'])('as %s, nothing is asked', async (as) => {
    const mail = await anIncoming({ inReplyTo: await wasWrittenTo(recipient) }, world);
    const address = `/incoming-mail/${String(mail._id)}`;
    await staff.postForm(`${address}/reading`, { as }, address);
    expect((await staff.get(address)).main).not.toContain('What did they say to each ask?');
  });
});

describe('after a reply was logged by hand', () => {
  const path = () => `/recipients/${String(recipient._id)}`;
  const log = (fields: Record<string, string>) =>
    staff.postForm(
      `${path()}/entries`,
      { kind: 'call', direction: 'in', date: '2026-11-20', text: 'They will.', ...fields },
      `${path()}/entries/new`,
    );

  test.each(['reply', 'declined'] as const)(
    'as %s, the page of the recipient asks what they said',
    async (as) => {
      const { location } = await log({ receivedAs: as });
      const entry = (await Entry.findOne({ receivedAs: as }).lean())!;
      expect(location).toBe(`${path()}?said=${String(entry._id)}#commitments`);
      const page = await staff.get(location!.replace(/#.*/, ''));
      expect(page.main).toContain('What did they say to each ask?');
      expect(linksIn(page, 'commitments')).toEqual(cells(`?entry=${String(entry._id)}`));
      expect(valueOf(await staff.get(linksIn(page, 'commitments')[1]!), 'on')).toBe('2026-11-20');
    },
  );

  test.each(['acknowledgement', 'not an answer'])('as %s, it does not', async (as) => {
    expect((await log({ receivedAs: as })).location).toBe(path());
  });
});

test('the page of a recipient shows what holds for each ask', async () => {
  await aCommitment({ recipient: recipient._id, stance: 'partial', on: '2026-10-02', ...checked() });
  await aCommitment({ recipient: recipient._id, ask: campaign.asks[1]!._id, stance: 'declined' });
  const page = await staff.get(`/recipients/${String(recipient._id)}?said=nonsense`);
  expect(linksIn(page, 'commitments')).toEqual(cells());
  const rows = page.$('section[aria-labelledby=commitments] .rows li').toArray();
  expect(rows.map((row) => page.$(row).text().replaceAll(/\s+/g, ' ').trim())).toEqual([
    'Answer P Partial said on 2 October 2026',
    'Publish D Declined said on 20 November 2026; not yet checked',
  ]);
});
