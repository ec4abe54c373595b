import { afterEach, describe, expect, test } from '@jest/globals';
import { run } from '../../jobs/tell-owners.js';
import { run as sendDue } from '../../jobs/send-due.js';
import { untoldAt } from '../../src/reminders/news.rules.js';
import { finishUnhandled } from '../../src/replies/act-on.js';
import { IncomingMail, type IncomingMailRecord } from '../../src/replies/incoming-mail.model.js';
import { placeMail, readAs, setAside, takeBackPlacement } from '../../src/replies/incoming-mail.js';
import type { RecipientRecord } from '../../src/recipients/recipient.model.js';
import { toSignedInUser, User } from '../../src/users/user.model.js';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, anOffice, aRecipient, aUser } from '../support/factories.js';
import { anApprovedFollowUp } from '../support/follow-ups.js';
import { aBounce, aComplaint, anAutoReply, anIncoming, comesIn, wasWrittenTo } from '../support/incoming.js';
import { planWith } from '../support/plans.js';
import { startSink, type Sink } from '../support/smtp-sink.js';

useDatabase();

let sink: Sink | undefined;
afterEach(async () => {
  await sink?.close();
  sink = undefined;
});

/** A mail server, and a recipient of a campaign that Ana owns, to whom a mail of ours was sent. */
async function aWorld() {
  sink = await startSink();
  const world = createTestApp({ smtpUrl: sink.url, baseUrl: 'https://answerable.example' });
  const ana = await aUser({ name: 'Ana Example', email: 'ana@example.org', timeZone: 'America/New_York' });
  const campaign = await aCampaign({ owner: ana._id });
  const office = await anOffice();
  const recipient = await aRecipient({ campaign: campaign._id, office: office._id });
  const ours = await wasWrittenTo(recipient);
  return { ...world, sink, ana, campaign, office, recipient, ours };
}

const told = (of: Sink) => of.messages.flatMap(({ to }) => to).sort((a, b) => a.localeCompare(b));
const nameOf = ({ organisationName, officeTitle }: RecipientRecord) => `${organisationName}, ${officeTitle}`;
const toldAt = async ({ _id }: IncomingMailRecord) => (await IncomingMail.findById(_id).lean())!.toldAt;
const someone = async () => ({ by: toSignedInUser(await aUser()) });

test('a reply is told first, beside what went out: whose, when, its subject and a link, and none of its words', async () => {
  const world = await aWorld();
  const { deps, clock, sink, campaign, recipient, ours } = world;
  const other = await aRecipient({ campaign: campaign._id });
  await anApprovedFollowUp(world, { recipient: other, subject: 'Our reminder' });
  clock.pass({ hours: 1 });
  await sendDue(deps);
  sink.messages.length = 0;
  const mail = await anIncoming(
    { inReplyTo: ours, from: 'Kim <canary@example.net>', subject: 'We agree', text: 'canary words' },
    world,
  );

  expect(await run(deps)).toBe('News: 1 sent.');
  expect(told(sink)).toEqual(['ana@example.org']);
  const { mail: notice, raw } = sink.messages[0]!;
  expect(notice.subject).toBe('1 reply has come in, 1 follow-up went out');
  expect(notice.text).toContain(
    `One reply has come in. What is planned for them waits until you have read it:\n\n- ${nameOf(recipient)}: “We agree”, 24 November 2026, 08:00.\n  https://answerable.example/incoming-mail/${String(mail._id)}\n`,
  );
  expect(notice.text!.indexOf('We agree')).toBeLessThan(notice.text!.indexOf('Our reminder'));
  expect(raw.toString()).not.toMatch(/canary/);
  expect(await toldAt(mail)).toEqual(clock.now());
  clock.pass({ hours: 2 });
  expect(await run(deps)).toBe('There is no news for anybody.');
});

