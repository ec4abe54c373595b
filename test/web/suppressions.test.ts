import { beforeEach, describe, expect, test } from '@jest/globals';
import { backgroundEnded } from '../../src/in-background.js';
import { CapturedMessage } from '../../src/mail/captured-message.model.js';
import { Suppression, type SuppressionRecord } from '../../src/suppressions/suppression.model.js';
import { readSuppressions } from '../../src/suppressions/suppressions.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aFollowUp, anOffice, anOrganisation, aRecipient, aUser, NOW } from '../support/factories.js';
import { expectMistakes, valueOf } from '../support/forms.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

let app: TestApp;
let staff: SignedIn;
beforeEach(async () => {
  app = createTestApp();
  staff = await signInAs(app, 'staff');
});

const fields = {
  kind: 'address',
  value: 'Kim@Example.org',
  organisation: '',
  reason: 'They asked us to stop.',
  source: 'Their office, by telephone',
  from: '2026-11-24',
  until: '',
};
const NOBODY = 'ffffffffffffffffffffffff';

const write = (own: Record<string, string> = {}) =>
  staff.postForm('/suppressions', { ...fields, ...own }, '/suppressions/new');

const written = async (): Promise<SuppressionRecord> =>
  (await Suppression.findOne().lean<SuppressionRecord>())!;

test('the list says what it is for while nobody is in it, and the follow-ups lead to it', async () => {
  const { $ } = await staff.get('/follow-ups');
  const page = await staff.get($('main a:contains("Do not contact")').attr('href')!);
  expect(page.main).toContain('Nobody is written down.');
  expect((await staff.get('/suppressions?list=over')).main).toContain('Nothing has been lifted');
});

test('staff write an address down, and read who did so, why, and from when', async () => {
  const answer = await write({ until: '2026-12-31' });
  const { _id, ...rest } = await written();
  expect(rest).toMatchObject({ key: 'address kim@example.org', recordedBy: staff.user._id, recordedAt: NOW });
  expect(answer.location).toBe(`/suppressions/${String(_id)}`);
  const { main } = await staff.get(answer.location!);
  for (const said of [
    'Kim@Example.org',
    'in force',
    fields.reason,
    fields.source,
    '31 December 2026',
    staff.user.name,
  ])
    expect(main).toContain(said);
  expect((await staff.get('/suppressions')).main).toContain('From 24 November 2026 until 31 December 2026.');
});

describe('a wrong form comes back with what was typed', () => {
  test('all that is missing is named at once', async () => {
    const page = await write({ kind: 'address', value: '', reason: '', source: ' ', from: '' });
    expectMistakes(page, {
      value: 'Enter the email address, for example name@example.org.',
      reason: 'Say why, so that whoever plans the next mail understands it.',
      source: 'Say who asked for it, or where it is known from.',
      from: 'Enter the first day.',
    });
  });

  test.each([
    [
      { kind: 'domain', value: 'org', from: '2026-11-24', until: '2026-11-23' },
      {
        value: 'Enter the part after the @ sign, for example example.org.',
        until: 'The last day cannot be before the first.',
      },
    ],
    [
      { kind: 'person', value: '' },
      {
        value: 'Enter the name of the person as it is written down at the organisation.',
        organisation: 'Choose the organisation.',
      },
    ],
    [{ kind: 'organisation', value: '' }, { organisation: 'Choose the organisation.' }],
    [
      { kind: 'organisation', organisation: NOBODY },
      { organisation: 'Choose an organisation from the list.' },
    ],
    [
      { kind: 'organisation', organisation: '{"$ne":1}' },
      { organisation: 'Choose an organisation from the list.' },
    ],
    [{ kind: 'everybody' }, { kind: 'Choose what is not to be written to.' }],
    [
      { from: '2026-02-30', until: 'soon' },
      {
        from: 'Enter a date such as 2026-11-30.',
        until: 'Enter a date such as 2026-11-30, or leave it empty.',
      },
    ],
  ])('%j', async (own, mistakes) => {
    expectMistakes(await write(own), mistakes, { source: fields.source, reason: fields.reason });
    expect(await Suppression.countDocuments()).toBe(0);
  });

  test('an operator of the database is no value', async () => {
    const token = await staff.tokenFrom('/suppressions/new');
    const page = await staff.postRaw(
      '/suppressions',
      `kind=address&value[$ne]=x&organisation[$ne]=x&reason=r&source=s&from=2026-11-24&_csrf=${token}`,
    );
    expect(page.status).toBe(422);
    expect((await staff.get('/suppressions?list[$ne]=x&page[$gt]=1')).status).toBe(200);
    expect((await staff.get('/suppressions/new?organisation[$ne]=x')).status).toBe(200);
  });

  test('what was typed is shown as text', async () => {
    await write({ reason: '<script>alert(1)</script>', source: '"><img src=x onerror=alert(1)>' });
    for (const path of ['/suppressions', `/suppressions/${String((await written())._id)}`])
      expect((await staff.get(path)).$('script:not([src]), [onerror]')).toHaveLength(0);
  });
});

