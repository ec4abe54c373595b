import { beforeEach, describe, expect, test } from '@jest/globals';
import { Office, type OfficeRecord } from '../../src/organisations/office.model.js';
import { Organisation } from '../../src/organisations/organisation.model.js';
import type { RecipientRecord } from '../../src/recipients/recipient.model.js';
import type { IncomingMailRecord } from '../../src/replies/incoming-mail.model.js';
import { Suppression } from '../../src/suppressions/suppression.model.js';
import { addSuppression, liftSuppression } from '../../src/suppressions/suppressions.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { anOffice, anOrganisation, aRecipient } from '../support/factories.js';
import { aBounce, aComplaint, wasWrittenTo } from '../support/incoming.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

const ADDRESS = 'kim@platform.invalid';
let world: TestApp;
let staff: SignedIn;
let office: OfficeRecord;
let recipient: RecipientRecord;
beforeEach(async () => {
  world = createTestApp();
  staff = await signInAs(world, 'staff');
  const organisation = await anOrganisation({
    people: [
      { name: 'Sam Press', email: 'press@platform.invalid', phone: '+44 20 7946 0018' },
      { name: 'Ona Other', email: 'ona@platform.invalid' },
    ] as never,
  });
  office = await anOffice({
    organisation: organisation._id,
    email: ADDRESS,
    postalAddress: '1 Example Street',
    phone: '+44 20 7946 0000',
  });
  recipient = await aRecipient({ office: office._id });
});

const bounces = async (own: object = {}) =>
  aBounce({ address: ADDRESS, of: await wasWrittenTo(recipient), ...own }, world);
const open = ({ _id }: IncomingMailRecord) => staff.get(`/incoming-mail/${String(_id)}`);
const ways = async (mail: IncomingMailRecord): Promise<string[]> => {
  const { $ } = await open(mail);
  return $('.ways li')
    .toArray()
    .map((way) => $(way).text().replaceAll(/\s+/g, ' ').trim());
};

describe('a bounce', () => {
  test('says why in plain words, what is held, and how else they may be reached', async () => {
    const mail = await bounces();
    const { main, $ } = await open(mail);
    expect(main).toContain(`${ADDRESS}: There is no such mailbox. (5.1.1)`);
    const ours = await staff.download($('.attachments a:contains("A message")').attr('href')!);
    expect(ours.headers['content-disposition']).toContain('message.eml');
    expect(String(ours.body)).toContain('We look forward to an answer.');
    expect(main).toContain(`1 mail to ${ADDRESS} came back within five weeks.`);
    expect(main).toContain('What is planned for them is held. Correct the office’s address');
    expect(await ways(mail)).toEqual([
      'By mail: press@platform.invalid Sam Press',
      'By mail: ona@platform.invalid Ona Other',
      'By letter: 1 Example Street Chief executive',
      'By telephone: +44 20 7946 0000 Chief executive',
      'By telephone: +44 20 7946 0018 Sam Press',
    ]);
  });

  test('does not propose whoever is not to be written to', async () => {
    const own = { organisation: '', reason: 'She asked.', source: 'A call', until: '', from: '2026-11-24' };
    const value = 'press@platform.invalid';
    await addSuppression({ kind: 'address', value, ...own }, staff.user._id, world.clock.now());
    expect((await ways(await bounces())).join()).not.toContain(value);
  });

  test('says so where no other way is known', async () => {
    await Organisation.updateMany({}, { $set: { people: [] } });
    await Office.updateMany({}, { $set: { postalAddress: '', phone: '' } });
    expect((await open(await bounces())).main).toContain(
      'No other address, no postal address and no telephone number is known.',
    );
  });

  test('says that the address was corrected since', async () => {
    const mail = await bounces();
    await Office.updateOne({ _id: office._id }, { $set: { email: 'new@platform.invalid' } });
    expect((await open(mail)).main).toContain('The office has another address now: new@platform.invalid.');
    expect((await ways(mail))[0]).toBe('By mail: new@platform.invalid Chief executive');
  });

  test('says, when there were enough, that the address is not written to any more, until somebody lifts that', async () => {
    await bounces();
    const mail = await bounces({ diagnostic: 'No such user here' });
    const { main, $ } = await open(mail);
    expect(main).toContain(`${ADDRESS} is not written to any more. 2 mails to it came back for good`);
    const link = $('a:contains("Under Do not contact")').attr('href')!;
    expect((await staff.get(link)).main).toContain('by Answerable');
    const { _id } = (await Suppression.findOne().lean())!;
    await liftSuppression(_id, 'It works again.', staff.user._id, world.clock.now());
    expect((await open(mail)).main).not.toContain('is not written to any more. 2 mails');
  });
});

describe('a complaint', () => {
  test('says that the address is not written to any more, and proposes no other way', async () => {
    const mail = await aComplaint({ address: ADDRESS, of: await wasWrittenTo(recipient) }, world);
    expect(mail).toMatchObject({ kind: 'complaint', state: 'placed' });
    const { main, $ } = await open(mail);
    expect(main).toContain(
      `${ADDRESS} is not written to any more. They reported a message of ours as spam. Under Do not contact`,
    );
    expect($('.ways')).toHaveLength(0);
  });
});
