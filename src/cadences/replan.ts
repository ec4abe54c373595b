import type { Types } from 'mongoose';
import type { CampaignRecord } from '../campaigns/campaign.model.js';
import type { Deps } from '../deps.js';
import { approvalBySaving } from '../follow-ups/approval-by-saving.js';
import { FollowUp, type FollowUpRecord } from '../follow-ups/follow-up.model.js';
import { contentHashOf } from '../follow-ups/follow-up.rules.js';
import { prepareTemplate } from '../follow-ups/render-template.js';
import { wordsChanged } from '../follow-ups/words-changed.rules.js';
import { findRecipient } from '../recipients/recipients.js';
import { refreshBehind } from '../recipients/refresh-behind.js';
import type { GivenDay } from './cadence.rules.js';
import { planChain, type Link, type PlannedLink } from './chain.js';
import { isAhead, readChains, type RunningChain } from './read-chains.js';

type Chained = Pick<FollowUpRecord, '_id' | 'recipient' | 'cadence'>;

type Replanning = {
  /** a person asks for it: what is held is planned anew as well, and whatever happened until now has been seen */
  byPerson?: boolean;
  /** what became of these led to it: what they say of themselves stays */
  because?: readonly Chained[];
  /** the day that a trigger gives the chain from now on */
  given?: GivenDay;
};

/** Plans anew whatever is ahead in the cadences that these follow-ups are steps of, after something became of them. */
export async function replanAfter(followUps: readonly Chained[], deps: Deps): Promise<void> {
  const recipients = new Map(
    followUps.filter(({ cadence }) => cadence).map(({ recipient }) => [String(recipient), recipient]),
  );
  await replanMany([...recipients.values()], deps, { because: followUps });
}

/**
 * Counts the steps that are ahead of a recipient anew: from when the last one really went, from today where their day
 * has passed, in the words that are right then. An approval stands as long as what would leave is what was approved.
 * @returns whether anything is ahead
 */
export async function replan(
  recipient: Types.ObjectId,
  deps: Deps,
  replanning: Replanning = {},
): Promise<boolean> {
  // an answer from before now counts only by their status
  if (replanning.byPerson) await refreshBehind([await findRecipient(recipient)]);
  return (await replanMany([recipient], deps, replanning)) > 0;
}

/** The same for many, who are read together. @returns for how many of them anything is ahead */
export async function replanMany(
  recipients: readonly Types.ObjectId[],
  deps: Deps,
  replanning: Replanning = {},
): Promise<number> {
  if (recipients.length === 0) return 0;
  const chains = await readChains(recipients);
  for (const chain of chains) await replanChain(chain, deps, replanning);
  return chains.length;
}

async function replanChain(
  { ahead, rows, recipient, office, campaign, letter, senderOf }: RunningChain,
  deps: Deps,
  { byPerson = false, because = [], given }: Replanning,
): Promise<void> {
  const now = deps.now();
  const movable = rows.filter(
    (row) => isAhead(row.state) && !isTriedAgain(row) && (byPerson || given || row.state !== 'held'),
  );
  const links = rows.map((row): Link => ({
    step: row.step,
    messageId: row.messageId,
    gap: row.gap ?? 1,
    cancelled: row.state === 'cancelled',
    stands: movable.includes(row)
      ? null
      : { at: whenItGoes(row, now), subject: row.subject, went: Boolean(row.sentAt) },
    template: prepareTemplate({ subject: row.subjectTemplate, body: row.bodyTemplate }),
    senderName: senderOf(row),
    setTo: row.timeSetByHand ? row.dueAt : null,
    // what was to leave on another day was not put off to where it is
    soFar: given ? null : row.dueAt,
    // the day that a trigger gave an earlier start is none for this one
    given: String(row.trigger) === String(ahead.trigger) ? givenOf(row, given) : null,
  }));
  for (const planned of planChain({ campaign, office, recipient, letter, links }, now)) {
    const row = movable.find(({ step }) => step === planned.step)!;
    const how = {
      byPerson,
      keepsReasons: because.some(({ _id }) => _id.equals(row._id)),
      campaign,
    };
    await write(row, planned, how, deps);
  }
}

/** A day that was moved is the day of every row that had one. */
const givenOf = ({ given: soFar }: FollowUpRecord, now: GivenDay | undefined): GivenDay | null =>
  soFar?.day ? (now ?? { day: soFar.day, how: soFar.how ?? '' }) : null;

/** Its turn has come, and the mail server is asked again: neither its time nor its approval is to be lost over that. */
const isTriedAgain = ({ state, attempts }: FollowUpRecord): boolean => state === 'scheduled' && attempts > 0;

/** What has not gone and is not to be moved goes now at the earliest. */
const whenItGoes = ({ sentAt, dueAt, nextAttemptAt }: FollowUpRecord, now: Date): Date =>
  sentAt ?? new Date(Math.max(dueAt.getTime(), nextAttemptAt.getTime(), now.getTime()));

const VOID = 'It was planned anew, and its words are not those that were approved. It wants approval again.';

type How = { byPerson: boolean; keepsReasons: boolean; campaign: CampaignRecord };

async function write(
  row: FollowUpRecord,
  planned: PlannedLink,
  { byPerson, keepsReasons, campaign }: How,
  { post, now }: Deps,
): Promise<void> {
  const content = { ...planned, attachments: row.attachments, trigger: row.trigger };
  const moved = planned.dueAt.getTime() !== row.dueAt.getTime();
  const changed = contentHashOf(content, post.from) !== contentHashOf(row, post.from) || row.state === 'held';
  const reasons = keepsReasons ? row.stateReasons : [];
  const isSame =
    !moved &&
    !changed &&
    planned.how === row.how &&
    wordsChanged(row.writtenFrom, planned.writtenFrom).length === 0 &&
    reasons.length === row.stateReasons.length;
  if (isSame && !byPerson) return;
  // what waits for a person is not approved by a machine, also where saving approves
  const saved =
    row.plannedBy && (byPerson || row.state === 'scheduled')
      ? approvalBySaving(content, campaign, { by: row.plannedBy, at: now(), from: post.from })
      : { state: 'planned' as const, approval: null };
  await FollowUp.updateOne(
    // one that was claimed, approved, moved or answered meanwhile is left as it is
    { _id: row._id, state: row.state, plannedAt: row.plannedAt, dueAt: row.dueAt },
    {
      $set: {
        ...planned,
        stateReasons: reasons,
        ...(byPerson && { plannedAt: now() }),
        ...(moved && { nextAttemptAt: planned.dueAt, attempts: 0 }),
        ...(changed && {
          ...saved,
          stateReasons: row.approval && !saved.approval ? [VOID] : reasons,
        }),
      },
    },
  );
}