describe('lifting', () => {
  const lifting = (id: unknown) => `/suppressions/${String(id)}/lifting`;

  test('needs a reason', async () => {
    const { location } = await write();
    const page = await staff.postForm(lifting((await written())._id), { reason: ' ' }, location);
    expectMistakes(page, { reason: 'Say why they may be written to again.' });
    expect((await written()).lifted).toBeNull();
  });

  test('is a record of its own: the entry stays, with who lifted it, when and why', async () => {
    const { location } = await write();
    const { _id } = await written();
    app.clock.pass({ days: 2 });
    const answer = await staff.postForm(lifting(_id), { reason: 'They wrote to us again.' }, location);
    expect(answer.location).toBe(location);
    expect(await written()).toMatchObject({
      reason: fields.reason,
      lifted: { by: staff.user._id, at: app.clock.now(), reason: 'They wrote to us again.' },
    });
    const { main, $ } = await staff.get(location!);
    expect(main).toContain('They wrote to us again.');
    expect(main).toContain(fields.reason);
    expect($('form[action$=lifting]')).toHaveLength(0);
    expect((await staff.get('/suppressions')).main).toContain('Nobody is written down.');
    expect((await staff.get('/suppressions?list=over')).main).toContain('Kim@Example.org');
  });

  test('of one of two entries says that the other still holds, and what both say is said once', async () => {
    await write();
    const { location } = await write();
    const why = (await readSuppressions([{ address: 'kim@example.org' }], NOW))[0]!;
    expect(why).toHaveLength(1);
    expect((await staff.get(location!)).main).toContain('unless another entry covers them');
    await staff.postForm(`${location!}/lifting`, { reason: 'Twice.' }, location);
    expect((await staff.get(location!)).html).toContain(
      'another entry covers them, they are still not written to',
    );
    expect((await readSuppressions([{ address: 'kim@example.org' }], NOW))[0]).toEqual(why);
  });

  test('is one step away from a follow-up that it keeps back', async () => {
    const { _id, to } = await aFollowUp();
    const leads = async () =>
      (await staff.get(`/follow-ups/${String(_id)}`)).$('main a[href="/suppressions"]').length;
    expect(await leads()).toBe(0);
    await write({ value: to.address });
    expect(await leads()).toBe(1);
  });

  test('of two who lift it at once, the second is told, and the first stays written down', async () => {
    await write();
    const { _id } = await written();
    await staff.postForm(lifting(_id), { reason: 'First.' }, '/account');
    const second = await staff.postForm(lifting(_id), { reason: 'Second.' }, '/account');
    expect([second.status, (await written()).lifted?.reason]).toEqual([409, 'First.']);
  });
});

test('what holds from today on holds at once, also where it is still yesterday', async () => {
  app.clock.set('2026-11-24T02:00:00Z');
  const form = await staff.get('/suppressions/new');
  expect(form.main).toContain('A day is counted by the clock of the office that is written to');
  await write({ from: valueOf(form, 'from') as string });
  await write({ value: 'sam@example.org', from: '2026-11-25' });
  const there = { timeZone: 'America/Los_Angeles' };
  const [now, later] = await readSuppressions(
    [
      { address: 'kim@example.org', ...there },
      { address: 'sam@example.org', ...there },
    ],
    app.clock.now(),
  );
  expect([now!.length, later!.length]).toEqual([1, 0]);
});

test('what has expired stands in the other list', async () => {
  await write({ until: '2026-11-24' });
  app.clock.set('2026-11-25T11:59:00Z');
  expect((await staff.get('/suppressions')).main).toContain('in force');
  app.clock.set('2026-11-25T12:00:00Z');
  expect((await staff.get('/suppressions')).main).toContain('Nobody is written down.');
  expect((await staff.get('/suppressions?list=over')).main).toContain('expired');
});

test('the page of a recipient says that nothing goes to them, and why, before anything is held', async () => {
  const office = await anOffice();
  const recipient = await aRecipient({ office: office._id });
  const path = `/recipients/${String(recipient._id)}`;
  expect((await staff.get(path)).main).not.toContain('Do not contact');
  await write({ value: office.email });
  const page = await staff.get(path);
  expect(page.main).toContain(
    `Do not contact: ${office.email} is not to be written to from 24 November 2026: They asked us to stop.`,
  );
  expect(page.$('main a[href="/suppressions"]')).toHaveLength(1);
});