describe('once', () => {
  test('however often the job runs, at once and within the hour; the next hour’s mail has the rest', async () => {
    const world = await aWorld();
    const { deps, clock, sink, ours } = world;
    await anIncoming({ inReplyTo: ours, subject: 'The first' }, world);
    await Promise.all([run(deps), run(deps), run(deps)]);
    clock.pass({ minutes: 10 });
    await anIncoming({ inReplyTo: ours, subject: 'The second' }, world);
    expect(await run(deps)).toBe('There is no news for anybody.');
    expect(sink.messages).toHaveLength(1);
    clock.pass({ minutes: 50 });
    await run(deps);
    expect(sink.messages).toHaveLength(2);
    expect(sink.messages[1]!.mail.text).toContain('The second');
    expect(sink.messages[1]!.mail.text).not.toContain('The first');
  });

  test('and once more in the next hour where the process ended between the mail and the mark', async () => {
    const world = await aWorld();
    const { deps, clock, sink, ours } = world;
    const mail = await anIncoming({ inReplyTo: ours }, world);
    await run(deps);
    await IncomingMail.updateOne({ _id: mail._id }, { $set: { toldAt: null } });
    clock.pass({ minutes: 59 });
    await run(deps);
    expect(sink.messages).toHaveLength(1);
    clock.pass({ minutes: 1 });
    await run(deps);
    expect(sink.messages).toHaveLength(2);
    expect(await toldAt(mail)).toEqual(clock.now());
  });

  test('later, where the mail server was busy', async () => {
    const world = await aWorld();
    const { deps, clock, sink, ours } = world;
    const mail = await anIncoming({ inReplyTo: ours }, world);
    sink.behave({ onRecipient: () => ({ code: 451, message: 'later' }) });
    expect(await run(deps)).toBe('News: 1 deferred.');
    expect(await toldAt(mail)).toBeNull();
    sink.behave({ onRecipient: () => undefined });
    clock.pass({ minutes: 10 });
    expect(await run(deps)).toBe('News: 1 sent.');
    expect(await toldAt(mail)).toEqual(clock.now());
  });

  test('what nobody could be told of for a week is counted and not listed', async () => {
    const world = await aWorld();
    const { deps, clock, sink, ours } = world;
    await anIncoming({ inReplyTo: ours, subject: 'Long ago' }, world);
    clock.pass({ days: 7, minutes: 1 });
    await run(deps);
    const { mail } = sink.messages[0]!;
    expect(mail.subject).toBe('One message came in more than 7 days ago');
    expect(mail.text).not.toContain('Long ago');
    expect(mail.text).toContain('https://answerable.example/inbox');
  });
});

