import { expect, test } from '@jest/globals';
import { classify } from '../../src/replies/classify/classify.js';
import { mailNamed } from '../support/mail-fixtures.js';

const HARD = true;
const SOFT = false;

/** fixture, kind, hard or soft, status, whose address, cause, and the number in the Message-ID of our letter */
const reports: [string, string, boolean, string | null, string, string, number | null][] = [
  ['postfix-no-such-user', 'bounce', HARD, '5.1.1', 'kim.rowe@corp.example.com', 'no such mailbox', 1],
  ['postfix-delayed', 'delayed', SOFT, '4.4.1', 'office@slow.example.com', 'server not reached', 2],
  ['postfix-full-behind-511', 'bounce', SOFT, '5.1.1', 'press@full.example.com', 'mailbox full', 3],
  ['postfix-domain-gone', 'bounce', HARD, '5.4.4', 'ceo@gone.invalid', 'domain gone', 4],
  ['postfix-dns-try-again', 'bounce', SOFT, '4.4.3', 'ceo@late.example.com', 'server not reached', 5],
  ['postfix-forwarded', 'bounce', HARD, '5.2.1', 'sam.lund@charity.example.com', 'mailbox closed', 6],
  ['sendmail-host-unknown', 'bounce', HARD, '5.1.2', 'chair@nowhere.example.com', 'domain gone', 7],
  ['sendmail-expired', 'bounce', SOFT, '4.4.7', 'desk@silent.example.com', 'expired', 8],
  ['sendmail-one-of-three', 'bounce', HARD, '5.3.0', 'two@corp.example.com', 'no such mailbox', 9],
  ['sendmail-relaying-denied', 'bounce', HARD, '5.7.1', 'info@moved.example.com', 'relaying refused', 10],
  ['exchange-online-5.1.10', 'bounce', HARD, '5.1.10', 'j.doe@tenant.example.com', 'no such mailbox', 11],
  [
    'exchange-online-access-denied',
    'bounce',
    HARD,
    '5.4.1',
    'old.name@tenant.example.com',
    'no such mailbox',
    12,
  ],
  ['exchange-transport-rule', 'bounce', SOFT, '5.7.1', 'board@tenant.example.com', 'policy', 13],
  ['exchange-quota-exception', 'bounce', SOFT, '5.2.2', 'p.office@tenant.example.com', 'mailbox full', 14],
  ['exchange-german', 'bounce', HARD, '5.1.1', 'm.muster@firma.example.com', 'no such mailbox', 15],
  ['exchange-imcea', 'bounce', HARD, '5.1.1', 'pat.field@tenant.example.com', 'no such mailbox', 16],
  ['exchange-hops', 'bounce', SOFT, '5.4.6', 'list@tenant.example.com', 'mail loop', 17],
  ['outlook-com-unavailable', 'bounce', HARD, '5.5.0', 'ines@freemail.example.com', 'no such mailbox', 18],
  ['gmail-not-found', 'bounce', HARD, '5.1.1', 'lena.typo@freemail.example.com', 'no such mailbox', 19],
  ['gmail-delay', 'delayed', SOFT, '4.4.1', 'ana@busy.example.com', 'server not reached', 20],
  ['gmail-rate', 'bounce', SOFT, '4.2.1', 'mp@freemail.example.com', 'over quota', 21],
  ['gmail-unsolicited', 'bounce', SOFT, '5.7.1', 'mp@freemail.example.com', 'blocked as spam', 22],
  ['gmail-unauthenticated', 'bounce', SOFT, '5.7.26', 'mp2@freemail.example.com', 'policy', 23],
  ['exim-report', 'bounce', HARD, '5.0.0', 'wrong@host.example.com', 'no such mailbox', 24],
  ['amazon-ses', 'bounce', SOFT, '4.4.7', 'ed@paper.example.com', 'expired', 25],
  ['powermta-bulk', 'bounce', SOFT, '5.7.1', 'kim+news=2026@corp.example.com', 'blocked as spam', 26],
  ['courier-5.0.0', 'bounce', SOFT, '5.0.0', 'agnes@house.example.com', 'mailbox full', 27],
  ['oracle-messaging', 'bounce', HARD, '5.4.4', 'tor@fjord.example.com', 'domain gone', 28],
  ['barracuda-spam', 'bounce', SOFT, '5.7.1', 'news@gate.example.com', 'blocked as spam', 29],
  ['mimecast-policy', 'bounce', SOFT, '5.0.0', 'vera@law.example.com', 'policy', 30],
  ['ironport-no-user', 'bounce', HARD, '5.1.1', 'olle@verk.example.com', 'no such mailbox', 31],
  ['yandex-russian', 'bounce', SOFT, '5.7.1', 'ivan@pochta.example.com', 'policy', 32],
  ['too-large', 'bounce', SOFT, '5.3.4', 'files@small.example.com', 'too large', 33],
  ['status-as-plain-text', 'bounce', HARD, '5.1.1', 'rosa@wrongtype.example.com', 'no such mailbox', 34],
  ['status-as-headers', 'bounce', HARD, '5.2.0', 'rosa@headers.example.com', 'mailbox closed', 35],
  ['status-attached-base64', 'bounce', HARD, '5.1.1', 'rosa@attached.example.com', 'no such mailbox', 36],
  ['status-quoted-printable', 'bounce', HARD, '5.1.1', 'user=3d@qp.example.com', 'no such mailbox', 37],
  ['status-global-utf8', 'bounce', HARD, '5.1.1', 'zoë@münchen.example', 'no such mailbox', 38],
  ['status-without-blank-lines', 'bounce', SOFT, '4.2.2', 'first@run.example.com', 'mailbox full', 39],
  ['status-no-action', 'bounce', HARD, null, 'noaction@run.example.com', 'no such mailbox', 40],
  ['status-x400', 'bounce', HARD, '5.1.1', 'minister@ministry.example.com', 'no such mailbox', 41],
  ['greylisted-for-days', 'bounce', SOFT, '4.7.1', 'desk@grey.example.com', 'policy', 44],
  ['policy-word-unknown-user', 'bounce', HARD, '5.7.1', 'max@rule.example.com', 'no such mailbox', 45],
  ['sender-domain-refused', 'bounce', SOFT, '5.1.8', 'max@verify.example.com', 'policy', 46],
];

test.each(reports)('%s is a %s', async (name, kind, hard, status, address, cause, letter) => {
  const verdict = classify(await mailNamed('bounces', name), {
    addresses: ['letters@coalition.example.org'],
  });
  expect(verdict).toMatchObject({ kind, problem: { hard, status, address, cause } });
  const id = letter === null ? null : `<letter.${String(letter).padStart(3, '0')}@coalition.example.org>`;
  expect(verdict.originalMessageId).toBe(id);
});

test.each(['receipt-delivered', 'receipt-relayed'])(
  '%s says that it arrived, and is no bounce',
  async (name) => {
    const verdict = classify(await mailNamed('bounces', name), { addresses: [] });
    expect(verdict).toEqual({
      kind: 'auto-reply',
      why: expect.stringContaining('a receipt that it was delivered'),
    });
  },
);

test('our own address is never the one that failed', async () => {
  const message = await mailNamed('bounces', 'postfix-forwarded');
  const ours = { addresses: ['sam.lund@charity.example.com'] };
  expect(classify(message, ours).problem?.address).toBe('sam.lund@home.example.net');
});
