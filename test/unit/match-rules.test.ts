import { describe, expect, test } from '@jest/globals';
import { claimedTags, replyAddress } from '../../src/mail/reply-address.js';
import { match, type Sent } from '../../src/replies/match.rules.js';
import { suggest, type Candidate } from '../../src/replies/suggest.rules.js';
import { subjectOf } from '../../src/replies/subject.js';

const SECRET = 'a secret that only the tests know, 32 or more';
const NOW = new Date('2026-11-24T12:00:00Z');
const BASE = 'replies@example.org';

const idOf = (n: number) => (0x6a_000_000 + n).toString(16).padEnd(24, '0');
const sent = (n: number, recipient: number): Sent => ({
  followUp: idOf(n),
  recipient: idOf(1000 + recipient),
  campaign: idOf(9999),
  messageId: `<${n}@example.org>`,
  at: null,
});
const [toKim, toKimAgain, toSam] = [sent(1, 1), sent(2, 1), sent(3, 2)] as const;
const all = [toKim, toKimAgain, toSam];
const context = {
  byId: (id: string) => all.find(({ followUp }) => followUp === id) ?? null,
  byMessageId: (id: string) => all.filter(({ messageId }) => messageId === id),
  isRemoved: () => false,
  secret: SECRET,
  now: NOW,
};
const tagsFor = (...of: Sent[]) =>
  claimedTags(
    BASE,
    of.map((one) => replyAddress(BASE, one, SECRET)),
  );
const asked = (own: Partial<Parameters<typeof match>[0]> = {}) =>
  match({ tags: [], answers: [], dmarc: null, ...own }, context);

test('it is not placed with a recipient that was removed, and points to nobody that a page would show', () => {
  const isRemoved = (recipient: string) => recipient === toKim.recipient;
  const found = match({ tags: [], answers: [toKim.messageId], dmarc: null }, { ...context, isRemoved });
  expect(found).toMatchObject({
    to: null,
    refused: [expect.stringMatching(/^It answers a message to a recipient that was removed/)],
  });
});

describe('it is placed', () => {
  test('by our signed address', () => {
    expect(asked({ tags: tagsFor(toKim) })).toMatchObject({ to: toKim });
  });

  test('by the Message-ID that it answers', () => {
    expect(asked({ answers: ['<unknown@example.org>', toSam.messageId] })).toMatchObject({ to: toSam });
  });

  test('by both, and by several messages to the same recipient: the one of the address', () => {
    expect(asked({ tags: tagsFor(toKimAgain), answers: [toKim.messageId] })).toMatchObject({
      to: toKimAgain,
    });
  });
});

describe('a person decides', () => {
  test('when nothing names us', () => {
    expect(asked({ answers: ['<1@example.net>'] })).toEqual({ to: null, refused: [], pointsTo: [] });
  });

  test('when the address is one recipient’s and the Message-ID another’s', () => {
    const found = asked({ tags: tagsFor(toKim), answers: [toSam.messageId] });
    expect(found).toMatchObject({ to: null, pointsTo: [toKim.recipient, toSam.recipient] });
  });

  test('when the addresses of two recipients are named', () => {
    expect(asked({ tags: tagsFor(toKim, toSam) }).to).toBeNull();
  });

  test('when a tag was signed for another recipient, also beside a Message-ID that is right', () => {
    const [tag] = claimedTags(BASE, [
      replyAddress(BASE, { followUp: toKim.followUp, recipient: toSam.recipient }, SECRET),
    ]);
    const found = asked({ tags: [tag!], answers: [toKim.messageId] });
    expect(found).toMatchObject({ to: null, pointsTo: [toKim.recipient] });
    expect('refused' in found && found.refused.join()).toContain('signature');
  });

  test('when a tag is no tag, or of a message that does not exist', () => {
    expect(asked({ tags: [{ malformed: 'replies+x@example.org' }] })).toMatchObject({ to: null });
    expect(asked({ tags: tagsFor(sent(77, 1)) })).toMatchObject({ to: null, pointsTo: [] });
  });

  test('when a tag is too old', () => {
    const old = { ...toKim, followUp: `4a000000${toKim.followUp.slice(8)}` };
    const found = match({ tags: tagsFor(old), answers: [], dmarc: null }, { ...context, byId: () => old });
    expect('refused' in found && found.refused.join()).toContain('too old');
  });

  test('when DMARC says that the sender is not who it claims to be', () => {
    const found = asked({ tags: tagsFor(toKim), dmarc: 'fail' });
    expect(found).toMatchObject({ to: null, pointsTo: [toKim.recipient] });
    expect(asked({ tags: tagsFor(toKim), dmarc: 'none' })).toMatchObject({ to: toKim });
  });
});

describe('suggestions', () => {
  const candidate = (own: Partial<Candidate> = {}): Candidate => ({
    recipient: 'a',
    organisationName: 'Example Platform',
    holderName: 'Kim Invented',
    officeAddress: 'kim@platform.example',
    peopleAddresses: ['kim@platform.example', 'press@platform.example'],
    domains: ['platform.example'],
    subjects: ['our letter'],
    lastSentAt: new Date('2026-11-20T12:00:00Z'),
    ...own,
  });
  const mail = (own: Partial<Parameters<typeof suggest>[0]> = {}) => ({
    from: { name: '', address: '' },
    subject: '',
    failedAddress: null,
    happenedAt: NOW,
    pointsTo: [],
    ...own,
  });

  test('the office’s own address comes before somebody else there, and that before the domain alone', () => {
    const scoreOf = (address: string) =>
      suggest(mail({ from: { name: '', address } }), [candidate()])[0]?.score ?? 0;
    const [office, person, domain] = [
      'kim@platform.example',
      'press@platform.example',
      'legal@eu.platform.example',
    ].map(scoreOf);
    expect(office).toBeGreaterThan(person!);
    expect(person).toBeGreaterThan(domain!);
    expect(domain).toBeGreaterThan(0);
  });

  test('a subject and a recent mail alone suggest nobody', () => {
    const found = suggest(
      mail({ subject: 'Re: Our letter', from: { name: 'X', address: 'x@elsewhere.example' } }),
      [candidate()],
    );
    expect(found).toEqual([]);
  });

  test('a domain that only ends alike is another one', () => {
    const from = { name: '', address: 'kim@notplatform.example' };
    expect(suggest(mail({ from }), [candidate({ holderName: '' })])).toEqual([]);
  });

  test('of a bounce it is the address that failed that counts', () => {
    const from = { name: 'Mail Delivery System', address: 'mailer-daemon@example.net' };
    const [found] = suggest(mail({ from, failedAddress: 'kim@platform.example' }), [candidate()]);
    expect(found!.reasons.join(' ')).toContain('kim@platform.example is the address of the office.');
  });

  test('every suggestion says why, in sentences', () => {
    const from = { name: 'kim invented', address: 'kim@platform.example' };
    const [found] = suggest(mail({ from, subject: 'AW: our  Letter' }), [candidate()]);
    expect(found!.reasons).toHaveLength(5);
    for (const reason of found!.reasons) expect(reason).toMatch(/\.$/);
  });
});

test.each([
  ['Re: Our letter', 'our letter'],
  ['AW: WG: Our   letter ', 'our letter'],
  ['[EXTERNAL] Re[2]: Our letter', 'our letter'],
  ['回复：Our letter', 'our letter'],
  ['Ref: our letter', 'ref: our letter'],
])('the subject %j is compared as %j', (subject, as) => {
  expect(subjectOf(subject)).toBe(as);
});
