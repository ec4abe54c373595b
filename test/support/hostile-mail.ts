import { randomUUID } from 'node:crypto';

type Wanted = {
  from?: string;
  to?: string;
  subject?: string;
  messageId?: string;
  date?: string;
  type?: string;
  more?: readonly string[];
  body?: string | Buffer;
};

/** The bytes of a message, every line of its header as it is given here, whatever it says. */
export function mailOf(wanted: Wanted = {}): Buffer {
  const lines = [
    `From: ${wanted.from ?? 'Noa Stranger <noa@stranger.invalid>'}`,
    `To: ${wanted.to ?? 'campaign@example.org'}`,
    `Subject: ${wanted.subject ?? 'Re: Our letter'}`,
    `Date: ${wanted.date ?? 'Tue, 24 Nov 2026 10:00:00 +0000'}`,
    `Message-ID: ${wanted.messageId ?? `<${randomUUID()}@stranger.invalid>`}`,
    'MIME-Version: 1.0',
    `Content-Type: ${wanted.type ?? 'text/plain; charset=utf-8'}`,
    ...(wanted.more ?? []),
  ];
  return Buffer.concat([
    Buffer.from(`${lines.join('\r\n')}\r\n\r\n`),
    Buffer.from(wanted.body ?? `${WORDS}\r\n`),
  ]);
}

/** Such a message, which says that it answers this one. */
export const answerTo = (messageId: string, more: Wanted = {}): Buffer =>
  mailOf({ ...more, more: [`In-Reply-To: ${messageId}`, ...(more.more ?? [])] });

/** What somebody writes below it all, to be found again. */
export const WORDS = 'We have read your letter.';

const MEGABYTE = 1_000_000;
const LINE = `${'QUFB'.repeat(19)}\r\n`;
const base64 = (megabytes: number): string => LINE.repeat(Math.floor((megabytes * MEGABYTE) / LINE.length));

/** A part of a multipart with the boundary `b`. */
const part = (header: string, body: string): string => `--b\r\n${header}\r\n\r\n${body}\r\n`;
const multipart = (parts: readonly string[], type = 'mixed'): Buffer =>
  mailOf({ type: `multipart/${type}; boundary=b`, body: `${parts.join('')}--b--\r\n` });
const text = part('Content-Type: text/plain', WORDS);
const file = (name: string, more = ''): string =>
  part(`Content-Type: application/octet-stream\r\nContent-Disposition: attachment; ${name}${more}`, 'bytes');

function nested(depth: number): Buffer {
  const opens = Array.from({ length: depth }, (_, i) =>
    [`--b${i}`, `Content-Type: multipart/mixed; boundary=b${i + 1}`, '', ''].join('\r\n'),
  );
  const closes = Array.from({ length: depth + 1 }, (_, i) => `--b${depth - i}--\r\n`);
  const inside = `--b${depth}\r\nContent-Type: text/plain\r\n\r\n${WORDS}\r\n`;
  return mailOf({ type: 'multipart/mixed; boundary=b0', body: opens.join('') + inside + closes.join('') });
}

const attachedWithin = (depth: number): Buffer => {
  const inside = Array.from(
    { length: depth },
    (_, i) => `Subject: ${i}\r\nContent-Type: message/rfc822\r\n\r\n`,
  );
  return mailOf({ type: 'message/rfc822', body: `${inside.join('')}Subject: the last\r\n\r\n${WORDS}\r\n` });
};

const word = (charset: string, bytes: Buffer): string => `=?${charset}?B?${bytes.toString('base64')}?=`;
const injected = (text: string): string => word('utf-8', Buffer.from(text));

