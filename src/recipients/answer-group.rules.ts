import { isSettled, type Engagement } from './status.rules.js';

/**
 * For whom a time to the first answer can be told: `yes`, they answered; `waiting`, the letter reached them and they have not;
 * `not reached`, it has not; `not counted`, nobody waits for them: closed without an answer, or answered before any letter.
 */
export const answerGroups = ['yes', 'waiting', 'not reached', 'not counted'] as const;
export type AnswerGroup = (typeof answerGroups)[number];

export const answerGroupNames: Record<AnswerGroup, string> = {
  yes: 'Answered',
  waiting: 'Awaited',
  'not reached': 'The letter has not reached them',
  'not counted': 'Not counted in working days',
};

type Facts = { engagement: Engagement; reached: boolean; answeredAfter: number | null };

export function answerGroupOf({ engagement, reached, answeredAfter }: Facts): AnswerGroup {
  if (answeredAfter !== null) return 'yes';
  if (isSettled(engagement)) return 'not counted';
  return reached ? 'waiting' : 'not reached';
}
