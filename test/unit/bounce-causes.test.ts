import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bounceCauses } from '../../src/replies/incoming.rules.js';
import { diagnose } from '../../src/replies/classify/causes.js';

const hard = [
  [
    'no such mailbox',
    '550 5.1.1 <kim@example.com>: Recipient address rejected: User unknown in local recipient table',
  ],
  ['no such mailbox', '550 5.4.1 Recipient address rejected: Access denied. AS(201806281)'],
  [
    'no such mailbox',
    '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup',
  ],
  ['no such mailbox', '550 5.1.351 Remote server returned unknown recipient or mailbox unavailable'],
  ['no such mailbox', '554 5.7.1 <kim@example.com>: unknown user account'],
  ['no such mailbox', '550 5.1.1 sorry, no mailbox here by that name (#5.1.1 - chkuser)'],
  ['no such mailbox', '550 Sorry, there is no user by that name here.'],
  ['no such mailbox', '550 5.2.1 mailbox unavailable: kim does not exist'],
  ['no such mailbox', '550-Callout verification failed: 550 No such user'],
  ['no such mailbox', '553 5.3.0 <kim@example.com>... No such user here'],
  ['no such mailbox', '550 Invalid recipient <kim@example.com> (Mode: normal)'],
  ['no such mailbox', '550 Unrouteable address'],
  ['no such mailbox', '551 not our customer'],
  [
    'no such mailbox',
    "554 delivery error: dd This user doesn't have an example.com account (kim@example.com) [-5]",
  ],
  ['no such mailbox', '550 5.1.6 Recipient no longer on server: kim@example.com', 'mailbox closed'],
  ['no such mailbox', '550 RCPT TO:<kim@example.com> User not known'],
  ['no such mailbox', '550 5.5.0 Requested action not taken: mailbox unavailable'],
  ['no such mailbox', '550 #5.1.0 Address rejected.'],
  ['no such mailbox', 'unknown user: "kim"'],
  ['no such mailbox', '511 sorry, no mailbox here by that name (#5.1.1)'],
  ['no such mailbox', '550 Benutzer unbekannt'],
  ['no such mailbox', '550 Empfänger existiert nicht'],
  ['no such mailbox', "550 L'utilisateur n'existe pas"],
  ['no such mailbox', '550 Usuario desconocido'],
  ['no such mailbox', '550 Utente sconosciuto'],
  ['no such mailbox', '550 Nie ma takiego użytkownika'],
  ['no such mailbox', '550 Пользователь не найден'],
  ['no such mailbox', '550 用户不存在'],
  ['no such mailbox', '宛先不明'],
  ['no such mailbox', '수신자 주소가 존재하지 않습니다'],
  ['mailbox closed', '550 5.2.1 The email account that you tried to reach is disabled.'],
  [
    'mailbox closed',
    '554 30 Sorry, your message to kim@example.com cannot be delivered. This mailbox is disabled (554.30).',
  ],
  ['mailbox closed', '550 5.1.1 This account has been suspended'],
  ['mailbox closed', '550 [SUSPEND] Mailbox currently suspended'],
  ['mailbox closed', '550 Account closed'],
  ['mailbox closed', '551 5.1.6 Kim has moved; please try <kim@example.net>'],
  ['mailbox closed', '550 5.7.1 Kim is no longer with this company'],
  ['mailbox closed', 'The address kim@example.com has been withdrawn.'],
  ['mailbox closed', 'This mailbox was taken out of service in May.'],
  ['mailbox closed', 'The department that used this address was dissolved in 2025.'],
  ['mailbox closed', 'Das Referat, dem diese Adresse gehörte, wurde aufgelöst.'],
  ['mailbox closed', "L'adresse a été retirée."],
  ['unknown', 'Not delivered. Our addresses are listed at https://example.com/contact'],
  ['unknown', 'Not delivered. Whom to write to is listed on our page, and you find the offices there.'],
  ['mailbox closed', '550 Das Konto wurde deaktiviert'],
  [
    'domain gone',
    '550 5.1.2 <kim@nowhere.example>... Host unknown (Name server: nowhere.example: host not found)',
  ],
  [
    'domain gone',
    'Host or domain name not found. Name service error for name=nowhere.example type=A: Host not found',
  ],
  ['domain gone', 'Domain nowhere.example does not accept mail (nullMX)'],
  ['domain gone', '550 5.4.310 DNS domain nowhere.example does not exist [Message=InfoDomainNonexistent]'],
  ['domain gone', "Sorry, I couldn't find any host named nowhere.example. (#5.1.2)"],
  ['domain gone', '556 5.1.10 Recipient address has null MX'],
  ['domain gone', 'all relevant MX records point to non-existent hosts'],
  ['domain gone', 'No such domain.'],
  ['relaying refused', '554 5.7.1 <kim@example.com>: Relay access denied'],
  ['relaying refused', '550 5.7.1 Unable to relay'],
  ['relaying refused', '550 5.7.1 Unable to relay for kim@example.com'],
  ['relaying refused', "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)"],
  ['relaying refused', '550 relay not permitted'],
  ['rejected', '554 Transaction failed'],
  ['rejected', '550 5.0.0 No'],
] as const;

