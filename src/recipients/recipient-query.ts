import { isDay } from '../dates.js';
import { answerGroups } from './answer-group.rules.js';
import type { Wanted } from './recipient-filter.js';
import { deliveries, engagements } from './status.rules.js';

/** What an address asks for; what it does not name rightly leaves nobody out. `textOf`: one text from the query string. */
export function wantedIn(textOf: (name: string) => string): Wanted {
  const oneOf = <T extends string>(all: readonly T[], name: string): T | undefined =>
    all.find((one) => one === textOf(name));
  const on = textOf('on');
  const late = textOf('late');
  return {
    delivery: oneOf(deliveries, 'delivery'),
    engagement: oneOf(engagements, 'engagement'),
    on: on === 'now' || isDay(on) ? on : undefined,
    late: late === 'very' ? 'very late' : late ? 'late' : undefined,
    answered: oneOf(answerGroups, 'answered'),
    find: textOf('find') || undefined,
    unacknowledged: textOf('unacknowledged') !== '' || undefined,
  };
}

/** The same as a query string: `engagement=replied&on=2026-11-22`. */
export function queryOf({ late, unacknowledged, ...texts }: Wanted): string {
  const named = {
    ...texts,
    late: late && (late === 'late' ? 'on' : 'very'),
    unacknowledged: unacknowledged && 'on',
  };
  return String(
    new URLSearchParams(Object.entries(named).filter((pair): pair is [string, string] => !!pair[1])),
  );
}
