import { expect, test } from '@jest/globals';
import { Types } from 'mongoose';
import { readSeen } from '../../src/attention/seen.js';
import { sources } from '../../src/attention/sources.js';
import { listRecipients } from '../../src/recipients/recipient-list.js';
import { Recipient } from '../../src/recipients/recipient.model.js';
import { toSignedInUser } from '../../src/users/user.model.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, aUser, LATE, NOW } from '../support/factories.js';
import { planWith, queriesOf } from '../support/plans.js';

useDatabase();

const A_DAY = 86_400_000;

test('of five thousand recipients every filter of the list, and what is late on the first page, is answered from an index', async () => {
  const me = await aUser();
  const campaigns = [
    await aCampaign({ ...LATE, owner: me._id }),
    await aCampaign(LATE),
    await aCampaign(LATE),
  ];
  const rows = Array.from({ length: 5000 }, (_, n) => ({
    campaign: campaigns[n % 3]!._id,
    office: new Types.ObjectId(),
    organisation: new Types.ObjectId(),
    owner: null,
    createdAt: NOW,
    organisationName: `Example Platform ${n}`,
    officeTitle: 'Chief executive',
    timeZone: 'UTC',
    listedAs: `example platform ${String(n).padStart(4, '0')} chief executive`,
    delivery: n % 50 === 0 ? 'bounced' : 'sent',
    engagement: n % 60 === 0 ? 'declined' : 'silent',
    answerDueOn: '2026-11-20',
    lateFrom: n % 40 === 0 ? new Date(NOW.getTime() - A_DAY) : new Date(NOW.getTime() + A_DAY),
    veryLateFrom: new Date(NOW.getTime() + (n % 80 === 0 ? -A_DAY : 9 * A_DAY)),
  }));
  await Recipient.collection.insertMany(rows);
  const list = (wanted: object) => () => listRecipients(campaigns[0]!._id, { page: 1, ...wanted }, NOW);
  const seen = await readSeen(toSignedInUser(me), { name: '', address: 'campaign@example.org' }, NOW);
  const reads: [string, () => Promise<unknown>, RegExp][] = [
    ['late', list({ late: 'late' }), /"campaign_1_lateFrom_1"/],
    ['delivery', list({ delivery: 'bounced' }), /"campaign_1_delivery_1_listedAs_1"/],
    ['engagement', list({ engagement: 'declined' }), /"campaign_1_engagement_1_listedAs_1"/],
    ['the late on the first page', () => sources.late(seen, {}).rows(0, 3), /"campaign_1_lateFrom_1"/],
    [
      'the very late on the first page',
      () => sources['very-late'](seen, {}).rows(0, 3),
      /"campaign_1_lateFrom_1"/,
    ],
  ];
  for (const [what, read, index] of reads) {
    const [asked] = await queriesOf(['recipients'], read);
    expect([what, asked]).toEqual([what, expect.objectContaining({ filter: expect.any(Object) })]);
    const plan = await planWith(index, asked!);
    expect([what, plan]).toEqual([what, expect.stringMatching(index)]);
    // not the whole campaign by that index, but the late of it
    if (what.includes('late')) expect(plan).toMatch(/lateFrom\\": \[[^\]]*2026-11-24T12:00:00Z/);
  }
}, 180_000);
