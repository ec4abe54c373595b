import { dayOf } from '../dates.js';
import { inboxFilters } from '../replies/inbox.js';
import { IncomingMail, type IncomingMailRecord } from '../replies/incoming-mail.model.js';
import { nameOf, type Add } from './late-recipients.js';
import { waitsTooLong, type Staff } from './reminder.rules.js';
import { readWhose } from './whose-mail.js';

const shown = { receivedAt: 1, state: 1, recipient: 1, suggestions: 1 } as const;
type Shown = Pick<IncomingMailRecord, '_id' | keyof typeof shown>;

/** Replies that nobody has read and mail that nobody has placed for more than a working day where the campaign is. */
export async function addMail(staff: readonly Staff[], now: Date, add: Add): Promise<void> {
  const found = await Promise.all(
    (['to read', 'waiting'] as const).map((list) =>
      IncomingMail.find(inboxFilters[list], shown).sort({ receivedAt: 1 }).lean<Shown[]>(),
    ),
  );
  const mails = found.flat();
  if (mails.length === 0) return;
  const whose = await readWhose(mails, staff);
  for (const [i, { _id, receivedAt, state }] of mails.entries()) {
    const { recipients, readers, timeZone } = whose[i]!;
    if (!waitsTooLong(receivedAt, timeZone, now)) continue;
    const one = {
      id: String(_id),
      from: recipients.map(nameOf).join(' or ') || null,
      cameOn: dayOf(receivedAt, timeZone),
      toBe: state === 'placed' ? ('read' as const) : ('placed' as const),
    };
    add(readers, ({ mail }) => mail.push(one));
  }
}
