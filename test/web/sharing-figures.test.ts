import { expect, test } from '@jest/globals';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import {
  aCampaign,
  aFollowUp,
  anEntry,
  anOffice,
  anOrganisation,
  aRecipient,
  LATE,
} from '../support/factories.js';
import { signInAs } from '../support/visitor.js';

useDatabase();

test('the figures are a table for a spreadsheet, with every recipient by name', async () => {
  const campaign = await aCampaign({ title: 'A letter, Würde', ...LATE });
  const names = ['Zebra Platform', 'Äther "Cloud", Inc.', '=HYPERLINK("https://evil.example")'];
  for (const name of names) {
    const { _id: organisation } = await anOrganisation({ name });
    const office = await anOffice({ organisation });
    await aRecipient({ campaign: campaign._id, office: office._id });
  }
  const { _id: organisation } = await anOrganisation({ name: 'Middle Platform' });
  const office = await anOffice({ organisation });
  const written = await aRecipient({ campaign: campaign._id, office: office._id });
  await anEntry({
    recipient: written._id,
    kind: 'letter',
    occurredAt: new Date('2026-11-02T10:00:00Z'),
    precision: 'by-day',
  });
  await aFollowUp({ recipient: written._id, dueAt: new Date('2026-12-01T09:00:00Z') });

  const visitor = await signInAs(createTestApp(), 'staff');
  const answer = await visitor.agent.get(`/shared/campaigns/${String(campaign._id)}/recipients.csv`);
  expect(answer.status).toBe(200);
  expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(answer.headers['content-disposition']).toBe('attachment; filename=a-letter-wurde-2026-11-24.csv');
  expect(answer.headers['cache-control']).toBe('no-store');
  const [header, ...rows] = answer.text.split('\r\n');
  expect(header).toBe(
    '\uFEFFOrganisation,Office,Held by,Delivery,Engagement,Late,First contact,First contact was,Last contact,Last contact was,' +
      'Contacts from the campaign,Contacts from the recipient,Follow-up planned,Follow-up planned for',
  );
  expect(rows).toEqual([
    expect.stringContaining(`"'=HYPERLINK(""https://evil.example"")",Chief executive`),
    '"Äther ""Cloud"", Inc.",Chief executive,Kim Invented,Not sent,,,,,,,0,0,no,',
    'Middle Platform,Chief executive,Kim Invented,Sent,Silent,Late,2026-11-02,by that day,2026-11-02,by that day,1,0,yes,2026-12-01',
    'Zebra Platform,Chief executive,Kim Invented,Not sent,,,,,,,0,0,no,',
    '',
  ]);
});

test('a campaign without recipients has a table of headings only', async () => {
  const campaign = await aCampaign();
  const visitor = await signInAs(createTestApp(), 'staff');
  const answer = await visitor.agent.get(`/shared/campaigns/${String(campaign._id)}/recipients.csv`);
  expect(answer.status).toBe(200);
  expect(answer.text).toMatch(/^\uFEFFOrganisation,[^\r\n]+\r\n$/);
});
