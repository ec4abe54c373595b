import { afterEach, describe, expect, test } from '@jest/globals';
import { run } from '../../jobs/send-reminders.js';
import { Campaign } from '../../src/campaigns/campaign.model.js';
import { Track } from '../../src/legislation/track.model.js';
import { CapturedMessage } from '../../src/mail/captured-message.model.js';
import { Notice } from '../../src/mail/notice.model.js';
import { Recipient } from '../../src/recipients/recipient.model.js';
import { refreshRecipients } from '../../src/recipients/refresh.js';
import { unsubscribeToken } from '../../src/reminders/unsubscribe-token.js';
import { addSuppression, liftSuppression } from '../../src/suppressions/suppressions.js';
import { turnRemindersOff, turnRemindersOn } from '../../src/users/reminders-off.js';
import { readAs, setAside } from '../../src/replies/incoming-mail.js';
import { toSignedInUser, User } from '../../src/users/user.model.js';
import { createTestApp } from '../support/app.js';
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
import { aDkimKey, verifyDkim } from '../support/dkim.js';
import { anAutoReply, anIncoming, wasWrittenTo } from '../support/incoming.js';
import { startSink, type Sink } from '../support/smtp-sink.js';
import { aVisitor } from '../support/visitor.js';

useDatabase();

let sink: Sink | undefined;
afterEach(async () => {
  await sink?.close();
  sink = undefined;
});

/** A quarter past eight in London, a mail server, and one late answer in a campaign that Ana owns. */
async function aLateMorning() {
  sink = await startSink();
  const world = createTestApp({
    smtpUrl: sink.url,
    now: '2026-11-24T08:15:00Z',
    baseUrl: 'https://answerable.example',
  });
  const ana = await aUser({ name: 'Ana Example', email: 'ana@example.org' });
  const campaign = await aCampaign({ owner: ana._id, ...LATE });
  const recipient = await aLateRecipient({ campaign: campaign._id });
  return { ...world, sink, ana, campaign, recipient };
}

test('somebody with something late gets one mail, however often the job runs that day', async () => {
  const { deps, clock, sink, recipient } = await aLateMorning();
  expect(await run(deps)).toBe('Reminders: 1 sent, 0 with nothing to say.');
  expect(await run(deps)).toBe('No reminder is due.');
  clock.set('2026-11-24T17:55:00Z');
  await run(deps);
  expect(sink.messages).toHaveLength(1);
  const { mail, to } = sink.messages[0]!;
  expect(to).toEqual(['ana@example.org']);
  expect(mail.subject).toBe('One thing is late or waits for you');
  expect(mail.text).toContain('Example Platform');
  expect(mail.text).toContain(`https://answerable.example/recipients/${String(recipient._id)}`);
  expect(mail.html).toContain(`href="https://answerable.example/recipients/${String(recipient._id)}"`);
  expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
});

test('the next morning it is said again, once', async () => {
  const { deps, clock, sink } = await aLateMorning();
  await run(deps);
  clock.set('2026-11-25T07:59:00Z');
  await run(deps);
  expect(sink.messages).toHaveLength(1);
  clock.set('2026-11-25T08:00:00Z');
  await run(deps);
  await run(deps);
  expect(sink.messages).toHaveLength(2);
});

test.each([
  ['before 08:00', '2026-11-24T07:59:00Z'],
  ['after 18:00', '2026-11-24T18:00:00Z'],
])('nobody is written to %s', async (_when, instant) => {
  const { deps, clock, sink } = await aLateMorning();
  clock.set(instant);
  expect(await run(deps)).toBe('No reminder is due.');
  expect(sink.messages).toHaveLength(0);
});

test('two runs at once send one mail', async () => {
  const { deps, sink } = await aLateMorning();
  await Promise.all([run(deps), run(deps), run(deps)]);
  expect(sink.messages).toHaveLength(1);
  expect(await Notice.countDocuments({ kind: 'reminder' })).toBe(1);
});

