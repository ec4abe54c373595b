import { expect, test } from '@jest/globals';
import { bodyText } from '../../src/mail/body-text.js';
import { readMessage } from '../../src/mail/read-message.js';

type Part = { type: string; text: string; more?: string };
const plain = (text: string): Part => ({ type: 'text/plain', text });
const html = (text: string): Part => ({ type: 'text/html', text: `<p>${text}</p>` });

const part = ({ type, text, more = '' }: Part): string => `Content-Type: ${type}\n${more}\n${text}\n`;
function multi(kind: string, ...parts: Part[]): Part {
  const boundary = `b${kind}${parts.length}`;
  const inside = parts.map((one) => `--${boundary}\n${part(one)}`).join('');
  return { type: `multipart/${kind}; boundary=${boundary}`, text: `${inside}--${boundary}--` };
}
const attached: Part = {
  ...plain('a list of names'),
  more: 'Content-Disposition: attachment; filename=names.txt\n',
};
const picture: Part = { type: 'image/png', text: 'x' };

test.each<[string, Part, string]>([
  ['one plain text', plain('Hello.'), 'Hello.'],
  ['one HTML', html('Hello.'), 'Hello.'],
  ['two forms of the same', multi('alternative', plain('Hello.'), html('<b>Hello.</b>')), 'Hello.'],
  ['two forms, of which the plain one is empty', multi('alternative', plain(' '), html('Hello.')), 'Hello.'],
  [
    'two forms beside an attachment',
    multi('mixed', multi('alternative', plain('Hello.'), html('x')), attached),
    'Hello.',
  ],
  [
    'HTML with its pictures as the second form',
    multi('alternative', plain('Hello.'), multi('related', html('x'), picture)),
    'Hello.',
  ],
  ['two texts', multi('mixed', plain('Hello.'), picture, plain('Goodbye.')), 'Hello.\n\nGoodbye.'],
  [
    'HTML, and a notice that a server put below it',
    multi('mixed', html('Hello.'), plain('Scanned.')),
    'Hello.\n\nScanned.',
  ],
  [
    'a message passed on',
    multi('mixed', plain('See below.'), { type: 'message/rfc822', text: 'Subject: x\n\nInside.' }),
    'See below.',
  ],
  ['attachments only', multi('mixed', attached, picture), ''],
])('%s', async (_what, { type, text }, expected) => {
  const message = await readMessage(
    Buffer.from(`Subject: x\nMIME-Version: 1.0\nContent-Type: ${type}\n\n${text}\n`),
  );
  expect(bodyText(message).trim()).toBe(expected);
});
