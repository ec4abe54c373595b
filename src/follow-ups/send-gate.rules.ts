import type { Types } from 'mongoose';
import type { ApprovalRule } from '../campaigns/campaign.rules.js';
import { isHumanAnswer, type EntryFacts } from '../history/entry.rules.js';
import type { Address } from '../mail/message.js';
import { isInWindow, windowInWords, type Place, type SendingWindow } from '../sending-window.js';
import type { FollowUpState } from './follow-up.rules.js';

type Id = Types.ObjectId | string;

/** What the gate looks at of a follow-up. Ids are compared as text. */
export type Gated = {
  plannedAt: Date;
  plannedBy?: Id | null;
  /** when it is to be tried: its time, or later after a temporary refusal */
  nextAttemptAt: Date;
  step: number;
  revision: number;
  to: Address;
  holderName: string;
  subject: string;
  text: string;
  problems: readonly string[];
  approval?: { by?: Id | null; at?: Date | null; contentHash?: string | null } | null;
};

/** Another follow-up to the same recipient that went, is just going, or may have gone. */
export type Earlier = { state: FollowUpState; step: number; revision: number; subject: string; text: string };

export type GateContext = {
  /** the hash of what would leave now */
  contentHash: string;
  /** the address the office has now */
  officeEmail: string;
  /** who holds the office now, or null when it is vacant */
  holderName: string | null;
  /** what stands in the recipient's history, superseded entries left out */
  entries: readonly (EntryFacts & { recordedAt: Date })[];
  earlier: readonly Earlier[];
  /** why nobody may write to this address, person or organisation: a sentence for each suppression */
  suppressed: readonly string[];
  /** why nobody is to write to this recipient for now, or null */
  paused: string | null;
  place: Place;
  window: SendingWindow;
  /** how late, in hours, it may still leave */
  latestHours: number;
  approvalRule: ApprovalRule;
  /** how long, in days, an approval holds */
  approvalDays: number;
};

/** Did a person on the other side speak to us after this was planned? Then it is cancelled rather than held. */
export const answeredSince = (
  { plannedAt }: Pick<Gated, 'plannedAt'>,
  { entries }: Pick<GateContext, 'entries'>,
): boolean => entries.some((entry) => isHumanAnswer(entry) && entry.recordedAt >= plannedAt);

type Rule = (followUp: Gated, context: GateContext, now: Date) => unknown;

/** Each rule says in one sentence why it may not leave, and how to clear that; or nothing. */
const rules: readonly Rule[] = [
  ({ approval }) => !approval && 'Nobody has approved it yet.',
  ({ approval }, { contentHash }) =>
    approval &&
    approval.contentHash !== contentHash &&
    'What would leave is not what was approved. Read it once more and approve it again.',
  ({ approval }, { approvalDays }, now) =>
    approval?.at &&
    now.getTime() - approval.at.getTime() > approvalDays * 86_400_000 &&
    `It was approved more than ${approvalDays} days ago, and an approval holds no longer. Approve it again.`,
  ({ approval, plannedBy }, { approvalRule }) =>
    approvalRule === 'four eyes' &&
    approval?.by &&
    String(approval.by) === String(plannedBy) &&
    'Its author approved it, and this campaign asks for somebody else. Have it approved by another person.',
  (_, { paused }) =>
    paused !== null &&
    `Writing to them is paused: ${paused} Resume it on the recipient’s page when that is over.`,
  (_, { officeEmail }) =>
    !officeEmail && 'The office has no email address. Add one to the office, then save the follow-up again.',
  ({ to }, { officeEmail }) =>
    officeEmail &&
    to.address !== officeEmail &&
    'The address of the office has changed since. Save the follow-up again, so that it goes to the new one.',
  (_, { holderName }) =>
    !holderName && 'Nobody is named as holding the office. Name the holder, then save the follow-up again.',
  (followUp, { holderName }) =>
    holderName &&
    followUp.holderName !== holderName &&
    `The office is now held by ${holderName}. Save the follow-up again, so that it addresses them.`,
  (followUp, context) =>
    answeredSince(followUp, context) &&
    'They answered after this was planned. Cancel it, and plan another one in the light of the answer.',
  (_, { earlier }) =>
    earlier.some(({ state }) => state === 'uncertain') &&
    'An earlier follow-up to them may have gone or not. Find out and settle that one first.',
  (followUp, { earlier }) =>
    earlier.some((other) => isSameText(other, followUp) && isBefore(other, followUp)) &&
    'The same text has been sent to them before. Change it, or cancel this one.',
  (_, { place, window }, now) =>
    !isInWindow(now, place, window) &&
    `It would arrive outside the hours of this campaign, which are ${windowInWords(window)}, where they are. Give it another time.`,
  ({ nextAttemptAt }, { latestHours }, now) =>
    now.getTime() - nextAttemptAt.getTime() > latestHours * 3_600_000 &&
    `It is more than ${latestHours} hours late. Check that it is still right and give it a new time.`,
];

const isSameText = (a: Pick<Gated, 'subject' | 'text'>, b: Pick<Gated, 'subject' | 'text'>): boolean =>
  a.subject === b.subject && a.text === b.text;

/** Of two that are going at the same time, one has to be the first. */
const isBefore = (a: Earlier, b: Gated): boolean =>
  a.state !== 'sending' || a.step < b.step || (a.step === b.step && a.revision < b.revision);

/**
 * The send gate. Asked when a page is shown, and again after the claim, in the moment of sending.
 * @param now the instant it would leave at
 * @returns every reason why it may not leave, each a sentence that says how to clear it; an empty list lets it go
 */
export const reasonsNotToSend = (followUp: Gated, context: GateContext, now: Date): string[] => [
  ...followUp.problems,
  ...context.suppressed.map(
    (reason) => `${reason} Cancel this, or lift that under Do not contact when it holds no longer.`,
  ),
  ...rules.map((rule) => rule(followUp, context, now)).filter(isSentence),
];

const isSentence = (answer: unknown): answer is string => typeof answer === 'string' && answer !== '';
