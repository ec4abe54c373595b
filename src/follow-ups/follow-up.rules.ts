import { createHash } from 'node:crypto';
import type { Attachment } from '../history/attachment.model.js';
import type { Address } from '../mail/message.js';
import { nextInWindow, type SendingWindow } from '../sending-window.js';
import type { Place } from '../working-days.js';

/**
 * Where a follow-up is. `planned`: written, not approved. `scheduled`: approved, leaves when due. `sending`: claimed by a
 * worker. `captured`: went to the outbox and to nobody else. `uncertain`: it may have gone; a person decides.
 */
export const followUpStates = [
  'planned',
  'scheduled',
  'sending',
  'sent',
  'captured',
  'held',
  'failed',
  'uncertain',
  'cancelled',
] as const;
export type FollowUpState = (typeof followUpStates)[number];

export const followUpStateNames: Record<FollowUpState, string> = {
  planned: 'Waits for approval',
  scheduled: 'Approved',
  sending: 'Being sent',
  sent: 'Sent',
  captured: 'Captured in the outbox',
  held: 'Held for a person',
  failed: 'Failed',
  uncertain: 'Uncertain: it may have gone',
  cancelled: 'Cancelled',
};

/** Every change of state there is; anything else is refused. */
const transitions: Record<FollowUpState, readonly FollowUpState[]> = {
  planned: ['planned', 'scheduled', 'cancelled'],
  // approved again, where the approval it has would not count
  scheduled: ['planned', 'scheduled', 'sending', 'held', 'cancelled'],
  sending: ['sent', 'captured', 'scheduled', 'failed', 'held', 'uncertain', 'cancelled'],
  held: ['planned', 'scheduled', 'cancelled'],
  failed: ['planned', 'cancelled'],
  // by a person; or by the very worker that claimed it, when the server's answer came late
  uncertain: ['sent', 'captured', 'failed', 'scheduled', 'cancelled'],
  sent: [],
  captured: [],
  // by the same late answer: a person had found that it did not go, and it did
  cancelled: ['sent'],
};

export const mayBecome = (from: FollowUpState, to: FollowUpState): boolean => transitions[from].includes(to);

/** The states from which this one can be reached: the filter of every update that moves a follow-up. */
export const before = (to: FollowUpState): FollowUpState[] =>
  followUpStates.filter((from) => mayBecome(from, to));

/** States in which a follow-up is still to come: those in which a person approves it. */
export const aheadStates = ['planned', 'scheduled', 'held'] as const satisfies readonly FollowUpState[];

/** States that an answer ends: whatever is to come, and what failed and might be planned again. */
export const openStates = [...aheadStates, 'failed'] as const satisfies readonly FollowUpState[];

/** What a person may find about an uncertain follow-up: that it went, or that it did not and what is to become of it. */
export const resolutions = ['went', 'plan again', 'not wanted'] as const;
export type Resolution = (typeof resolutions)[number];

/** States that a person has to look at. */
export const needsAPerson = ['held', 'failed', 'uncertain'] as const satisfies readonly FollowUpState[];

export type Content = {
  messageId: string;
  to: Address;
  subject: string;
  text: string;
  html: string;
  /** Message-IDs: what it answers, and the thread from its start */
  inReplyTo?: string | null;
  references?: readonly string[] | null;
  attachments?: readonly Pick<Attachment, 'name' | 'type' | 'sha256'>[] | null;
};

/** A hash (SHA-256, hex) of everything that will leave but the time of sending; an approval is bound to it. */
export const contentHashOf = (
  { messageId, to, subject, text, html, inReplyTo, references, attachments }: Content,
  from: Address,
): string => {
  const thread = inReplyTo ? [inReplyTo, ...(references ?? [])] : [];
  return createHash('sha256')
    .update(
      JSON.stringify([
        messageId,
        from.name,
        from.address,
        to.name,
        to.address,
        subject,
        text,
        html,
        ...thread,
        // a list each, so that no name passes for a Message-ID
        ...(attachments ?? []).map(({ name, type, sha256 }) => [name, type, sha256]),
      ]),
    )
    .digest('hex');
};

const retryAfterMinutes = [1, 5, 15, 60, 120, 240, 480];

/**
 * When to try again after a temporary refusal: later each time, and in the sending window of the recipient.
 * @param attempts how many were made, from 1
 * @returns the instant, or null when it was tried often enough
 */
export function nextAttempt(attempts: number, now: Date, place: Place, window: SendingWindow): Date | null {
  const minutes = retryAfterMinutes[attempts - 1];
  return minutes === undefined
    ? null
    : nextInWindow(new Date(now.getTime() + minutes * 60_000), place, window);
}

/** The time it has now. Approved, it keeps that to which it was put off; otherwise it leaves when it is due, once it is approved. */
export const nextTimeOf = ({ state, dueAt, nextAttemptAt }: Timed): Date =>
  state === 'scheduled' ? nextAttemptAt : dueAt;
type Timed = { state: FollowUpState; dueAt: Date; nextAttemptAt: Date };

/** When it would leave: at its time, or now where that has passed. */
export const leavingAt = (time: Date, now: Date): Date => (time > now ? time : now);

/** How long a claim may stand, in minutes, before its worker is taken for dead and the row becomes uncertain. */
export const CLAIM_MINUTES = 10;

/** A worker that was frozen for longer than this, in minutes, hands nothing over any more: half of the above. */
export const HAND_OVER_WITHIN_MINUTES = 5;

/** A hash of what an approver was shown: everything that will leave, and when. */
export const seenHashOf = (followUp: Content & { dueAt: Date }, from: Address): string =>
  createHash('sha256')
    .update(`${contentHashOf(followUp, from)} ${followUp.dueAt.toISOString()}`)
    .digest('hex');

type Opened = {
  dueAt: Date;
  subjectTemplate: string;
  bodyTemplate: string;
  attachments?: readonly { file: unknown }[] | null;
};

/**
 * What the form of a follow-up was opened with: its time, and a hash of its words and files. The form brings it back. It is no
 * mark as other forms have (`web/opened-form.ts`), because a time that was not changed in the form is to follow the follow-up’s.
 */
export const openedAs = ({ dueAt, subjectTemplate, bodyTemplate, attachments }: Opened): string => {
  const files = (attachments ?? []).map(({ file }) => String(file));
  const hash = createHash('sha256').update(JSON.stringify([subjectTemplate, bodyTemplate, ...files]));
  return `${dueAt.toISOString()} ${hash.digest('hex')}`;
};
