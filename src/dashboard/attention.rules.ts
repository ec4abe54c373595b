/** What may need somebody today, the most urgent first: what they said to us, then what becomes of ours. */
export const attentionGroups = [
  'replies',
  'placing',
  'uncertain',
  'failed',
  'held',
  'holders',
  'planned',
  'very-late',
  'late',
  'unacknowledged',
  'checking',
  'milestones',
  'leaving',
] as const;
export type AttentionGroup = (typeof attentionGroups)[number];

export const attentionNames: Record<AttentionGroup, string> = {
  replies: 'Replies to be read',
  placing: 'Mail to be placed',
  uncertain: 'Find out whether it went',
  failed: 'Failed: decide what to do',
  held: 'Held: clear what stands in the way',
  holders: 'Writing waits: confirm who holds the office',
  planned: 'Read and approve',
  'very-late': 'Very late, and yours to chase',
  late: 'Late, and yours to chase',
  unacknowledged: 'Not even acknowledged, and yours to chase',
  checking: 'Commitments for you to check',
  milestones: 'Expected by now: has it happened?',
  leaving: 'Leaving today',
};

/** What the first page shows of a group; the rest is one link away. */
export const SHOWN_AT_FIRST = 3;
