import type { NoticeEnd } from '../mail/notices.js';
import { refusalInWords } from '../mail/refusal.js';

/**
 * What came of the mail with somebody's link, as an administrator is told; a mail server's own words are quoted.
 * @returns a clause that begins with a small letter and ends a sentence
 */
export function whatCameOfIt({ state, response }: NoticeEnd): string {
  if (state === 'sent' || state === 'sent before') return 'the mail server took the mail with the link.';
  if (state === 'captured')
    return 'no mail went: no mail server is set up (SMTP_URL), so it is in the outbox.';
  if (state === 'suppressed') return 'no mail went: the address is under Do not contact.';
  if (state === 'failed')
    return `the mail server did not take the mail${quoted(response)} ${refusalInWords(response) ?? ''}`.trim();
  if (state === 'uncertain') return `the mail may have gone or not${quoted(response)}`;
  return `no mail went, and none is tried again by itself${quoted(response)}`;
}

const quoted = (response: string): string => (response ? ` (“${response.trim()}”).` : '.');

/** @returns what is said once to whoever invited somebody; where the mail may not arrive, what to do with the link */
export const invitationInWords = (name: string, mail: NoticeEnd): string =>
  mail.state === 'sent'
    ? `${name} is invited: ${whatCameOfIt(mail)}`
    : `${name} is invited, but ${whatCameOfIt(mail)} Pass the link below on yourself.`;
