import type { Types } from 'mongoose';
import type { CampaignRecord } from '../campaigns/campaign.model.js';
import { latestOfEachStep } from '../cadences/cadence.rules.js';
import { sendingOf, type Sending } from '../campaigns/campaigns.js';
import { readStatedSince } from '../commitments/stated-since.js';
import { dayOf } from '../dates.js';
import { findMissing } from '../history/attachments.js';
import type { EntryRecord } from '../history/entry.model.js';
import { standing } from '../history/entry.rules.js';
import type { MailboxSettings } from '../mail/mailbox.js';
import type { Address } from '../mail/message.js';
import { saysNoSuchAddress } from '../mail/refusal.js';
import type { OfficeRecord } from '../organisations/office.model.js';
import { waitsForConfirmation } from '../organisations/holder.rules.js';
import { holderOn } from '../organisations/organisation.rules.js';
import { Recipient, type RecipientRecord } from '../recipients/recipient.model.js';
import { hasAnswered } from '../recipients/status.rules.js';
import { isMailMissing } from '../replies/mail-missing.js';
import { readSuppressions } from '../suppressions/suppressions.js';
import { readStopped } from '../triggers/stopped.js';
import { byId } from '../group-by.js';
import { approvalRuleFor } from './approval-by-saving.js';
import type { FollowUpRecord } from './follow-up.model.js';
import { contentHashOf } from './follow-up.rules.js';
import type { LimitContext } from './limits.rules.js';
import type { Earlier, GateContext } from './gated.js';

export type Gate = GateContext &
  LimitContext & {
    /** of one that is being sent: who cancelled it, or withdrew its approval, since it was claimed */
    stoppedByHand: { as: 'cancelled' | 'held'; reason: string } | null;
  };

type Asked = {
  _id: Types.ObjectId;
  organisation: Types.ObjectId;
  organisationName: string;
  pausedAt?: RecipientRecord['pausedAt'];
  pauseReason?: RecipientRecord['pauseReason'];
  unreadMail?: RecipientRecord['unreadMail'];
  offices: Pick<OfficeRecord, 'title' | 'email' | 'holders' | 'timeZone' | 'country' | 'closed'>[];
  campaigns: Partial<Pick<CampaignRecord, 'liveSince' | keyof Sending>>[];
  engagement?: RecipientRecord['engagement'];
  delivery?: RecipientRecord['delivery'];
  promisedFor?: RecipientRecord['promisedFor'];
  followups: (Earlier & Pick<FollowUpRecord, '_id' | 'cadence' | 'sentAt' | 'to' | 'response' | 'claim'>)[];
  entries: EntryRecord[];
};

/**
 * What the send gate needs to know about each of these follow-ups, read at this moment, in the same order.
 * @param mailbox where answers are fetched from; null also where it makes no difference whether mail comes in
 * @param at when each would leave, as pages ask: who has the office and who is not to be written to then, as far as it is known
 */
