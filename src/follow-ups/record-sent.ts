import { isDuplicate, pastDeadlocks } from '../database.js';
import { groupBy } from '../group-by.js';
import { countActivity } from '../history/activity.model.js';
import { Entry } from '../history/entry.model.js';
import { countEmails } from '../recipients/count-emails.js';
import type { FollowUpRecord } from './follow-up.model.js';

export type SentFollowUp = FollowUpRecord & { sentAt: Date };

/** Tells history what was sent: one entry for each follow-up and never two, however often it is told. */
export async function recordSent(sent: readonly SentFollowUp[], now: Date): Promise<void> {
  if (sent.length === 0) return;
  try {
    const entries = sent.map((followUp) => entryOf(followUp, now));
    await pastDeadlocks(() => Entry.collection.insertMany(entries, { ordered: false }));
  } catch (error) {
    // the unique index on the follow-up kept a second entry out
    if (!isDuplicate(error)) throw error;
  }
}

// written past the model, for speed: every field that pages read is named
const entryOf = (
  { _id, campaign, recipient, sentAt, to, subject, text, messageId, plannedBy, attachments }: SentFollowUp,
  now: Date,
) => ({
  campaign,
  recipient,
  kind: 'email' as const,
  direction: 'out' as const,
  occurredAt: sentAt,
  precision: 'time' as const,
  who: to.name,
  channel: to.address,
  text: `${subject}\n\n${text}`,
  attachments: attachments ?? [],
  followUp: _id,
  messageId,
  recordedAt: now,
  ...(plannedBy && { recordedBy: plannedBy }),
});

/** What lists and the picture show of history. A crash before this is mended by the daily check of the copies. */
export async function updateCopies(sent: readonly SentFollowUp[]): Promise<void> {
  for (const ofCampaign of groupBy(sent, ({ campaign }) => String(campaign)).values()) {
    const emails = ofCampaign.map(
      ({ campaign, sentAt }) => ({ campaign, kind: 'email', direction: 'out', occurredAt: sentAt }) as const,
    );
    await countActivity(emails[0]!.campaign, emails);
  }
  await countEmails(sent);
}