const soft = [
  ['mailbox full', '552 5.2.2 Over quota'],
  [
    'mailbox full',
    '550 Benutzer hat das Speichervolumen ueberschritten. / User has exhausted allowed storage space.',
  ],
  ['mailbox full', '550 Benutzer hat zu viele Mails auf dem Server.'],
  ['mailbox full', '550 5.1.1 <kim@example.com> mailbox full'],
  ['mailbox full', '554 5.2.2 mailbox full;STOREDRV.Deliver; deliver.QuotaExceededException'],
  ['mailbox full', '452 4.2.2 The email account that you tried to reach is over quota.'],
  ['mailbox full', '552 Requested mail action aborted: exceeded storage allocation'],
  ['mailbox full', "552 5.0.0 The user's mailbox quota exceeded"],
  ['mailbox full', '550 Mailbox size limit exceeded for kim@example.com'],
  ['mailbox full', 'account is full (quota exceeded)'],
  ['mailbox full', "The recipient's mailbox is full"],
  ['mailbox full', "422 The recipient's mailbox is over its storage limit"],
  ['mailbox full', '550 Postfach des Empfängers ist voll'],
  ['mailbox full', '550 Buzón lleno'],
  ['mailbox full', 'почтовый ящик переполнен'],
  ['mailbox full', '收件人邮箱已满'],
  ['mailbox full', 'メールボックスが一杯です'],
  ['too large', '552 5.3.4 Message size exceeds fixed maximum message size'],
  ['too large', '552 5.2.3 Message exceeds maximum fixed size (10485760)'],
  ['too large', '550 5.2.3 RESOLVER.RST.RecipSizeLimit; message too large for this recipient'],
  ['too large', 'message size 31457280 exceeds size limit 10485760 of server mx.example.com[192.0.2.1]'],
  [
    'blocked as spam',
    '554 5.7.1 Service unavailable; Client host [192.0.2.10] blocked using zen.spamhaus.org',
  ],
  ['blocked as spam', '550 5.7.1 Message rejected as spam by Content Filtering.'],
  ['blocked as spam', '550 5.1.1 <kim@example.com>: blocked for spam'],
  ['blocked as spam', '550 5.7.1 [CS01] Messages rejected from 192.0.2.10 due to poor reputation'],
  ['blocked as spam', '550 permanent failure for one or more recipients (kim@example.com:blocked)'],
  ['blocked as spam', '554 5.7.0 Reject, id=00832-01 - SPAM'],
  ['blocked as spam', '550 Mail from 192.0.2.10 refused, listed at bl.example.net'],
  ['blocked as spam', '554 Your IP is listed in our own database'],
  ['blocked as spam', 'refused: the domain of its sender is currently listed by example.net'],
  [
    'blocked as spam',
    "550 SC-001 (COL004-MC3F20) Unfortunately, messages from 192.0.2.10 weren't sent. Your network is on our block list (S3140).",
  ],
  ['policy', '550 5.7.1 TRANSPORT.RULES.RejectMessage; the message was rejected by organization policy'],
  ['policy', '550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required'],
  [
    'policy',
    "550 5.7.26 Unauthenticated email from example.org is not accepted due to domain's DMARC policy.",
  ],
  ['policy', '550 5.7.1 Access denied'],
  ['policy', '550 5.7.23 The message was rejected because of Sender Policy Framework violation'],
  ['policy', '553 5.1.8 <us@example.org>... Domain of sender address us@example.org does not exist'],
  ['policy', '550 5.1.0 <us@example.org> sender rejected'],
  ['policy', '450 4.7.1 <kim@example.com>: Recipient address rejected: Greylisted'],
  ['policy', '550 Administrative prohibition'],
  ['policy', '554 IP=192.0.2.10 - A problem occurred. Ask your postmaster for help.'],
  ['policy', '554 5.0.0 Not today (in reply to initial greeting command)'],
  ['policy', '554 DT:SUM 163 smtp7,Gtx; see the help pages'],
  ['blocked as spam', '554 DT:SPM 163 mx31,Qscow; see the help pages'],
  ['blocked as spam', '554 HL:IPB 126 mx2,Kscow; see the help pages'],
  ['blocked as spam', 'The message scored 7.5 points, and 5.0 are allowed.'],
  ['policy', '530 5.7.0 Must issue a STARTTLS command first'],
  [
    'over quota',
    '450 4.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages',
  ],
  ['over quota', '421 4.7.28 Our system has detected an unusual rate of mail; too many messages'],
  ['over quota', '452 4.5.3 Too many recipients'],
  ['over quota', '421 HL:ICC 163 mx12; see the help pages'],
  ['over quota', '550 5.7.1 hourly sending rate limit exceeded'],
  ['expired', '4.4.7 Message expired: unable to deliver in 840 minutes'],
  ['expired', '550 4.4.7 QUEUE.Expired; message expired'],
  ['expired', 'retry timeout exceeded'],
  ['expired', 'delivery temporarily suspended; message could not be delivered for 5 days'],
  ['server not reached', 'connect to mx.example.com[192.0.2.1]:25: Connection timed out'],
  ['server not reached', 'Connection refused by mx.example.com'],
  [
    'server not reached',
    'Host or domain name not found. Name service error for name=example.com type=MX: Host not found, try again',
  ],
  ['server not reached', 'CNAME lookup failed temporarily. (#4.4.3)'],
  ['server not reached', '451 4.3.0 Temporary system problem'],
  ['server not reached', '554 5.4.0 Error: network unreachable'],
  ['mail loop', '554 5.4.6 Too many hops'],
  ['mail loop', 'mail for example.com loops back to myself'],
  ['mail loop', '554 5.4.14 Hop count exceeded - possible mail loop ATTR34'],
  ['no such mailbox', '450 4.1.1 <kim@example.com>: Recipient address rejected: unverified address'],
] as const;

