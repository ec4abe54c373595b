import type { Deps } from '../src/deps.js';
import { checkActivity } from '../src/history/check-activity.js';
import { checkOfficeCopies } from '../src/organisations/reclose-offices.js';
import { checkRecipientCopies } from '../src/recipients/check-copies.js';

/** Proves that what is stored for lists and the picture equals a recomputation, and puts right what does not. */
export async function run({ now, log, stopping }: Deps): Promise<string> {
  // first the offices: what is expected of a recipient is counted by their calendar
  const offices = await checkOfficeCopies(stopping);
  const recipients = await checkRecipientCopies(now(), stopping ? { stopping } : {});
  const weeks = await checkActivity();
  const differed = offices.differed + recipients.differed + weeks.differed;
  if (differed > 0)
    log.warn(
      { offices, recipients, weeks },
      'stored copies differed from a recomputation and were put right',
    );
  return `${said('office', offices)} ${said('recipient', recipients)} ${said('week', weeks)}`;
}

const said = (what: string, { checked, differed }: { checked: number; differed: number }): string =>
  `${checked.toLocaleString('en-GB')} ${what}${checked === 1 ? '' : 's'} checked, ${differed.toLocaleString('en-GB')} differed.`;
