import { isSameText, wordsOf } from '../follow-ups/same-text.rules.js';
import { pauseInWords } from '../recipients/pause.rules.js';
import { hasAnswered, isSettled, type Delivery, type Engagement } from '../recipients/status.rules.js';

type Candidate = {
  recipient: {
    delivery: Delivery;
    engagement: Engagement;
    pausedAt?: Date | null;
    pauseReason?: string | null;
  };
  /** a follow-up to them is ahead, is just going, or waits for a person */
  hasOpen: boolean;
  /** what a person had called off of this cadence, in sentences */
  stopped: readonly string[];
  /** what went to them, or may have gone */
  gone: readonly { subject: string; text: string }[];
  planned: readonly {
    subject: string;
    text: string;
    step: number;
    problems: readonly string[];
    holderName: string;
    to: { address: string };
  }[];
  suppressed: readonly string[];
};

/**
 * Every reason, in a sentence each, why a cadence cannot be started for a recipient now; an empty list lets it. Who has
 * answered, or never got the letter, is not to be chased, and nobody is chased twice at once.
 */
export function reasonsNotToStart({
  recipient,
  hasOpen,
  stopped,
  gone,
  planned,
  suppressed,
}: Candidate): string[] {
  const { delivery, engagement, pausedAt, pauseReason } = recipient;
  const first = planned[0];
  const wrong = planned.find(({ problems }) => problems.length > 0);
  const same = planned
    .map(({ step, text }) => ({
      first: planned.find((one) => wordsOf(one.text) === wordsOf(text))!.step,
      second: step,
    }))
    .find(({ first: one, second }) => one < second);
  const repeated = planned.find((one) => gone.some((other) => isSameText({ ...one, cadence: true }, other)));
  return [
    hasAnswered(engagement) && 'They have answered. A cadence is for those who have not.',
    engagement === 'closed' && 'The matter with them is closed. Reopen it on their page first.',
    !isSettled(engagement) &&
      delivery === 'not sent' &&
      'The letter has not gone to them. Log it or send it first.',
    !isSettled(engagement) &&
      delivery === 'bounced' &&
      'The last mail came back. Correct the address, and write to them once by hand.',
    pausedAt && `${pauseInWords(pauseReason ?? '')} Resume it on their page first.`,
    hasOpen &&
      'A follow-up to them is ahead already, or waits for a person. Settle or cancel that one first.',
    !first && 'Every step has gone to them already, or comes before one that has.',
    first && !first.to.address && 'The office has no email address. Add one to the office.',
    first && !first.holderName && 'Nobody is named as holding the office. Name the holder.',
    wrong && `Step ${wrong.step}: ${wrong.problems.join(' ')}`,
    same && `Steps ${same.first} and ${same.second} say the same. Give one of them another template.`,
    repeated && `Step ${repeated.step} says what has been sent to them before. Give it another template.`,
    ...suppressed,
    ...stopped,
  ].filter((reason) => typeof reason === 'string');
}