describe('to whom', () => {
  test('whoever looks after the recipient, and each only of their own', async () => {
    const world = await aWorld();
    const ben = await aUser({ email: 'ben@example.org' });
    const bens = await aRecipient({ campaign: world.campaign._id, owner: ben._id });
    await anIncoming({ inReplyTo: world.ours, subject: 'To Ana' }, world);
    await anIncoming({ inReplyTo: await wasWrittenTo(bens), subject: 'To Ben' }, world);
    expect(await run(world.deps)).toBe('News: 2 sent.');
    expect(told(world.sink)).toEqual(['ana@example.org', 'ben@example.org']);
    const toBen = world.sink.messages.find(({ to }) => to.includes(ben.email))!.mail;
    expect(toBen.text).toContain('“To Ben”');
    expect(toBen.text).not.toContain('To Ana');
  });

  test('of mail that waits in the inbox: the owners of all it may be from, each once', async () => {
    const world = await aWorld();
    const { deps, clock, sink, campaign, office, recipient } = world;
    const ben = await aUser({ email: 'ben@example.org' });
    const sister = await anOffice({ organisation: office.organisation, title: 'Press officer' });
    const bens = await aRecipient({ campaign: campaign._id, office: sister._id, owner: ben._id });
    const anas = await anOffice({ organisation: office.organisation, title: 'Chair' });
    await aRecipient({ campaign: campaign._id, office: anas._id });
    const mail = await anIncoming({ from: `Kim <${office.email}>`, subject: 'Which one?' }, world);
    sink.behave({
      onRecipient: (address) => (address === ben.email ? { code: 451, message: 'later' } : undefined),
    });
    expect(await run(deps)).toBe('News: 1 sent, 1 deferred.');
    expect(await toldAt(mail)).toBeNull();
    sink.behave({ onRecipient: () => undefined });
    clock.pass({ hours: 1 });
    expect(await run(deps)).toBe('News: 1 sent.');
    expect(told(sink)).toEqual(['ana@example.org', 'ben@example.org']);
    const [notice] = sink.messages;
    expect(notice!.mail.subject).toBe('1 message waits to be placed');
    expect(notice!.mail.text).toContain(`- Perhaps ${nameOf(recipient)} or `);
    expect(notice!.mail.text).toContain(nameOf(bens));
    expect(notice!.mail.text).toContain('“Which one?”');
    expect(notice!.mail.text).not.toContain(office.email);
    expect(await toldAt(mail)).toEqual(clock.now());
  });

  test('of mail for which nobody is suggested: owners of campaigns and administrators, with who wrote it, harmless', async () => {
    const world = await aWorld();
    const { deps, sink } = world;
    await aUser({ role: 'admin', email: 'cleo@example.org' });
    await aUser({ email: 'dee@example.org' });
    await anIncoming(
      {
        from: 'Noa [Stranger](https://evil.invalid) <noa@stranger.invalid>',
        subject: 'See https://evil.invalid',
      },
      world,
    );
    await run(deps);
    expect(told(sink)).toEqual(['ana@example.org', 'cleo@example.org']);
    const { text, html } = sink.messages[0]!.mail;
    expect(text!.replaceAll('\u2060', '')).toContain(
      'Noa [Stranger](https://evil.invalid): “See https://evil.invalid”',
    );
    expect(html).not.toMatch(/href="[^"]*evil/);
  });

  test('not those who turned reminders off', async () => {
    const world = await aWorld();
    const { deps, clock, ana, ours } = world;
    await User.updateOne({ _id: ana._id }, { $set: { remindersOffSince: clock.now() } });
    const mail = await anIncoming({ inReplyTo: ours }, world);
    expect(await run(deps)).toBe('News: 1 not wanted.');
    expect(await toldAt(mail)).toEqual(clock.now());
  });
});

