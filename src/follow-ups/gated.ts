/* What the gate looks at: a follow-up, and what is known of everything around it. */
import type { Types } from 'mongoose';
import type { ApprovalRule } from '../campaigns/campaign.rules.js';
import type { Day } from '../dates.js';
import type { EntryFacts } from '../history/entry.rules.js';
import type { Address } from '../mail/message.js';
import type { SendingWindow } from '../sending-window.js';
import type { Place } from '../working-days.js';
import type { WrittenFrom } from './merge-values.js';
import type { FollowUpState } from './follow-up.rules.js';

type Id = Types.ObjectId | string;

/** What the gate looks at of a follow-up. Ids are compared as text. */
export type Gated = {
  _id?: Id;
  plannedAt: Date;
  plannedBy?: Id | null;
  /** when it is to leave */
  dueAt: Date;
  /** when it is to be tried: its time, or later after a temporary refusal */
  nextAttemptAt: Date;
  /** of a step of a cadence; null for one planned by hand */
  cadence?: Id | null;
  /** of such a step: how many working days after the step before it */
  gap?: number | null;
  timeSetByHand?: boolean | null;
  step: number;
  revision: number;
  to: Address;
  holderName: string;
  writtenFrom?: { [Word in keyof WrittenFrom]?: string | null } | null;
  subject: string;
  text: string;
  problems: readonly string[];
  /** `read`: by a person, who was shown it; one that came about by saving is nobody's reading */
  approval?: {
    by?: Id | null;
    at?: Date | null;
    contentHash?: string | null;
    from?: string | null;
    read?: boolean | null;
  } | null;
};

/** Another follow-up to the same recipient that went, is just going, or may have gone. */
export type Earlier = {
  _id?: Id;
  state: FollowUpState;
  step: number;
  revision: number;
  subject: string;
  text: string;
  cadence?: Id | null;
  sentAt?: Date | null;
  /** when a worker took it: of an uncertain one, when it may have gone */
  claim?: { at?: Date | null } | null;
};

/** A step that comes before this one in its cadence, cancelled ones left out. */
export type StepBefore = { state: FollowUpState; step: number; sentAt?: Date | null };

export type GateContext = {
  /** the hash of what would leave now */
  contentHash: string;
  /** whom it would leave from now, in words */
  from: string;
  /** the address the office has now */
  officeEmail: string;
  /** who holds the office now, or null when it is vacant */
  holderName: string | null;
  /** what the records have now for the words it was written with */
  words: WrittenFrom;
  /** the holder came after somebody else, and nobody has confirmed the address and the salutation */
  holderUnconfirmed: boolean;
  /** what stands in the recipient's history, superseded entries left out */
  entries: readonly (EntryFacts & { recordedAt: Date; incoming?: Id | null })[];
  earlier: readonly Earlier[];
  /** in order; empty for one planned by hand */
  stepsBefore: readonly StepBefore[];
  /** has the recipient answered, as its status says */
  answered: boolean;
  /** when a second person confirmed that they answered an ask, where nobody had logged that answer before */
  statedAt: readonly Date[];
  /** has the letter not gone to them, as the history stands now */
  isUnsent: boolean;
  /** the day by which they said they would answer, as long as they have not spoken since; a day where they are */
  promisedFor: Day | null;
  /** has somebody closed the matter with them */
  closed: boolean;
  /** do the messages of the campaign leave, or are they captured */
  live: boolean;
  /** addresses to which an earlier follow-up was refused, because nobody is there */
  noSuchAddress: readonly string[];
  /** why nobody may write to this address, person or organisation: a sentence for each suppression */
  suppressed: readonly string[];
  /** why the trigger that set it in motion would not do so now, or null */
  stopped?: string | null;
  /** names of attachments that the database does not hold any more */
  missing: readonly string[];
  /** why the recipient was removed from the campaign, or null */
  removed: string | null;
  /** why nobody is to write to this recipient for now, or null */
  paused: string | null;
  /** has mail come in that may be theirs and that nobody has read */
  hasUnreadMail: boolean;
  /** has no mail been fetched for hours from the mailbox that answers come to */
  mailIsMissing: boolean;
  place: Place;
  window: SendingWindow;
  /** how late, in hours, it may still leave */
  latestHours: number;
  approvalRule: ApprovalRule;
  /** how long, in days, an approval holds */
  approvalDays: number;
};
