import type { ClaimedTag } from '../mail/reply-address.js';
import { checkTag } from '../mail/reply-address.js';

/** A message of ours that went out, or one of theirs that found its place, and when that was: ids as hex. */
export type Sent = {
  followUp: string;
  recipient: string;
  campaign: string;
  messageId: string;
  at: Date | null;
};

export type Matching = {
  /** what our addresses in it say */
  tags: readonly (ClaimedTag | { malformed: string })[];
  /** Message-IDs that it says it answers or reports on */
  answers: readonly string[];
  /** what the server that took it in found out about its domain (RFC 7489) */
  dmarc: string | null;
};

/** Where it belongs and how that is known; or a sentence for each thing that was refused, and the recipients it points to. */
export type Match = { to: Sent; because: string } | { to: null; refused: string[]; pointsTo: string[] };

type Context = {
  byId: (followUp: string) => Sent | null;
  /** one, unless others gave theirs the same */
  byMessageId: (messageId: string) => readonly Sent[];
  /** was this recipient, an id as hex, removed from its campaign */
  isRemoved: (recipient: string) => boolean;
  secret: string;
  now: Date;
};

/**
 * Places a message by our signed address or by the exact Message-IDs it names (RFC 5322, section 3.6.4), and by nothing less.
 * Two signs that point to different recipients, a tag that is not true, a recipient that was removed, or a sender whom DMARC (RFC
 * 7489) does not vouch for: a person decides.
 */
export function match({ tags, answers, dmarc }: Matching, context: Context): Match {
  const refused: string[] = [];
  const found: { to: Sent; because: string }[] = [];
  const named: string[] = [];
  for (const tag of tags) {
    const to = 'malformed' in tag ? null : context.byId(tag.followUp);
    const verdict =
      'malformed' in tag || !to ? 'forged' : checkTag(tag, to.recipient, context.secret, context.now);
    if (to && verdict === 'ours') {
      found.push({ to, because: 'It came to the address that only this message of ours carried.' });
    } else {
      refused.push(refusals[verdict === 'expired' ? 'expired' : 'forged']);
      if (to) named.push(to.recipient);
    }
  }
  const because = 'It names the message of ours that it answers (In-Reply-To or References).';
  for (const to of answers.flatMap(context.byMessageId)) found.push({ to, because });
  const recipients = new Set(found.map(({ to }) => to.recipient));
  const pointsTo = new Set([...recipients, ...named]);
  if (recipients.size > 1) refused.push('It points to more than one recipient at once.');
  if ([...recipients].some(context.isRemoved)) refused.push(WAS_REMOVED);
  if (found.length > 0 && dmarc === 'fail') refused.push(NOT_WHO_IT_CLAIMS);
  // a tag that was tampered with makes everything else about the message doubtful
  return refused.length > 0 || !found[0]
    ? { to: null, refused: [...new Set(refused)], pointsTo: [...pointsTo] }
    : found[0];
}

export const NOT_WHO_IT_CLAIMS =
  'The mail server that took it in says that its sender is not who it claims to be (DMARC).';

const WAS_REMOVED =
  'It answers a message to a recipient that was removed from its campaign. Put that recipient back first, at the end of the campaign’s recipients, where it is theirs.';

const refusals = {
  forged: 'It came to an address of ours that we did not make: the signature in it is not right.',
  expired: 'It came to an address of ours that is too old to be relied on.',
};
