import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readMessage, Unreadable, type ReadMessage } from '../../src/mail/read-message.js';
import { asBounceInWords } from '../../src/replies/classify/bounces-in-words.js';
import { classify } from '../../src/replies/classify/classify.js';
import { asDeliveryReport } from '../../src/replies/classify/delivery-reports.js';
import { mailBytes, mailNamed, mailNames } from '../support/mail-fixtures.js';

const ourselves = { addresses: ['letters@coalition.example.org'] };
const judged = async (raw: string | Buffer) =>
  classify(await readMessage(Buffer.isBuffer(raw) ? raw : Buffer.from(raw, 'latin1')), ourselves);

const withLineEnds = (raw: string, end: string): string => raw.replaceAll(/\r?\n/g, end);

/** The first text that says itself how it is encoded: its encoding, and what stands there up to the next boundary. */
const TEXT = /Content-Transfer-Encoding: (8bit|7bit)((?:\n[^\n]+)*)\n\n([^]*?)(?=\n--[=b_]|\n--outer|$)/;

const lines = (text: string): string => text.match(/.{1,76}/g)?.join('\n') ?? '';
const encodings = {
  base64: (text: string) => lines(Buffer.from(text, 'latin1').toString('base64')),
  'quoted-printable': (text: string) =>
    text.replaceAll(
      /[^\n -<>-~]/g,
      (one) => `=${one.codePointAt(0)!.toString(16).toUpperCase().padStart(2, '0')}`,
    ),
};

const encoded = (raw: string, encoding: keyof typeof encodings): string =>
  raw.replace(
    TEXT,
    (_, _was, more, text) => `Content-Transfer-Encoding: ${encoding}${more}\n\n${encodings[encoding](text)}`,
  );

const withBanner = (raw: string): string =>
  raw
    .replace(/^Subject: /m, 'Subject: [EXTERNAL] ')
    .replace(TEXT, (whole, _was, _more, text) =>
      whole.replace(
        text,
        () => `[EXTERNAL] This message was sent from outside. Do not open links.\n\n${text}`,
      ),
    );

const forms: [string, (raw: string) => string][] = [
  ['with lines that end in CRLF', (raw) => withLineEnds(raw, '\r\n')],
  ['encoded in base64', (raw) => encoded(raw, 'base64')],
  ['encoded as quoted-printable', (raw) => encoded(raw, 'quoted-printable')],
  ['with the banner of a gateway above it', withBanner],
];

test.each(forms)('%s, each report stays what it is', async (_, changed) => {
  let count = 0;
  for (const name of mailNames('bounces')) {
    const raw = mailBytes('bounces', name).toString('latin1');
    const { why: _why, ...verdict } = await judged(raw);
    expect({ name, ...(await judged(changed(raw))) }).toMatchObject({ name, ...verdict });
    if (changed(raw) !== raw) count += 1;
  }
  expect(count).toBeGreaterThan(90);
});

test('no mail, however broken, makes it throw', async () => {
  const name = fc.constantFrom(...mailNames('bounces'));
  const cut = fc.record({
    name,
    at: fc.nat(3000),
    length: fc.nat(200),
    noise: fc.uint8Array({ maxLength: 300 }),
  });
  await fc.assert(
    fc.asyncProperty(cut, async ({ name: chosen, at, length, noise }) => {
      const raw = mailBytes('bounces', chosen);
      const broken = Buffer.concat([raw.subarray(0, at), noise, raw.subarray(at + length)]);
      await expect(judged(broken).catch(orUnreadable)).resolves.toHaveProperty('kind');
    }),
    { numRuns: 200 },
  );
});

const orUnreadable = (error: unknown) => {
  if (error instanceof Unreadable) return { kind: 'unreadable' };
  throw error;
};

const nothing = { words: '', quoted: '', own: '', plainOwn: '' };
const asKnown = (message: ReadMessage) =>
  asDeliveryReport(message, ourselves, nothing) ?? asBounceInWords(message, ourselves, nothing);

const head = 'Return-Path: <>\nFrom: MAILER-DAEMON@mail.example.net\nSubject: failure notice\n\n';
test.each([
  ['one long line', 'x'.repeat(1_000_000)],
  ['blanks', ' '.repeat(1_000_000)],
  ['half an address', 'a.'.repeat(500_000)],
  ['addresses without an end', 'a@'.repeat(500_000)],
  ['10,000 addresses', 'kim@example.com '.repeat(10_000)],
  ['words that begin sentences', 'delivery to the user mailbox was not '.repeat(30_000)],
  ['header lines', 'To: x\n'.repeat(160_000)],
  ['reply codes', '550 5.1.1 '.repeat(100_000)],
  ['brackets', '<'.repeat(1_000_000)],
])('a daemon that writes 1 MB of %s takes no second', async (_, text) => {
  const message = await readMessage(Buffer.from(head + text));
  const from = performance.now();
  asKnown(message);
  expect(performance.now() - from).toBeLessThan(1000);
});

/** A ratio, because machines differ; of the processor's time, for others may run beside it. The first rounds compile the patterns. */
test('a report is judged in less than three times what it takes to read it, one with the other', async () => {
  const names = mailNames('bounces');
  const ratios: number[] = [];
  for (let round = 0; round < 12; round += 1) {
    const from = process.cpuUsage();
    const messages = await Promise.all(names.map((name) => mailNamed('bounces', name)));
    const { user: reading } = process.cpuUsage(from);
    const then = process.cpuUsage();
    for (const message of messages) asKnown(message);
    ratios.push(process.cpuUsage(then).user / reading);
  }
  expect(Math.min(...ratios)).toBeLessThan(3);
});
