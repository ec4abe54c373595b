import { checkCells } from './commitments/check-cells.js';
import { checkActivity } from './history/check-activity.js';
import { checkOfficeCopies } from './organisations/reclose-offices.js';
import { Recount } from './organisations/recount.model.js';
import { checkRecipientCopies, type Checked, type Checking } from './recipients/check-copies.js';

export type CheckedCopies = { offices: Checked; recipients: Checked; weeks: Checked; cells: Checked };

/** Compares everything that is stored for lists and pictures with what follows from the facts, and puts right what differs. */
export async function checkStoredCopies(now: Date, checking: Checking = {}): Promise<CheckedCopies> {
  // first the offices: what is expected of a recipient is counted by their calendar
  const offices = await checkOfficeCopies(checking);
  const recipients = await checkRecipientCopies(now, checking);
  const weeks = await checkActivity(checking);
  const cells = await checkCells(checking);
  // what was broken off before this is done now
  if (checking.repair !== false && !checking.stopping?.aborted)
    await Recount.deleteMany({ heardAt: { $lt: now } });
  return { offices, recipients, weeks, cells };
}
