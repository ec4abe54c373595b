import { expect, test } from '@jest/globals';
import { isLoopback, parseMailboxUrl } from '../../src/mail/mailbox-address.js';
import { mailboxProblem } from '../../src/mail/mailbox-problem.js';

test.each([
  [
    'imaps://letter%40example.org:p%40ss%2Fword@IMAP.example.org/INBOX',
    { host: 'imap.example.org', port: 993, secure: true, user: 'letter@example.org', password: 'p@ss/word' },
    'imap://letter%40example.org@imap.example.org/INBOX',
  ],
  [
    'imap://letter@example.org:word@imap.example.org',
    { host: 'imap.example.org', port: 143, secure: false, user: 'letter@example.org', folder: ['INBOX'] },
    'imap://letter%40example.org@imap.example.org/INBOX',
  ],
  [
    'imap://letter:word@[::1]:1143/Antworten%20f%C3%BCr%20uns/2026%2F27',
    { host: '::1', port: 1143, folder: ['Antworten für uns', '2026/27'] },
    'imap://letter@[::1]:1143/Antworten%20f%C3%BCr%20uns/2026%2F27',
  ],
])('%s is read, and named without its password', (url, parts, name) => {
  expect(parseMailboxUrl(url)).toMatchObject({ ...parts, name });
});

test.each(['localhost', '127.0.0.1', '127.1.2.3', '::1'])('%s is this machine', (host) => {
  expect(isLoopback(host)).toBe(true);
});

test.each(['localhost.example.org', '127.example.org', '0.0.0.0', '10.0.0.1', '::2', '1127.0.0.1'])(
  '%s may be another machine',
  (host) => {
    expect(isLoopback(host)).toBe(false);
  },
);

const at = parseMailboxUrl('imaps://letter%40example.org:hunter22@imap.example.org/INBOX');
const saidOf = (error: object) => mailboxProblem(error, at).message;

test.each([
  [{ code: 'CERT_HAS_EXPIRED' }, /certificate .* cannot be trusted: it has expired\./],
  [{ code: 'SELF_SIGNED_CERT_IN_CHAIN' }, /its authority is not a known one\. .*NODE_EXTRA_CA_CERTS/],
  [{ code: 'EAI_AGAIN' }, /^The mail server imap\.example\.org, port 993, did not answer in time\./],
  [{ code: 'ETIMEOUT' }, /did not answer in time\./],
  [{ code: 'ECONNRESET' }, /broke off\. It is tried again\.$/],
  [
    { code: 'NoConnection', reason: 'Too many connections' },
    /broke off\. .* The server says: Too many connections$/,
  ],
  [{ code: 'ETHROTTLE' }, /asks us to come less often/],
  [
    { authenticationFailed: true, responseStatus: 'NO', serverResponseCode: 'UNAVAILABLE' },
    /cannot check who we are just now/,
  ],
  [{ message: 'something new' }, /^The mail server imap\.example\.org could not be used\. Check IMAP_URL\.$/],
])('%j is said in words', (error, words) => {
  expect(saidOf(error)).toMatch(words);
});

test('what the server takes instead is named', () => {
  expect(saidOf({ authenticationFailed: true })).toMatch(/takes no passwords\. .* set IMAP_TOKEN_FILE\.$/);
});

test('a server that repeats the password is not quoted in full', () => {
  const said = saidOf({
    authenticationFailed: true,
    responseStatus: 'NO',
    responseText: 'letter/hunter22 is wrong',
  });
  expect(said).toMatch(/The server says: letter\/… is wrong$/);
});
