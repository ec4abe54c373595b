import { beforeEach, expect, test } from '@jest/globals';
import type { Types } from 'mongoose';
import { run as tellOwners } from '../../jobs/tell-owners.js';
import { run as sendReminders } from '../../jobs/send-reminders.js';
import { CapturedMessage } from '../../src/mail/captured-message.model.js';
import { editRecipient, findRecipient } from '../../src/recipients/recipients.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import {
  aCampaign,
  aFollowUp,
  anOffice,
  anOrganisation,
  aRecipient,
  aUser,
  NOW,
} from '../support/factories.js';
import { addressOf, routesOf } from '../support/routes.js';
import { signInAs, type Visitor } from '../support/visitor.js';

useDatabase();

/** Where a removed recipient may be named: the list it is put back from, and the form that would add it again. */
const TELLS_OF_REMOVED = ['/campaigns/:id/recipients', '/campaigns/:id/recipients/new'];

/** They tell of its organisation, which stands as it stood. */
const OF_SOMETHING_ELSE = /^\/(organisations|suppressions)\b/;

const NAMES = ['Quokka', 'Wombat'];

let world: TestApp;
beforeEach(() => {
  world = createTestApp();
});

/** Every page and file that this person can open without knowing an id but that of the campaign. */
async function whatIsNamed(visitor: Visitor, campaign: Types.ObjectId, also: string[]) {
  const routes = routesOf(world.app).filter(
    ({ method, path }) =>
      method === 'GET' &&
      !TELLS_OF_REMOVED.includes(path) &&
      !OF_SOMETHING_ELSE.test(path) &&
      (!path.includes(':') || /^\/(shared\/)?campaigns\/:\w+(\/[a-z.]+)*$/.test(path)),
  );
  const addresses = [...routes.map((route) => addressOf(route, String(campaign))), ...also];
  const named: Record<string, string[]> = {};
  for (const address of addresses) {
    const { text, body, status } = await visitor.agent.get(address);
    const words = text ?? String(body);
    if (status < 400) named[address] = NAMES.filter((name) => words.includes(name));
  }
  return named;
}

async function aWorld() {
  const campaign = await aCampaign({ timeZone: 'Europe/London' });
  const owner = await aUser({ role: 'admin' });
  const partner = await aUser({ role: 'partner', campaigns: [campaign._id] as never });
  const add = async (name: string) => {
    const organisation = await anOrganisation({ name });
    const { _id: office } = await anOffice({ organisation: organisation._id, holders: [] });
    const recipient = await aRecipient({ campaign: campaign._id, office });
    await editRecipient(await findRecipient(recipient._id), { owner: String(owner._id), notes: '' });
    const settled = {
      settledAt: NOW,
      settledAs: 'captured' as const,
      state: 'captured' as const,
      sentAt: NOW,
    };
    const { _id: followUp } = await aFollowUp({
      recipient: recipient._id,
      ...settled,
      subject: `To ${name}`,
    });
    const message = {
      messageId: `<${name}@example.org>`,
      kind: 'follow-up' as const,
      followUp,
      subject: `To ${name}`,
    };
    await CapturedMessage.create({
      ...message,
      to: 'office@example.org',
      raw: Buffer.from('Hello'),
      why: 'A test.',
      capturedAt: NOW,
    });
    await aFollowUp({ recipient: recipient._id, state: 'failed', subject: `To ${name}` });
    await aFollowUp({ recipient: recipient._id, dueAt: NOW, subject: `To ${name}` });
    return recipient;
  };
  return { campaign, owner, partner, quokka: await add('Quokka'), wombat: await add('Wombat') };
}

const followUpLists = ['waiting', 'attention', 'approved', 'gone', 'cancelled'].map(
  (list) => `/follow-ups?list=${list}`,
);
const kinds = ['failed', 'planned', 'holders'].map((kind) => `/today/${kind}`);

test('no page, file or mail names a recipient that was removed, where it names one that was not', async () => {
  const { campaign, owner, partner, quokka, wombat } = await aWorld();
  const [ana, pat] = [await signInAs(world, owner), await signInAs(world, partner)];
  const also = [...followUpLists, ...kinds, '/went/captured'];
  const read = async () => ({
    staff: await whatIsNamed(ana, campaign._id, also),
    partner: await whatIsNamed(pat, campaign._id, []),
  });
  const before = await read();
  const page = `/recipients/${String(quokka._id)}`;
  await ana.postForm(`${page}/removal`, { why: 'It is the wrong office.' });
  // the notice names it once
  await ana.get('/account');
  const after = await read();
  expect(Object.values(after.staff).flat()).not.toContain('Quokka');
  expect(Object.values(after.partner).flat()).not.toContain('Quokka');
  const bothIn = (named: Record<string, string[]>) =>
    Object.entries(named).flatMap(([address, names]) => (names.length === 2 ? [address] : []));
  // cancelled by the removal alone
  for (const address of bothIn(before.staff))
    expect([address, after.staff[address]]).toEqual([address, ['Wombat']]);
  for (const address of bothIn(before.partner))
    expect([address, after.partner[address]]).toEqual([address, ['Wombat']]);
  expect(bothIn(before.staff).length).toBeGreaterThan(8);
  expect(bothIn(before.partner).length).toBeGreaterThan(1);

  await tellOwners(world.deps);
  world.clock.set('2026-11-25T08:30:00Z');
  await sendReminders(world.deps);
  const mails = (await CapturedMessage.find({ kind: { $ne: 'follow-up' } }).lean()).map(({ raw }) =>
    String(raw),
  );
  expect(mails.some((mail) => mail.includes('Wombat'))).toBe(true);
  expect(mails.filter((mail) => mail.includes('Quokka'))).toEqual([]);
  expect((await findRecipient(wombat._id)).removed).toBeUndefined();
});
