import type { Types } from 'mongoose';
import { Campaign } from '../campaigns/campaign.model.js';
import { dayOf } from '../dates.js';
import { FollowUp, type FollowUpRecord } from '../follow-ups/follow-up.model.js';
import { needsAPerson } from '../follow-ups/follow-up.rules.js';
import { stateOfMilestone } from '../legislation/milestone.rules.js';
import { Track, type TrackRecord } from '../legislation/track.model.js';
import { Recipient } from '../recipients/recipient.model.js';
import { byId } from '../group-by.js';
import { addMail } from './late-mail.js';
import {
  addAcknowledgements,
  addAnswers,
  named,
  nameOf,
  owned,
  type Add,
  type Named,
  type OwnedCampaign,
} from './late-recipients.js';
import {
  whoIsTold,
  whoIsToldOfLaw,
  type LateItems,
  type Staff,
  type WaitingFollowUp,
} from './reminder.rules.js';

/** What is late or waits for somebody at `now`, by the id of the person whose it is. Addresses and texts are not read. */
export async function findLateItems(staff: readonly Staff[], now: Date): Promise<Map<string, LateItems>> {
  const late = new Map<string, LateItems>();
  const add: Add = (people, to) => {
    for (const id of people) {
      if (!late.has(id))
        late.set(id, { mail: [], answers: [], acknowledgements: [], followUps: [], milestones: [] });
      to(late.get(id)!);
    }
  };
  const campaigns = await Campaign.find({}, owned).lean<OwnedCampaign[]>();
  await addMail(staff, now, add);
  await addFollowUps(campaigns, staff, now, add);
  await addAnswers(campaigns, staff, now, add);
  await addAcknowledgements(campaigns, staff, now, add);
  await addMilestones(campaigns, staff, now, add);
  return late;
}

type Waiting = Pick<FollowUpRecord, '_id' | 'recipient' | 'campaign' | 'dueAt'> & {
  state: WaitingFollowUp['state'];
};

async function addFollowUps(
  campaigns: OwnedCampaign[],
  staff: readonly Staff[],
  now: Date,
  add: Add,
): Promise<void> {
  const fields = { recipient: 1, campaign: 1, state: 1, dueAt: 1 } as const;
  const [stuck, unapproved] = await Promise.all([
    FollowUp.find({ state: { $in: needsAPerson } }, fields).lean<Waiting[]>(),
    FollowUp.find({ state: 'planned', dueAt: { $lte: now } }, fields).lean<Waiting[]>(),
  ]);
  const waiting = [...stuck, ...unapproved].sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
  const recipients = await Recipient.find(
    { _id: { $in: waiting.map(({ recipient }) => recipient) } },
    named,
  ).lean<Named[]>();
  const recipientOf = byId(recipients);
  for (const { _id, recipient: id, campaign, state, dueAt } of waiting) {
    const recipient = recipientOf.get(String(id));
    const followUp = {
      id: String(_id),
      recipient: recipient ? nameOf(recipient) : 'A recipient',
      state,
      dueAt,
    };
    add(whoIsTold(recipient ?? null, ofId(campaigns, campaign), staff), ({ followUps }) =>
      followUps.push(followUp),
    );
  }
}

async function addMilestones(
  campaigns: OwnedCampaign[],
  staff: readonly Staff[],
  now: Date,
  add: Add,
): Promise<void> {
  const told = whoIsToldOfLaw(campaigns, staff);
  const fields = {
    title: 1,
    'milestones._id': 1,
    'milestones.title': 1,
    'milestones.stage': 1,
    'milestones.expectedOn': 1,
    'milestones.happenedOn': 1,
  };
  const tracks = await Track.find({}, fields).sort({ title: 1 }).lean<TrackRecord[]>();
  for (const { _id, title: track, milestones } of tracks) {
    for (const milestone of milestones) {
      const { _id: id, title, expectedOn } = milestone;
      // over everywhere on earth: a law has no time zone of its own
      if (stateOfMilestone(milestone, milestones, dayOf(now, 'Etc/GMT+12')) !== 'passed') continue;
      const passed = {
        path: `/tracks/${String(_id)}#milestone-${String(id)}`,
        track,
        title,
        expectedOn: expectedOn!,
      };
      add(told, (items) => items.milestones.push(passed));
    }
  }
}

const ofId = (campaigns: OwnedCampaign[], id: Types.ObjectId): OwnedCampaign | null =>
  campaigns.find(({ _id }) => _id.equals(id)) ?? null;
