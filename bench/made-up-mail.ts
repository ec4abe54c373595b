import { randomBytes } from 'node:crypto';

const WORDS =
  'we read your letter with care and will answer its questions in the order in which they were asked'.split(
    ' ',
  );

const paragraph = (n: number): string =>
  Array.from({ length: 60 }, (_, i) => WORDS[(n * 7 + i * 3) % WORDS.length])
    .join(' ')
    .replaceAll(/(.{60,70}) /g, '$1\r\n');

/** A message as mailboxes hold them: of ten, six answers (two of them to a message of ours, one with a file), one newsletter, one absence and two bounces. */
export function incomingMessage(id: string, n: number, answered: readonly string[]): string {
  const common = [
    `Received: from mx.example.net (mx.example.net [192.0.2.${n % 250}]) by mail.example.org; Tue, 24 Nov 2026 12:00:00 +0000`,
    `Message-ID: <${id}@example.net>`,
    'Date: Tue, 24 Nov 2026 12:00:00 +0000',
    'To: The campaign <replies@example.org>',
    'MIME-Version: 1.0',
  ];
  const ours = answered[n % Math.max(1, answered.length)] ?? '<nothing@example.org>';
  const kind = n % 10;
  if (kind < 6) return reply(common, n, kind < 2 ? ours : null, kind === 5);
  if (kind === 6) return newsletter(common, n);
  if (kind === 7) return absence(common, n);
  return bounce(common, id, n, ours);
}

const both = (boundary: string, text: string): string[] => [
  `--${boundary}`,
  'Content-Type: text/plain; charset=utf-8',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  text,
  `--${boundary}`,
  'Content-Type: text/html; charset=utf-8',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  `<html><body>${text
    .split('\r\n\r\n')
    .map((one) => `<p style=3D"margin:0">${one}</p>`)
    .join('')}</body></html>`,
  `--${boundary}--`,
  '',
];

function reply(common: readonly string[], n: number, ours: string | null, withFile: boolean): string {
  const text = [
    'Dear campaign,',
    paragraph(n),
    paragraph(n + 1),
    `Kim Invented ${n}`,
    'On Mon, 23 Nov 2026 at 10:00, The campaign <campaign@example.org> wrote:\r\n> ' +
      paragraph(n + 2).replaceAll('\r\n', '\r\n> '),
  ].join('\r\n\r\n');
  const headers = [
    ...common,
    `From: Kim Invented ${n} <kim${n}@platform${n % 300}.example>`,
    'Subject: =?utf-8?Q?Re=3A_Our_letter_=E2=80=93_an_answer?=',
    ...(ours ? [`In-Reply-To: ${ours}`, `References: ${ours}`] : []),
  ];
  if (!withFile)
    return [...headers, 'Content-Type: multipart/alternative; boundary=a', '', ...both('a', text)].join(
      '\r\n',
    );
  return [
    ...headers,
    'Content-Type: multipart/mixed; boundary=m',
    '',
    '--m',
    'Content-Type: multipart/alternative; boundary=a',
    '',
    ...both('a', text),
    '--m',
    'Content-Type: application/pdf; name="assessment.pdf"',
    'Content-Disposition: attachment; filename="assessment.pdf"',
    'Content-Transfer-Encoding: base64',
    '',
    randomBytes(60_000)
      .toString('base64')
      .replaceAll(/(.{76})/g, '$1\r\n'),
    '--m--',
    '',
  ].join('\r\n');
}

const newsletter = (common: readonly string[], n: number): string =>
  [
    ...common,
    `From: News <news@list${n % 20}.example>`,
    'Subject: This month in policy',
    'List-Id: <news.example>',
    'List-Unsubscribe: <https://list.example/unsubscribe>',
    'Precedence: bulk',
    'Content-Type: multipart/alternative; boundary=a',
    '',
    ...both('a', [1, 2, 3, 4, 5].map((i) => paragraph(n + i)).join('\r\n\r\n')),
  ].join('\r\n');

const absence = (common: readonly string[], n: number): string =>
  [
    ...common,
    `From: Sam Madeup ${n} <sam${n}@platform${n % 300}.example>`,
    'Subject: Automatic reply: Our letter',
    'Auto-Submitted: auto-replied',
    'Content-Type: text/plain; charset=utf-8',
    '',
    `I am out of the office until Monday.\r\n\r\n${paragraph(n)}`,
    '',
  ].join('\r\n');

const bounce = (common: readonly string[], id: string, n: number, ours: string): string =>
  [
    'Return-Path: <>',
    ...common,
    'From: Mail Delivery System <mailer-daemon@mx.example.net>',
    'Subject: Undelivered Mail Returned to Sender',
    'Auto-Submitted: auto-replied',
    'Content-Type: multipart/report; report-type=delivery-status; boundary=r',
    '',
    '--r',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'This is the mail system at host mx.example.net. Your message could not be delivered.',
    '',
    '--r',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example.net',
    '',
    `Final-Recipient: rfc822; office${n}@platform${n % 300}.example`,
    'Action: failed',
    `Status: ${n % 2 ? '5.1.1' : '4.2.2'}`,
    `Diagnostic-Code: smtp; ${n % 2 ? '550 5.1.1 User unknown' : '452 4.2.2 Mailbox full'} (${id})`,
    '',
    '--r',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: ${ours}`,
    'Subject: Our letter',
    `To: office${n}@platform${n % 300}.example`,
    '',
    '--r--',
    '',
  ].join('\r\n');
