import { beforeEach, describe, expect, test } from '@jest/globals';
import { Entry } from '../../src/history/entry.model.js';
import { Recipient, type RecipientRecord } from '../../src/recipients/recipient.model.js';
import { IncomingMail, type IncomingMailRecord } from '../../src/replies/incoming-mail.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { anOffice, aRecipient } from '../support/factories.js';
import { expectMistakes } from '../support/forms.js';
import { anIncoming, wasWrittenTo } from '../support/incoming.js';
import { aVisitor, signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

let world: TestApp;
let staff: SignedIn;
let recipient: RecipientRecord;
beforeEach(async () => {
  world = createTestApp();
  staff = await signInAs(world, 'staff');
  const office = await anOffice({ email: 'kim@platform.invalid' });
  recipient = await aRecipient({ office: office._id });
});

const FROM = 'Kim Invented <kim@platform.invalid>';
const pathOf = ({ _id }: IncomingMailRecord): string => `/incoming-mail/${String(_id)}`;
const read = ({ _id }: IncomingMailRecord) => IncomingMail.findById(_id).lean<IncomingMailRecord>();
const unreadOf = async ({ _id }: RecipientRecord) => (await Recipient.findById(_id).lean())!.unreadMail ?? [];
const anAnswer = async () => anIncoming({ from: FROM, inReplyTo: await wasWrittenTo(recipient) }, world);

describe('a message that no rule could place', () => {
  test('is placed with a suggested recipient by one button, with the reasons beside it', async () => {
    const mail = await anIncoming({ from: FROM, text: 'We are looking into it.' }, world);
    expect(await unreadOf(recipient)).toEqual([mail._id]);
    const page = await staff.get(pathOf(mail));
    const button = page.$('button[name=recipient]');
    expect(button.text()).toBe(`Place it with ${recipient.organisationName}, Chief executive`);
    expect(page.main).toContain('kim@platform.invalid is the address of the office.');
    expect(page.main).toContain('Nothing is sent to those named here until somebody has decided.');
    const placed = await staff.postForm(
      `${pathOf(mail)}/placement`,
      { recipient: button.attr('value')! },
      pathOf(mail),
    );
    expect(placed.location).toBe(pathOf(mail));
    const after = await staff.get(pathOf(mail));
    expect(after.main).toContain('Placed. It is in their history now.');
    expect(after.main).toContain(`${staff.user.name} placed it here.`);
    const entry = (await Entry.findOne({ incoming: mail._id }).lean())!;
    expect(entry).toMatchObject({
      recipient: recipient._id,
      receivedAs: 'reply',
      recordedBy: staff.user._id,
    });
    const onTimeline = after.$('a[href*="#entry-"]').attr('href')!;
    expect(onTimeline).toBe(`/recipients/${String(recipient._id)}?page=1#entry-${String(entry._id)}`);
    // it is theirs, and still nobody has read it
    expect(await unreadOf(recipient)).toEqual([mail._id]);
  });

  test('is placed with anybody who is looked for by name', async () => {
    const mail = await anIncoming({}, world);
    const page = await staff.get(`${pathOf(mail)}/recipients?find=inv+chief`);
    const button = page.$('button[name=recipient]');
    expect(button.text()).toContain(`Place it here: ${recipient.organisationName}, Chief executive`);
    await staff.postForm(`${pathOf(mail)}/placement`, { recipient: button.attr('value')! }, pathOf(mail));
    expect(await read(mail)).toMatchObject({ state: 'placed', recipient: recipient._id, placements: 1 });
  });

  test('is set aside with a reason, and can be placed still', async () => {
    const mail = await anIncoming({ from: FROM }, world);
    const path = pathOf(mail);
    expectMistakes(await staff.postForm(`${path}/setting-aside`, { reason: ' ' }, path), {
      reason: 'Say why it belongs to nobody, so that a colleague need not read it again.',
    });
    await staff.postForm(`${path}/setting-aside`, { reason: 'An invitation.' }, path);
    expect(await unreadOf(recipient)).toEqual([]);
    expect((await staff.get(path)).main).toContain(`${staff.user.name} set it aside: An invitation.`);
    await staff.postForm(`${path}/placement`, { recipient: String(recipient._id) }, path);
    expect(await read(mail)).toMatchObject({ state: 'placed' });
    expect(await unreadOf(recipient)).toEqual([mail._id]);
  });

  test.each([{}, { recipient: 'x' }, { recipient: '' }])('is not placed by %j', async (fields) => {
    const mail = await anIncoming({}, world);
    expectMistakes(await staff.postForm(`${pathOf(mail)}/placement`, fields as never, pathOf(mail)), {
      recipient: 'Choose whose message it is.',
    });
    expect(await read(mail)).toMatchObject({ state: 'waiting', placements: 0 });
  });

  test('is not placed with a recipient that is not there', async () => {
    const mail = await anIncoming({}, world);
    const fields = { recipient: 'ffffffffffffffffffffffff' };
    expect((await staff.postForm(`${pathOf(mail)}/placement`, fields, pathOf(mail))).status).toBe(404);
    expect(await read(mail)).toMatchObject({ state: 'waiting' });
  });
});

describe('of two people at once', () => {
  test('who place it with different recipients, one is told, and there is one entry', async () => {
    const mail = await anIncoming({}, world);
    const other = await aRecipient();
    const colleague = await signInAs(world, 'staff');
    const place = (who: SignedIn, { _id }: RecipientRecord) =>
      who.postForm(`${pathOf(mail)}/placement`, { recipient: String(_id) }, pathOf(mail));
    const answers = await Promise.all([place(staff, recipient), place(colleague, other)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([302, 409]);
    expect(answers.find(({ status }) => status === 409)!.main).toContain(
      'Somebody has dealt with this message meanwhile. Look at what it says now.',
    );
    expect(await Entry.countDocuments({ incoming: mail._id })).toBe(1);
  });

  test('who take it back, one is told, and it is corrected once', async () => {
    const mail = await anAnswer();
    const colleague = await signInAs(world, 'staff');
    const takeBack = (who: SignedIn) =>
      who.postForm(`${pathOf(mail)}/placement/correction`, { reason: 'Not theirs.' }, pathOf(mail));
    const answers = await Promise.all([takeBack(staff), takeBack(colleague)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([302, 409]);
    expect(await Entry.countDocuments({ kind: 'correction' })).toBe(1);
  });
});

describe('a message that was placed wrongly', () => {
  test('is taken back by a correction, waits again, and is placed elsewhere', async () => {
    const mail = await anAnswer();
    const path = pathOf(mail);
    expect((await staff.get(path)).main).toContain('It names the message of ours that it answers');
    expectMistakes(await staff.postForm(`${path}/placement/correction`, { reason: '' }, path), {
      reason: 'Say why it does not belong here, so that a reader of the history understands.',
    });
    await staff.postForm(`${path}/placement/correction`, { reason: 'It is about another letter.' }, path);
    expect(await read(mail)).toMatchObject({ state: 'waiting', recipient: null, readAt: null });
    expect(await unreadOf(recipient)).toEqual([]);
    const page = await staff.get(path);
    expect(page.main).toContain(`${staff.user.name} took it back: It is about another letter.`);
    const timeline = await staff.get(`/recipients/${String(recipient._id)}`);
    expect(timeline.main).toContain('Corrected. It is about another letter.');

    const other = await aRecipient();
    await staff.postForm(`${path}/placement`, { recipient: String(other._id) }, path);
    const entries = await Entry.find({ incoming: mail._id }).sort({ _id: 1 }).lean();
    expect(entries.map((one) => String(one.recipient))).toEqual([recipient._id, other._id].map(String));
    expect(await Recipient.findById(other._id).lean()).toMatchObject({ engagement: 'replied' });
    expect(await Recipient.findById(recipient._id).lean()).toMatchObject({
      delivery: 'sent',
      engagement: 'silent',
    });
  });

  test('keeps the others that were suggested from being written to, until somebody has decided', async () => {
    const second = await aRecipient({ office: recipient.office });
    const mail = await anIncoming({ from: FROM }, world);
    const path = pathOf(mail);
    await staff.postForm(`${path}/placement`, { recipient: String(recipient._id) }, path);
    expect(await unreadOf(second)).toEqual([]);
    await staff.postForm(`${path}/placement/correction`, { reason: 'It is about the other letter.' }, path);
    expect([await unreadOf(recipient), await unreadOf(second)]).toEqual([[], [mail._id]]);
  });
});

describe('whoever', () => {
  test('is not signed in is asked to, and a partner is kept out', async () => {
    const mail = await anAnswer();
    const partner = await signInAs(world, 'partner');
    for (const path of ['', '/recipients', '/source', '/text', '/html', '/files/2']) {
      const address = `${pathOf(mail)}${path}`;
      expect((await aVisitor(world).get(address)).location).toMatch(/^\/sign-in/);
      expect((await partner.get(address)).status).toBe(403);
    }
    const token = await partner.tokenFrom('/account');
    for (const act of ['placement', 'placement/correction', 'reading', 'setting-aside', 'holder-change']) {
      const answer = await partner.postRaw(`${pathOf(mail)}/${act}`, `_csrf=${token}&as=reply&reason=x`);
      expect(`${act}: ${answer.status}`).toBe(`${act}: 403`);
    }
    expect(await read(mail)).toMatchObject({ state: 'placed', readAt: null });
  });

  test('asks for a message that is not there is told so', async () => {
    for (const id of ['ffffffffffffffffffffffff', 'x']) {
      const page = await staff.get(`/incoming-mail/${id}`);
      expect(page.status).toBe(404);
    }
    const token = await staff.tokenFrom('/account');
    for (const act of ['placement', 'placement/correction', 'reading', 'setting-aside', 'holder-change']) {
      const answer = await staff.postRaw(`/incoming-mail/${'f'.repeat(24)}/${act}`, `_csrf=${token}`);
      expect(`${act}: ${answer.status}`).toBe(`${act}: 404`);
    }
  });
});
