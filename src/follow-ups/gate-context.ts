import { latestOfEachStep } from '../cadences/cadence.rules.js';
import { sendingOf } from '../campaigns/campaigns.js';
import { readStatedSince } from '../commitments/stated-since.js';
import { dayOf } from '../dates.js';
import { findMissing } from '../history/attachments.js';
import { standing } from '../history/entry.rules.js';
import type { MailboxSettings } from '../mail/mailbox.js';
import { addressInWords, type Address } from '../mail/message.js';
import { saysNoSuchAddress } from '../mail/refusal.js';
import { waitsForConfirmation } from '../organisations/holder.rules.js';
import { holderOn } from '../organisations/organisation.rules.js';
import { removedInWords } from '../recipients/removal.rules.js';
import { hasAnswered } from '../recipients/status.rules.js';
import { isMailMissing } from '../replies/mail-missing.js';
import { readSuppressions } from '../suppressions/suppressions.js';
import { readStopped } from '../triggers/stopped.js';
import { byId } from '../group-by.js';
import { approvalRuleFor } from './approval-by-saving.js';
import { askAbout, wentOrMayHave, type Asked } from './ask-about.js';
import type { FollowUpRecord } from './follow-up.model.js';
import { contentHashOf } from './follow-up.rules.js';
import type { LimitContext } from './limits.rules.js';
import { asksInWords, hashOf } from './merge-values.js';
import type { GateContext } from './gated.js';

export type Gate = GateContext &
  LimitContext & {
    /** when it was asked: what happens after that it may not have seen */
    askedAt: Date;
    /** of one that is being sent: who cancelled it, withdrew its approval or removed its recipient since it was claimed */
    stoppedByHand: { as: 'cancelled' | 'held'; reason: string } | null;
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
  if (followUps.length === 0) return [];
  // before what is known of them: an answer that is fetched in between is seen there
  const mailIsMissing = await isMailMissing(mailbox, now);
  const earliest = new Date(Math.min(...followUps.map(({ plannedAt }) => plannedAt.getTime())));
  const [asked, stated] = await Promise.all([
    askAbout(followUps, earliest),
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
      timeZone: askedOf.get(String(followUp.recipient))?.office?.timeZone,
      at: at(followUp),
    })),
    now,
  );
  return followUps.map((followUp, i) => {
    const recipient: Partial<Asked> = askedOf.get(String(followUp.recipient)) ?? {};
    const {
      office,
      campaign,
      entries,
      followUps: theirs,
      pausedAt,
      pauseReason,
      unreadMail,
      removed,
      engagement = 'silent',
      delivery,
      promisedFor,
    } = recipient;
    const holder = office && holderOn(office.holders, dayOf(at(followUp), office.timeZone));
    const { approval, ...sending } = sendingOf(campaign);
    const own = (theirs ?? []).find(({ _id }) => _id.equals(followUp._id));
    const others = (theirs ?? []).filter((one) => one !== own);
    return {
      ...sending,
      askedAt: now,
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
      removed: removed?.why ?? null,
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
      from: addressInWords(from),
      officeEmail: office?.email ?? '',
      holderName: holder?.name ?? null,
      words: {
        salutation: holder?.salutation ?? '',
        organisation: recipient.organisationName ?? '',
        office: office?.title ?? '',
        campaign: campaign?.title ?? '',
        asks: followUp.writtenFrom?.asks ? hashOf(asksInWords(campaign?.asks ?? [])) : '',
        sender: followUp.senderNow ?? followUp.writtenFrom?.sender ?? '',
      },
      holderUnconfirmed: Boolean(holder && waitsForConfirmation(holder)),
      entries: standing(entries ?? []),
      live: Boolean(campaign?.liveSince),
      stoppedByHand: stoppedIn(own?.claim) ?? removedMeanwhile(removed),
    };
  });
}

const stoppedIn = (claim: FollowUpRecord['claim']): Gate['stoppedByHand'] =>
  claim?.stopped ? { as: claim.stoppedAs === 'held' ? 'held' : 'cancelled', reason: claim.stopped } : null;

/** Whatever was planned at the moment in which they were removed goes to nobody. */
const removedMeanwhile = (removed: Asked['removed']): Gate['stoppedByHand'] =>
  removed ? { as: 'cancelled', reason: removedInWords(removed.why) } : null;