/** Messages that are large. */
export const largeMail: Record<string, () => Buffer> = {
  'a file of 50 MB': () =>
    multipart([text, part('Content-Type: application/zip\r\nContent-Transfer-Encoding: base64', base64(50))]),
  'a file of 50 MB that is not encoded': () => multipart([text, part('Content-Type: image/png', base64(50))]),
  'a text of 50 MB': () =>
    mailOf({ body: 'words of a long text. '.repeat(3).padEnd(78).concat('\r\n').repeat(625_000) }),
  'a text of 50 MB in base64': () =>
    mailOf({ more: ['Content-Transfer-Encoding: base64'], body: base64(50) }),
  'a text of 50 MB as quoted-printable': () =>
    mailOf({
      more: ['Content-Transfer-Encoding: quoted-printable'],
      body: `${'=41'.repeat(25)}=\r\n`.repeat(640_000),
    }),
  'HTML of 50 MB': () =>
    mailOf({ type: 'text/html', body: '<p>words <b>and</b> more</p>\r\n'.repeat(1_700_000) }),
  'one line of 50 MB': () => mailOf({ body: 'x'.repeat(50 * MEGABYTE) }),
  'one line of 50 MB in base64': () =>
    mailOf({ more: ['Content-Transfer-Encoding: base64'], body: 'QUFB'.repeat((50 * MEGABYTE) / 4) }),
  '50 MB of empty lines': () => mailOf({ body: '\r\n'.repeat(25 * MEGABYTE) }),
  '50 MB of line feeds': () => mailOf({ body: '\n'.repeat(50 * MEGABYTE) }),
  '50 MB of NUL': () => mailOf({ body: Buffer.alloc(50 * MEGABYTE) }),
  'an attached message of 50 MB': () =>
    multipart([text, part('Content-Type: message/rfc822', `Subject: x\r\n\r\n${LINE.repeat(640_000)}`)]),
  '50 MB of texts, 100 kB each': () =>
    multipart(Array.from({ length: 500 }, () => part('Content-Type: text/plain', LINE.repeat(1280)))),
  'a multipart of 50 MB that has no part': () =>
    mailOf({ type: 'multipart/mixed; boundary=b', body: LINE.repeat(640_000) }),
  '50 MB of boundaries that are none': () =>
    mailOf({ type: 'multipart/mixed; boundary=b', body: `--b\r\n\r\n${'--bb\r\n'.repeat(8_300_000)}` }),
  '50 MB without a header': () => Buffer.alloc(50 * MEGABYTE, 'x'),
  'a header of 50 MB': () => mailOf({ more: [`X-Long: ${'x'.repeat(50 * MEGABYTE)}`] }),
};