test.each(hard)('%s and for good: %s', (...[cause, words, other]: readonly string[]) => {
  expect(diagnose(words!, null)).toMatchObject({ cause: other ?? cause, hard: true });
});

test.each(soft)('%s and perhaps not tomorrow: %s', (cause, words) => {
  expect(diagnose(words, null)).toMatchObject({ cause, hard: false });
});

test.each([
  ['5.0.0', '550 5.1.1 No such user', '5.1.1'],
  ['5.1.1', '550 No such user', '5.1.1'],
  ['5.2.2', '552 5.0.0 Mailbox full', '5.2.2'],
  [null, '550 No such user', null],
  ['5.5.0', '550 5.5.0 mailbox unavailable', '5.5.0'],
  [null, 'connect to 192.5.5.1 and 5.1.1.7', null],
])('of a status %s and the words %j the more specific is kept', (field, words, status) => {
  expect(diagnose(words, field)).toMatchObject({ status });
});

test.each([
  ['5.1.1', 'no such mailbox', true],
  ['5.1.2', 'domain gone', true],
  ['5.2.1', 'mailbox closed', true],
  ['5.2.2', 'mailbox full', false],
  ['5.3.4', 'too large', false],
  ['5.4.4', 'domain gone', true],
  ['5.4.6', 'mail loop', false],
  ['5.4.7', 'expired', false],
  ['5.7.1', 'policy', false],
  ['4.4.1', 'server not reached', false],
  ['4.1.1', 'no such mailbox', false],
  ['5.0.0', 'unknown', true],
])('status %s alone means %s', (status, cause, isHard) => {
  expect(diagnose('', status)).toEqual({ cause, hard: isHard, status });
});

test('whatever a server says, there is a cause of the list', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 3000 }), fc.option(fc.string()), (words, field) => {
      expect(bounceCauses).toContain(diagnose(words, field).cause);
    }),
  );
});
