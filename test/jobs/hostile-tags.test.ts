import { beforeEach, describe, expect, test } from '@jest/globals';
import { Types } from 'mongoose';
import { Entry } from '../../src/history/entry.model.js';
import { REPLY_ADDRESS_DAYS, replyAddress } from '../../src/mail/reply-address.js';
import type { FollowUpRecord } from '../../src/follow-ups/follow-up.model.js';
import { Recipient, type RecipientRecord } from '../../src/recipients/recipient.model.js';
import { placeMail, takeBackPlacement } from '../../src/replies/incoming-mail.js';
import { toSignedInUser } from '../../src/users/user.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aFollowUp, aRecipient, aUser } from '../support/factories.js';
import { answerTo, mailOf } from '../support/hostile-mail.js';
import { arrived, comeIn, wasWrittenTo } from '../support/incoming.js';

useDatabase();

const REPLY_TO = 'replies@example.org';

let world: TestApp;
beforeEach(() => {
  world = createTestApp({ replyTo: REPLY_TO });
});

const come = (...sources: Buffer[]) => comeIn(sources, world);
const now = async ({ _id }: { _id: RecipientRecord['_id'] }) =>
  (await Recipient.findById(_id).lean<RecipientRecord>())!;

describe('an address of ours', () => {
  const tagOf = (followUp: FollowUpRecord, { recipient } = followUp) =>
    replyAddress(
      REPLY_TO,
      { followUp: String(followUp._id), recipient: String(recipient) },
      world.deps.sessionSecret,
    );
  const twoWereWrittenTo = async () => ({
    mine: await aFollowUp({ state: 'sent' }),
    other: await aFollowUp({ state: 'sent' }),
  });
  /** the time stands in its id */
  const writtenNow = () => {
    const _id = Types.ObjectId.createFromTime(world.clock.now().getTime() / 1000);
    return aFollowUp({ _id, state: 'sent' });
  };

  test('that is signed for another recipient is refused, and both wait for a person', async () => {
    const { mine, other } = await twoWereWrittenTo();
    await come(mailOf({ to: tagOf(mine, other) }));
    const [mail] = await arrived();
    expect(mail).toMatchObject({ kind: 'reply', state: 'waiting', recipient: null });
    expect(mail!.refused.join()).toContain('the signature in it is not right');
    expect((await now({ _id: mine.recipient })).unreadMail).toEqual([mail!._id]);
    expect(await Entry.countDocuments({ direction: 'in' })).toBe(0);
  });

  test('with any one digit altered is refused, between letters that find their place', async () => {
    const { mine } = await twoWereWrittenTo();
    const right = tagOf(mine);
    const [begin, end] = [right.indexOf('+') + 1, right.indexOf('@')];
    const altered = Array.from({ length: end - begin }, (_, i) => {
      const other = (Number.parseInt(right[begin + i]!, 16) ^ 1).toString(16);
      return right.slice(0, begin + i) + other + right.slice(begin + i + 1);
    });
    await come(...altered.flatMap((to, i) => [mailOf({ to }), mailOf({ to: right, body: `Letter ${i}.` })]));
    const mails = await arrived();
    for (const [i, { state, words, refused }] of mails.entries()) {
      if (i % 2) expect([state, words]).toEqual(['placed', `Letter ${(i - 1) / 2}.`]);
      else expect([state, refused.join()]).toEqual(['waiting', expect.stringContaining('we did not make')]);
    }
    expect(await Entry.countDocuments({ direction: 'in' })).toBe(altered.length);
    expect(mails).toHaveLength(2 * altered.length);
  });

  test('that is too old is refused, and the mail waits with its reason; another that is not is placed', async () => {
    const before = await writtenNow();
    world.clock.pass({ days: REPLY_ADDRESS_DAYS, minutes: 1 });
    const young = await writtenNow();
    await come(mailOf({ to: tagOf(before) }), mailOf({ to: tagOf(young) }));
    const [old, placed] = await arrived();
    expect(old).toMatchObject({ kind: 'reply', state: 'waiting', recipient: null });
    expect(old!.refused).toEqual(['It came to an address of ours that is too old to be relied on.']);
    expect((await now({ _id: before.recipient })).unreadMail).toEqual([old!._id]);
    expect(placed).toMatchObject({ state: 'placed', recipient: young.recipient });
  });

  test('with the end of another is refused, and so are two that are right but of two recipients', async () => {
    const { mine, other } = await twoWereWrittenTo();
    const spliced = tagOf(mine).replace(/.{20}@/, /.{20}@/.exec(tagOf(other))![0]);
    await come(mailOf({ to: spliced }), mailOf({ to: `${tagOf(mine)}, ${tagOf(other)}` }));
    const [forged, both] = await arrived();
    expect(forged!.refused.join()).toContain('the signature in it is not right');
    expect(both!.refused).toEqual(['It points to more than one recipient at once.']);
    expect([forged!.state, both!.state]).toEqual(['waiting', 'waiting']);
  });

  test('is found among ten thousand others where it is one of the first two hundred, and is missed by nobody else', async () => {
    const { mine } = await twoWereWrittenTo();
    const others = Array.from({ length: 10_000 }, (_, i) => `kim${i}@example.net`);
    await come(
      mailOf({ to: [...others.slice(0, 150), tagOf(mine), ...others].join(',\r\n ') }),
      mailOf({ to: others.join(',\r\n '), more: [`Delivered-To: ${tagOf(mine)}`] }),
    );
    expect((await arrived()).map(({ recipient }) => recipient)).toEqual([mine.recipient, mine.recipient]);
  });
});

