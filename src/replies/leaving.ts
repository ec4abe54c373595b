import { cleanLine } from '../clean-text.js';
import { dayOf, type Day } from '../dates.js';
import type { HolderRecord } from '../organisations/change-holder.js';
import type { OfficeRecord } from '../organisations/office.model.js';
import { holderOn } from '../organisations/organisation.rules.js';
import type { IncomingMailRecord } from './incoming-mail.model.js';

/** That somebody has left, as an auto-reply says: who holds the office today, and whether that was changed since. */
export type Leaving = {
  holder: HolderRecord | null;
  isChanged: boolean;
  today: Day;
  successorName: string;
  successorAddress: string;
};

/** @returns null where the message says nothing of the kind */
export function leavingOf(
  { leaver, state, happenedAt }: Pick<IncomingMailRecord, 'leaver' | 'state' | 'happenedAt'>,
  { holders, timeZone }: Pick<OfficeRecord, 'holders' | 'timeZone'>,
  now: Date,
): Leaving | null {
  if (!leaver || state !== 'placed') return null;
  const today = dayOf(now, timeZone);
  const holder = holderOn(holders, today);
  const said = dayOf(happenedAt, timeZone);
  return {
    holder,
    isChanged: Boolean(holder?.from && holder.from >= said),
    today,
    successorName: cleanLine(leaver.successorName),
    successorAddress: cleanLine(leaver.successorAddress),
  };
}

/** What the form of a change of holder holds before anybody typed. */
export const changeValues = ({ holder, today, successorName }: Leaving): Record<string, string> => ({
  holder: String(holder?._id ?? ''),
  isKnown: successorName ? 'yes' : 'no',
  name: successorName,
  salutation: successorName && `Dear ${successorName}`,
  from: today,
});
