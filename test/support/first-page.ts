import fc from 'fast-check';
import { Types } from 'mongoose';
import { Campaign } from '../../src/campaigns/campaign.model.js';
import { approvalRules } from '../../src/campaigns/campaign.rules.js';
import { Commitment } from '../../src/commitments/commitment.model.js';
import { dayOf } from '../../src/dates.js';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { followUpStates } from '../../src/follow-ups/follow-up.rules.js';
import { Track } from '../../src/legislation/track.model.js';
import { Office } from '../../src/organisations/office.model.js';
import { Recipient } from '../../src/recipients/recipient.model.js';
import { IncomingMail } from '../../src/replies/incoming-mail.model.js';
import { triggerHashOf } from '../../src/triggers/approval.rules.js';
import { Trigger } from '../../src/triggers/trigger.model.js';
import { emptyDatabase } from './database.js';
import { aUser, NOW } from './factories.js';

/* What the first page may have to show, in any combination: for tests that count it all once more. */

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
const inHours = (hours: number): Date => new Date(NOW.getTime() + hours * HOUR);

const hours = fc.integer({ min: -400, max: 400 });
const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const who = some(fc.constantFrom('admin', 'ana', 'ben', 'gone'));
export const anyWorld = fc.record({
  campaigns: fc.array(
    fc.record({
      owner: who,
      approvalDays: fc.constantFrom(3, 14),
      approval: fc.constantFrom('one' as const, ...approvalRules),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  recipients: fc.array(
    fc.record({
      campaign: fc.nat(2),
      owner: who,
      due: some(fc.oneof(hours, fc.integer({ min: 0, max: 24 }))),
      veryLate: some(fc.nat(300)),
      promised: some(hours),
      silent: some(hours),
      holder: fc.constantFrom('known', 'known', 'vacant', 'unconfirmed'),
    }),
    { minLength: 1, maxLength: 12 },
  ),
  followUps: fc.array(
    fc.record({
      recipient: fc.nat(11),
      state: fc.constantFrom(...followUpStates, 'scheduled', 'scheduled', 'planned', 'sent', 'sent'),
      due: fc.integer({ min: -60, max: 500 }),
      approved: some(fc.integer({ min: -400, max: 0 })),
      approval: fc.constantFrom('read by another', 'read by its author', 'by saving'),
      byTrigger: fc.boolean(),
      settled: fc.integer({ min: -48, max: 0 }),
    }),
    { maxLength: 30 },
  ),
  mail: fc.array(
    fc.record({
      recipient: fc.nat(11),
      state: fc.constantFrom('waiting', 'placed', 'set aside'),
      kind: fc.constantFrom('reply', 'bounce'),
      read: fc.boolean(),
      suggested: fc.array(fc.nat(11), { maxLength: 2 }),
      settled: some(fc.integer({ min: -48, max: 0 })),
    }),
    { maxLength: 12 },
  ),
  commitments: fc.array(
    fc.record({
      recipient: fc.nat(11),
      by: fc.constantFrom('admin', 'ana', 'ben', 'gone'),
      isCurrent: fc.boolean(),
      confirmed: fc.boolean(),
    }),
    { maxLength: 6 },
  ),
  milestones: fc.array(some(fc.integer({ min: -3, max: 3 })), { maxLength: 4 }),
  triggers: fc.array(
    fc.record({
      campaign: fc.nat(2),
      approved: fc.constantFrom('as it stands', 'as it was', null),
      is: fc.constantFrom('there', 'there', 'paused', 'removed'),
    }),
    { maxLength: 4 },
  ),
});
export const holdersOf = {
  known: [{ name: 'Kim Invented' }],
  vacant: [{ name: 'Kim Invented', until: '2026-11-01' }],
  unconfirmed: [
    { name: 'Kim Invented', until: '2026-11-01' },
    { name: 'Sam Follower', from: '2026-11-02', tookOver: true, confirmedAt: null },
  ],
};
type World = typeof anyWorld extends fc.Arbitrary<infer T> ? T : never;

/** Everything there is, as it stands in the database, plain. */
export async function buildWorld({
  campaigns,
  recipients,
  followUps,
  mail,
  commitments,
  milestones,
  triggers,
}: World) {
  await emptyDatabase();
  const people = {
    admin: await aUser({ role: 'admin' }),
    ana: await aUser({ timeZone: 'Asia/Tokyo' }),
    ben: await aUser({ timeZone: 'America/Los_Angeles' }),
    gone: await aUser({ closedAt: NOW }),
  };
  const idOf = (name: keyof typeof people | null) => (name ? people[name]._id : null);
  const letters = campaigns.map(({ owner, approvalDays, approval }, n) => ({
    _id: new Types.ObjectId(),
    title: `Letter ${n}`,
    timeZone: 'Europe/London',
    owner: idOf(owner),
    approvalDays,
    approval,
    createdAt: NOW,
  }));
  const offices = recipients.map(({ campaign, owner, due, veryLate, promised, silent, holder }, n) => ({
    _id: new Types.ObjectId(),
    campaign: letters[campaign % letters.length]!._id,
    office: new Types.ObjectId(),
    organisation: new Types.ObjectId(),
    owner: idOf(owner),
    organisationName: `Example ${n}`,
    officeTitle: 'Chair',
    timeZone: 'Europe/London',
    holderName: holder === 'vacant' ? '' : 'Kim Invented',
    listedAs: `example ${n}`,
    createdAt: NOW,
    answerDueOn: due === null ? null : dayOf(inHours(due - 24), 'UTC'),
    lastDayFrom: due === null ? null : inHours(due - 24),
    lateFrom: due === null ? null : inHours(due),
    veryLateFrom: due === null || veryLate === null ? null : inHours(due + veryLate),
    promisedFor: promised === null ? null : dayOf(inHours(promised - 24), 'UTC'),
    promisePassedFrom: promised === null ? null : inHours(promised),
    acknowledgementMissingFrom: silent === null ? null : inHours(silent),
  }));
  const posts = offices.map(({ office, organisation }, n) => ({
    _id: office,
    organisation,
    title: 'Chair',
    timeZone: 'Europe/London',
    createdAt: NOW,
    holders: holdersOf[recipients[n]!.holder],
  }));
  const officeAt = (n: number) => offices[n % offices.length]!;
  const letterOf = ({ campaign }: { campaign: Types.ObjectId }) =>
    letters.find(({ _id }) => _id.equals(campaign))!;
  const approvalOf = (how: World['followUps'][number]['approval']) => ({
    by: how === 'read by another' ? people.ben._id : people.admin._id,
    ...(how !== 'by saving' && { read: true }),
  });
  const rows = followUps.map(({ recipient, state, due, approved, approval, byTrigger, settled }, n) => ({
    campaign: officeAt(recipient).campaign,
    recipient: officeAt(recipient)._id,
    step: 1,
    revision: n + 1,
    state,
    dueAt: inHours(due),
    nextAttemptAt: inHours(due),
    subjectTemplate: 'Our letter',
    bodyTemplate: 'Our letter',
    messageId: `<${n}@example.org>`,
    to: { name: '', address: '' },
    plannedAt: NOW,
    plannedBy: people.admin._id,
    ...(byTrigger && { trigger: new Types.ObjectId() }),
    approval: approved === null ? null : { ...approvalOf(approval), at: inHours(approved), contentHash: 'x' },
    settledAt: inHours(settled),
    settledAs: state,
  }));
  const mails = mail.map(({ recipient, state, kind, read, suggested, settled }, n) => ({
    fingerprint: String(n),
    receivedAt: NOW,
    happenedAt: NOW,
    size: 1,
    kind,
    state,
    handledAt: NOW,
    readAt: read ? NOW : null,
    settledAt: settled === null ? null : inHours(settled),
    recipient: state === 'placed' ? officeAt(recipient)._id : null,
    campaign: state === 'placed' ? officeAt(recipient).campaign : null,
    suggestions: suggested.map((one) => ({ recipient: officeAt(one)._id, score: 1, reasons: [] })),
  }));
  const track = {
    title: 'Example Act',
    jurisdiction: 'Ruritania',
    createdAt: NOW,
    milestones: milestones.map((days, n) => ({
      title: `Step ${n}`,
      stage: 'other' as const,
      ...(days === null ? { happenedOn: '2026-01-01' } : { expectedOn: dayOf(inHours(days * 24), 'UTC') }),
    })),
  };
  const waiting = triggers.map(({ campaign, approved, is }) => ({
    campaign: letters[campaign % letters.length]!._id,
    track: new Types.ObjectId(),
    milestone: new Types.ObjectId(),
    effect: 'show notice' as const,
    days: 1,
    side: 'before' as const,
    basis: 'expected' as const,
    text: 'It comes.',
    until: '',
    author: people.admin._id,
    changedAt: NOW,
    approved,
    pausedAt: is === 'paused' ? NOW : null,
    removedAt: is === 'removed' ? NOW : null,
    createdAt: NOW,
  }));
  const stances = commitments.map(({ recipient, by, isCurrent, confirmed }) => ({
    campaign: officeAt(recipient).campaign,
    recipient: officeAt(recipient)._id,
    ask: new Types.ObjectId(),
    askTitle: 'Answer the letter',
    stance: 'committed' as const,
    farness: 6,
    on: '2026-11-20',
    source: 'https://example.org/statement',
    setBy: people[by]._id,
    setAt: NOW,
    isCurrent,
    confirmedAt: confirmed ? NOW : null,
  }));
  await Commitment.insertMany(stances as never[]);
  await Office.insertMany(posts);
  await Campaign.insertMany(letters);
  await Recipient.insertMany(offices);
  await FollowUp.insertMany(rows);
  await IncomingMail.insertMany(mails as never[]);
  await Track.create(track);
  await Trigger.insertMany(
    waiting.map(({ approved, ...one }) => {
      const hash = approved === 'as it stands' ? triggerHashOf(one, '') : 'another';
      return { ...one, approval: approved && { by: people.admin._id, at: NOW, hash } };
    }) as never[],
  );
  return { people, letters, offices, posts, letterOf, rows, mails, stances, track, waiting };
}
export type Built = Awaited<ReturnType<typeof buildWorld>>;
