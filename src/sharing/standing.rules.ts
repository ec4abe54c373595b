import { unanswered, type RecipientStatus } from '../recipients/recipient.rules.js';

type Counts = readonly { status: RecipientStatus; count: number }[];

/**
 * Where a campaign stands, in one sentence. `counts`: how many recipients have which status.
 * An acknowledgement is no answer, and whoever was not written to owes none.
 */
export function standingInWords(counts: Counts): string {
  const countOf = (wanted: (status: RecipientStatus) => boolean) =>
    counts.reduce((sum, { status, count }) => (wanted(status) ? sum + count : sum), 0);
  const listed = countOf(() => true);
  const waiting = countOf((status) => status === 'not sent');
  const silent = countOf((status) => unanswered.includes(status));
  const written = listed - waiting;

  if (listed === 0) return 'No recipient is listed yet.';
  if (written === 0)
    return listed === 1
      ? 'The one recipient has not been written to yet.'
      : `None of the ${number(listed)} recipients has been written to yet.`;
  return `${answersInWords(written, silent, waiting > 0)}${waitingInWords(waiting)}.`;
}

function answersInWords(written: number, silent: number, someWait: boolean): string {
  const whom = someWait ? ' written to' : '';
  if (written === 1) return `The one recipient${whom} has ${silent === 1 ? 'not answered' : 'answered'}`;
  if (silent === written) return `None of the ${number(written)} recipients${whom} has answered`;
  if (silent === 0) return `All ${number(written)} recipients${whom} have answered`;
  return `${number(silent)} of ${number(written)} recipients${whom} ${silent === 1 ? 'has' : 'have'} not answered`;
}

function waitingInWords(waiting: number): string {
  if (waiting === 0) return '';
  return waiting === 1
    ? '; one more has not been written to yet'
    : `; ${number(waiting)} more have not been written to yet`;
}

const number = (count: number): string => count.toLocaleString('en-GB');
