import { beforeEach, describe, expect, test } from '@jest/globals';
import { Campaign } from '../../src/campaigns/campaign.model.js';
import { Track } from '../../src/legislation/track.model.js';
import { Office } from '../../src/organisations/office.model.js';
import { Recipient } from '../../src/recipients/recipient.model.js';
import { readAs } from '../../src/replies/incoming-mail.js';
import { seed } from '../../src/seed.js';
import { toSignedInUser } from '../../src/users/user.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import {
  aCampaign,
  aFollowUp,
  aLateRecipient,
  anEntry,
  anOffice,
  aRecipient,
  aReply,
  aUser,
  LATE,
  NOW,
} from '../support/factories.js';
import { aBounce, anAutoReply, anIncoming, wasWrittenTo } from '../support/incoming.js';
import { anApprovedFollowUp } from '../support/follow-ups.js';
import { aVisitor, signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

let app: TestApp;
beforeEach(() => {
  app = createTestApp();
});

const days = (count: number): Date => new Date(NOW.getTime() + count * 86_400_000);

describe('what leaves today', () => {
  test('is told with what keeps it back: its list would promise what does not happen', async () => {
    const { recipient } = await anApprovedFollowUp(app);
    const staff = await signInAs(app, 'staff');
    const said = async (at: string) => (await staff.get(at)).$('main').text();
    expect(await said('/today/leaving?whose=everybody')).not.toContain('It does not leave then.');

    const { office } = (await Recipient.findById(recipient).lean())!;
    await Office.updateOne({ _id: office }, { $set: { email: 'another@example.org' } });

    for (const at of ['/?whose=everybody', '/today/leaving?whose=everybody', '/'])
      expect(await said(at)).toContain('It does not leave then.');
  });

  test('is told as going to the outbox only, until a mail server is set and the campaign is live', async () => {
    const withServer = createTestApp({ smtpUrl: 'smtp://127.0.0.1:1' });
    const { campaign } = await anApprovedFollowUp(withServer, { live: false });
    const staff = await signInAs(withServer, 'staff');
    const said = async () => (await staff.get('/today/leaving?whose=everybody')).main;
    expect(await said()).toContain('It goes to the outbox then and to nobody: the campaign is not live');
    await Campaign.updateOne({ _id: campaign }, { $set: { liveSince: NOW } });
    expect(await said()).not.toContain('outbox');
  });

  test('of two to one recipient on one day the second is told with the first, which it waits for', async () => {
    const recipient = await aRecipient();
    const dueAt = new Date(NOW.getTime() + 3_600_000);
    await anApprovedFollowUp(app, { recipient, dueAt, subject: 'One', body: 'One.' });
    await anApprovedFollowUp(app, { recipient, dueAt, subject: 'Two', body: 'Two.' });
    const staff = await signInAs(app, 'staff');
    const leaving = (await staff.get('/today/leaving?whose=everybody')).$('main').text();
    expect(leaving.match(/It does not leave then\./g)).toHaveLength(1);
    expect(leaving).toMatch(/“One” .*nobody is sent two on one day: this one waits until/);
  });
});

describe('what needs you today', () => {
  test('holds follow-ups that wait for a person, the most urgent first, each with its reason and a link', async () => {
    const recipient = (await aRecipient())._id;
    const waiting = await aFollowUp({
      recipient,
      step: 1,
      state: 'planned',
      subject: 'To approve',
      dueAt: days(3),
    });
    await aFollowUp({
      recipient,
      step: 2,
      state: 'failed',
      subject: 'Refused',
      stateReasons: ['550 No such box.'],
    });
    await aFollowUp({ recipient, step: 3, state: 'uncertain', subject: 'Perhaps gone' });
    await aFollowUp({ recipient, step: 4, state: 'held', subject: 'Held back' });
    await aFollowUp({ recipient, step: 5, state: 'scheduled', subject: 'Leaves today', dueAt: days(0.1) });
    await aFollowUp({ recipient, step: 6, state: 'scheduled', subject: 'Leaves tomorrow', dueAt: days(1) });
    await aFollowUp({ recipient, step: 7, state: 'sent', subject: 'Gone' });
    const { $, main } = await (await signInAs(app, 'admin')).get('/');
    const groups = $('.attention')
      .toArray()
      .map((group) => $(group).attr('data-group'));
    expect(groups).toEqual(['uncertain', 'failed', 'held', 'planned', 'leaving']);
    expect($('[data-group=planned] a').attr('href')).toBe(`/follow-ups/${String(waiting._id)}`);
    expect($('[data-group=failed]').text()).toContain('550 No such box.');
    expect(main).not.toMatch(/Leaves tomorrow|Gone/);
  });

  test('holds recipients whose answer is late and that are mine, and nobody else’s', async () => {
    const me = await aUser();
    const other = (await aUser())._id;
    const owned = (await aCampaign({ ...LATE, owner: me._id }))._id;
    const theirs = (await aCampaign({ ...LATE, owner: other }))._id;
    // due today
    const early = (await aCampaign({ lateAfter: 16, veryLateAfter: 30, owner: me._id }))._id;
    const wanted = [
      await aLateRecipient({ campaign: owned }),
      await aLateRecipient({ campaign: theirs, owner: me._id }),
    ];
    await anEntry({ recipient: wanted[1]!._id, kind: 'email', direction: 'in', receivedAs: 'bounce' });
    await aLateRecipient({ campaign: owned, owner: other });
    const answered = await aLateRecipient({ campaign: owned });
    await anEntry({ recipient: answered._id, ...aReply(NOW) });
    await aLateRecipient({ campaign: theirs });
    const today = await aLateRecipient({ campaign: early });
    expect(today.answerDueOn).toBe('2026-11-24');
    const { $ } = await (await signInAs(app, me)).get('/');
    const links = $('[data-group=late] li > a:first-child')
      .toArray()
      .map((link) => $(link).attr('href'));
    expect(new Set(links)).toEqual(new Set(wanted.map(({ _id }) => `/recipients/${String(_id)}`)));
    expect($('[data-group=late]').text()).toMatch(/answer due on 20 November 2026, 4 days ago/);
    expect($('[data-group=late]').text()).toContain('Chief executive · Bounced, silent');
    expect($('[data-group=very-late]')).toHaveLength(0);
  });

  test('holds those that are very late apart from those that are late, and the longest late first', async () => {
    const me = await aUser();
    const late = await aLateRecipient({ campaign: (await aCampaign({ ...LATE, owner: me._id }))._id });
    const old = (await aCampaign({ lateAfter: 5, veryLateAfter: 16, owner: me._id }))._id;
    const older = (await aCampaign({ lateAfter: 4, veryLateAfter: 15, owner: me._id }))._id;
    const veryLate = await aLateRecipient({ campaign: older });
    // its last day before it is very late is today
    const onTheLine = await aLateRecipient({ campaign: old });
    const visitor = await signInAs(app, me);
    const hrefs = async (group: string, path = '/') => {
      const page = await visitor.get(path);
      return page
        .$(path === '/' ? `[data-group=${group}] li > a:first-child` : '.rows li > a:first-child')
        .toArray()
        .map((link) => page.$(link).attr('href'));
    };
    const pathOf = ({ _id }: typeof late) => `/recipients/${String(_id)}`;
    expect(await hrefs('very-late')).toEqual([pathOf(veryLate)]);
    expect(await hrefs('late')).toEqual([pathOf(onTheLine), pathOf(late)]);
    app.clock.set('2026-11-25T04:59:59.999Z');
    expect(await hrefs('very-late')).toEqual([pathOf(veryLate)]);
    app.clock.set('2026-11-25T05:00:00Z');
    expect(await hrefs('very-late')).toEqual([pathOf(veryLate), pathOf(onTheLine)]);
    expect(await hrefs('late')).toEqual([pathOf(late)]);
    expect(await hrefs('very-late', '/today/very-late')).toEqual([pathOf(veryLate), pathOf(onTheLine)]);
  });

  test('holds offices that are vacant or whose new holder nobody has confirmed, where something is planned', async () => {
    const withHolders = async (holders: object[], planned = true) => {
      const office = await anOffice({ holders: holders as never });
      const recipient = await aRecipient({ office: office._id });
      if (planned) await aFollowUp({ recipient: recipient._id, state: 'scheduled' });
      return office;
    };
    const before = { name: 'Kim Invented', until: '2026-11-22' };
    const sam = { name: 'Sam Follower', from: '2026-11-23', tookOver: true, confirmedAt: null };
    const unconfirmed = await withHolders([before, sam]);
    // what lists show of it is a copy of yesterday, when it was vacant
    await Recipient.updateOne({ office: unconfirmed._id }, { holderName: '' });
    const vacant = await withHolders([before]);
    // two campaigns write to it: it is one office
    await aFollowUp({ recipient: (await aRecipient({ office: vacant._id }))._id, state: 'planned' });
    await withHolders([before, { ...sam, confirmedAt: NOW }]);
    await withHolders([before, sam], false);
    await withHolders([
      { ...before, until: '2026-11-30' },
      { ...sam, from: '2026-12-01' },
    ]);
    await withHolders([before, { ...sam, until: '2026-11-23' }, { name: 'Noa Third', from: '2026-11-24' }]);
    const { $ } = await (await signInAs(app, 'admin')).get('/');
    const group = $('[data-group=holders]');
    const links = group.find('li > a:first-child').toArray();
    expect(links.map((link) => $(link).attr('href'))).toEqual([
      `/offices/${String(unconfirmed._id)}/holders/${String(unconfirmed.holders[1]!._id)}/confirmation`,
      `/offices/${String(vacant._id)}/holders/new`,
    ]);
    expect(group.find('.count').text()).toBe('2');
    expect(group.text()).toMatch(/Chief executive · Sam Follower is new\s+· since 23 November 2026/);
    expect(group.text()).toContain('Chief executive · vacant');
  });

  test('holds milestones whose expected day has passed', async () => {
    const { _id } = await Track.create({
      title: 'Example Act',
      jurisdiction: 'Ruritania',
      createdAt: NOW,
      milestones: [
        { title: 'Late vote', stage: 'final vote', expectedOn: '2026-11-20' },
        { title: 'Future assent', stage: 'assent', expectedOn: '2026-12-20' },
      ],
    });
    const { $ } = await (await signInAs(app, 'admin')).get('/');
    const link = $('[data-group=milestones] li > a:first-child');
    expect(link.text()).toBe('Late vote');
    expect(link.attr('href')).toMatch(new RegExp(`^/tracks/${String(_id)}#milestone-`));
    expect($('[data-group=milestones]').text()).toContain('expected by 20 November 2026, 4 days ago');
  });

  test('shows three of a kind and says how many more there are', async () => {
    const recipient = (await aRecipient())._id;
    for (let step = 1; step <= 5; step += 1)
      await aFollowUp({ recipient, step, state: 'planned', subject: `Subject ${step}`, dueAt: days(step) });
    const visitor = await signInAs(app, 'admin');
    const { $ } = await visitor.get('/');
    expect($('[data-group=planned] li')).toHaveLength(3);
    expect($('[data-group=planned] .count').text()).toBe('5');
    const more = $('[data-group=planned] p a');
    expect(more.text()).toBe('and 2 more: Read and approve');
    const all = await visitor.get(more.attr('href')!);
    expect(all.$('.rows li')).toHaveLength(5);
    expect(all.main.indexOf('Subject 1')).toBeLessThan(all.main.indexOf('Subject 5'));
  });

  test('says that nothing is waiting and what is next', async () => {
    const recipient = (await aRecipient())._id;
    await aFollowUp({ recipient, state: 'scheduled', dueAt: new Date('2026-12-01T10:00:00Z') });
    await Track.create({
      title: 'Example Act',
      jurisdiction: 'Ruritania',
      createdAt: NOW,
      milestones: [{ title: 'Assent', stage: 'assent', expectedOn: '2026-12-20' }],
    });
    const { main } = await (await signInAs(app, 'admin')).get('/');
    expect(main).toContain('Nothing is waiting for you.');
    expect(main).toMatch(/Next to leave: Example Platform \d+, on 1 December 2026, 10:00\./);
    expect(main).toContain('Next in parliament: Assent (Example Act), expected 20 December 2026.');
  });

  test('does not say that nothing is planned while somebody else has it to approve', async () => {
    const recipient = await aRecipient();
    const staff = await signInAs(app, 'staff');
    expect((await staff.get('/')).main).toContain('No follow-up is on its way either');
    await aFollowUp({ recipient: recipient._id, state: 'planned' });
    const { main } = await staff.get('/');
    expect(main).toContain('Nothing is waiting for you. Nothing leaves yet: 1 follow-up waits for approval.');
    expect(main).not.toContain('No follow-up is on its way');
  });
});

describe('what went by itself', () => {
  const settled = (state: 'sent' | 'captured' | 'cancelled' | 'held', settledAt: Date, subject: string) =>
    aFollowUp({ state, settledAs: state, settledAt, subject });

  test('in the last 24 hours: how many came to which end, and the latest five', async () => {
    for (let n = 1; n <= 4; n += 1) await settled('sent', days(-n / 100), `Sent ${n}`);
    const last = await settled('captured', days(-0.001), 'Captured');
    await settled('cancelled', days(-0.9), 'Cancelled');
    await settled('sent', days(-1.01), 'Too long ago');
    await aFollowUp({ state: 'sent', subject: 'Before this was noted', sentAt: days(-0.1) });
    const { $ } = await (await signInAs(app, 'staff')).get('/');
    const section = $('section[aria-labelledby=went]');
    const counts = section.find('.counts a').toArray();
    expect(counts.map((link) => [$(link).text(), $(link).attr('href')])).toEqual([
      ['4 Sent', '/went/sent'],
      ['1 Captured in the outbox', '/went/captured'],
      ['1 Cancelled', '/went/cancelled'],
    ]);
    const rows = section.find('.rows li').toArray();
    expect(rows).toHaveLength(5);
    expect($(rows[0]).find('a').attr('href')).toBe(`/follow-ups/${String(last._id)}`);
    expect($(rows[0]).text()).toMatch(/Captured Captured in the outbox · 24 November 2026, 11:58/);
    expect(section.text()).not.toMatch(/Too long ago|Before this was noted/);
  });

  test('what needs a person stands there once, and where nothing went there is no such section', async () => {
    await settled('held', days(-0.1), 'Held back');
    const { main } = await (await signInAs(app, 'admin')).get('/');
    expect(main.match(/Held back/g)).toHaveLength(1);
    expect(main).not.toContain('What went and came in by itself');
  });

  test('mail that came in and has found its place stands among it; what waits for a person does not', async () => {
    const recipient = await aRecipient();
    const ours = await wasWrittenTo(recipient);
    await settled('sent', days(-0.5), 'Our letter');
    const bounce = await aBounce({ address: 'office@example.org', of: ours }, app);
    app.clock.pass({ minutes: 1 });
    const read = await anIncoming({ inReplyTo: ours, subject: 'We \u202Eagree' }, app);
    await readAs(read, 'reply', app.deps, { by: toSignedInUser(await aUser()) });
    await anIncoming({ inReplyTo: ours, subject: 'To be read' }, app);
    await anIncoming({ subject: 'To be placed' }, app);
    const { $ } = await (await signInAs(app, 'staff')).get('/');
    const section = $('section[aria-labelledby=went]');
    const counts = section.find('.counts a').toArray();
    expect(counts.map((link) => [$(link).text(), $(link).attr('href')])).toEqual([
      ['1 Reply', '/went/reply'],
      ['1 Bounce: it did not arrive', '/went/bounce'],
      ['1 Sent', '/went/sent'],
    ]);
    const rows = section.find('.rows li').toArray();
    expect(rows.map((row) => $(row).find('a').attr('href'))).toEqual([
      `/incoming-mail/${String(read._id)}`,
      `/incoming-mail/${String(bounce._id)}`,
      expect.stringMatching(/^\/follow-ups\//),
    ]);
    expect($(rows[0]).text()).toBe(`${recipient.organisationName}: We agree Reply · 24 November 2026, 12:01`);
    expect($(rows[1]).text()).toContain(`${recipient.organisationName}: There is no such mailbox.`);
  });

  test('of more than are listed all are counted', async () => {
    const recipient = await aRecipient();
    const ours = await wasWrittenTo(recipient);
    for (let n = 1; n <= 7; n += 1) await anAutoReply({ inReplyTo: ours, subject: `Away ${n}` }, app);
    for (let n = 1; n <= 6; n += 1) await settled('sent', days(-n / 100), `Sent ${n}`);
    const { $ } = await (await signInAs(app, 'staff')).get('/');
    expect($('section[aria-labelledby=went] .counts').text().replaceAll(/\s+/g, ' ').trim()).toBe(
      '7 Auto-reply 6 Sent',
    );
    expect($('section[aria-labelledby=went] .rows li')).toHaveLength(5);
  });
});

test('an empty house says where to start', async () => {
  const { status, main } = await (await signInAs(app, 'admin')).get('/');
  expect(status).toBe(200);
  expect(main).toContain('Nothing is waiting for you.');
  expect(main).toContain('There is no campaign yet.');
});

test('the seeded campaign stands there with its recipients, its picture and the same in words', async () => {
  await seed(NOW);
  const { $, main } = await (await signInAs(app, 'staff')).get('/');
  expect($('.counts').text().replaceAll(/\s+/g, ' ').trim()).toBe('4 Sent 4 Silent');
  expect($('table').first().text()).not.toBe('');
  expect($('.wide circle.happened')).toHaveLength(2);
  expect($('.wide circle.expected')).toHaveLength(1);
  expect($('.wide path.out')).toHaveLength(1);
  expect(
    $('.wide .label')
      .toArray()
      .map((label) => $(label).text()),
  ).toEqual([
    'European Union: Proposed',
    'United Kingdom: Could pass Parliament',
    'United Kingdom: Royal Assent',
  ]);
  expect($('svg [style], svg style')).toHaveLength(0);
  expect(main).toContain(
    '11 May 2022: Regulation to prevent and combat child sexual abuse, Proposed (happened)',
  );
  expect(main).toContain('Online Safety Bill, Could pass Parliament (was expected by then; a later stage');
  const cells = $('details tbody tr').children().toArray();
  expect(cells.map((cell) => $(cell).text())).toEqual(['18 September 2023', '4', '0']);
});

test('another campaign can be chosen', async () => {
  const first = await aCampaign({ title: 'An earlier letter', createdAt: days(-9) });
  const recipient = (await aRecipient({ campaign: first._id }))._id;
  await anEntry({ recipient, direction: 'out' });
  await anEntry({ recipient, direction: 'in', receivedAs: 'reply' });
  const latest = (await aCampaign({ title: 'The latest letter' }))._id;
  await anEntry({ recipient: (await aRecipient({ campaign: latest }))._id, occurredAt: NOW });
  const visitor = await signInAs(app, 'staff');
  expect((await visitor.get('/')).$('#standing').text()).toContain('The latest letter');
  const { $ } = await visitor.get(`/?campaign=${String(first._id)}`);
  expect($('#standing').text()).toContain('An earlier letter');
  expect($('select[name=campaign] option[selected]').text()).toBe('An earlier letter');
  expect($('.wide path.out, .wide path.in')).toHaveLength(2);
  expect($('.counts').text()).toContain('Replied');
});

describe('the first page opens with', () => {
  const shownTo = async (visitor: SignedIn, path = '/') =>
    (await visitor.get(path)).$('#standing').text().replace('Where it stands: ', '');
  const aLetter = async (title: string, createdAt: Date) =>
    aRecipient({ campaign: (await aCampaign({ title, createdAt }))._id });

  test('the campaign with the latest history, whichever is the newest', async () => {
    const busy = await aLetter('A busy letter', days(-9));
    await anEntry({ recipient: busy._id, occurredAt: days(-1) });
    await anEntry({ recipient: (await aLetter('A quiet letter', days(-5)))._id, occurredAt: days(-3) });
    await aLetter('A letter nobody sent', days(-1));
    await aCampaign({ title: 'An empty draft', createdAt: NOW });
    expect(await shownTo(await signInAs(app, 'staff'))).toBe('A busy letter');
  });

  test('one that has recipients rather than a newer one that has none', async () => {
    await aLetter('A letter nobody sent', days(-5));
    await aCampaign({ title: 'An empty draft', createdAt: NOW });
    expect(await shownTo(await signInAs(app, 'staff'))).toBe('A letter nobody sent');
  });

  test('the one that this person looked at last, unless it is empty', async () => {
    const quiet = await aLetter('A quiet letter', days(-9));
    await anEntry({ recipient: (await aLetter('A busy letter', days(-5)))._id });
    const draft = (await aCampaign({ title: 'An empty draft', createdAt: NOW }))._id;
    const [one, other] = [await signInAs(app, 'staff'), await signInAs(app, 'staff')];
    expect(await shownTo(one, `/?campaign=${String(quiet.campaign)}`)).toBe('A quiet letter');
    expect([await shownTo(one), await shownTo(other)]).toEqual(['A quiet letter', 'A busy letter']);
    await other.get(`/campaigns/${String(quiet.campaign)}`);
    expect(await shownTo(other)).toBe('A quiet letter');
    expect(await shownTo(one, `/?campaign=${String(draft)}`)).toBe('An empty draft');
    expect(await shownTo(one)).toBe('A busy letter');
  });
});

test.each([
  '/?campaign=ffffffffffffffffffffffff',
  '/?campaign=nothing',
  '/today/nothing',
  '/today/constructor',
])('there is nothing at %s', async (address) => {
  await aCampaign();
  expect((await (await signInAs(app, 'staff')).get(address)).status).toBe(404);
});

test.each([
  'uncertain',
  'failed',
  'held',
  'holders',
  'planned',
  'triggers',
  'very-late',
  'late',
  'unacknowledged',
  'milestones',
  'leaving',
])('the list of all that is %s says so when it is empty', async (group) => {
  const { status, main } = await (await signInAs(app, 'staff')).get(`/today/${group}`);
  expect(status).toBe(200);
  expect(main).toContain('Nothing of this kind is waiting.');
});

test('whoever is not signed in is asked to, and a partner is taken to the shared view', async () => {
  expect((await aVisitor(app).get('/')).location).toBe('/sign-in?next=%2F');
  const partner = await signInAs(app, 'partner');
  expect((await partner.get('/')).location).toBe('/shared');
  expect((await partner.get('/today/planned')).status).toBe(403);
});