test('where there is nothing to say nothing is sent, and news of the same day is told', async () => {
  const { deps, clock, sink, recipient } = await aLateMorning();
  await anEntry({ recipient: recipient._id, ...aReply(NOW) });
  expect(await run(deps)).toBe('Reminders: 1 with nothing to say.');
  expect(await Notice.countDocuments()).toBe(0);
  await aFollowUp({ recipient: recipient._id, state: 'failed', dueAt: NOW });
  clock.set('2026-11-24T14:00:00Z');
  await run(deps);
  expect(sink.messages).toHaveLength(1);
});

test('a mail server that refuses is written down, and not asked again that day', async () => {
  const { deps, sink } = await aLateMorning();
  sink.behave({ onMessage: () => ({ code: 554, message: 'no thanks' }) });
  expect(await run(deps)).toBe('Reminders: 1 failed, 0 with nothing to say.');
  expect(await run(deps)).toBe('No reminder is due.');
  expect(sink.unanswered).toHaveLength(1);
  expect(await Notice.findOne().lean()).toMatchObject({
    state: 'failed',
    response: expect.stringContaining('no thanks'),
  });
});

test('a mail server that is busy is asked again later the same day, and the reminder comes once', async () => {
  const { deps, sink } = await aLateMorning();
  sink.behave({ onRecipient: () => ({ code: 451, message: 'come back later' }) });
  expect(await run(deps)).toBe('Reminders: 1 deferred, 0 with nothing to say.');
  sink.behave({ onRecipient: () => undefined });
  expect(await run(deps)).toBe('Reminders: 1 sent, 0 with nothing to say.');
  expect(await run(deps)).toBe('No reminder is due.');
  expect(sink.messages).toHaveLength(1);
});

test.each(['ana@example.org', 'example.org'])(
  'nobody is reminded while %s is not to be written to; once that is lifted, from the next day on',
  async (value) => {
    const { deps, clock, sink, ana } = await aLateMorning();
    const kind = value.includes('@') ? 'address' : 'domain';
    const own = { organisation: '', reason: 'She asked us to stop.', source: 'A call', until: '' };
    const suppression = { kind, value, from: '2026-11-24', ...own } as const;
    const id = await addSuppression(suppression, ana._id, clock.now());
    expect(await run(deps)).toBe('Reminders: 1 suppressed, 0 with nothing to say.');
    expect(await run(deps)).toBe('No reminder is due.');
    expect(await Notice.findOne().lean()).toMatchObject({
      state: 'suppressed',
      response: expect.stringContaining('She asked us to stop.'),
    });
    await liftSuppression(id, 'She is back.', ana._id, clock.now());
    clock.pass({ days: 1 });
    await run(deps);
    expect(sink.messages).toHaveLength(1);
  },
);

test('a reminder names the way to turn it off, for mail programs and for people', async () => {
  const { deps, app, sink, ana } = await aLateMorning();
  await run(deps);
  const { mail, raw } = sink.messages[0]!;
  const link = `https://answerable.example/unsubscribe/${unsubscribeToken(String(ana._id), deps.sessionSecret)}`;
  expect(mail.headers.get('list')).toEqual({
    unsubscribe: { url: link },
    'unsubscribe-post': expect.objectContaining({ name: 'List-Unsubscribe=One-Click' }),
  });
  expect(raw.toString().replaceAll(/\r\n[ \t]+/g, ' ')).toMatch(
    /^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m,
  );
  expect(mail.text).toContain(link);
  const { status } = await aVisitor({ app }).postRaw(new URL(link).pathname, 'List-Unsubscribe=One-Click');
  expect(status).toBe(200);
});

test('where mail is signed, the signature covers both headers: mail providers offer one click only then', async () => {
  const { sink } = await aLateMorning();
  const { privateKey, publicKey } = aDkimKey();
  const { deps } = createTestApp({
    smtpUrl: sink.url,
    now: '2026-11-24T08:15:00Z',
    baseUrl: 'https://answerable.example',
    dkim: { domain: 'example.org', selector: 'letter2026', privateKey },
  });
  await run(deps);
  const { ok, tags } = verifyDkim(sink.messages[0]!.raw, publicKey);
  expect(ok).toBe(true);
  expect(tags['h']!.toLowerCase().split(':')).toEqual(
    expect.arrayContaining(['list-unsubscribe', 'list-unsubscribe-post']),
  );
});