describe('at an organisation', () => {
  test('its page leads to the form with itself chosen, and says afterwards who is not to be written to', async () => {
    const organisation = await anOrganisation({ name: 'Example Platform' });
    const office = await anOffice({ organisation: organisation._id });
    const path = `/organisations/${String(organisation._id)}`;
    const before = await staff.get(path);
    expect(before.main).not.toContain('Do not contact');
    const form = await staff.get(before.$('main a[href^="/suppressions/new"]').attr('href')!);
    expect([valueOf(form, 'kind'), valueOf(form, 'organisation')]).toEqual([
      'organisation',
      String(organisation._id),
    ]);
    await write({ kind: 'organisation', value: '', organisation: String(organisation._id) });
    await write({ value: office.email });
    const { main } = await staff.get(path);
    expect(main).toContain('Example Platform is not to be written to from 24 November 2026');
    expect(main).toContain(`${office.email} is not to be written to from 24 November 2026`);
  });

  test('a person who is not written down there is pointed out, one who is not', async () => {
    const { organisation } = await anOffice();
    const own = { kind: 'person', organisation: String(organisation) };
    const stranger = await write({ ...own, value: 'Kim Inventd' });
    const { main, html } = await staff.get(stranger.location!);
    expect(main).toContain('Nobody of this name is written down');
    expect(html).toContain('Written down, but nothing is kept back by it yet');
    expect(html).not.toContain('What is planned for them is held');
    const holder = await write({ ...own, value: 'KIM invented' });
    expect((await staff.get(holder.location!)).main).not.toContain('Nobody of this name');
  });
});

test('the page of a person says which addresses that covers: their own, and those of an office they hold', async () => {
  const people = [{ name: 'Kim Invented', email: 'Kim@example.org' }];
  const { _id: organisation } = await anOrganisation({ people } as never);
  const { email } = await anOffice({ organisation });
  const held = await anOffice({
    organisation,
    holders: [
      { name: 'Kim Invented', until: '2026-11-23' },
      { name: 'Ada Invented', from: '2026-11-24' },
    ],
  });
  const own = { kind: 'person', value: 'kim invented', organisation: String(organisation) };
  const { main } = await staff.get((await write(own)).location!);
  expect(main).toContain(`whatever goes to kim@example.org, ${email}, whoever it is addressed to`);
  expect(main).not.toContain(held.email);
  const [theirs, successors] = await readSuppressions(
    [
      { address: 'kim@example.org', personName: 'Ada Invented', organisation },
      { address: held.email, personName: 'Ada Invented', organisation },
    ],
    NOW,
  );
  expect([theirs!.length, successors!.length]).toEqual([1, 0]);
  expect((await staff.get('/suppressions/new')).main).toContain(
    'covers the addresses that their organisation has',
  );
});

test('one command answers for many targets, each with its own reasons', async () => {
  const { organisation } = await anOffice();
  await write({ kind: 'domain', value: 'bücher.example' });
  await write({ kind: 'person', value: 'Kim Invented', organisation: String(organisation) });
  const targets = [
    { address: 'a@post.xn--bcher-kva.example', personName: 'Kim Invented', organisation },
    { address: 'a@other.example', personName: 'Kim Invented' },
    { address: 'a@other.example', personName: 'kim invented', organisation },
    {},
  ];
  const reasons = await readSuppressions(targets, NOW);
  expect(reasons.map(({ length }) => length)).toEqual([2, 0, 1, 0]);
});

test('an address that is not to be written to gets no invitation, but the new password its owner asks for', async () => {
  await write({ kind: 'domain', value: 'quiet.example' });
  const admin = await signInAs(app, 'admin');
  const person = { name: 'Nour Example', email: 'nour@quiet.example', role: 'staff', timeZone: 'UTC' };
  await admin.postForm('/users', person, '/users/new');
  const page = await admin.get('/users');
  expect(page.main).toContain('no mail went: the address is under Do not contact');
  expect(page.$('code').text()).toContain('/invitations/');
  expect(await CapturedMessage.countDocuments()).toBe(0);

  await aUser({ email: 'kim@quiet.example' });
  await admin.postForm('/password-reset', { email: 'kim@quiet.example' }, '/password-reset/new');
  await backgroundEnded();
  expect(await CapturedMessage.find().lean()).toMatchObject([{ kind: 'account', to: 'kim@quiet.example' }]);
});

test('partners see nothing of it', async () => {
  const { location } = await write();
  const partner = await signInAs(app, 'partner');
  for (const path of ['/suppressions', '/suppressions/new', location!])
    expect((await partner.get(path)).status).toBe(403);
});
