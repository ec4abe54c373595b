import type { Counted } from '../recipients/recipient-list.js';
import { unanswered, type Standing } from '../recipients/status.rules.js';

/**
 * Where a campaign stands, in one sentence. `counts`: how many recipients stand where.
 * An acknowledgement is no answer, and whoever was not written to owes none.
 */
export function standingInWords(counts: readonly Counted[]): string {
  const countOf = (wanted: (standing: Standing) => boolean) =>
    counts.reduce((sum, standing) => (wanted(standing) ? sum + standing.count : sum), 0);
  const listed = countOf(() => true);
  const waiting = countOf((standing) => owesNothing(standing));
  const closed = countOf(({ engagement }) => engagement === 'closed');
  const silent = countOf((standing) => !owesNothing(standing) && unanswered.includes(standing.engagement));
  const written = listed - waiting - closed;

  if (listed === 0) return 'No recipient is listed yet.';
  if (written === 0 && closed > 0)
    return `${closed === listed ? 'With every recipient the matter is closed' : `With ${number(closed)} of ${number(listed)} recipients the matter is closed`}${waitingInWords(waiting)}.`;
  if (written === 0)
    return listed === 1
      ? 'The one recipient has not been written to yet.'
      : `None of the ${number(listed)} recipients has been written to yet.`;
  const rest = `${waitingInWords(waiting)}${closedInWords(closed)}`;
  return `${answersInWords(written, silent, waiting + closed > 0)}${rest}.`;
}

/** Not written to, and has not spoken either. */
const owesNothing = ({ delivery, engagement }: Standing): boolean =>
  delivery === 'not sent' && unanswered.includes(engagement);

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

/** Whether they had answered before it was closed is not told: the matter is over. */
function closedInWords(closed: number): string {
  if (closed === 0) return '';
  return closed === 1
    ? '; with one more the matter is closed'
    : `; with ${number(closed)} more the matter is closed`;
}

const number = (count: number): string => count.toLocaleString('en-GB');