test('whoever turned reminders off gets none, and what is theirs goes to nobody else', async () => {
  const { deps, clock, sink, ana } = await aLateMorning();
  await aUser({ role: 'admin' });
  await turnRemindersOff(String(ana._id), clock.now());
  expect(await run(deps)).toBe('Reminders: 1 with nothing to say.');
  await turnRemindersOn(String(ana._id));
  expect(await run(deps)).toBe('Reminders: 1 sent, 1 with nothing to say.');
  expect(sink.messages.flatMap(({ to }) => to)).toEqual(['ana@example.org']);
});

test('without a mail server the reminder is captured in the outbox', async () => {
  const { ana } = await aLateMorning();
  const { deps } = createTestApp({ now: '2026-11-24T08:15:00Z' });
  expect(await run(deps)).toBe('Reminders: 1 captured, 0 with nothing to say.');
  expect(await run(deps)).toBe('No reminder is due.');
  expect(await CapturedMessage.find().lean()).toMatchObject([{ kind: 'reminder', to: ana.email }]);
});

describe('at an hour of their own', () => {
  test('and still once a day, whatever hour or time zone is chosen after it', async () => {
    const { deps, clock, sink, ana } = await aLateMorning();
    const choose = (change: object) => User.updateOne({ _id: ana._id }, { $set: change });
    await choose({ reminderHour: 10 });
    expect(await run(deps)).toBe('No reminder is due.');
    clock.set('2026-11-24T10:00:00Z');
    expect(await run(deps)).toBe('Reminders: 1 sent, 0 with nothing to say.');
    for (const change of [{ reminderHour: 11 }, { timeZone: 'America/New_York', reminderHour: 5 }]) {
      await choose(change);
      clock.pass({ hours: 1 });
      expect(await run(deps)).toBe('No reminder is due.');
    }
    // in New York it is the morning after
    clock.set('2026-11-25T10:00:00Z');
    expect(await run(deps)).toBe('Reminders: 1 sent, 0 with nothing to say.');
    expect(sink.messages).toHaveLength(2);
  });

  test('the day that somebody has twice, flying to Honolulu after it began in Auckland, is told once', async () => {
    const { deps, clock, sink, ana } = await aLateMorning();
    await User.updateOne({ _id: ana._id }, { $set: { timeZone: 'Pacific/Auckland' } });
    clock.set('2026-11-23T19:00:00Z');
    expect(await run(deps)).toBe('Reminders: 1 sent, 0 with nothing to say.');
    await User.updateOne({ _id: ana._id }, { $set: { timeZone: 'Pacific/Honolulu' } });
    clock.set('2026-11-23T20:00:00Z');
    expect(await run(deps)).toBe('No reminder is due.');
    // the 24th, which Auckland called its reminder by
    clock.set('2026-11-24T18:00:00Z');
    expect(await run(deps)).toBe('Reminders: 1 sent, 0 with nothing to say.');
    expect(sink.messages).toHaveLength(2);
  });

  test('the notice of an earlier version, which names its day, counts', async () => {
    const { deps, clock, ana } = await aLateMorning();
    await Notice.create({
      key: `reminder ${String(ana._id)} 2026-11-24`,
      kind: 'reminder',
      messageId: '<earlier@example.org>',
      to: ana.email,
      subject: 'One thing is late or waits for you',
      state: 'sent',
      createdAt: new Date('2026-11-24T08:00:00Z'),
      expiresAt: new Date('2027-11-24T08:00:00Z'),
    });
    expect(await run(deps)).toBe('No reminder is due.');
    clock.pass({ days: 1 });
    expect(await run(deps)).toBe('Reminders: 1 sent, 0 with nothing to say.');
  });

  test('eight workers at once on three days send three mails', async () => {
    const { deps, clock, sink } = await aLateMorning();
    for (let day = 1; day <= 3; day += 1) {
      await Promise.all(Array.from({ length: 8 }, () => run(deps)));
      expect(sink.messages).toHaveLength(day);
      clock.pass({ days: 1 });
    }
  });
});