describe('what is told besides', () => {
  test('a bounce with its cause, and with the second one that the address is not written to any more', async () => {
    const world = await aWorld();
    const { deps, clock, sink, office, recipient, ours } = world;
    await aBounce({ address: office.email, of: ours }, world);
    await run(deps);
    clock.pass({ hours: 1 });
    await aBounce({ address: office.email, of: ours }, world);
    await run(deps);
    expect(sink.messages.map(({ mail }) => mail.subject)).toEqual(['1 bounce', '1 bounce']);
    const [first, second] = sink.messages.map(({ mail }) => mail.text!);
    expect(first).toContain(`- ${nameOf(recipient)}, 24 November 2026, 07:00. There is no such mailbox.\n`);
    expect(second).toContain('There is no such mailbox. Nothing more is sent to that address.\n');
    expect(`${first}${second}`).not.toContain(office.email);
  });

  test('a bounce of which nobody knows whose it is', async () => {
    const world = await aWorld();
    await aBounce({ address: world.office.email, of: '<unknown@example.org>' }, world);
    await run(world.deps);
    expect(world.sink.messages[0]!.mail.text).toContain(
      `- Perhaps ${nameOf(world.recipient)}, 24 November 2026, 07:00. There is no such mailbox. It is not certain whose it is.\n`,
    );
  });

  test('a complaint', async () => {
    const world = await aWorld();
    await aComplaint({ address: world.office.email, of: world.ours }, world);
    await run(world.deps);
    const { subject, text } = world.sink.messages[0]!.mail;
    expect(subject).toBe('1 complaint');
    expect(text).toContain(
      `${nameOf(world.recipient)}, 24 November 2026, 07:00. Nothing more is sent to that address.\n`,
    );
  });

  test('an auto-reply that says that somebody has left, and no other', async () => {
    const world = await aWorld();
    const { deps, sink, recipient, ours } = world;
    await anAutoReply({ inReplyTo: ours, subject: 'Out of office', text: 'I am away until Monday.' }, world);
    expect(await run(deps)).toBe('There is no news for anybody.');
    const text = 'I no longer work for this company. Please contact Sam Newcomer, sam@example.net.';
    await anAutoReply({ inReplyTo: ours, text }, world);
    await run(deps);
    expect(sink.messages[0]!.mail.subject).toBe('1 auto-reply says that somebody has left');
    expect(sink.messages[0]!.mail.text).toContain(`- ${nameOf(recipient)}, 24 November 2026, 07:00.\n`);
    expect(sink.messages[0]!.raw.toString()).not.toMatch(/Sam|Newcomer/);
  });

  test('a message that nobody can read', async () => {
    const world = await aWorld();
    await comesIn(Buffer.alloc(0), world);
    await run(world.deps);
    const { subject, text } = world.sink.messages[0]!.mail;
    expect(subject).toBe('1 message waits to be placed');
    expect(text).toMatch(/- A message that cannot be read, 24 November 2026, 07:00\. \w/);
  });

  test('nothing of our own mail that comes back', async () => {
    const world = await aWorld();
    const { deps, sink, ours } = world;
    await anIncoming({ inReplyTo: ours }, world);
    await run(deps);
    world.clock.pass({ hours: 1 });
    expect(await comesIn(sink.messages[0]!.raw, world)).toMatchObject({ kind: 'own' });
    expect(await run(deps)).toBe('There is no news for anybody.');
  });
});

describe('what a person has dealt with is no news', () => {
  test.each<
    [string, (mail: IncomingMailRecord, world: Awaited<ReturnType<typeof aWorld>>) => Promise<unknown>]
  >([
    ['read', async (mail, { deps }) => readAs(mail, 'acknowledgement', deps, await someone())],
    ['taken back', async (mail, { deps }) => takeBackPlacement(mail, 'Not theirs.', deps, await someone())],
  ])('a reply that was %s', async (_what, dealWith) => {
    const world = await aWorld();
    await dealWith(await anIncoming({ inReplyTo: world.ours }, world), world);
    expect(await run(world.deps)).toBe('There is no news for anybody.');
  });

  test('mail that was placed by hand, or set aside', async () => {
    const world = await aWorld();
    const { deps, recipient } = world;
    const [one, two] = [await anIncoming({}, world), await anIncoming({}, world)];
    await placeMail(one._id, recipient._id, deps, await someone());
    await setAside(two._id, 'An invitation.', deps, await someone());
    expect(await run(deps)).toBe('There is no news for anybody.');
  });
});

test('a message that a process stored and did not handle is told when that is made good', async () => {
  const world = await aWorld();
  const mail = await anIncoming({ inReplyTo: world.ours }, world);
  await IncomingMail.updateOne({ _id: mail._id }, { $set: { handledAt: null, settledAt: null } });
  expect(await run(world.deps)).toBe('There is no news for anybody.');
  await finishUnhandled(world.deps);
  expect(await run(world.deps)).toBe('News: 1 sent.');
});

test('the index answers which are to be told, however many have been', async () => {
  const now = Date.now();
  const rows = Array.from({ length: 5000 }, (_, n) => {
    const settledAt = new Date(now - n * 3_600_000);
    return { fingerprint: String(n), kind: 'reply', state: 'placed', settledAt, toldAt: settledAt };
  });
  await IncomingMail.collection.insertMany(rows);
  const filter = untoldAt(new Date(now));
  const query = { collection: 'incomingmails', filter, options: { sort: { settledAt: 1 } } };
  expect(await planWith(/settledAt_1_toldAt_1/, query)).toContain('settledAt_1_toldAt_1');
}, 120_000);
