import { createTransport } from 'nodemailer';
import { expect, test } from '@jest/globals';
import { createPost } from '../../src/mail/post.js';
import { assertValidHtml } from '../support/html.js';
import { startSink } from '../support/smtp-sink.js';

test.each([
  ['an id that is there twice', '<p id="a">One</p><p id="a">Two</p>', /Duplicate ID "a"/],
  [
    'a field without a label',
    '<form><input type="text" name="a"><button>Go</button></form>',
    /input-missing-label/,
  ],
  ['an unclosed element', '<div><p>One</div></section>', /Stray end tag/],
  ['a style attribute', '<p style="color: red">One</p>', /no-inline-style/],
])('a page with %s is not valid', async (_what, body, mistake) => {
  await expect(assertValidHtml(page(body), 'the page')).rejects.toThrow(mistake);
});

test('a well-made page is valid', async () => {
  await expect(assertValidHtml(page('<p>One</p>'), 'the page')).resolves.toBeUndefined();
});

const page = (body: string) =>
  `<!doctype html>\n<html lang="en-GB"><head><title>A page</title></head><body>${body}</body></html>`;

const raw = Buffer.from(
  'From: a@example.org\r\nTo: b@example.org\r\nSubject: Hello\r\n\r\nAn open letter.\r\n',
);
const envelope = { from: 'a@example.org', to: 'b@example.org' };

test('the sink keeps what it accepts and says what it was told to say', async () => {
  const sink = await startSink();
  const post = createPost({ smtpUrl: sink.url, mailFrom: 'a@example.org' });
  expect(await post.smtp!(raw, envelope)).toEqual({ outcome: 'sent', response: '250 OK: taken by the sink' });
  sink.behave({ onMessage: () => ({ code: 550, message: 'not here' }) });
  expect(await post.smtp!(raw, envelope)).toEqual({ outcome: 'refused', response: '550 not here' });
  sink.behave({ onMessage: () => 'drop' });
  expect(await post.smtp!(raw, envelope)).toMatchObject({ outcome: 'uncertain' });
  sink.behave({ onMessage: () => {}, onRecipient: () => ({ code: 451, message: 'later' }) });
  expect(await post.smtp!(raw, envelope)).toMatchObject({
    outcome: 'deferred',
    response: expect.stringContaining('451'),
  });
  expect(sink.messages.map(({ mail, to }) => [mail.subject, to])).toEqual([['Hello', ['b@example.org']]]);
  expect(sink.unanswered).toHaveLength(2);
  post.close();
  await sink.close();
});

test('the sink can leave a client waiting', async () => {
  const sink = await startSink({ onMessage: () => 'hang' });
  const impatient = createTransport({ url: sink.url, socketTimeout: 200 } as never);
  await expect(impatient.sendMail({ ...envelope, envelope, raw })).rejects.toMatchObject({
    code: 'ETIMEDOUT',
  });
  await sink.close();
});
