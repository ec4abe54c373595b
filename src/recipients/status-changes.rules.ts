import type { Delivery, Engagement } from './status.rules.js';

/** What can change a delivery or an engagement; `stated`: a stance of theirs was confirmed, for which nobody logged an answer. */
export type Turn =
  | 'email'
  | 'letter'
  | 'delivered'
  | 'meeting'
  | 'bounce'
  | 'auto-reply'
  | 'acknowledgement'
  | 'stated'
  | 'reply'
  | 'declined'
  | 'closing'
  | 'reopening';

/** Of things at the same moment, such as two days known without a time: what was sent comes before what it led to. */
export const order: readonly Turn[] = [
  'email',
  'letter',
  'delivered',
  'meeting',
  'bounce',
  'auto-reply',
  'acknowledgement',
  'stated',
  'reply',
  'declined',
  'closing',
  'reopening',
];

/** The changes there are; whatever is not listed leaves a recipient where it is. */
export const deliveryChanges: Record<Delivery, Partial<Record<Turn, Delivery>>> = {
  'not sent': { email: 'sent', letter: 'sent', delivered: 'other channel', bounce: 'bounced' },
  sent: { bounce: 'bounced' },
  bounced: { email: 'sent', letter: 'other channel', delivered: 'other channel' },
  'other channel': { email: 'sent' },
};

/** What ends the waiting for whoever has not answered yet, however far they had come. */
const answers = {
  stated: 'replied',
  reply: 'replied',
  meeting: 'in talks',
  declined: 'declined',
  closing: 'closed',
} as const;

/** `as before`: as it was before it was closed. */
export const engagementChanges: Record<Engagement, Partial<Record<Turn, Engagement | 'as before'>>> = {
  silent: { 'auto-reply': 'auto-answered', acknowledgement: 'acknowledged', ...answers },
  'auto-answered': { acknowledgement: 'acknowledged', ...answers },
  acknowledged: answers,
  replied: { meeting: 'in talks', declined: 'declined', closing: 'closed' },
  'in talks': { declined: 'declined', closing: 'closed' },
  declined: { reply: 'replied', meeting: 'in talks', closing: 'closed' },
  closed: { reply: 'replied', meeting: 'in talks', declined: 'declined', reopening: 'as before' },
};
