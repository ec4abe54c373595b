import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mongo } from 'mongoose';
import { incomingKinds } from '../../src/replies/incoming.rules.js';
import { understand, type Understood } from '../../src/replies/understand.js';
import { hostileMail, mailOf, WORDS } from '../support/hostile-mail.js';
import { mailBytes, mailNames } from '../support/mail-fixtures.js';

const reading = { ourselves: { addresses: ['campaign@example.org'] }, authServer: null };
const folders = [
  'about-bounces',
  'auto-replies',
  'bounces',
  'challenges',
  'complaints',
  'lists',
  'receipts',
  'replies',
];
const fixtures = folders.flatMap((folder) => mailNames(folder).map((name) => mailBytes(folder, name)));

/** Of a record; the database takes 16 MB. */
const MOST_BYTES = 15_000_000;
const sizeOf = (said: Understood): number => mongo.BSON.calculateObjectSize(said);

/** Reads it, and sees that what is said is whole, fits into a record and took no more than two seconds of a processor. */
async function understood(source: Buffer): Promise<Understood> {
  const before = process.cpuUsage();
  const said = await understand(source, reading);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1_000_000).toBeLessThan(2);
  expect(incomingKinds).toContain(said.kind);
  expect(said.why).toMatch(/\S/);
  expect(sizeOf(said)).toBeLessThan(MOST_BYTES);
  return said;
}

// what is measured is reading, not compiling what reads: that is done once, by ordinary mail of every kind
beforeAll(async () => {
  for (const mail of fixtures) await understand(mail, reading);
}, 60_000);

test.each(Object.entries(hostileMail))('%s: is understood', async (_what, make) => {
  await understood(make());
});

test.each([
  'text that runs backwards',
  'breaks in encoded words',
  '20,000 fields',
  'multiparts 200 deep',
  '10,000 recipients',
])('%s: takes nothing away from what is said', async (what) => {
  expect((await understood(hostileMail[what]!())).words).toContain(WORDS);
});

describe('what is made up of anything', () => {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
    fc.constantFrom(
      '\r\n',
      '\n\n',
      '\u0000',
      ' ',
      '\t',
      '--',
      '=?utf-8?B?',
      '?=',
      '=?utf-16?Q?=D8',
      '<',
      '>',
      '"',
      '(',
      '@',
      '=',
      '=\r\n',
      ';',
      ':',
      '\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n',
      '\r\nContent-Type: message/rfc822\r\n\r\n',
      '\r\nContent-Transfer-Encoding: base64\r\n',
      '\r\nContent-Transfer-Encoding: quoted-printable\r\n',
      '; charset=utf-16le',
      '; charset=iso-2022-jp',
      '; format=flowed; delsp=yes',
      '\r\nFrom: ',
      '\r\nDate: 31 Feb 99999 25:61',
      '\r\n> ',
      '<div><blockquote>',
      '550 5.1.1 <a@example.net>',
      '\r\nFinal-Recipient: rfc822;',
      '\u00ff\u00fe',
      '\u00ed\u00a0\u0080',
    ),
  );
  const change = fc.record({
    at: fc.nat(6000),
    without: fc.oneof(fc.constant(0), fc.nat(400)),
    piece,
    times: fc.oneof(fc.constant(1), fc.nat(300)),
  });
  const changed = fc
    .tuple(fc.constantFrom(...fixtures), fc.array(change, { minLength: 1, maxLength: 6 }))
    .map(([mail, changes]) =>
      changes.reduce(
        (bytes, { at, without, piece: put, times }) =>
          Buffer.concat([
            bytes.subarray(0, at),
            Buffer.from(put.repeat(times), 'latin1'),
            bytes.subarray(at + without),
          ]),
        mail,
      ),
    );
  const cut = fc
    .tuple(fc.constantFrom(...fixtures), fc.nat(6000), fc.constantFrom(...fixtures), fc.nat(6000))
    .map(([one, until, other, from]) => Buffer.concat([one.subarray(0, until), other.subarray(from)]));
  const anyBytes = fc.uint8Array({ maxLength: 2000 }).map((bytes) => Buffer.from(bytes));
  const anyBody = anyBytes.map((body) =>
    Buffer.concat([Buffer.from('From: a@example.net\nSubject: '), body]),
  );
  const anyPieces = fc
    .array(piece, { maxLength: 40 })
    .map((pieces) => Buffer.from(`Subject: x${pieces.join('')}`, 'latin1'));

  test.each<[string, fc.Arbitrary<Buffer>, number]>([
    ['a mail that something happened to', changed, 1500],
    ['the beginning of one mail and the end of another', cut, 500],
    ['pieces of mails', anyPieces, 1000],
    ['any bytes', anyBytes, 300],
    ['any bytes after a header', anyBody, 300],
  ])(
    '%s: is understood, and the same each time',
    async (_what, mails, numRuns) => {
      await fc.assert(
        fc.asyncProperty(mails, async (mail) => {
          const { fingerprint } = await understood(mail);
          expect((await understood(mail)).fingerprint).toBe(fingerprint);
        }),
        { numRuns },
      );
    },
    120_000,
  );
});

describe('of what becomes longer than it came', () => {
  // a byte of a Thai text has three in UTF-8, and nine as part of an address on the web
  const thai = (bytes: number) => Buffer.alloc(bytes, 0xa1);
  const link = Buffer.concat([
    Buffer.from('<p><a href="https://example.net/'),
    thai(200),
    Buffer.from('">x</a>'),
  ]);
  const parts = (type: string, content: Buffer) =>
    mailOf({
      type: 'multipart/mixed; boundary=b',
      body: Buffer.concat([
        ...Array.from({ length: 6 }, () => [
          Buffer.from(`--b\r\nContent-Type: ${type}; charset=windows-874\r\n\r\n`),
          content,
          Buffer.from('\r\n'),
        ]).flat(),
        Buffer.from('--b--\r\n'),
      ]),
    });
  const lines = Buffer.concat(
    Array.from({ length: 12_500 }, () => Buffer.concat([Buffer.from('> '), thai(76), Buffer.from('\r\n')])),
  );

  test.each<[string, Buffer]>([
    ['a text', parts('text/plain', thai(1_000_000))],
    ['a quote', parts('text/plain', lines)],
    ['links', parts('text/html', Buffer.concat(Array.from({ length: 4000 }, () => link)))],
    [
      'lines in quotes within quotes',
      parts('text/html', Buffer.from(`${'<blockquote type=cite>'.repeat(9)}${'x<br>'.repeat(190_000)}`)),
    ],
  ])('%s: no more is kept than a record holds', async (_what, source) => {
    const said = await understand(source, reading);
    expect([sizeOf(said) > 1_000_000, sizeOf(said) < MOST_BYTES, said.isCut]).toEqual([true, true, true]);
  });

  test('names and addresses: no more is kept than anybody has', async () => {
    const names = Array.from({ length: 200 }, (_, i) => `${i}${'\u0e01'.repeat(480)}@x`);
    const said = await understand(
      mailOf({ from: `${'\u0e01'.repeat(30_000)} <a@example.net>`, to: names.join(', ') }),
      reading,
    );
    expect(said.from).toEqual({ name: '\u0e01'.repeat(500), address: 'a@example.net' });
    expect(sizeOf(said)).toBeLessThan(400_000);
  });

  test('a text that is not too long is kept whole', async () => {
    const body = 'word '.repeat(190_000);
    expect(await understand(mailOf({ body }), reading)).toMatchObject({ words: body.trim(), isCut: false });
  });
});
