import { isDuplicate } from '../database.js';
import { countActivity } from '../history/activity.model.js';
import { Entry, type EntryRecord } from '../history/entry.model.js';
import { groupBy } from '../group-by.js';
import { refreshRecipients } from '../recipients/refresh.js';
import { FollowUp, type FollowUpRecord } from './follow-up.model.js';

/**
 * Tells history what was sent: one entry for each, never two, however often this runs.
 * @param followUps those just sent; without them, those that a crash left unrecorded
 */
export async function recordSent(now: Date, followUps?: readonly FollowUpRecord[]): Promise<void> {
  if (followUps?.length === 0) return;
  const ids = followUps?.map(({ _id }) => _id);
  const sent = await FollowUp.find({ ...(ids ? { _id: { $in: ids } } : {}), state: 'sent', recorded: false })
    .limit(500)
    .lean<FollowUpRecord[]>();
  if (sent.length === 0) return;
  const sentIds = sent.map(({ _id }) => _id);
  const there = new Set((await Entry.distinct('followUp', { followUp: { $in: sentIds } })).map(String));
  const entries = sent.filter(({ _id }) => !there.has(String(_id))).map((followUp) => entryOf(followUp, now));
  await insertNew(entries);
  for (const ofCampaign of groupBy(entries, ({ campaign }) => String(campaign)).values()) {
    await countActivity(ofCampaign[0]!.campaign, ofCampaign as unknown as EntryRecord[]);
  }
  await refreshRecipients(sent.map(({ recipient }) => recipient));
  await FollowUp.updateMany({ _id: { $in: sentIds } }, { $set: { recorded: true } });
}

/** Another worker may be telling the same: the unique index on the follow-up lets one entry in. */
async function insertNew(entries: ReturnType<typeof entryOf>[]): Promise<void> {
  try {
    await Entry.insertMany(entries, { ordered: false });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
}

const entryOf = (
  { _id, campaign, recipient, sentAt, to, subject, text, messageId, plannedBy }: FollowUpRecord,
  now: Date,
) => ({
  campaign,
  recipient,
  kind: 'email' as const,
  direction: 'out' as const,
  occurredAt: sentAt!,
  precision: 'time' as const,
  who: to.name,
  channel: to.address,
  text: `${subject}\n\n${text}`,
  followUp: _id,
  messageId,
  recordedAt: now,
  recordedBy: plannedBy,
});
