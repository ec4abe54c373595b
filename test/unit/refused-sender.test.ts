import { expect, test } from '@jest/globals';
import { diagnose } from '../../src/replies/classify/causes.js';

/** What servers say of us, and so of nobody's mailbox: refused for good, and yet no reason to give up an address. */
test.each([
  ['policy', '550 Invalid sender'],
  ['policy', '550 The return path us@example.org is not valid here: unroutable sender address'],
  ['policy', '550 5.2.0 <us@example.org> From: domain is refused, please give a valid From: line'],
  ['policy', '501 5.1.0 Emetteur invalide, adresse inconnue'],
  ['policy', '550 Ungültiger Absender'],
  ['policy', '550 Remitente desconocido'],
  ['policy', '550 BATV check failed'],
  ['policy', '550 You are not a member of this list'],
  ['policy', '550 This is a closed list'],
  ['policy', '550 Cannot find your hostname: resolve your address first'],
  ['policy', '550 We take nothing from hosts with dynamic IPs'],
  ['policy', '550 name mail.example.org mismatches client ip 192.0.2.10'],
  ['policy', '554 5.7.1 <us@example.org>: Access denied (in reply to MAIL FROM command)'],
  ['policy', '550 No. (in reply to MAIL FROM command)'],
  [
    'policy',
    'SMTP error from remote mail server after MAIL FROM:<us@example.org> SIZE=1024: 550 Address unknown',
  ],
  ['policy', '>>> MAIL From:<us@example.org> <<< 550 5.1.1 User unknown'],
  ['policy', 'SMTP error from remote mail server after initial connection: 554 Not today'],
  ['policy', 'Connected to 192.0.2.20 but sender was rejected. Remote host said: 550 No'],
  ['blocked as spam', '554 5.7.1 see https://bl.example.net/dnsbl/lookup?ip=192.0.2.10'],
  ['blocked as spam', '550 Les messages de votre serveur ont ete bloques'],
  ['blocked as spam', '550 We keep out unwanted messages'],
  ['over quota', '550 Too many invalid recipients'],
  ['expired', 'Envelope expired'],
  ['server not reached', 'Network error on the way to all MXs'],
  ['server not reached', '554 The remote server is misconfigured'],
  ['server not reached', '550 Service refuse. Veuillez essayer plus tard.'],
  ['server not reached', 'X-Unix; 75'],
  ['mailbox full', 'maildir delivery failed: the user has overdrawn his quota'],
  ['too large', '552 Taille limite du message atteinte'],
])('%s, and nothing about the mailbox: %s', (cause, words) => {
  expect(diagnose(words, null)).toMatchObject({ cause, hard: false });
});

test.each([
  ['no such mailbox', '550 5.1.1 <kim@example.com>: User unknown (in reply to RCPT TO command)'],
  ['no such mailbox', 'SMTP error from remote mail server after RCPT TO:<kim@example.com>: 550 No such user'],
  ['no such mailbox', '>>> RCPT To:<kim@example.com> <<< 550 5.1.1 No such user'],
  ['no such mailbox', '>>> DATA <<< 550 5.1.1 User unknown'],
  ['no such mailbox', 'the sender asked after mail, but there is no such user here'],
  ['no such mailbox', 'X-Unix; 67'],
  ['no such mailbox', '550 Rejected by this server: no such user'],
])('%s: what is said once the recipient is named is about the mailbox: %s', (cause, words) => {
  expect(diagnose(words, null)).toMatchObject({ cause, hard: true });
});
