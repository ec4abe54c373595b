import type { ReadOutcome } from './read-sources.js';

/** What reading a source came to, for whoever asked for it. */
export function outcomeInWords({ added, changed, gone, publications, problem }: ReadOutcome): string {
  if (problem) return `It could not be read. ${problem}`;
  const parts = [
    counted(added, 'new milestone', 'new milestones'),
    counted(changed, 'milestone changed', 'milestones changed'),
    counted(gone, 'milestone no longer listed', 'milestones no longer listed'),
    counted(publications, 'new or changed publication', 'new or changed publications'),
  ].filter(Boolean);
  return parts.length === 0 ? 'It was read. Nothing has changed.' : `It was read: ${parts.join(', ')}.`;
}

const counted = (count: number, one: string, many: string): string =>
  count === 0 ? '' : `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;
