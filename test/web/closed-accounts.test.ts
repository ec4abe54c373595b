import { beforeEach, expect, test } from '@jest/globals';
import { Campaign } from '../../src/campaigns/campaign.model.js';
import { Recipient } from '../../src/recipients/recipient.model.js';
import { createLink } from '../../src/users/link.model.js';
import { User } from '../../src/users/user.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, aFollowUp, aRecipient, aUser, type TestUser } from '../support/factories.js';
import { expectMistakes, valueOf } from '../support/forms.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

let app: TestApp;
let admin: SignedIn;
let nour: TestUser;
beforeEach(async () => {
  app = createTestApp();
  admin = await signInAs(app, 'admin');
  nour = await aUser({ name: 'Nour Example', email: 'nour@example.org' });
});

const at = (what: string) => `/users/${String(nour._id)}/${what}`;
const close = () => admin.postForm(at('closing'));
const reopen = () => admin.postForm(at('reopening'), {}, '/users');

test('an account is closed on a page that says what is theirs', async () => {
  const list = await admin.get('/users');
  expect(list.$(`form[action="${at('closing')}"]`)).toHaveLength(0);
  expect(list.$(`a[href="${at('closing')}"]`).text()).toBe('Close account of Nour Example');
  expect((await admin.get(at('closing'))).main).toContain('They own no campaign, look after no recipient');
  const campaign = await aCampaign({ owner: nour._id, title: 'A letter of theirs' });
  const recipient = await aRecipient({ campaign: campaign._id, owner: nour._id });
  await aFollowUp({ recipient: recipient._id, plannedBy: nour._id });
  await aFollowUp({ recipient: recipient._id, plannedBy: nour._id, state: 'cancelled' });
  const { main } = await admin.get(at('closing'));
  for (const said of [
    'Owner of A letter of theirs',
    'Looks after 1 recipient',
    'Planned 1 follow-up still to come',
  ])
    expect(main).toContain(said);
  expect((await User.findById(nour._id).lean())!.closedAt).toBeUndefined();
  expect((await close()).location).toBe('/users');
  expect((await User.findById(nour._id).lean())!.closedAt).toEqual(app.clock.now());
});

test('a closed account is reopened with a new invitation; no session, password or link of before works', async () => {
  const old = await signInAs(app, nour);
  const link = `/password-resets/${await createLink('password-reset', nour._id, app.clock.now())}`;
  await close();
  await reopen();
  const page = await admin.get('/users');
  expect(page.$('.notice').first().text()).toContain(
    'The account is open again, and wants a new password. Nour Example is invited',
  );
  expect((await old.get('/account')).status).toBe(302);
  expect((await old.get(link)).status).toBe(404);
  await expect(signInAs(app, nour)).rejects.toThrow('do not belong together');
  const password = 'entirely different words';
  await old.postForm(new URL(page.$('code').text()).pathname, { password, passwordAgain: password });
  expect((await old.get('/account')).status).toBe(302);
  await signInAs(app, { ...nour, password });
  const again = await reopen();
  expect([again.status, again.main]).toEqual([409, expect.stringContaining('Nour Example is not closed.')]);
});

test('whoever invites somebody whose account is closed is told to reopen it', async () => {
  await close();
  const typed = { name: 'Nour', email: 'Nour@example.org', role: 'staff', timeZone: 'UTC' };
  expectMistakes(await admin.postForm('/users', typed, '/users/new'), {
    email: 'Somebody with this email address has an account that was closed. Reopen it under People instead.',
  });
});

test.each([
  ['(account closed)', { closedAt: new Date() }],
  ['(no longer on the staff)', { role: 'partner' }],
] as const)('an owner is marked in forms as %s, and saving keeps them', async (mark, change) => {
  const { _id, title } = await aCampaign({ owner: nour._id });
  const recipient = await aRecipient({ campaign: _id, owner: nour._id });
  await User.updateOne({ _id: nour._id }, { $set: change });
  const owner = String(nour._id);
  for (const path of [`/campaigns/${String(_id)}`, `/recipients/${String(recipient._id)}`]) {
    const form = await admin.get(`${path}/edit`);
    expect(valueOf(form, 'owner')).toBe(owner);
    expect(form.$('select[name=owner] option[selected]').text()).toBe(`Nour Example ${mark}`);
  }
  expect((await admin.get(`/campaigns/${String(_id)}`)).main).toContain(`Nour Example ${mark}`);
  const campaign = { title, timeZone: 'UTC', letter: '', asks: '', owner };
  await admin.postForm(`/campaigns/${String(_id)}`, campaign, `/campaigns/${String(_id)}/edit`);
  expect(String((await Campaign.findById(_id).lean())!.owner)).toBe(owner);
  const other = await aCampaign();
  expect((await admin.get(`/campaigns/${String(other._id)}/edit`)).main).not.toContain(mark);
  expect(await Recipient.countDocuments({ owner: nour._id })).toBe(1);
});
