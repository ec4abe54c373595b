import type { Types } from 'mongoose';
import { contentHashOf } from '../src/follow-ups/follow-up.rules.js';
import type { Address } from '../src/mail/message.js';

type Due = {
  campaign: Types.ObjectId;
  recipient: Types.ObjectId;
  to: Address;
  subject: string;
  text: string;
  step: number;
  now: Date;
  from: Address;
};

/** A follow-up as it stands after planning and approval, and due now. Nothing about it is real. */
export function dueFollowUp({ campaign, recipient, to, subject, text, step, now, from }: Due) {
  const content = {
    messageId: `<due-${step}-${String(recipient)}@example.org>`,
    to,
    subject,
    text,
    html: `<p>${text}</p>`,
  };
  return {
    ...content,
    campaign,
    recipient,
    step,
    revision: 1,
    state: 'scheduled' as const,
    dueAt: now,
    nextAttemptAt: now,
    subjectTemplate: subject,
    bodyTemplate: text,
    holderName: to.name,
    plannedAt: new Date(now.getTime() - 3_600_000),
    approval: { at: now, contentHash: contentHashOf(content, from), read: true },
  };
}