describe('who is told what', () => {
  const told = (of: Sink) => of.messages.flatMap(({ to }) => to).sort((a, b) => a.localeCompare(b));

  test('each colleague at 08:00 on their own clock', async () => {
    const { deps, clock, sink, campaign } = await aLateMorning();
    const ben = await aUser({ email: 'ben@example.org', timeZone: 'America/Los_Angeles' });
    const { _id } = await aLateRecipient({ campaign: campaign._id, owner: ben._id });
    await anEntry({ recipient: _id, direction: 'in', receivedAs: 'acknowledgement' });
    await run(deps);
    expect(told(sink)).toEqual(['ana@example.org']);
    clock.set('2026-11-24T16:00:00Z');
    await run(deps);
    expect(told(sink)).toEqual(['ana@example.org', 'ben@example.org']);
    expect(sink.messages.map(({ mail }) => mail.subject)).toEqual(
      Array(2).fill('One thing is late or waits for you'),
    );
  });

  test('nobody whose account is closed, not taken up, or that of a partner', async () => {
    const { deps, sink, campaign } = await aLateMorning();
    for (const own of [{ closedAt: NOW }, { invited: true }, { role: 'partner' as const }]) {
      const gone = await aUser(own);
      await aLateRecipient({ campaign: campaign._id, owner: gone._id });
    }
    await run(deps);
    expect(told(sink)).toEqual(['ana@example.org']);
    expect(sink.messages[0]!.mail.subject).toBe('4 things are late or wait for you');
  });

  test('the administrators, where a campaign has no owner', async () => {
    const { deps, sink, campaign } = await aLateMorning();
    await Campaign.updateOne({ _id: campaign._id }, { $set: { owner: null } });
    await aUser({ role: 'admin', email: 'admin@example.org' });
    await run(deps);
    expect(told(sink)).toEqual(['admin@example.org']);
  });

  test('follow-ups that wait for a person, and milestones in legislation whose day has passed', async () => {
    const { deps, sink, recipient } = await aLateMorning();
    const due = new Date('2026-11-24T08:00:00Z');
    for (const state of ['held', 'failed', 'uncertain', 'planned'] as const)
      await aFollowUp({ recipient: recipient._id, state, dueAt: due });
    await aFollowUp({ recipient: recipient._id, state: 'planned', dueAt: new Date('2026-11-24T09:00:00Z') });
    for (const state of ['scheduled', 'sent', 'cancelled'] as const)
      await aFollowUp({ recipient: recipient._id, state, dueAt: due });
    const milestone = { title: 'Final vote', stage: 'final vote', expectedOn: '2026-11-20' };
    const later = { title: 'Review', stage: 'report', expectedOn: '2026-11-24' };
    await Track.create({
      title: 'A fictional bill',
      jurisdiction: 'Utopia',
      createdAt: NOW,
      milestones: [milestone, later],
    });
    await run(deps);
    const { text } = sink.messages[0]!.mail;
    expect(sink.messages[0]!.mail.subject).toBe('7 things are late or wait for you');
    for (const said of ['follow-up is held', 'follow-up could not be sent', 'follow-up may have left or not'])
      expect(text).toContain(`One ${said}:`);
    // also the one that is due an hour later; the one that is approved leaves by itself
    expect(text).toContain('2 follow-ups wait for approval:');
    expect(text).toContain('A fictional bill: Final vote: expected by 20 November 2026. Has it happened?');
    expect(text).not.toContain('Review');
  });

  test('an acknowledgement that is missing, to whoever looks after the recipient, once its last day is over', async () => {
    const { deps, clock, sink, ana, recipient } = await aLateMorning();
    const london = (await anOffice({ timeZone: 'Europe/London', country: 'GB' }))._id;
    const watching = (await aCampaign({ owner: ana._id, acknowledgementDays: 5 }))._id;
    const { _id } = await aRecipient({ campaign: watching, office: london });
    // five working days in London end on the 24th
    await anEntry({ recipient: _id, kind: 'letter', occurredAt: new Date('2026-11-17T10:00:00Z') });
    await anEntry({ recipient: recipient._id, ...aReply(NOW) });
    expect(await run(deps)).toBe('Reminders: 1 with nothing to say.');
    clock.pass({ days: 1 });
    expect(await run(deps)).toBe('Reminders: 1 sent, 0 with nothing to say.');
    expect(await run(deps)).toBe('No reminder is due.');
    const { text } = sink.messages[0]!.mail;
    expect(text).toContain('One acknowledgement is missing:');
    expect(text).toContain('acknowledgement expected by 24 November 2026. Nobody there has said a word.');
    expect(text).toContain(`https://answerable.example/recipients/${String(_id)}`);

    await anEntry({ recipient: _id, kind: 'call', direction: 'in', receivedAs: 'acknowledgement' });
    clock.pass({ days: 1 });
    expect(await run(deps)).toBe('Reminders: 1 with nothing to say.');
  });

  test('somebody whose answer is late is told as late, and not a second time as unacknowledged', async () => {
    const { deps, sink, campaign, recipient } = await aLateMorning();
    await Campaign.updateOne({ _id: campaign._id }, { $set: { acknowledgementDays: 1 } });
    await refreshRecipients([recipient._id]);
    expect((await Recipient.findById(recipient._id).lean())!.acknowledgementMissingFrom! < NOW).toBe(true);
    await run(deps);
    expect(sink.messages[0]!.mail.subject).toBe('One thing is late or waits for you');
    expect(sink.messages[0]!.mail.text).toContain('One answer is late:');
  });

  test('replies that nobody has read and mail that nobody has placed, until somebody has', async () => {
    const world = await aLateMorning();
    const { deps, clock, sink, recipient } = world;
    await aUser({ role: 'admin', email: 'admin@example.org' });
    const letter = await wasWrittenTo(recipient);
    clock.set('2026-11-20T15:00:00Z');
    const unread = await anIncoming({ inReplyTo: letter, subject: 'canary subject', text: 'canary' }, world);
    await anAutoReply({ inReplyTo: letter }, world);
    const stray = await anIncoming({ from: 'canary <canary@stranger.invalid>' }, world);
    clock.set('2026-11-23T08:15:00Z');
    await run(deps);
    expect(told(sink)).toEqual(['admin@example.org', 'ana@example.org']);
    const toAna = sink.messages.find(({ to }) => to.includes('ana@example.org'))!;
    expect(toAna.mail.subject).toBe('2 things are late or wait for you');
    expect(toAna.mail.text).toContain(
      `- ${recipient.organisationName}, ${recipient.officeTitle}: came in 20 November 2026, 15:00.\n  https://answerable.example/incoming-mail/${String(unread._id)}`,
    );
    expect(toAna.mail.text).toContain(
      `- Nobody is suggested: came in 20 November 2026, 15:00.\n  https://answerable.example/incoming-mail/${String(stray._id)}`,
    );
    expect(toAna.raw.toString()).not.toMatch(/canary/);

    await readAs(unread, 'reply', deps, { by: toSignedInUser(await aUser()) });
    await setAside(stray._id, 'An invitation.', deps, { by: toSignedInUser(await aUser()) });
    sink.messages.length = 0;
    await anIncoming({ inReplyTo: letter }, world);
    clock.set('2026-11-24T08:15:00Z');
    await run(deps);
    expect(told(sink)).toEqual(['ana@example.org']);
    expect(sink.messages[0]!.mail.text).toContain('One reply waits to be read');
    expect(sink.messages[0]!.mail.text).not.toContain(String(unread._id));
  });

  test('no text, address or note of anybody is in it', async () => {
    const { deps, sink, recipient } = await aLateMorning();
    const said = { who: 'canary who', channel: 'canary channel', text: 'canary text' };
    await anEntry({ recipient: recipient._id, kind: 'letter', ...said });
    await Recipient.updateOne({ _id: recipient._id }, { $set: { notes: 'canary notes' } });
    const secrets = {
      subject: 'canary subject',
      text: 'canary body',
      html: 'canary html',
      stateReasons: ['canary reason'],
      response: 'canary words',
    };
    await aFollowUp({
      recipient: recipient._id,
      state: 'failed',
      to: { name: 'canary to', address: 'canary@example.org' },
      ...secrets,
    });
    await run(deps);
    expect(sink.messages).toHaveLength(1);
    expect(sink.messages[0]!.raw.toString()).not.toMatch(/canary/);
    expect(sink.messages[0]!.mail.html).not.toMatch(/canary/);
  });
});