/** Messages that are awkward in some other way. */
export const hostileMail: Record<string, () => Buffer> = {
  'nothing at all': () => Buffer.from('\r\n'),
  'one NUL': () => Buffer.from([0]),
  'a header alone': () => Buffer.from('Subject: x'),
  'no header': () => Buffer.from(`\r\n\r\n${WORDS}`),
  '2,000 texts': () =>
    multipart(Array.from({ length: 2000 }, (_, i) => part('Content-Type: text/plain', `Text ${i}.`))),
  '2,000 texts in HTML': () =>
    multipart(Array.from({ length: 2000 }, (_, i) => part('Content-Type: text/html', `<p>Text ${i}.`))),
  '2,000 files': () =>
    multipart([text, ...Array.from({ length: 2000 }, (_, i) => file(`filename="${i}.pdf"`))]),
  '2,000 attached messages': () =>
    multipart([
      text,
      ...Array.from({ length: 2000 }, (_, i) =>
        part('Content-Type: message/rfc822', `Subject: ${i}\r\n\r\nx`),
      ),
    ]),
  '2,000 delivery reports': () =>
    multipart(
      [
        text,
        ...Array.from({ length: 2000 }, (_, i) =>
          part(
            'Content-Type: message/delivery-status',
            `Final-Recipient: rfc822; a${i}@example.net\r\nAction: failed\r\nStatus: 5.1.1`,
          ),
        ),
      ],
      'report; report-type=delivery-status',
    ),
  '4,000 parts': () => multipart(Array.from({ length: 4000 }, () => text)),
  'multiparts 200 deep': () => nested(200),
  'multiparts 1,000 deep': () => nested(1000),
  'attached messages 200 deep': () => attachedWithin(200),
  'attached messages 20,000 deep': () => attachedWithin(20_000),
  'a multipart that has its own boundary within it': () =>
    mailOf({
      type: 'multipart/mixed; boundary=b',
      body: `--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n${WORDS}\r\n--b--\r\n--b--\r\n`,
    }),
  'a boundary of 10 kB': () =>
    mailOf({
      type: `multipart/mixed; boundary=${'b'.repeat(10_000)}`,
      body: `--${'b'.repeat(10_000)}\r\n\r\n${WORDS}\r\n`,
    }),
  'a multipart whose boundary never comes': () => mailOf({ type: 'multipart/mixed; boundary=other' }),
  'a multipart that names no boundary': () =>
    mailOf({ type: 'multipart/mixed', body: `--b\r\nContent-Type: text/plain\r\n\r\n${WORDS}\r\n--b--\r\n` }),
  'a multipart that breaks off': () =>
    mailOf({ type: 'multipart/mixed; boundary=b', body: text + '--b\r\nContent-' }),
  'a multipart that ends before the one within it': () =>
    mailOf({
      type: 'multipart/mixed; boundary=b',
      body: `--b\r\nContent-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\n\r\n${WORDS}\r\n--b--\r\n--c--\r\n`,
    }),
  'an empty boundary': () =>
    mailOf({ type: 'multipart/mixed; boundary=""', body: `--\r\n\r\n${WORDS}\r\n----\r\n` }),
  'a field of 1 MB': () => mailOf({ more: [`X-Long: ${'x'.repeat(MEGABYTE)}`] }),
  'a field of 1 MB in short lines': () => mailOf({ more: [`X-Long: ${'x\r\n '.repeat(MEGABYTE / 4)}`] }),
  'a header of 1 MB without a colon': () => mailOf({ more: ['x\r\n '.repeat(MEGABYTE / 4)] }),
  '20,000 fields': () =>
    mailOf({
      more: Array.from({ length: 20_000 }, (_, i) => `X-Field-${i}: a value of no use at all, ${i}`),
    }),
  '20,000 fields of one name': () =>
    mailOf({
      more: Array.from(
        { length: 20_000 },
        (_, i) => `Received: from mx${i}.example.net by mx.example.org; Tue, 24 Nov 2026 10:00:00 +0000`,
      ),
    }),
  '20,000 From fields': () =>
    mailOf({ more: Array.from({ length: 20_000 }, (_, i) => `From: Noa ${i} <noa${i}@stranger.invalid>`) }),
  '20,000 Content-Type fields': () =>
    mailOf({ more: Array.from({ length: 20_000 }, (_, i) => `Content-Type: text/x${i}; charset=x${i}`) }),
  'a header of 3 MB': () => mailOf({ more: [`X-Long: ${'x'.repeat(3 * MEGABYTE)}`] }),
  'a subject of 1 MB': () => mailOf({ subject: 'word '.repeat(MEGABYTE / 5) }),
  'a subject of 1 MB in encoded words': () =>
    mailOf({ subject: '=?utf-8?Q?=C3=A4?= '.repeat(MEGABYTE / 18) }),
  'a subject of one encoded word of 1 MB': () =>
    mailOf({ subject: `=?utf-8?Q?${'=C3=A4'.repeat(MEGABYTE / 6)}?=` }),
  'a subject of 1 MB of beginnings of encoded words': () =>
    mailOf({ subject: '=?utf-8?Q?'.repeat(MEGABYTE / 10) }),
  'a subject of 1 MB of question marks': () => mailOf({ subject: `=?${'?'.repeat(MEGABYTE)}` }),
  'a subject of 1 MB of Re:': () => mailOf({ subject: 'Re: '.repeat(MEGABYTE / 4) }),
  'a subject of 1 MB of brackets': () => mailOf({ subject: '['.repeat(MEGABYTE) }),
  'a subject of 1 MB of spaces': () => mailOf({ subject: `x${' '.repeat(MEGABYTE)}x` }),
  'a sender of 1 MB': () => mailOf({ from: `${'Noa '.repeat(MEGABYTE / 4)}<noa@stranger.invalid>` }),
  'an address of 1 MB': () => mailOf({ from: `<${'n'.repeat(MEGABYTE)}@stranger.invalid>` }),
  'a sender of 1 MB of brackets': () => mailOf({ from: '<'.repeat(MEGABYTE) }),
  'a sender of 100 kB of comments': () => mailOf({ from: `${'('.repeat(100_000)} noa@stranger.invalid` }),
  'a sender of 100 kB of quotes': () => mailOf({ from: '"'.repeat(100_000) }),
  'a sender of groups within groups': () => mailOf({ from: 'a:'.repeat(50_000) }),
  '10,000 recipients': () =>
    mailOf({ to: Array.from({ length: 10_000 }, (_, i) => `Kim ${i} <kim${i}@example.net>`).join(',\r\n ') }),
  '10,000 recipients in fields of their own': () =>
    mailOf({ more: Array.from({ length: 10_000 }, (_, i) => `Cc: Kim ${i} <kim${i}@example.net>`) }),
  'a Message-ID of 100 kB': () => mailOf({ messageId: `<${'a'.repeat(100_000)}@stranger.invalid>` }),
  'a Message-ID of 400 characters of four bytes each': () =>
    mailOf({ messageId: `<${'\u{1F4EE}'.repeat(240)}@x>` }),
  '10,000 Message-IDs that it answers': () =>
    mailOf({
      more: [
        `In-Reply-To: ${Array.from({ length: 10_000 }, (_, i) => `<${i}${'a'.repeat(60)}@example.net>`).join('\r\n ')}`,
      ],
    }),
  '100 Message-IDs of 500 characters each, which it answers': () =>
    mailOf({
      more: [
        `References: ${Array.from({ length: 100 }, (_, i) => `<${String(i).padEnd(490, 'a')}@x>`).join('\r\n ')}`,
      ],
    }),
  'a References of 1 MB of brackets': () => mailOf({ more: [`References: ${'<'.repeat(MEGABYTE)}`] }),
  'a body of 1 MB without a line break': () => mailOf({ body: 'word '.repeat(MEGABYTE / 5) }),
  'a body of 1 MB without a space': () => mailOf({ body: 'x'.repeat(MEGABYTE) }),
  'a body of 1 MB of line breaks': () => mailOf({ body: '\n'.repeat(MEGABYTE) }),
  'a body of 1 MB of carriage returns': () => mailOf({ body: '\r'.repeat(MEGABYTE) }),
  'a body of 1 MB of quotes': () => mailOf({ body: '>'.repeat(MEGABYTE) }),
  'a body of 1 MB of lines of quotes': () => mailOf({ body: '>\n'.repeat(MEGABYTE / 2) }),
  'a body of 1 MB of lines "On … wrote:"': () =>
    mailOf({ body: 'On 3 March 2026 at 14:30, Kim <kim@example.org> wrote:\n'.repeat(18_000) }),
  'a body of 1 MB of headers': () =>
    mailOf({
      body: 'From: a@example.org\nSent: 3 March 2026 14:30\nTo: b@example.org\nSubject: x\n\n'.repeat(12_000),
    }),
  'a body of 1 MB of addresses': () => mailOf({ body: 'a@example.org '.repeat(MEGABYTE / 14) }),
  'a body of 1 MB of @': () => mailOf({ body: '@'.repeat(MEGABYTE) }),
  'a body of 1 MB of dots': () => mailOf({ body: '.'.repeat(MEGABYTE) }),
  'a body of 1 MB of a.': () => mailOf({ body: 'a.'.repeat(MEGABYTE / 2) }),
  'a body of 1 MB of reply codes': () => mailOf({ body: '550 5.1.1 '.repeat(MEGABYTE / 10) }),
  'a body of 1 MB of tabs': () => mailOf({ body: `x${'\t'.repeat(MEGABYTE)}x` }),
  'a report of 1 MB': () =>
    mailOf({
      from: 'MAILER-DAEMON@mx.example.net',
      subject: 'Undelivered mail returned to sender',
      body: `This message could not be delivered.\r\n\r\n${'<a@example.net>: 550 5.1.1 unknown user:\r\n'.repeat(24_000)}`,
    }),
  'a report of 1 MB of one block': () =>
    mailOf({
      from: 'MAILER-DAEMON@mx.example.net',
      subject: 'Undelivered mail returned to sender',
      body: `This message could not be delivered.\r\n\r\n${'a@example.net '.repeat(70_000)}`,
    }),
  'flowed text of 1 MB': () =>
    mailOf({ type: 'text/plain; format=flowed; delsp=yes', body: 'word \r\n'.repeat(MEGABYTE / 7) }),
  'flowed quotes of 1 MB': () =>
    mailOf({ type: 'text/plain; format=flowed', body: `${'>'.repeat(100)} word \r\n`.repeat(9_000) }),
  'HTML of 1 MB that nobody closes': () =>
    mailOf({ type: 'text/html', body: '<div><b><a href=x>'.repeat(MEGABYTE / 18) }),
  'a charset that there is none of': () => mailOf({ type: 'text/plain; charset=x-nothing' }),
  'a charset that is none': () => mailOf({ type: 'text/plain; charset="__proto__"' }),
  'a charset of 10 kB': () => mailOf({ type: `text/plain; charset=${'x'.repeat(10_000)}` }),
  'UTF-16 that is ASCII': () => mailOf({ type: 'text/plain; charset=utf-16' }),
  'UTF-8 that is not': () =>
    mailOf({ body: Buffer.from([0xff, 0xfe, 0xc3, 0x28, 0xed, 0xa0, 0x80, 0xf8, 0x88]) }),
  'GB18030 that is not': () =>
    mailOf({ type: 'text/plain; charset=gb18030', body: Buffer.from([0x81, 0x30, 0xff, 0xff, 0x84]) }),
  'ISO-2022-JP that breaks off': () =>
    mailOf({ type: 'text/plain; charset=iso-2022-jp', body: Buffer.from('\u001b$B!') }),
  'UTF-7': () =>
    mailOf({ type: 'text/plain; charset=utf-7', body: '+ADw-script+AD4-ran()+ADw-/script+AD4-' }),
  'halves of characters': () =>
    mailOf({ type: 'text/plain; charset=utf-16le', body: Buffer.from([0x00, 0xd8, 0x41, 0x00, 0x00, 0xdc]) }),
  'halves of characters in every field': () => {
    const half = word('utf-16le', Buffer.from([0x41, 0x00, 0x00, 0xd8]));
    return mailOf({
      subject: half,
      from: `${half} <noa@stranger.invalid>`,
      more: [`In-Reply-To: <\ud800@x>`],
    });
  },
  'base64 that is broken': () =>
    mailOf({
      more: ['Content-Transfer-Encoding: base64'],
      body: 'V2Ug=aGF2\r\n!!ZSByZWFk\u0000IA=====\r\nQ',
    }),
  'quoted-printable that is broken': () =>
    mailOf({ more: ['Content-Transfer-Encoding: quoted-printable'], body: '=ZZ=\r\n=4=41=' }),
  'an encoding that there is none of': () => mailOf({ more: ['Content-Transfer-Encoding: x-uuencode'] }),
  'NUL everywhere': () =>
    mailOf({
      from: 'N\u0000oa <no\u0000a@stranger.invalid>',
      to: 'campaign\u0000@example.org',
      subject: `Re:\u0000 ${word('utf-8', Buffer.from('a\u0000b'))}`,
      messageId: `<a\u0000${randomUUID()}@x>`,
      type: 'text/pl\u0000ain; charset=utf-8; name="a\u0000.txt"',
      more: ['X\u0000Y: z', 'In-Reply-To: <a\u0000b@x>'],
      body: `${WORDS}\u0000\r\n`,
    }),
  'NUL in the name of a file': () =>
    multipart([text, file('filename="a\u0000.exe"'), file(`filename*=utf-8''a%00b.exe`)]),
  'text that runs backwards': () =>
    mailOf({
      from: `"\u202egro.elpmaxe@eciffo" <noa@stranger.invalid>`,
      subject: '\u202etcejbus\u2066',
      body: `\u202e${WORDS}\r\n`,
    }),
  'a file name that runs backwards': () => multipart([text, file('filename="invoice\u202efdp.exe"')]),
  'breaks in encoded words': () =>
    mailOf({
      from: `${injected('Noa\r\nBcc: all@example.org\r\n\r\nx')} <noa@stranger.invalid>`,
      subject: injected('Re: x\r\nBcc: all@example.org\r\n\r\nHello'),
      messageId: `<a\rBcc: all@example.org${randomUUID()}@x>`,
    }),
  'breaks in an address': () => mailOf({ from: `"noa\r\n Bcc: all@example.org"@stranger.invalid` }),
  'breaks in the name of a file': () =>
    multipart([
      text,
      file(`filename*=utf-8''a%0D%0ASet-Cookie:%20x=1%0D%0A%0D%0Ax.txt`),
      file(`filename="${injected('a"\r\nX-Own: 1')}"`),
    ]),
  'a file name of 10 kB with separators': () =>
    multipart([text, file(`filename="${'../'.repeat(3000)}${'x'.repeat(1000)}.txt"`)]),
  'a file name in 1,000 pieces': () =>
    multipart([text, file(Array.from({ length: 1000 }, (_, i) => `filename*${i}=x`).join(';\r\n '))]),
  'file names of the database': () =>
    multipart([
      text,
      ...['_id', '$where', '__proto__', 'constructor', 'a.b', '..', '.', '/', 'con', ' '].map((name) =>
        file(`filename="${name}"`),
      ),
    ]),
  'media types of the database': () =>
    multipart([
      text,
      ...['__proto__/constructor', '$where/$ne', 'a', '/', 'text/', `text/${'x'.repeat(10_000)}`].map(
        (type) => part(`Content-Type: ${type}; name=x`, 'x'),
      ),
    ]),
  'parameters of the prototype': () =>
    mailOf({ type: 'text/plain; __proto__=x; constructor=y; charset*0*=utf-8; charset*__proto__=z' }),
  'fields of the prototype': () =>
    mailOf({ more: ['__proto__: x', 'constructor: y', 'hasOwnProperty: z', 'toString: a'] }),
  'a compressed file that is very much larger when it is opened': () =>
    multipart([
      text,
      part('Content-Type: application/zip; name=bomb.zip\r\nContent-Transfer-Encoding: base64', 'UEsDBBQ='),
    ]),
  'a date of 1970': () => mailOf({ date: 'Thu, 1 Jan 1970 00:00:00 +0000' }),
  'a date of 2099': () => mailOf({ date: 'Thu, 31 Dec 2099 23:59:59 +0000' }),
  'a date of the year 999999': () => mailOf({ date: 'Thu, 1 Jan 999999 00:00:00 +0000' }),
  'a date of 1 MB': () => mailOf({ date: '1 '.repeat(MEGABYTE / 2) }),
  'a time zone that there is none of': () => mailOf({ date: 'Tue, 24 Nov 2026 10:00:00 +9999' }),
  'an Authentication-Results of 1 MB': () =>
    mailOf({ more: [`Authentication-Results: ${'a=b ('.repeat(MEGABYTE / 5)}`] }),
  'a Content-Type of 1 MB': () => mailOf({ type: `text/plain; ${'a=b; '.repeat(MEGABYTE / 5)}` }),
};
