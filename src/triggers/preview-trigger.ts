import { previewForAll, type Outlook } from '../cadences/preview-start.js';
import { dayInWords, dayOf } from '../dates.js';
import type { Deps } from '../deps.js';
import { colleagues } from '../reminders/colleagues.js';
import { readSuppressions } from '../suppressions/suppressions.js';
import { User } from '../users/user.model.js';
import { Firing } from './firing.model.js';
import { stanceReached } from './follow-firings.js';
import type { ReadTrigger } from './read-trigger.js';
import { stancesOn } from './stances.js';
import { isBelow, phaseOf } from './trigger.rules.js';
import { startingOf } from './write-firings.js';

/** Whether a recipient would be written to, and why not; no reason where they would. */
export type PreviewedRecipient = Pick<Outlook, 'recipient' | 'reasons' | 'steps'>;

/** What a trigger would do for each recipient if its time had come, those it would write to first. */
export async function previewRecipients(
  read: ReadTrigger,
  deps: Deps,
  isEnough: () => boolean,
): Promise<{ rows: PreviewedRecipient[]; of: number }> {
  const { trigger, campaign, plan } = read;
  const { senderName, from, now, givenTo } = await startingOf(read, deps);
  const asIf = { senderName, from, now, givenTo };
  const { outlooks, of } = await previewForAll(plan!.cadence, campaign, asIf, isEnough);
  const ids = outlooks.map(({ recipient }) => recipient._id);
  const [stanceOf, firings] = await Promise.all([
    stancesOn(trigger.ask!, ids),
    Firing.find({ trigger: trigger._id, milestone: trigger.milestone }, { to: 1, day: 1, state: 1 }).lean(),
  ]);
  const firingOf = new Map(firings.map((firing) => [String(firing.to), firing]));
  const rows = outlooks.map(({ recipient, reasons, steps, given }) => {
    const firing = firingOf.get(String(recipient._id));
    const stance = stanceOf(recipient._id);
    // what it planned itself would be among the reasons
    if (firing) return { recipient, steps, reasons: [alreadyInWords(firing)] };
    const reached = isBelow(stance, trigger.below!) ? [] : [stanceReached(read, stance)];
    const over =
      given && phaseOf(given.day, dayOf(now, recipient.timeZone)) === 'over' ? [overInWords(given.day)] : [];
    return { recipient, steps, reasons: [...reached, ...over, ...reasons] };
  });
  return { rows: rows.toSorted((a, b) => Number(a.reasons.length > 0) - Number(b.reasons.length > 0)), of };
}

const alreadyInWords = ({ state, day }: { state: string; day: string }): string =>
  state === 'cancelled'
    ? 'It was set in motion for them and cancelled. It is not done again for this milestone.'
    : `It was set in motion for them already, for ${dayInWords(day)}.`;

const overInWords = (day: string): string => `Its day, ${dayInWords(day)}, was too long ago.`;

/** Whom of the staff it would write to, and why not the others. */
export async function previewStaff(
  { trigger }: ReadTrigger,
  now: Date,
): Promise<{ name: string; reasons: string[] }[]> {
  const [people, present] = await Promise.all([
    User.find({ _id: { $in: trigger.staff ?? [] } }, { name: 1, email: 1 })
      .sort({ name: 1 })
      .lean(),
    colleagues(),
  ]);
  const suppressed = await readSuppressions(
    people.map(({ email }) => ({ address: email })),
    now,
  );
  return people.map(({ _id, name }, i) => {
    const colleague = present.find((one) => one._id.equals(_id));
    const gone = colleague ? [] : ['They have no account in use.'];
    const off = colleague?.remindersOffSince ? ['They turned such mails off.'] : [];
    return { name, reasons: [...gone, ...off, ...suppressed[i]!] };
  });
}
