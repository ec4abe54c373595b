import { expect, test } from '@jest/globals';
import { readMessage } from '../../src/mail/read-message.js';

const inner =
  'From: kim@example.com\nSubject: Größe\nContent-Type: text/plain; charset=iso-8859-1\n\nGrüße von Kim\n';
const head = 'From: hub@example.org\nTo: letter@example.org\n';
const read = (mail: string) => readMessage(Buffer.from(mail, 'latin1'));
const alone = `${head}Content-Type: message/rfc822\n\n${inner}`;
const beside = (words: string) =>
  `${head}Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n${words}\n--b\nContent-Type: message/rfc822\n\n${inner}\n--b--\n`;

test.each([
  ['is nothing else', alone],
  ['stands beside an empty text', beside('  \n')],
])('a message that %s is read, in its own charset', async (_, mail) => {
  const { carried } = await read(mail);
  expect(carried?.headers.find(({ name }) => name === 'from')?.value).toContain('kim@example.com');
  expect(carried?.parts[0]?.text?.trim()).toBe('Grüße von Kim');
});

test('beside words, or where there is none, nothing is carried', async () => {
  expect((await read(beside('See what came back.'))).carried).toBeUndefined();
  expect((await read(`${head}\n`)).carried).toBeUndefined();
});

test('what cannot be read is not carried, and a thousand messages in each other are opened once', async () => {
  expect((await read(`${head}Content-Type: message/rfc822\n\nno mail\n`)).carried).toBeUndefined();
  const nested = `${head}Content-Type: message/rfc822\n\n`.repeat(1000);
  const { carried } = await read(`${nested}${inner}`);
  expect(carried).toBeDefined();
  expect(carried?.carried).toBeUndefined();
});
