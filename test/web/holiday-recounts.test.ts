import { beforeEach, describe, expect, test } from '@jest/globals';
import { Types } from 'mongoose';
import { run as checkCopies } from '../../jobs/check-copies.js';
import { Holiday } from '../../src/holidays/holiday.model.js';
import { backgroundEnded } from '../../src/in-background.js';
import { Office } from '../../src/organisations/office.model.js';
import { recloseOffices } from '../../src/organisations/reclose-offices.js';
import { Recount } from '../../src/organisations/recount.model.js';
import { Recipient, type RecipientRecord } from '../../src/recipients/recipient.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, anEntry, anOffice, aRecipient, NOW } from '../support/factories.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

const fields = { country: 'GB', day: '2026-11-26', name: 'A day of celebration' };
const CLOSED = { from: fields.day, until: fields.day, name: fields.name };
const due = (day: string) => ({ acknowledgementMissingFrom: new Date(`${day}T00:00:00Z`) });

let app: TestApp;
let staff: SignedIn;
let recipient: RecipientRecord;
beforeEach(async () => {
  app = createTestApp({ now: NOW });
  staff = await signInAs(app, 'staff');
  const campaign = (await aCampaign({ acknowledgementDays: 2 }))._id;
  const office = await anOffice({ country: 'GB-SCT', timeZone: 'Europe/London' });
  recipient = await aRecipient({ campaign, office: office._id });
  await anEntry({ recipient: recipient._id, kind: 'letter', occurredAt: NOW });
});

const stored = () => Recipient.findById(recipient._id).lean();

/** More of the same kind, of whom nobody has been written to. */
async function others(count: number): Promise<void> {
  const { _id: _office, ...office } = (await Office.findById(recipient.office).lean())!;
  const { _id: _recipient, ...like } = recipient;
  const offices = Array.from({ length: count }, () => ({ ...office, _id: new Types.ObjectId() }));
  await Office.collection.insertMany(offices);
  await Recipient.collection.insertMany(offices.map(({ _id }) => ({ ...like, office: _id })));
}

test('where thousands of offices follow a holiday nobody waits for all of them, and the page says how far that is', async () => {
  await others(5000);
  const _csrf = await staff.tokenFrom('/holidays');
  const answer = await staff.postRaw('/holidays', String(new URLSearchParams({ ...fields, _csrf })));
  expect(answer.location).toBe('/holidays');
  const page = await staff.get('/holidays');
  expect(page.main).toContain('26 November 2026 is no working day any more');
  expect(page.$('#progress[data-under-way] progress')).toHaveLength(1);
  await backgroundEnded();
  expect(await Office.countDocuments({ closed: { $elemMatch: CLOSED } })).toBe(5001);
  expect(await stored()).toMatchObject(due('2026-11-28'));
  expect((await staff.get('/holidays')).$('#progress').text().trim()).toBe('');
}, 60_000);

test('the page says of how many recipients it is done, shows it anew by itself, and has a link that does the same', async () => {
  await Recount.create({ ...fields, done: 1400, of: 5000, heardAt: NOW });
  const page = await staff.get('/holidays');
  expect(page.main).toContain(
    'After a change of A day of celebration, 26 November 2026, United Kingdom, deadlines are being counted anew 1,400 of 5,000 recipients',
  );
  expect(page.$('progress').attr()).toMatchObject({ max: '5000', value: '1400' });
  expect(page.$('script[src="/assets/progress.js"], #progress a[href="/holidays"]')).toHaveLength(2);
});

test('every office is closed before the first recipient is counted: mail must not leave on such a day', async () => {
  await others(420);
  await Holiday.create({ ...fields, addedBy: staff.user._id, addedAt: NOW });
  const told: number[][] = [];
  await recloseOffices({}, async (done, of) => {
    told.push([done, of, await Office.countDocuments({ closed: { $elemMatch: CLOSED } })]);
  });
  expect(told).toEqual([0, 200, 400].map((done) => [done, 421, 421]));
});

describe('what a crash broke off', () => {
  const HERE = 'counting deadlines anew was broken off. The daily check of the copies finishes it';
  beforeEach(async () => {
    await Holiday.create({ ...fields, addedBy: staff.user._id, addedAt: NOW });
    await Recount.create({ ...fields, heardAt: NOW });
  });

  test.each<[string, object]>([
    ['before the first office', {}],
    ['between the offices and their recipients', { closed: [CLOSED] }],
  ])('%s is told on the page, and done by the next check of the copies', async (_when, reached) => {
    await Office.updateMany({}, { $set: reached });
    expect((await staff.get('/holidays')).main).not.toContain(HERE);
    app.clock.pass({ minutes: 2 });
    const page = await staff.get('/holidays');
    expect(page.main).toContain(HERE);
    expect(page.$('script, progress')).toHaveLength(0);
    expect(await stored()).toMatchObject(due('2026-11-27'));

    await checkCopies(app.deps);
    expect(await stored()).toMatchObject(due('2026-11-28'));
    expect((await Office.findById(recipient.office).lean())!.closed).toMatchObject([CLOSED]);
    expect((await staff.get('/holidays')).main).not.toContain(HERE);
  });

  test('is still told after a check that began before it, or was stopped', async () => {
    await checkCopies(app.deps);
    app.clock.pass({ minutes: 2 });
    await checkCopies({ ...app.deps, stopping: AbortSignal.abort() });
    expect((await staff.get('/holidays')).main).toContain(HERE);
  });
});
