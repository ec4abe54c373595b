import type { ImapFlowError } from 'imapflow';
import { certificateProblem } from '../certificate-problem.js';
import type { MailboxAddress } from './mailbox-address.js';

/** Why mail cannot be fetched, in a sentence for whoever runs the product. Never holds a password. */
export class MailboxProblem extends Error {}

type Where = MailboxAddress & { tokenFile?: string };

/** What is the matter, and what to change. A problem that is in words already stays as it is. */
export function mailboxProblem(error: unknown, where: Where): MailboxProblem {
  if (error instanceof MailboxProblem) return error;
  const failure = error as ImapFlowError;
  const said = wordsOf(failure, where);
  const sentence =
    (failure.authenticationFailed && refused(failure, where)) ||
    (failure.message === 'Unsupported authentication mechanism' && noTokens(where)) ||
    (failure.tlsFailed && !failure.code && noTls(where)) ||
    byCode(failure.code ?? '', where) ||
    (failure.responseStatus && `The mail server ${where.host} has troubles of its own. It is tried again.`) ||
    `The mail server ${where.host} could not be used. Check IMAP_URL.`;
  return new MailboxProblem(said ? `${sentence} The server says: ${said}` : sentence, { cause: error });
}

/** The server's own words, if it said any. No server should repeat a password, and none is let through that does. */
function wordsOf({ responseText, reason, code }: ImapFlowError, { password }: Where): string {
  const goodbye = code === 'NoConnection' ? reason : undefined;
  const words = (responseText ?? goodbye ?? '').slice(0, 300);
  return password ? words.replaceAll(password, '…') : words;
}

function refused({ responseStatus, serverResponseCode }: ImapFlowError, where: Where): string {
  const { host, secure, user, tokenFile } = where;
  if (serverResponseCode === 'UNAVAILABLE')
    return `The mail server ${host} cannot check who we are just now. It is tried again.`;
  // it was not even asked: it says beforehand that it takes none (LOGINDISABLED)
  if (!responseStatus)
    return secure
      ? `The mail server ${host} takes no passwords. Give it an access token (OAuth2): set IMAP_TOKEN_FILE.`
      : `The mail server ${host} takes no password without TLS. Write imaps:// in IMAP_URL.`;
  return tokenFile
    ? `The mail server ${host} does not take the access token of ${user}. Whoever refreshes it has to write a new one to the file that IMAP_TOKEN_FILE names.`
    : `The mail server ${host} does not take the user ${user} with this password. Check both in IMAP_URL, where an @ is written as %40, a / as %2F and a % as %25.`;
}

const noTokens = ({ host }: Where): string =>
  `The mail server ${host} takes no access tokens (OAuth2). Write a password in IMAP_URL, and take IMAP_TOKEN_FILE away.`;

const noTls = ({ host, port }: Where): string =>
  `The mail server ${host} offers no TLS at port ${port}, and without it no password is sent to another machine. Write imaps:// in IMAP_URL, or the port where TLS is offered.`;

function byCode(code: string, { host, port, secure }: Where): string | undefined {
  const certificate = certificateProblem(code);
  if (certificate)
    return `The certificate of the mail server ${host} cannot be trusted: ${certificate}. Write the host in IMAP_URL as the certificate names it; an authority of your own goes into the file that NODE_EXTRA_CA_CERTS names.`;
  if (code === 'ENOTFOUND') return `There is no mail server named ${host}. Check the host in IMAP_URL.`;
  if (code === 'ECONNREFUSED')
    return `No mail server answers at ${host}, port ${port}. It may be down for a while; otherwise check host and port in IMAP_URL.`;
  if (code === 'EPROTO' || code.startsWith('ERR_SSL') || code === 'ClosedAfterConnectTLS')
    return `The mail server ${host} does not speak TLS at port ${port} as imaps:// asks for. Write imap:// in IMAP_URL, or port 993.`;
  if (/TIMEOUT$|^ETIMEDOUT$|^EAI_AGAIN$/.test(code))
    return `The mail server ${host}, port ${port}, did not answer in time. It may be down for a while; otherwise check host and port in IMAP_URL${secure ? '' : ', and whether it should begin with imaps://'}.`;
  if (code === 'ETHROTTLE') return `The mail server ${host} asks us to come less often. It is tried again.`;
  if (/^(NoConnection|EConnectionClosed|ECONNRESET|EPIPE|EHOSTUNREACH|ENETUNREACH|ClosedAfter.*)$/.test(code))
    return `The connection to the mail server ${host} broke off. It is tried again.`;
  return undefined;
}

export const noSuchFolder = ({ folder, host }: MailboxAddress): MailboxProblem =>
  new MailboxProblem(
    `There is no folder ${folder.join('/')} at the mail server ${host}. Check the end of IMAP_URL, or make the folder.`,
  );

export const nowhereToMove = ({ host }: MailboxAddress, folder: string): MailboxProblem =>
  new MailboxProblem(
    `There is no folder ${folder} at the mail server ${host} to move what was fetched to. Make it, or change IMAP_AFTERWARDS.`,
  );
