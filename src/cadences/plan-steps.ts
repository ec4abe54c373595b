import type { Types } from 'mongoose';
import type { CampaignRecord } from '../campaigns/campaign.model.js';
import { FollowUp, type FollowUpRecord } from '../follow-ups/follow-up.model.js';
import { openStates } from '../follow-ups/follow-up.rules.js';
import { byId, groupBy } from '../group-by.js';
import { messageIdFor, type Address } from '../mail/message.js';
import { Office, type OfficeRecord } from '../organisations/office.model.js';
import type { RecipientRecord } from '../recipients/recipient.model.js';
import { readSuppressions } from '../suppressions/suppressions.js';
import type { Place } from '../working-days.js';
import { calledOffIn, calledOffInWords } from './called-off.rules.js';
import type { GivenDay } from './cadence.rules.js';
import type { ReadyStep } from './cadences.js';
import { planChain, type Link, type PlannedLink } from './chain.js';
import { reasonsNotToStart } from './start.rules.js';

/** A cadence as it would be started for one recipient. `planned` are the steps that have not gone, also where it cannot start; none comes before one that has. */
export type StartPlan = {
  recipient: RecipientRecord;
  reasons: string[];
  /** what a person had called off, in sentences, and the rows; it is among the reasons unless the start is `despite` that */
  stopped: { says: string[]; rows: Types.ObjectId[] };
  planned: (PlannedLink & { revision: number; gap: number })[];
};

export type Starting = {
  cadence: Types.ObjectId;
  campaign: CampaignRecord;
  steps: readonly ReadyStep[];
  /** false where they have changed since they were shown: what is planned then waits for a person, whatever the campaign asks for */
  isAsSeen?: boolean;
  senderName: string;
  from: Address;
  now: Date;
  /** what makes Message-IDs of this start its own: a step that has its Message-ID was planned before the work was begun once more */
  seed: string;
  /** what a person had called off and whoever starts it was shown */
  despite?: readonly Types.ObjectId[];
  /** the trigger that sets it in motion: what it plans waits for a person, whatever the campaign asks for otherwise */
  trigger?: Types.ObjectId;
  /** the day of the first step, where a trigger gives it */
  givenTo?: (recipient: RecipientRecord, place: Place) => GivenDay | null;
};

const known = {
  recipient: 1,
  cadence: 1,
  step: 1,
  revision: 1,
  state: 1,
  subject: 1,
  text: 1,
  messageId: 1,
  sentAt: 1,
  stateReasons: 1,
  calledOff: 1,
} as const;
type Known = Pick<FollowUpRecord, '_id' | keyof typeof known>;

/** What starting a cadence would plan for each of these recipients, in three reads for all of them. */
export async function planSteps(
  recipients: readonly RecipientRecord[],
  starting: Starting,
): Promise<StartPlan[]> {
  const [offices, followUps] = await Promise.all([
    Office.find({ _id: { $in: recipients.map(({ office }) => office) } }).lean<OfficeRecord[]>(),
    FollowUp.find({ recipient: { $in: recipients.map(({ _id }) => _id) } }, known).lean<Known[]>(),
  ]);
  const officeOf = byId(offices);
  const followUpsOf = groupBy(followUps, ({ recipient }) => String(recipient));
  const plans = recipients.map((recipient) => {
    const theirs = (followUpsOf.get(String(recipient._id)) ?? []).filter((one) => !isOurs(one, starting));
    const office = officeOf.get(String(recipient.office))!;
    const calledOff = calledOffIn(theirs.filter(({ cadence }) => cadence?.equals(starting.cadence)));
    return {
      recipient,
      theirs,
      calledOff,
      stopped: {
        says: calledOffInWords(calledOff, office.timeZone),
        rows: calledOff.map(({ _id }) => _id),
      },
      planned: planFor(recipient, office, theirs, starting),
    };
  });
  const targets = plans.map(({ recipient, planned }) => ({
    address: planned[0]?.to.address ?? '',
    personName: planned[0]?.holderName ?? '',
    organisation: recipient.organisation,
    timeZone: officeOf.get(String(recipient.office))!.timeZone,
  }));
  const { now } = starting;
  const leaving = plans.map(({ planned }, i) => ({ ...targets[i]!, at: planned[0]?.dueAt ?? now }));
  const suppressed = await readSuppressions([...targets, ...leaving], now);
  const wasShown = ({ _id }: Known) => starting.despite?.some((one) => one.equals(_id));
  return plans.map(({ recipient, theirs, calledOff, stopped, planned }, i) => ({
    recipient,
    stopped,
    planned,
    reasons: reasonsNotToStart({
      recipient,
      hasOpen: theirs.some(({ state }) => OPEN.has(state)),
      stopped: calledOff.every(wasShown) ? [] : stopped.says,
      gone: theirs.filter(({ state }) => WENT.has(state)),
      planned,
      // now, or by the day on which the first of them would leave
      suppressed: [...new Set([...suppressed[i]!, ...suppressed[i + plans.length]!])],
    }),
  }));
}

const OPEN = new Set<FollowUpRecord['state']>([...openStates, 'sending', 'uncertain']);
const WENT = new Set<FollowUpRecord['state']>(['sent', 'sending', 'uncertain']);

/** Planned by this very start: that is no reason against it. */
const isOurs = ({ cadence, recipient, step, messageId }: Known, starting: Starting): boolean =>
  Boolean(cadence?.equals(starting.cadence)) && messageId === messageIdOf(recipient, step, starting);

const messageIdOf = (recipient: Types.ObjectId, step: number, { seed, from }: Starting): string =>
  messageIdFor(`${seed} ${String(recipient)} ${step}`, from);

function planFor(
  recipient: RecipientRecord,
  office: OfficeRecord,
  theirs: readonly Known[],
  starting: Starting,
): StartPlan['planned'] {
  const { cadence, campaign, steps, senderName, now } = starting;
  const earlier = theirs.filter((one) => one.cadence?.equals(cadence));
  const gone = earlier.filter(({ state }) => state === 'sent');
  const last = Math.max(0, ...gone.map(({ step }) => step));
  const given = starting.givenTo?.(recipient, office) ?? null;
  // what was left out is not sent after what came later
  const inOrder = steps.filter(({ step }) => step > last || gone.some((one) => one.step === step));
  const links = inOrder.map(({ step, gap, prepared: template }): Link => {
    const went = gone.find((one) => one.step === step);
    return {
      step,
      gap,
      template,
      senderName,
      setTo: null,
      soFar: null,
      given: went ? null : given,
      messageId: went?.messageId ?? messageIdOf(recipient._id, step, starting),
      stands: went ? { at: went.sentAt!, subject: went.subject, went: true } : null,
    };
  });
  const letter = theirs.find((one) => !one.cadence && one.step === 0 && one.state === 'sent') ?? null;
  const revisionOf = (step: number): number =>
    1 + Math.max(0, ...earlier.filter((one) => one.step === step).map(({ revision }) => revision));
  return planChain({ campaign, office, recipient, letter, links }, now).map((planned) => ({
    ...planned,
    revision: revisionOf(planned.step),
    gap: steps.find(({ step }) => step === planned.step)!.gap,
  }));
}
