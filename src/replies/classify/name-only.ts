import { addresses, header, type MessageHeaders } from '../../mail/message-headers.js';

/** Before the @ stands whom nobody writes to who sends a report. */
export const OFFICIAL =
  /^(?:mailer-?daemon|postmaster|abuse|help-?desk|support|hostmaster|webmaster|noreply|no-reply|info-?desk|servicedesk|admin|administrator)@/;

const BEHIND =
  /(?:(?:unknown (?:user|account|recipient)|user unknown|invalid user|no such user)\s{0,5}:|\baccount=)\s{0,20}["'<(]?([\w.+-]{1,64})["'>)]?/i;
const IN_SENTENCE =
  /\b(?:user|account|mailbox|recipient|usuario|utilisateur|benutzer|utente|compte|konto)\s{1,5}["'<]?([\w.+-]{2,64})["'>]?\s{1,5}(?:no longer|does not|doesn't|has (?:no|been)|is (?:not|un|dis|closed|no)|was (?:not|removed|deleted)|no existe|n'existe|existiert|non esiste|ist nicht|wurde)/i;
const BELOW = /:[ \t]*\n\s{0,80}["'<]?([\w.+-]{2,64})["'>]?[ \t]*(?:\([^)\n]{0,60}\)[ \t]*)?(?:\n|$)/;
/** In whose name the server answers. */
const THIS_ONE = /\bthis (?:mailbox|account|address|e-?mail address) (?:has been|is|was) /i;

type Named = {
  said: string;
  sentTo: readonly string[];
  returned: MessageHeaders | null;
  report: MessageHeaders;
};

/** Each server writes its line above those of the ones before (RFC 5321, section 4.4). */
const hostThatTookIt = (returned: MessageHeaders | null): string | undefined =>
  /\bby\s{1,5}((?:[a-z\d-]{1,63}\.){1,9}[a-z]{2,20})\b/i
    .exec(header(returned ?? [], 'received').slice(0, 500))?.[1]
    ?.toLowerCase();

/**
 * The address of whom a report names without one: `unknown user: kim`, `the user kim no longer exists`, or a name alone on the line
 * below the sentence is the part before the @. The domain is that of our recipient of this name, or of the daemon, whose users it
 * speaks of; of one that gives no address, the host that took our message. `This mailbox has been closed` is its sender's.
 */
export function nameOnly({ said, sentTo, returned, report }: Named): string | null {
  const begins = said.slice(0, 3000);
  const from = addresses(report, 'from').map(({ address }) => address);
  if (THIS_ONE.test(begins.slice(0, 600))) return from.find((address) => !OFFICIAL.test(address)) ?? null;
  const found = BEHIND.exec(said) ?? IN_SENTENCE.exec(begins) ?? BELOW.exec(begins);
  const name = found?.[1]?.toLowerCase();
  if (!name) return null;
  const domain = from[0]?.split('@')[1] || hostThatTookIt(returned);
  return sentTo.find((address) => address.startsWith(`${name}@`)) ?? (domain ? `${name}@${domain}` : null);
}
