import type { Types } from 'mongoose';
import type { Day } from '../dates.js';
import { followUpsToSee } from './follow-ups-to-see.js';
import { mailToPlace, mailToRead } from './incoming-to-see.js';
import { commitmentsToCheck } from './commitments-to-check.js';
import { holdersToConfirm } from './holders-to-see.js';
import type { Kind } from './kinds.rules.js';
import { passedMilestones } from './passed-milestones.js';
import { recipientsToSee } from './recipients-to-see.js';
import type { Seen } from './seen.js';
import { triggersToApprove } from './triggers-to-approve.js';

/** One thing to look at: a link to where it is done, what it is, and when it is or was due. */
export type Item = {
  /** of the record that it is about */
  id: Types.ObjectId;
  /** what makes it this very thing: once that changes, it is another */
  facts: string;
  href: string;
  title: string;
  about: string;
  /** the same without a word of what was written, for mails */
  named: string;
  reasons: string[];
  at?: Date;
  day?: Day;
};

/** Which records are asked about: these, or all but these. */
export type Which = { only?: readonly Types.ObjectId[]; except?: readonly Types.ObjectId[] };

/** A list that can be read in part, and counted. */
export type Source = {
  rows: (skip: number, limit: number) => Promise<Item[]>;
  count: () => Promise<number>;
};

/** What belongs to each kind: the one home of its query, for the first page and for mails. */
export const sources: Record<Kind, (seen: Seen, which: Which) => Source> = {
  replies: mailToRead,
  placing: mailToPlace,
  uncertain: followUpsToSee('uncertain'),
  failed: followUpsToSee('failed'),
  held: followUpsToSee('held'),
  holders: holdersToConfirm,
  expired: followUpsToSee('expired'),
  expiring: followUpsToSee('expiring'),
  planned: followUpsToSee('planned'),
  triggers: triggersToApprove,
  leaving: followUpsToSee('leaving'),
  'very-late': recipientsToSee('very-late'),
  late: recipientsToSee('late'),
  'due-today': recipientsToSee('due-today'),
  promises: recipientsToSee('promises'),
  unacknowledged: recipientsToSee('unacknowledged'),
  checking: commitmentsToCheck,
  milestones: passedMilestones,
};
