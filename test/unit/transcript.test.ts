import { expect, test } from '@jest/globals';
import { readMessage } from '../../src/mail/read-message.js';
import { classify } from '../../src/replies/classify/classify.js';

const HEADER = `From: post_master@text.example.net
To: letters@coalition.example.org
Subject: Re:An open letter on the safety of children
Message-ID: <report.171@mail.example.net>
In-Reply-To: <letter.171@coalition.example.org>
MIME-Version: 1.0
`;
const TRANSCRIPT = `Error: the address of the user is invalid

The error in full:
550 - no such user here

About the message:
  Subject: An open letter
  MAIL FROM: letters@coalition.example.org
  RCPT TO: 0005550171@text.example.net
  Size: 39
`;
/** As a gateway for text messages sends it: the boundary of the inner parts is not in the header for want of a blank. */
const BROKEN = `Content-Type: multipart/mixed; boundary="----=_Part_71"

------=_Part_71
Content-Type: multipart/alternative;
boundary="----=_Part_72"

------=_Part_72
Content-Type: text/plain; charset=utf-8

${TRANSCRIPT}
------=_Part_72--

------=_Part_71--
`;
const judged = async (raw: string) =>
  classify(await readMessage(Buffer.from(HEADER + raw)), { addresses: ['letters@coalition.example.org'] });

test.each([
  ['a text', `Content-Type: text/plain\n\n${TRANSCRIPT}`],
  ['parts that fell apart', BROKEN],
])('an error that a gateway puts into our thread as %s is a bounce', async (_, raw) => {
  expect(await judged(raw)).toMatchObject({
    kind: 'bounce',
    problem: { hard: true, cause: 'no such mailbox', address: '0005550171@text.example.net' },
    originalMessageId: '<letter.171@coalition.example.org>',
  });
});

test('a postmaster who says I and shows the same error is a person', async () => {
  const raw = `Content-Type: text/plain\n\n${TRANSCRIPT.replace('\n', '\n\nI found this in the log. Please write again.\n')}`;
  expect(await judged(raw)).toMatchObject({ kind: 'reply' });
});
