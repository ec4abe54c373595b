import { stanceNames } from '../commitments/commitment.rules.js';
import { dayInWords } from '../dates.js';
import { whenInWords } from '../when.js';
import { approvalStateInWords } from './approval.rules.js';
import { timingInWords } from './count-days.rules.js';
import { todayIn, type ReadTrigger } from './read-trigger.js';
import {
  MADE_UP_FOR_DAYS,
  phaseOf,
  PLANNED_AHEAD_DAYS,
  reasonNotToBegin,
  type Effect,
  type TriggerDay,
} from './trigger.rules.js';

/** What each effect is called where one is chosen. */
export const effectNames: Record<Effect, string> = {
  'plan cadence': 'Plan a cadence for recipients who have not gone far enough',
  'remind staff': 'Remind members of staff',
  'show notice': 'Show partners a notice',
};

/** `10 working days before “Report stage” is expected` */
export function occasionInWords({ trigger, milestone }: Pick<ReadTrigger, 'trigger' | 'milestone'>): string {
  const name = milestone ? `“${milestone.title}”` : 'a milestone that is gone';
  const verb = trigger.basis === 'expected' ? 'is expected' : 'has happened';
  return trigger.days === 0 ? `On the day ${name} ${verb}` : `${timingInWords(trigger)} ${name} ${verb}`;
}

/** What it does then. `names`: of the staff it writes to. */
export function effectInWords(
  { trigger, plan }: Pick<ReadTrigger, 'trigger' | 'plan'>,
  names: readonly string[],
): string {
  if (trigger.effect === 'show notice') return 'show partners a notice';
  if (trigger.effect === 'remind staff') return `remind ${new Intl.ListFormat('en-GB').format(names)}`;
  return `plan the cadence “${plan!.cadence.name}” for recipients whose stance on “${plan!.ask ?? 'an ask that is gone'}” is below ${stanceNames[trigger.below!]}`;
}

/** Where it stands, in one sentence or two. `fired`: for how many it was set in motion. */
export function stateInWords(read: ReadTrigger, day: TriggerDay, fired: number, now: Date): string {
  const { trigger, approval, milestone, track } = read;
  if (trigger.removedAt) return 'It was removed, and is kept for what it did.';
  if (trigger.pausedAt) return 'It is paused and does nothing until somebody resumes it.';
  if (approval !== 'approved') return approvalStateInWords[approval];
  const today = todayIn(read, now);
  // what partners read stays, whatever becomes of the milestone
  if (trigger.effect === 'show notice' && fired > 0) return shownInWords(trigger, today);
  if ('rests' in day) return day.rests;
  const late = fired === 0 ? reasonNotToBegin(trigger, milestone!, track!, today) : null;
  return late ?? phaseInWords(read, day.day, fired, today);
}

function phaseInWords({ trigger }: ReadTrigger, day: string, fired: number, today: string): string {
  const on = dayInWords(day);
  const phase = phaseOf(day, today);
  if (fired > 0) return firedInWords(trigger, fired);
  if (phase === 'over')
    return `Its day, ${on}, was more than ${MADE_UP_FOR_DAYS} days ago. What was missed by so much is not made up for.`;
  if (trigger.effect !== 'plan cadence')
    return day > today
      ? `Approved. Its day is ${on}.`
      : `Approved. Its day has come: ${comesWhen[trigger.effect]}.`;
  return phase === 'ahead'
    ? `Approved. Its day is ${on}; the follow-ups are planned ${PLANNED_AHEAD_DAYS} days before.`
    : `Approved. Its day is ${on}: it is time to plan, for whoever it is for.`;
}

const comesWhen = {
  'remind staff': 'each of them gets it at the hour at which they are reminded',
  'show notice': 'it is set in motion within the hour',
};

function shownInWords({ until }: ReadTrigger['trigger'], today: string): string {
  if (!until) return 'Set in motion: the notice is on the partners’ page.';
  return `Set in motion: the notice ${until < today ? 'was' : 'is'} on the partners’ page until ${dayInWords(until)}.`;
}

function firedInWords({ effect }: ReadTrigger['trigger'], fired: number): string {
  const many = fired.toLocaleString('en-GB');
  const [one, several] = effect === 'remind staff' ? ['person', 'people'] : ['recipient', 'recipients'];
  return `Set in motion for ${many} ${fired === 1 ? one : several}.`;
}

/** What became of a firing. */
export const saidInWords: Record<string, string> = {
  sent: 'The mail has gone.',
  captured: 'The mail is in the outbox and went no further.',
  failed: 'The mail server refused it for good.',
  uncertain: 'It may have gone or not.',
  suppressed: 'Nothing was sent: their address is not to be written to.',
  'not wanted': 'Nothing was sent: they turned such mails off.',
  shown: 'It was put on the partners’ page.',
};

/** When a milestone stands in a list to choose from. */
export const milestoneInWords = ({
  title,
  happenedOn,
  expectedOn,
}: NonNullable<ReadTrigger['milestone']>): string =>
  happenedOn
    ? `${title}: happened ${whenInWords(happenedOn)}`
    : `${title}: expected ${whenInWords(expectedOn ?? '')}`;