describe('a Message-ID', () => {
  test('that is one of ours takes no answer to ours away from whom it is for', async () => {
    const [kim, evil] = [await aRecipient(), await aRecipient()];
    const [toKim, toEvil] = [await wasWrittenTo(kim), await wasWrittenTo(evil)];
    await come(answerTo(toEvil, { messageId: toKim }));
    await come(answerTo(toKim));
    expect((await arrived()).map(({ recipient }) => recipient)).toEqual([evil._id, kim._id]);
    expect((await now(kim)).engagement).toBe('replied');
  });

  test('that two others have given to theirs says nothing of whose the next one is', async () => {
    const [kim, evil] = [await aRecipient(), await aRecipient()];
    const messageId = '<theirs@platform.example>';
    await come(
      answerTo(await wasWrittenTo(kim), { messageId }),
      answerTo(await wasWrittenTo(evil), { messageId, body: 'Other words.' }),
    );
    await come(answerTo(messageId));
    const next = (await arrived()).at(-1)!;
    expect(next).toMatchObject({
      state: 'waiting',
      refused: ['It points to more than one recipient at once.'],
    });
    expect((await now(kim)).unreadMail).toContainEqual(next._id);
  });

  test('of a mail that was placed wrongly leads to where it is now', async () => {
    const [kim, wrong] = [await aRecipient(), await aRecipient()];
    const messageId = '<theirs@platform.example>';
    await come(mailOf({ messageId }));
    const by = { by: toSignedInUser(await aUser()) };
    await placeMail((await arrived())[0]!._id, wrong._id, world.deps, by);
    await takeBackPlacement((await arrived())[0]!, 'It is Kim’s.', world.deps, by);
    await placeMail((await arrived())[0]!._id, kim._id, world.deps, by);
    await come(answerTo(messageId));
    expect((await arrived()).at(-1)).toMatchObject({ state: 'placed', recipient: kim._id });
  });

  test('of 100 kB is none, and of ten thousand that a mail answers the first count', async () => {
    const ours = await wasWrittenTo(await aRecipient());
    const others = Array.from({ length: 10_000 }, (_, i) => `<${i}${'a'.repeat(40)}@example.net>`);
    await come(
      answerTo([ours, ...others].join('\r\n '), { messageId: `<${'a'.repeat(100_000)}@x>` }),
      mailOf({ more: [`In-Reply-To: ${others.join('\r\n ')}`, `References: ${others.join('\r\n ')}`] }),
    );
    const [placed, waiting] = await arrived();
    expect([placed!.state, placed!.messageId, waiting!.state]).toEqual(['placed', '', 'waiting']);
    expect(waiting!.answers.length).toBeLessThanOrEqual(100);
  });
});
