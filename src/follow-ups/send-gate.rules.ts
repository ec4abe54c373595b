import { isHumanAnswer } from '../history/entry.rules.js';
import { pauseInWords } from '../recipients/pause.rules.js';
import { removedInWords } from '../recipients/removal.rules.js';
import { statusOf } from '../recipients/status.rules.js';
import { isInWindow, windowInWords } from '../sending-window.js';

import { wordsChanged } from './words-changed.rules.js';
import type { Earlier, Gated, GateContext } from './gated.js';
import { problemsOf } from './left-over-braces.rules.js';
import { reasonsApprovalIsVoid } from './void-approval.rules.js';
import { isSameText } from './same-text.rules.js';

/**
 * Did a person on the other side speak to us after this was planned? Then it is cancelled rather than held. A cadence is
 * only for those who have not answered at all.
 */
export const answeredSince = (
  { plannedAt, cadence }: Pick<Gated, 'plannedAt' | 'cadence'>,
  { entries, answered, statedAt }: Pick<GateContext, 'entries' | 'answered' | 'statedAt'>,
): boolean =>
  (Boolean(cadence) && answered) ||
  statedAt.some((at) => at >= plannedAt) ||
  entries.some(
    (entry) => isHumanAnswer(entry) && !isOnlyAcknowledged(entry) && entry.recordedAt >= plannedAt,
  );

/** Mail that came in is an acknowledgement only by the word of somebody who read it and let what is planned go on. */
const isOnlyAcknowledged = ({ receivedAs, incoming }: GateContext['entries'][number]): boolean =>
  receivedAs === 'acknowledgement' && Boolean(incoming);

/** As their status says, or as what was written down since this was planned says, should a process have died before the status followed. */
const isClosed = ({ plannedAt }: Gated, { closed, entries }: GateContext): boolean =>
  closed || statusOf(entries.filter(({ recordedAt }) => recordedAt >= plannedAt)).engagement === 'closed';

/** Has it missed its time by more than a campaign allows, in hours? */
export const isTooLate = (time: Date, latestHours: number, now: Date): boolean =>
  now.getTime() - time.getTime() > latestHours * 3_600_000;

/** Is there something that whatever goes to them waits for, whoever planned it? */
const isKeptWaiting = ({
  hasUnreadMail,
  holderName,
  holderUnconfirmed,
}: Pick<GateContext, 'hasUnreadMail' | 'holderName' | 'holderUnconfirmed'>): boolean =>
  hasUnreadMail || !holderName || holderUnconfirmed;

type Rule = (followUp: Gated, context: GateContext, now: Date) => unknown;