export async function readGates(
  followUps: readonly FollowUpRecord[],
  from: Address,
  now: Date,
  mailbox: MailboxSettings | null,
  at: (followUp: FollowUpRecord) => Date = () => now,
): Promise<Gate[]> {
  // before what is known of them: an answer that is fetched in between is seen there
  const mailIsMissing = await isMailMissing(mailbox, now);
  const earliest = new Date(Math.min(...followUps.map(({ plannedAt }) => plannedAt.getTime())));
  const [asked, stated] = await Promise.all([
    ask(followUps, earliest),
    readStatedSince(
      followUps.map(({ recipient }) => recipient),
      earliest,
    ),
  ]);
  const askedOf = byId(asked);
  const stopped = await readStopped(
    followUps.flatMap(({ trigger }) => trigger ?? []),
    now,
  );
  const missing = await findMissing(followUps.flatMap(({ attachments }) => attachments ?? []));
  const suppressed = await readSuppressions(
    followUps.map((followUp) => ({
      address: followUp.to.address,
      personName: followUp.holderName,
      organisation: askedOf.get(String(followUp.recipient))?.organisation ?? null,
      timeZone: askedOf.get(String(followUp.recipient))?.offices[0]?.timeZone,
      at: at(followUp),
    })),
    now,
  );
  return followUps.map((followUp, i) => {
    const recipient: Partial<Asked> = askedOf.get(String(followUp.recipient)) ?? {};
    const {
      offices,
      campaigns,
      entries,
      followups,
      pausedAt,
      pauseReason,
      unreadMail,
      engagement = 'silent',
      delivery,
      promisedFor,
    } = recipient;
    const office = offices?.[0];
    const holder = office && holderOn(office.holders, dayOf(at(followUp), office.timeZone));
    const { approval, ...sending } = sendingOf(campaigns?.[0]);
    const own = (followups ?? []).find(({ _id }) => _id.equals(followUp._id));
    const others = (followups ?? []).filter((one) => one !== own);
    return {
      ...sending,
      approvalRule: approvalRuleFor(followUp, approval),
      organisation: { id: String(recipient.organisation), name: recipient.organisationName ?? '' },
      place: {
        timeZone: office?.timeZone ?? 'UTC',
        country: office?.country ?? '',
        closed: office?.closed ?? [],
      },
      suppressed: suppressed[i]!,
      stopped: stopped.get(String(followUp.trigger)) ?? null,
      missing: (followUp.attachments ?? [])
        .filter(({ file }) => missing.has(String(file)))
        .map(({ name }) => name),
      paused: pausedAt ? (pauseReason ?? '') : null,
      hasUnreadMail: Boolean(unreadMail?.length),
      mailIsMissing,
      earlier: others.filter(({ state }) => wentOrMayHave.some((one) => one === state)),
      stepsBefore: followUp.cadence
        ? latestOfEachStep(others.filter(({ cadence }) => cadence?.equals(followUp.cadence))).filter(
            ({ step }) => step < followUp.step,
          )
        : [],
      answered: hasAnswered(engagement),
      statedAt: stated.get(String(followUp.recipient)) ?? [],
      isUnsent: delivery === 'not sent',
      promisedFor: promisedFor ?? null,
      closed: engagement === 'closed',
      noSuchAddress: others
        .filter(({ state, response }) => state === 'failed' && saysNoSuchAddress(response))
        .map(({ to }) => to.address),
      contentHash: contentHashOf(followUp, from),
      officeEmail: office?.email ?? '',
      holderName: holder?.name ?? null,
      words: {
        salutation: holder?.salutation ?? '',
        organisation: recipient.organisationName ?? '',
        office: office?.title ?? '',
      },
      holderUnconfirmed: Boolean(holder && waitsForConfirmation(holder)),
      entries: standing(entries ?? []),
      live: Boolean(campaigns?.[0]?.liveSince),
      stoppedByHand: stoppedIn(own?.claim),
    };
  });
}

const stoppedIn = (claim: FollowUpRecord['claim']): Gate['stoppedByHand'] =>
  claim?.stopped ? { as: claim.stoppedAs === 'held' ? 'held' : 'cancelled', reason: claim.stopped } : null;

/**
 * Recipient, office, campaign, and what happened since, in one command, so that it is true of one instant.
 * @param earliest an entry, and what superseded it later, counts from the planning on: what was known before was taken into account
 */
function ask(followUps: readonly FollowUpRecord[], earliest: Date): Promise<Asked[]> {
  return Recipient.aggregate<Asked>([
    { $match: { _id: { $in: followUps.map(({ recipient }) => recipient) } } },
    { $project: ofRecipient },
    lookUp('offices', 'office', '_id', {
      title: 1,
      email: 1,
      holders: 1,
      timeZone: 1,
      country: 1,
      closed: 1,
    }),
    lookUp('campaigns', 'campaign', '_id', sending),
    lookUp('followups', '_id', 'recipient', earlier, {
      $or: [{ state: { $in: [...wentOrMayHave, 'failed'] } }, { cadence: { $ne: null } }],
    }),
    lookUp('entries', '_id', 'recipient', facts, { recordedAt: { $gte: earliest } }),
  ]).exec();
}

const ofRecipient = {
  organisation: 1,
  organisationName: 1,
  office: 1,
  campaign: 1,
  engagement: 1,
  delivery: 1,
  promisedFor: 1,
  pausedAt: 1,
  pauseReason: 1,
  unreadMail: 1,
} as const;
const sending = {
  liveSince: 1,
  window: 1,
  latestHours: 1,
  mostPerDay: 1,
  approval: 1,
  approvalDays: 1,
} as const;
const wentOrMayHave: FollowUpRecord['state'][] = ['sending', 'sent', 'uncertain'];
const earlier = {
  state: 1,
  step: 1,
  revision: 1,
  subject: 1,
  text: 1,
  cadence: 1,
  sentAt: 1,
  to: 1,
  response: 1,
  'claim.stopped': 1,
  'claim.stoppedAs': 1,
} as const;
const facts = {
  kind: 1,
  direction: 1,
  receivedAs: 1,
  occurredAt: 1,
  recordedAt: 1,
  supersedes: 1,
  incoming: 1,
} as const;

const lookUp = (
  from: 'offices' | 'campaigns' | 'entries' | 'followups',
  localField: string,
  foreignField: string,
  fields: Record<string, 1>,
  filter: Record<string, unknown> = {},
) => ({
  $lookup: { from, localField, foreignField, as: from, pipeline: [{ $match: filter }, { $project: fields }] },
});
