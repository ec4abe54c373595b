import { Types } from 'mongoose';
import { assertNothingSaidTo } from '../commitments/asks-in-use.js';
import { NotFound } from '../errors.js';
import { refreshUnanswered } from '../recipients/refresh.js';
import { DEFAULT_WINDOW, type SendingWindow } from '../sending-window.js';
import { createOnce, type FromForm } from '../stored-once.js';
import type { SignedInUser } from '../users/user.model.js';
import { atVersion } from '../versions.js';
import { readAsks, writeAsks, type CampaignForm } from './campaign.form.js';
import { Campaign, type CampaignRecord } from './campaign.model.js';
import { DEFAULT_CLOCK, DEFAULT_SENDING, type ApprovalRule } from './campaign.rules.js';
import { keptIds } from './keep-asks.rules.js';

/** @throws NotFound */
export async function findCampaign(id: Types.ObjectId | string): Promise<CampaignRecord> {
  const campaign = await Campaign.findById(id).lean<CampaignRecord>();
  if (!campaign) throw new NotFound('There is no such campaign.');
  return campaign;
}

/** What the form of a new campaign holds. */
export const newCampaign = ({ id, timeZone }: SignedInUser): Record<string, unknown> => ({
  owner: id,
  timeZone,
  ...DEFAULT_CLOCK,
  ...valuesOfSending(sendingOf(undefined)),
});

export async function createCampaign(
  form: CampaignForm & FromForm,
  by: SignedInUser,
  now: Date,
): Promise<Types.ObjectId> {
  const { fromForm } = form;
  const campaign = { ...fieldsOf(form, by), ...(fromForm && { fromForm }), createdAt: now };
  const { _id } = await createOnce(Campaign, form, () => Campaign.create(campaign));
  return _id;
}

/**
 * @returns false where somebody saved it since it was read
 * @throws RuleBroken when an ask would be gone to which somebody has said something
 */
export async function editCampaign(
  asRead: CampaignRecord,
  form: CampaignForm,
  by: SignedInUser,
): Promise<boolean> {
  const { _id, asks } = asRead;
  const version = asRead.version ?? 1;
  const fields = fieldsOf(form, by, asks);
  const kept = new Set(fields.asks.map((ask) => String(ask._id)));
  await assertNothingSaidTo(asks.filter((ask) => !kept.has(String(ask._id))));
  const { matchedCount } = await Campaign.updateOne(
    { _id, ...atVersion(version) },
    { $set: { ...fields, version: version + 1 } },
  );
  if (matchedCount === 0) return false;
  // where the process ends in the middle, the daily check of the copies goes on
  if (watched.some((name) => (asRead[name] ?? null) !== fields[name])) await refreshUnanswered(_id);
  return true;
}

const watched = ['acknowledgementDays', 'lateAfter', 'veryLateAfter'] as const;

/** Lets this campaign's messages leave, or captures them in the outbox again, and notes who did so. */
export async function switchLive(
  id: Types.ObjectId,
  live: boolean,
  by: SignedInUser,
  now: Date,
): Promise<void> {
  const change = live
    ? { $set: { liveSince: now, liveBy: by._id } }
    : { $unset: { liveSince: 1, liveBy: 1 } };
  // one that is as it is wanted stays so: a second click is no second switch
  const { matchedCount } = await Campaign.updateOne(
    { _id: id, liveSince: live ? null : { $ne: null } },
    { ...change, $push: { switches: { at: now, by: by._id, live } } },
  );
  if (matchedCount === 0) await findCampaign(id);
}

export function toFormValues(campaign: CampaignRecord): Record<string, unknown> {
  return {
    title: campaign.title,
    letter: campaign.letter,
    asks: writeAsks(campaign.asks),
    owner: campaign.owner ? String(campaign.owner) : '',
    timeZone: campaign.timeZone,
    lateAfter: campaign.lateAfter ?? '',
    veryLateAfter: campaign.veryLateAfter ?? '',
    acknowledgementDays: campaign.acknowledgementDays ?? '',
    ...valuesOfSending(sendingOf(campaign)),
  };
}

const valuesOfSending = ({ window, ...rest }: Sending) => ({
  ...rest,
  fromHour: window.fromHour,
  untilHour: window.untilHour,
  days: window.everyDay ? 'every day' : 'working days',
});

export type Sending = {
  window: SendingWindow;
  latestHours: number;
  mostPerDay: number;
  approval: ApprovalRule;
  approvalDays: number;
};

/** How a campaign sends; what it does not say itself is as it usually is. */
export const sendingOf = (campaign: Partial<Pick<CampaignRecord, keyof Sending>> | undefined): Sending => ({
  window: campaign?.window ?? DEFAULT_WINDOW,
  latestHours: campaign?.latestHours ?? DEFAULT_SENDING.latestHours,
  mostPerDay: campaign?.mostPerDay ?? DEFAULT_SENDING.mostPerDay,
  approval: campaign?.approval ?? DEFAULT_SENDING.approval,
  approvalDays: campaign?.approvalDays ?? DEFAULT_SENDING.approvalDays,
});

/** Who approves is an administrator's to say: for anybody else those fields stay as they are. */
function fieldsOf(
  {
    asks,
    owner,
    lateAfter,
    veryLateAfter,
    acknowledgementDays,
    fromHour,
    untilHour,
    days,
    approval,
    approvalDays,
    ...rest
  }: CampaignForm,
  { role }: SignedInUser,
  asksBefore: CampaignRecord['asks'] = [] as never,
) {
  const typed = readAsks(asks);
  const ids = keptIds(asksBefore, typed);
  return {
    ...rest,
    ...(role === 'admin' && { approval, approvalDays }),
    asks: typed.map((ask, n) => ({ ...ask, _id: ids[n] ?? new Types.ObjectId() })),
    owner: owner || null,
    lateAfter: Number(lateAfter) || null,
    veryLateAfter: Number(veryLateAfter) || null,
    acknowledgementDays: Number(acknowledgementDays) || null,
    window: { fromHour, untilHour, everyDay: days === 'every day' },
  };
}
