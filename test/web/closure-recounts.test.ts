import { beforeEach, expect, test } from '@jest/globals';
import { Types } from 'mongoose';
import { run as checkCopies } from '../../jobs/check-copies.js';
import { backgroundEnded } from '../../src/in-background.js';
import { Office, type OfficeRecord } from '../../src/organisations/office.model.js';
import { Organisation } from '../../src/organisations/organisation.model.js';
import { Recount } from '../../src/organisations/recount.model.js';
import { Recipient, type RecipientRecord } from '../../src/recipients/recipient.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, anEntry, anOffice, anOrganisation, aRecipient, NOW } from '../support/factories.js';
import { signInAs, type Page, type SignedIn } from '../support/visitor.js';

useDatabase();

const fields = { from: '2026-11-25', until: '2026-11-26', name: 'Works holiday' };
const due = (day: string) => ({ acknowledgementMissingFrom: new Date(`${day}T00:00:00Z`) });

let app: TestApp;
let staff: SignedIn;
let office: OfficeRecord;
let recipient: RecipientRecord;
let path: string;
beforeEach(async () => {
  app = createTestApp({ now: NOW });
  staff = await signInAs(app, 'staff');
  const campaign = (await aCampaign({ acknowledgementDays: 2 }))._id;
  office = await anOffice({ country: 'GB', timeZone: 'Europe/London' });
  recipient = await aRecipient({ campaign, office: office._id });
  await anEntry({ recipient: recipient._id, kind: 'letter', occurredAt: NOW });
  path = `/organisations/${String(office.organisation)}`;
});

const stored = () => Recipient.findById(recipient._id).lean();
const underWay = ({ $ }: Page) => $('#progress[data-under-way] progress').length;

/** One office of the organisation that very many campaigns write to. */
async function others(count: number): Promise<void> {
  const { _id, ...like } = recipient;
  const rows = Array.from({ length: count }, () => ({ ...like, campaign: new Types.ObjectId() }));
  await Recipient.collection.insertMany(rows);
}

test('where thousands of recipients follow a closure nobody waits for all of them, and the page says how far that is', async () => {
  await others(5000);
  const _csrf = await staff.tokenFrom(`${path}/closures/new`);
  const answer = await staff.postRaw(`${path}/closures`, String(new URLSearchParams({ ...fields, _csrf })));
  expect(answer.location).toBe(path);
  // no mail leaves on such a day, however far the counting is
  expect((await Office.findById(office._id).lean())!.closed).toMatchObject([fields]);
  const page = await staff.get(path);
  expect(page.main).toContain('Works holiday is written down.');
  expect(page.main).toContain(
    'After a change of Works holiday, 25 November 2026, deadlines are being counted anew',
  );
  expect(underWay(page)).toBe(1);
  expect(page.$(`script[src="/assets/progress.js"], #progress a[href="${path}"]`)).toHaveLength(2);
  await backgroundEnded();
  expect(underWay(await staff.get(path))).toBe(0);
  expect(await stored()).toMatchObject(due('2026-12-01'));

  const form = (await staff.get(path)).$('form[action$="/removal"]');
  await staff.postForm(form.attr('action')!, {}, path);
  expect(underWay(await staff.get(path))).toBe(1);
  await backgroundEnded();
  expect(await stored()).toMatchObject(due('2026-11-27'));
}, 90_000);

test('is told on the page of that organisation only, and not under the holidays', async () => {
  const one = { organisation: office.organisation, day: fields.from, name: fields.name };
  await Recount.create({ ...one, done: 1400, of: 5000, heardAt: NOW });
  const page = await staff.get(path);
  expect(page.main).toContain('1,400 of 5,000 recipients');
  expect(page.$('progress').attr()).toMatchObject({ max: '5000', value: '1400' });
  const another = `/organisations/${String((await anOrganisation())._id)}`;
  for (const elsewhere of [another, '/holidays']) expect(underWay(await staff.get(elsewhere))).toBe(0);
});

test('what a crash broke off is told, and done by the next check of the copies', async () => {
  const BROKEN_OFF = 'counting deadlines anew was broken off. The daily check of the copies finishes it';
  const closure = { ...fields, addedBy: staff.user._id, addedAt: NOW };
  await Organisation.updateOne({ _id: office.organisation }, { $set: { closures: [closure] } });
  const one = { organisation: office.organisation, day: fields.from, name: fields.name };
  await Recount.create({ ...one, heardAt: NOW });
  app.clock.pass({ minutes: 2 });
  const page = await staff.get(path);
  expect(page.main).toContain(BROKEN_OFF);
  expect(page.$('#progress progress, script[src="/assets/progress.js"]')).toHaveLength(0);
  await checkCopies(app.deps);
  expect(await stored()).toMatchObject(due('2026-12-01'));
  expect((await staff.get(path)).main).not.toContain(BROKEN_OFF);
});