/** Each rule says in one sentence why it may not leave, and how to clear that; or nothing. */
const rules: readonly Rule[] = [
  (_, { removed }) =>
    removed !== null &&
    `${removedInWords(removed)} Put them back first where that is wrong: they stand at the end of the campaign’s recipients.`,
  (_, { stopped }) => stopped && `What set it in motion holds no longer. ${stopped}`,
  ({ cadence }, { paused }) =>
    !cadence &&
    paused !== null &&
    `${pauseInWords(paused)} Resume it on the recipient’s page when that is over.`,
  (_, { hasUnreadMail }) =>
    hasUnreadMail &&
    'Mail that may be their answer has come in, and nobody has read it yet. Read it first: it is on the recipient’s page or in the inbox.',
  (_, { live, mailIsMissing }) =>
    live &&
    mailIsMissing &&
    'No mail has been fetched for hours, and an answer of theirs may lie in the mailbox. See in the inbox what is wrong: what is held for it needs a new time once mail comes in again.',
  (_, { officeEmail }) =>
    !officeEmail && 'The office has no email address. Add one to the office, then save the follow-up again.',
  ({ to }, { officeEmail }) =>
    officeEmail &&
    to.address !== officeEmail &&
    'The address of the office has changed since. Save the follow-up again, so that it goes to the new one.',
  (_, { officeEmail, noSuchAddress }) =>
    noSuchAddress.includes(officeEmail) &&
    'The last mail to this address was refused: the address does not exist. Correct the office’s address first.',
  (_, { holderName }) =>
    !holderName && 'Nobody is named as holding the office. Name the holder, then save the follow-up again.',
  (_, { holderName, holderUnconfirmed }) =>
    holderUnconfirmed &&
    `${holderName} is new in the office. Confirm its address and how a mail to them begins: the recipient’s page leads there.`,
  (followUp, { holderName }) =>
    holderName &&
    followUp.holderName !== holderName &&
    `The office is now held by ${holderName}. Save the follow-up again, so that it addresses them.`,
  (followUp, { holderName, words }) => {
    const changed = followUp.holderName === holderName ? wordsChanged(followUp.writtenFrom, words) : [];
    return (
      changed.length > 0 &&
      `It was written before ${changed.join(' and ')} ${changed.length === 1 ? 'was' : 'were'} changed. Save it again, so that it says what is right now.`
    );
  },
  (_, { stepsBefore, live }) =>
    live &&
    stepsBefore.some(({ state }) => state === 'captured') &&
    'An earlier step was only captured in the outbox and went to nobody. Stop the cadence and start it again, so that they get that one first.',
  (followUp, context) =>
    answeredSince(followUp, context) &&
    'They answered after this was planned. Cancel it, and plan another one in the light of the answer.',
  ({ cadence }, { isUnsent }) =>
    cadence &&
    isUnsent &&
    'It follows a letter that has not gone to them, as the history stands now. Log the letter or send it, then give this a time; or cancel it.',
  (followUp, context) =>
    isClosed(followUp, context) &&
    'The matter with them is closed. Reopen it on the recipient’s page first, or cancel this.',
  ({ plannedAt }, { entries }) =>
    entries.some(({ receivedAs, recordedAt }) => receivedAs === 'bounce' && recordedAt >= plannedAt) &&
    'A mail to them came back after this was planned. Check the office’s address; then save this again, or plan the cadence anew.',
  (_, { earlier }) =>
    earlier.some(({ state }) => state === 'uncertain') &&
    'An earlier follow-up to them may have gone or not. Find out and settle that one first.',
  (followUp, { earlier }) =>
    earlier.some((other) => isSameStep(other, followUp)) &&
    'What this takes the place of went to them after all. Cancel it; where more is to be said, plan another one.',
  (followUp, { earlier }) =>
    earlier.some((other) => isSameText(other, followUp) && isBefore(other, followUp)) &&
    'The same text has been sent to them before. Change it, or cancel this one.',
  (_, { place, window }, now) =>
    !isInWindow(now, place, window) &&
    `It would arrive outside the hours of this campaign, which are ${windowInWords(window)}, where they are. Give it another time.`,
  ({ cadence, dueAt, nextAttemptAt }, { latestHours, ...context }, now) =>
    isTooLate(isKeptWaiting(context) && !cadence ? dueAt : nextAttemptAt, latestHours, now) &&
    `It is more than ${latestHours} hours late. Check that it is still right and give it a new time.`,
];

/** The mail server’s answer to it came after somebody had found that it did not go. */
const isSameStep = ({ state, step, cadence }: Earlier, followUp: Gated): boolean =>
  state === 'sent' && step === followUp.step && String(cadence ?? '') === String(followUp.cadence ?? '');

/** Of two that are going at the same time, one has to be the first, also of one planned by hand and the step of a cadence. */
export const isBefore = (a: Earlier, b: Gated): boolean =>
  a.state !== 'sending' ||
  (a.step - b.step || a.revision - b.revision || (String(a._id) < String(b._id) ? -1 : 1)) < 0;

/**
 * The send gate. Asked when a page is shown, and again after the claim, in the moment of sending.
 * @param now the instant it would leave at
 * @returns every reason why it may not leave, each a sentence that says how to clear it; an empty list lets it go
 */
export const reasonsNotToSend = (followUp: Gated, context: GateContext, now: Date): string[] => [
  ...problemsOf(followUp),
  ...context.suppressed.map(
    (reason) => `${reason} Cancel this, or lift that under Do not contact when it holds no longer.`,
  ),
  ...context.missing.map(attachmentIsMissing),
  ...reasonsApprovalIsVoid(followUp, context, now),
  ...rules.map((rule) => rule(followUp, context, now)).filter(isSentence),
];

export const attachmentIsMissing = (name: string): string =>
  `The attachment ${name} is missing. Edit the follow-up and attach it again.`;

const isSentence = (answer: unknown): answer is string => typeof answer === 'string' && answer !== '';
