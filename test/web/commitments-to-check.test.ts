import { expect, test } from '@jest/globals';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import {
  aCampaign,
  aCommitment,
  anOffice,
  anOrganisation,
  aRecipient,
  checked,
} from '../support/factories.js';
import { signInAs } from '../support/visitor.js';

useDatabase();

test('the first page lists what colleagues wrote down and nobody has checked, and its links lead there', async () => {
  const staff = await signInAs(createTestApp(), 'staff');
  const campaign = await aCampaign({ asks: [{ title: 'Answer' }, { title: 'Publish' }] as never });
  const organisation = await anOrganisation({ name: 'Example Platform' });
  const office = await anOffice({ organisation: organisation._id });
  const { _id: recipient } = await aRecipient({ campaign: campaign._id, office: office._id });
  const other = await aRecipient({ campaign: campaign._id });
  const waiting = await aCommitment({ recipient, stance: 'partial' });
  await aCommitment({ recipient, stance: 'none', on: '2026-01-01' });
  await aCommitment({ recipient, ask: campaign.asks[1]!._id, setBy: staff.user._id });
  await aCommitment({ recipient: other._id, ...checked() });
  await aCommitment({ recipient: other._id, ask: campaign.asks[1]!._id, takenBackAt: new Date() });

  for (const address of ['/', '/today/checking']) {
    const page = await staff.get(address);
    const items = page.$(address === '/' ? '[data-group=checking] li' : '.rows li');
    expect(items.toArray().map((item) => page.$(item).text().replaceAll(/\s+/g, ' ').trim())).toEqual([
      expect.stringContaining('Partial: Answer: Example Platform · written down 24 November 2026, 12:00'),
    ]);
    expect(items.find('a').attr('href')).toBe(
      `/recipients/${String(recipient)}/commitments/${String(waiting.ask)}`,
    );
  }
});
