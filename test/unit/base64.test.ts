import { Splitter, type MimeNode } from '@zone-eu/mailsplit';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buffer } from 'node:stream/consumers';
import { Base64 } from '../../src/mail/base64.js';

function decoded(...pieces: readonly string[]): string {
  const base64 = new Base64();
  const bytes = pieces.map((piece) => base64.decode(Buffer.from(piece, 'latin1')));
  return Buffer.concat([...bytes, base64.end()]).toString('latin1');
}

/** As the library decodes that takes messages apart, in one stream. */
async function asLibraryDecodes(text: string): Promise<string> {
  const splitter = new Splitter();
  splitter.end('Content-Transfer-Encoding: base64\r\n\r\n');
  const [node] = (await splitter.take(1).toArray()) as MimeNode[];
  const stream = node!.getDecoder();
  stream.end(Buffer.from(text, 'latin1'));
  return (await buffer(stream)).toString('latin1');
}

test.each([
  ['cut anywhere', ['S', 'GVsb', 'G8', 'sIEtp', 'bQ=', '=']],
  ['in lines', ['SGVs\r\nbG8s\r\nIEtpbQ==\r\n']],
  ['with every line padded', ['SGVsbA==\r\n', 'bywgSw==\r\naW0=\r\n']],
  ['with characters that are none of its own', ['SG Vs!bG\u00e98s_IEtp\u0000bQ==']],
  ['without its padding', ['SGVsbG8sIEtpbQ']],
])('base64 is decoded %s', (_how, pieces) => {
  expect(decoded(...pieces)).toBe('Hello, Kim');
});

test('nothing is nothing', () => {
  expect(decoded()).toBe('');
  expect(decoded('', '=', '\r\n', '==')).toBe('');
});

test('wherever it is cut, the same comes out as from the library', async () => {
  const piece = fc.oneof(
    fc.constantFrom('=', '==', '\r\n', ' ', 'QUJD', 'Zg', 'Zg==', '/+', '-_', '\u00ff'),
    fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
      expect(decoded(...pieces)).toBe(await asLibraryDecodes(pieces.join('')));
    }),
    { numRuns: 500 },
  );
});

test('whatever is encoded comes back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 90 }), (bytes, length) => {
      const text = Buffer.from(bytes).toString('base64');
      const lines = text.match(new RegExp(`.{1,${length}}`, 'g')) ?? [];
      expect(decoded(...lines.map((line) => `${line}\r\n`))).toBe(Buffer.from(bytes).toString('latin1'));
    }),
  );
});

test('a megabyte of padding, or of padding after each character, takes no longer than one of base64', () => {
  const took = (one: string): number => {
    const text = one.repeat(1_000_000 / one.length);
    const began = process.cpuUsage().user;
    decoded(...text.match(/[^]{1,65536}/g)!);
    return (process.cpuUsage().user - began) / 1000;
  };
  for (const one of ['QUJD', '=', 'A=', 'QQ==', ' ', '!A']) expect(took(one)).toBeLessThan(1000);
});
