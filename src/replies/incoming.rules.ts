/** What an incoming message is. Only a `reply` is a person; whatever cannot be told for certain is one. */
export const incomingKinds = [
  'reply',
  'auto-reply',
  'bounce',
  'delayed',
  'complaint',
  'read-receipt',
  'challenge',
  'own',
  'list',
  'unreadable',
] as const;
export type IncomingKind = (typeof incomingKinds)[number];

export const incomingKindNames: Record<IncomingKind, string> = {
  reply: 'Reply',
  'auto-reply': 'Auto-reply',
  bounce: 'Bounce: it did not arrive',
  delayed: 'Delayed: their server still tries',
  complaint: 'Complaint: reported as spam',
  'read-receipt': 'Read receipt',
  challenge: 'Asks us to prove that we are people',
  own: 'Our own mail',
  list: 'Mailing list or newsletter',
  unreadable: 'Could not be read',
};

/** Why a message did not arrive. The words are shown as they are. */
export const bounceCauses = [
  'no such mailbox',
  'mailbox closed',
  'mailbox full',
  'domain gone',
  'server not reached',
  'expired',
  'blocked as spam',
  'policy',
  'relaying refused',
  'too large',
  'over quota',
  'mail loop',
  'rejected',
  'unknown',
] as const;
export type BounceCause = (typeof bounceCauses)[number];

/** What a cause means for whoever planned the message, as a sentence. */
export const bounceCauseNames: Record<BounceCause, string> = {
  'no such mailbox': 'There is no such mailbox.',
  'mailbox closed': 'The mailbox is closed or no longer in use.',
  'mailbox full': 'The mailbox is full.',
  'domain gone': 'The domain of the address does not exist or takes no mail.',
  'server not reached': 'Their mail server could not be reached.',
  expired: 'Their mail server did not take it for days, and ours gave up.',
  'blocked as spam': 'Their mail server took it for spam, or our server is on a block list.',
  policy: 'A rule of their mail server forbids it.',
  'relaying refused': 'Their mail server says that it does not take mail for this address.',
  'too large': 'The message was too large for them.',
  'over quota': 'Their mail server takes only so many messages in a time.',
  'mail loop': 'The message went round in circles.',
  rejected: 'Their mail server refused it without a reason that we know.',
  unknown: 'It did not arrive, and the report does not say why.',
};

/** What a report of a failed or late delivery says. */
export type DeliveryProblem = {
  /** will this address never work again, as far as the report goes? Not: full, late, too large, taken for spam. */
  hard: boolean;
  /** enhanced status code (RFC 3463), `5.1.1` */
  status: string | null;
  /** whom it was for, small letters */
  address: string | null;
  cause: BounceCause;
};

/** What a message was recognised as, by which rule, and which header or part decided. */
export type Verdict = {
  kind: IncomingKind;
  why: string;
  /** of a bounce or a delay */
  problem?: DeliveryProblem;
  /** of a complaint or a receipt: whose it is, small letters, where it says so */
  address?: string | null;
  /** the Message-ID, in angle brackets, of the message of ours that it is about, where it says so itself */
  originalMessageId?: string | null;
};

/** Who we are, so that our own mail is known when it comes back. Addresses in small letters. */
export type Ourselves = { addresses: readonly string[] };

/** What a person who has read a message may say that it amounts to. */
export const readAsChoices = ['reply', 'declined', 'acknowledgement', 'auto-reply', 'not an answer'] as const;
export type ReadAs = (typeof readAsChoices)[number];

export const readAsNames: Record<ReadAs, string> = {
  reply: 'It is a reply. What is planned for them is cancelled.',
  declined: 'It declines. What is planned for them is cancelled.',
  acknowledgement: 'It only says that ours arrived. What is planned goes on.',
  'auto-reply': 'A machine wrote it. What is planned goes on.',
  'not an answer': 'It is no answer to us. What is planned goes on.',
};
