import { beforeEach, describe, expect, test } from '@jest/globals';
import { Entry } from '../../src/history/entry.model.js';
import type { RecipientRecord } from '../../src/recipients/recipient.model.js';
import { IncomingMail, type IncomingMailRecord } from '../../src/replies/incoming-mail.model.js';
import { inboxFilters } from '../../src/replies/inbox.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { anEntry, anOffice, aRecipient } from '../support/factories.js';
import { aBounce, anAutoReply, anIncoming, comesIn, wasWrittenTo } from '../support/incoming.js';
import { planWith } from '../support/plans.js';
import { aVisitor, signInAs, type Page, type SignedIn } from '../support/visitor.js';

useDatabase();

let world: TestApp;
let staff: SignedIn;
let recipient: RecipientRecord;
beforeEach(async () => {
  world = createTestApp();
  staff = await signInAs(world, 'staff');
  recipient = await aRecipient({ office: (await anOffice({ email: 'kim@platform.invalid' }))._id });
});

const anAnswer = async (subject = 'An answer') =>
  anIncoming({ subject, inReplyTo: await wasWrittenTo(recipient) }, world);
const pathOf = ({ _id }: IncomingMailRecord): string => `/incoming-mail/${String(_id)}`;
const links = ({ $ }: Page, within = 'main .rows li > a'): string[] =>
  $(within)
    .toArray()
    .map((link) => $(link).attr('href')!);

describe('the inbox', () => {
  test('has a list for what is to be placed, to be read, placed and set aside, with counts of the first two', async () => {
    const waiting = await anIncoming({ from: 'Kim Invented <kim@platform.invalid>' }, world);
    const answer = await anAnswer();
    const machine = await anAutoReply({ inReplyTo: await wasWrittenTo(recipient) }, world);
    const own = await comesIn(
      'From: campaign@example.org\r\nX-Answerable-Message: follow-up\r\nSubject: Our letter\r\n\r\nHello.',
      world,
    );
    const first = await staff.get('/inbox');
    expect(links(first)).toEqual([pathOf(waiting)]);
    expect(first.main).toContain('To be placed (1)');
    expect(first.main).toContain('To be read (1)');
    expect(first.main).toContain(
      `Perhaps ${recipient.organisationName}: kim@platform.invalid is the address of the office.`,
    );
    expect(links(await staff.get('/inbox?list=to+read'))).toEqual([pathOf(answer)]);
    const placed = await staff.get('/inbox?list=placed');
    expect(new Set(links(placed))).toEqual(new Set([answer, machine].map(pathOf)));
    expect(placed.main).toContain(`With ${recipient.organisationName}, Chief executive`);
    expect(links(await staff.get('/inbox?list=set+aside'))).toEqual([pathOf(own)]);
    expect(links(await staff.get('/inbox?list=nonsense'))).toEqual([pathOf(waiting)]);
  });

  test('says so where a list is empty', async () => {
    const said = { waiting: 'Nothing waits to be placed.', 'to read': 'No reply waits to be read.' };
    for (const [list, sentence] of Object.entries(said))
      expect((await staff.get(`/inbox?list=${list}`)).main).toContain(sentence);
    expect((await staff.get('/inbox?page=7')).main).toContain('There is nothing more.');
  });

  test('has fifty to a page, the latest first, each on one page', async () => {
    for (let n = 0; n < 52; n += 1) {
      world.clock.pass({ minutes: 1 });
      await anIncoming({ subject: `Message ${n}` }, world);
    }
    const first = await staff.get('/inbox');
    const second = await staff.get(first.$('a[rel=next]').attr('href')!);
    expect([links(first).length, links(second).length]).toEqual([50, 2]);
    expect(first.$('main .rows li a').first().text()).toBe('Message 51');
    expect(new Set([...links(first), ...links(second)]).size).toBe(52);
  });

  test('is closed to partners and to whoever is not signed in', async () => {
    expect((await aVisitor(world).get('/inbox')).location).toMatch(/^\/sign-in/);
    expect((await (await signInAs(world, 'partner')).get('/inbox')).status).toBe(403);
  });

  test('leads from each message to the next one, the longest waiting first', async () => {
    const [waiting, older] = [await anIncoming({}, world), await anAnswer('The older')];
    world.clock.pass({ minutes: 1 });
    const newer = await anAnswer('The newer');
    const next = async (mail: IncomingMailRecord) =>
      (await staff.get(pathOf(mail))).$('main .heading a[href^="/incoming-mail"]');
    expect((await next(newer)).text()).toBe('Next to be read: The older');
    expect((await next(older)).attr('href')).toBe(pathOf(newer));
    await IncomingMail.updateMany({ state: 'placed' }, { $set: { readAt: world.clock.now() } });
    expect((await next(newer)).text()).toBe('Next to be placed: Re: Our letter');
    expect((await next(waiting)).text()).toBe('');
  });
});

