import { bounceCauseNames } from '../replies/incoming.rules.js';
import { IncomingMail, type IncomingMailRecord } from '../replies/incoming-mail.model.js';
import { readSuppressions } from '../suppressions/suppressions.js';
import { nameOf } from '../attention/named.js';
import { endOfMail, isAsItCame } from './mail-news.rules.js';
import { untoldAt, type Untold } from './news.rules.js';
import { quoted } from './quoted.js';
import type { Staff } from '../attention/whose.rules.js';
import { readWhose, type Whose } from './whose-mail.js';

const shown = {
  kind: 1,
  why: 1,
  state: 1,
  from: 1,
  subject: 1,
  problem: 1,
  reporter: 1,
  leaver: 1,
  recipient: 1,
  suggestions: 1,
  placedBy: 1,
  placements: 1,
  readAt: 1,
  settledAt: 1,
  toldTo: 1,
} as const;
type Shown = Pick<IncomingMailRecord, '_id' | keyof typeof shown>;

/** Mail that came in until `now` and was not told to everybody whose it is. What a person has dealt with since is no news any more. */
export async function untoldMail(staff: readonly Staff[], now: Date): Promise<Untold[]> {
  const found = await IncomingMail.find(untoldAt(now), shown).sort({ settledAt: 1 }).lean<Shown[]>();
  const mails = found.filter((mail) => endOfMail(mail) !== null && isAsItCame(mail));
  if (mails.length === 0) return [];
  const [whose, suppressed] = await Promise.all([
    readWhose(mails, staff),
    readSuppressions(
      mails.map(({ problem, reporter }) => ({ address: problem?.address ?? reporter ?? '' })),
      now,
    ),
  ]);
  return mails.map((mail, i) => ({
    id: String(mail._id),
    about: aboutOf(mail, whose[i]!),
    subject: mail.kind === 'reply' ? quoted(mail.subject) || 'No subject' : null,
    end: endOfMail(mail)!,
    at: mail.settledAt!,
    reasons: reasonsOf(mail, suppressed[i]!.length > 0),
    readers: whose[i]!.readers,
    toldTo: mail.toldTo.map(String),
  }));
}

/** The recipient, or whom it may be from; the sender only where nobody is suggested. */
function aboutOf({ kind, state, from }: Shown, { recipients }: Whose): string {
  const names = recipients.map(nameOf);
  if (names.length > 0) return `${state === 'waiting' ? 'Perhaps ' : ''}${names.join(' or ')}`;
  const sender = quoted(from?.name || from?.address || '');
  return sender || (kind === 'unreadable' ? 'A message that cannot be read' : 'Somebody without a name');
}

function reasonsOf({ kind, why, state, problem }: Shown, isSuppressed: boolean): string[] {
  return [
    ...(kind === 'bounce' && problem ? [bounceCauseNames[problem.cause]] : []),
    ...(kind === 'unreadable' ? [quoted(why)] : []),
    ...(state === 'waiting' && kind !== 'reply' && kind !== 'unreadable'
      ? ['It is not certain whose it is.']
      : []),
    ...(isSuppressed ? ['Nothing more is sent to that address.'] : []),
  ];
}
