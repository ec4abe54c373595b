import type { Deps } from '../src/deps.js';
import { checkStoredCopies } from '../src/stored-copies.js';

/** Proves that what is stored for lists and pictures equals a recomputation, and puts right what does not. */
export async function run({ now, log, stopping }: Deps): Promise<string> {
  const checked = await checkStoredCopies(now(), stopping ? { stopping } : {});
  const differed = Object.values(checked).reduce((sum, one) => sum + one.differed, 0);
  if (differed > 0) log.warn(checked, 'stored copies differed from a recomputation and were put right');
  const told = [
    said('office', checked.offices),
    said('recipient', checked.recipients),
    said('week', checked.weeks),
  ];
  // most campaigns begin without a commitment
  if (checked.cells.checked > 0) told.push(said('cell', checked.cells));
  return told.join(' ');
}

const said = (what: string, { checked, differed }: { checked: number; differed: number }): string =>
  `${checked.toLocaleString('en-GB')} ${what}${checked === 1 ? '' : 's'} checked, ${differed.toLocaleString('en-GB')} differed.`;