describe('the first page', () => {
  test('names replies to be read and mail to be placed before everything else, a handful of each', async () => {
    const answer = await anAnswer();
    for (let n = 0; n < 5; n += 1) await anIncoming({ subject: `Stranger ${n}` }, world);
    const page = await staff.get('/?whose=everybody');
    const groups = page.$('.attention').toArray();
    expect(groups.map((group) => page.$(group).attr('data-group'))).toEqual(['replies', 'placing']);
    expect(page.$('[data-group=replies] h2').text()).toBe('Replies to be read 1');
    expect(page.$('[data-group=replies] a').attr('href')).toBe(pathOf(answer));
    expect(page.$('[data-group=placing] .count').text()).toBe('5');
    expect(page.$('[data-group=placing] li')).toHaveLength(3);
    expect(page.$('[data-group=placing] li').text()).toContain(
      'Reply, from Noa Stranger · came in 24 November',
    );
    const rest = await staff.get(page.$('[data-group=placing] p a').attr('href')!);
    expect(rest.$('main .rows li')).toHaveLength(5);
  });
});

describe('the page of a recipient', () => {
  const open = () => staff.get(`/recipients/${String(recipient._id)}`);

  test('begins with mail that nobody has read, and whether it is certain that it is theirs', async () => {
    expect((await open()).$('#unread')).toHaveLength(0);
    const [answer, perhaps] = [await anAnswer(), await anIncoming({ from: 'kim@platform.invalid' }, world)];
    const page = await open();
    expect(page.$('.panel:has(#unread)').text()).toContain('Nothing is sent to them until then.');
    expect(new Set(links(page, '.panel:has(#unread) a'))).toEqual(new Set([answer, perhaps].map(pathOf)));
    expect(page.$(`.panel li:has(a[href="${pathOf(perhaps)}"])`).text()).toContain('it is not certain');
    await staff.postForm(`${pathOf(answer)}/reading`, { as: 'reply' }, pathOf(answer));
    expect(links(await open(), '.panel:has(#unread) a')).toEqual([pathOf(perhaps)]);
  });

  test('has a timeline that leads to the message, and that the message leads to', async () => {
    const answer = await anAnswer();
    const entry = (await Entry.findOne({ incoming: answer._id }).lean())!;
    for (let n = 0; n < 50; n += 1)
      await anEntry({ recipient: recipient._id, kind: 'note', occurredAt: new Date('2026-11-25T12:00:00Z') });
    const link = (await staff.get(pathOf(answer))).$('a[href*="#entry-"]').attr('href')!;
    const page = await staff.get(link.replace(/#.*/, ''));
    const shown = page.$(link.replace(/.*#/, '#'));
    expect(shown.attr('id')).toBe(`entry-${String(entry._id)}`);
    expect(shown.find('a:contains("Read the message")').attr('href')).toBe(pathOf(answer));
  });

  test('says in plain words why a mail came back', async () => {
    await aBounce({ address: 'kim@platform.invalid', of: await wasWrittenTo(recipient) }, world);
    expect((await open()).$('.timeline').text()).toContain(
      'kim@platform.invalid: There is no such mailbox. (5.1.1)',
    );
  });
});

test('the index answers what is to be read, and every other list of the inbox', async () => {
  const mail = await anAnswer();
  const { _id: _one, ...same } = (await IncomingMail.collection.findOne({ _id: mail._id }))!;
  const rows = Array.from({ length: 3000 }, (_, n) => ({
    ...same,
    fingerprint: `made up ${n}`,
    receivedAt: new Date(n * 60_000),
    state: (['waiting', 'placed', 'set aside'] as const)[n % 3],
    readAt: n % 100 === 0 ? null : new Date(),
  }));
  await IncomingMail.collection.insertMany(rows);
  for (const [list, filter] of Object.entries(inboxFilters)) {
    const index =
      list === 'to read' ? /state_1_kind_1_readAt_1_receivedAt_-1/ : /state_1_(kind_1_|receivedAt)/;
    const query = { collection: 'incomingmails', filter, options: { sort: { receivedAt: -1 }, limit: 51 } };
    expect(await planWith(index, query)).toMatch(index);
  }
}, 120_000);
