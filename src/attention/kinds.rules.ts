/** What may need somebody today, the most urgent first: what they said to us, then what becomes of ours. */
export const kinds = [
  'replies',
  'placing',
  'uncertain',
  'failed',
  'held',
  'holders',
  'expired',
  'expiring',
  'planned',
  'triggers',
  'very-late',
  'late',
  'due-today',
  'promises',
  'unacknowledged',
  'checking',
  'milestones',
  'leaving',
] as const;
export type Kind = (typeof kinds)[number];

/**
 * What is said of a kind, wherever it is listed. `dated` stands before the day or the moment of an item; `one`, `many` and
 * `toDo` are for mails: many, after their number.
 */
export type KindWords = { name: string; dated: string; one: string; many: string; toDo: string };

export const wordsOfKind: Record<Kind, KindWords> = {
  replies: {
    name: 'Replies to be read',
    dated: 'came in',
    one: 'One reply waits to be read, and nothing is sent to them before:',
    many: 'replies wait to be read, and nothing is sent to them before:',
    toDo: '',
  },
  placing: {
    name: 'Mail to be placed',
    dated: 'came in',
    one: 'One message in the inbox waits for you to say whose it is:',
    many: 'messages in the inbox wait for you to say whose they are:',
    toDo: '',
  },
  uncertain: {
    name: 'Find out whether it went',
    dated: 'due',
    one: 'One follow-up may have left or not:',
    many: 'follow-ups may have left or not:',
    toDo: 'Check before anything is sent again.',
  },
  failed: {
    name: 'Failed: decide what to do',
    dated: 'due',
    one: 'One follow-up could not be sent:',
    many: 'follow-ups could not be sent:',
    toDo: 'See what the mail server said.',
  },
  held: {
    name: 'Held: clear what stands in the way',
    dated: 'due',
    one: 'One follow-up is held:',
    many: 'follow-ups are held:',
    toDo: 'See why, then decide.',
  },
  holders: {
    name: 'Writing waits: confirm who holds the office',
    dated: 'since',
    one: 'One office waits for you to say who holds it, and nothing is sent to it before:',
    many: 'offices wait for you to say who holds them, and nothing is sent to them before:',
    toDo: '',
  },
  expired: {
    name: 'Approved too long ago: approve again',
    dated: 'approval ended',
    one: 'One approval has expired:',
    many: 'approvals have expired:',
    toDo: 'Without a new one it does not leave.',
  },
  expiring: {
    name: 'Approval about to expire',
    dated: 'approval ends',
    one: 'One approval is about to expire:',
    many: 'approvals are about to expire:',
    toDo: 'Approve it again, or it may not leave.',
  },
  planned: {
    name: 'Read and approve',
    dated: 'due',
    one: 'One follow-up waits for approval:',
    many: 'follow-ups wait for approval:',
    toDo: 'Approve it, or give it a new time.',
  },
  triggers: {
    name: 'Triggers to read and approve',
    dated: 'written',
    one: 'One trigger waits for approval, and sets nothing in motion before:',
    many: 'triggers wait for approval, and set nothing in motion before:',
    toDo: '',
  },
  'very-late': {
    name: 'Very late: chase them',
    dated: 'answer due on',
    one: 'One answer is very late:',
    many: 'answers are very late:',
    toDo: '',
  },
  late: {
    name: 'Late: chase them',
    dated: 'answer due on',
    one: 'One answer is late:',
    many: 'answers are late:',
    toDo: '',
  },
  'due-today': {
    name: 'Due today: the last day in time',
    dated: 'answer due on',
    one: 'One answer is due today:',
    many: 'answers are due today:',
    toDo: '',
  },
  promises: {
    name: 'The day they promised has passed',
    dated: 'promised for',
    one: 'One recipient let the day pass that they promised:',
    many: 'recipients let the day pass that they promised:',
    toDo: '',
  },
  unacknowledged: {
    name: 'Not even acknowledged: chase them',
    dated: 'acknowledgement expected by',
    one: 'One acknowledgement is missing:',
    many: 'acknowledgements are missing:',
    toDo: 'Nobody there has said a word.',
  },
  checking: {
    name: 'Commitments for you to check',
    dated: 'written down',
    one: 'One commitment waits for a second person to check it:',
    many: 'commitments wait for a second person to check them:',
    toDo: '',
  },
  milestones: {
    name: 'Expected by now: has it happened?',
    dated: 'expected by',
    one: 'One milestone in legislation whose day has passed:',
    many: 'milestones in legislation whose day has passed:',
    toDo: 'Has it happened?',
  },
  leaving: { name: 'Leaving today', dated: 'leaves', one: '', many: '', toDo: '' },
};

/** What leaves today is shown and needs nobody: no mail tells of it, and it cannot be put off. */
export const needsSomebody = (kind: Kind): boolean => kind !== 'leaving';

/** What the first page shows of a kind; the rest is one link away. */
export const SHOWN_AT_FIRST = 3;
