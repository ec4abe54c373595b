import { expect, test } from '@jest/globals';
import { authentication } from '../../src/mail/authentication.js';
import { parseHeaders } from '../../src/mail/message-headers.js';

const OURS = 'mx.letter.example.org';
const RECEIVED = `Received: from mail.company.test by ${OURS} with ESMTPS id 1; Thu, 26 Nov 2026 10:00:00 +0000`;
const THEIRS = 'Received: from desk.company.test by mail.company.test; Thu, 26 Nov 2026 09:59:00 +0000';
const results = (server: string, said: string) => `Authentication-Results: ${server}; ${said}`;
const good = 'spf=pass smtp.mailfrom=company.test; dkim=pass header.d=company.test; dmarc=pass (p=reject)';

const read = (lines: string[], trusted: string | null = OURS) =>
  authentication(parseHeaders([...lines, 'From: anna@company.test'].join('\r\n')), trusted);
const nothing = { spf: null, dkim: null, dmarc: null, by: null };
const all = (result: string, by: string | null = OURS) => ({ spf: result, dkim: result, dmarc: result, by });

test.each<[string, string[], object, (string | null)?]>([
  ['the field of our server, above its Received field', [results(OURS, good), RECEIVED], all('pass')],
  [
    'its field below its Received field, where some filters put it',
    [RECEIVED, results(OURS, good)],
    all('pass'),
  ],
  [
    'a name in capital letters, with a version',
    [results(`${OURS.toUpperCase()} 1`, good), RECEIVED],
    all('pass'),
  ],
  [
    'one field for each method',
    [results(OURS, 'dmarc=fail'), results(OURS, 'dkim=none'), results(OURS, 'spf=softfail'), RECEIVED],
    { spf: 'softfail', dkim: 'none', dmarc: 'fail', by: OURS },
  ],
  ['a field in which nothing was looked at', [results(OURS, 'none'), RECEIVED], { ...nothing, by: OURS }],
  [
    'one good signature of two',
    [results(OURS, 'dkim=fail; dkim=pass'), RECEIVED],
    { ...nothing, dkim: 'pass', by: OURS },
  ],
  [
    'words of older servers',
    [results(OURS, 'spf=hardfail; dkim=policy; dmarc=bestguesspass'), RECEIVED],
    { spf: 'fail', dkim: 'neutral', dmarc: null, by: OURS },
  ],
  [
    'methods with a version',
    [results(OURS, 'spf/1=pass; dkim / 1 = fail'), RECEIVED],
    { ...nothing, spf: 'pass', dkim: 'fail', by: OURS },
  ],
  ['a server without a name', [`Authentication-Results: ${good}`, RECEIVED], all('pass', null), 'unnamed'],
  [
    'no setting: the field above every Received field',
    [results('any.example.net', good), RECEIVED],
    all('pass', 'any.example.net'),
    null,
  ],
  [
    'no setting: the field of the server that wrote the topmost Received field',
    [RECEIVED, results(OURS, good)],
    all('pass'),
    null,
  ],
  [
    'no setting: the domain of that server',
    [RECEIVED, results('letter.example.org', good)],
    all('pass', 'letter.example.org'),
    null,
  ],
  [
    'no setting, no name, above every Received field',
    [`Authentication-Results: ${good}`, RECEIVED],
    all('pass', null),
    null,
  ],
  [
    'SPF alone',
    ['Received-SPF: Fail (mx: not permitted) receiver=mx.letter.example.org; client-ip=192.0.2.1', RECEIVED],
    { ...nothing, spf: 'fail', by: OURS },
  ],
  [
    'SPF of our own field before any other',
    ['Received-SPF: pass', results(OURS, 'spf=fail'), RECEIVED],
    { ...nothing, spf: 'fail', by: OURS },
  ],
])('counts: %s', (_what, lines, expected, trusted = OURS) => {
  expect(read(lines, trusted)).toEqual(expected);
});

test.each<[string, string[], (string | null)?]>([
  ['a field of another server', [results('mail.company.test', good), RECEIVED]],
  ['a field with our name that came in with the message', [RECEIVED, THEIRS, results(OURS, good)]],
  ['a field without a name, where ours has one', [`Authentication-Results: ${good}`, RECEIVED]],
  ['ARC', [`ARC-Authentication-Results: i=1; ${OURS}; ${good}`, RECEIVED]],
  ['SPF of another server', [RECEIVED, 'Received-SPF: pass']],
  ['SPF where no server is known to have taken it in', ['Received-SPF: pass']],
  [
    'no setting: the field of the server before ours',
    [RECEIVED, THEIRS, results('mail.company.test', good)],
    null,
  ],
  ['no setting: another name below our Received field', [RECEIVED, results('mail.company.test', good)], null],
  ['no setting: no name below our Received field', [RECEIVED, `Authentication-Results: ${good}`], null],
])('does not count: %s', (_what, lines, trusted = OURS) => {
  expect(read(lines, trusted)).toEqual(nothing);
});

test.each<[string, string[], (string | null)?]>([
  [
    'a second one below the next Received field',
    [results(OURS, 'dmarc=fail'), RECEIVED, results(OURS, good)],
  ],
  [
    'a second one of another name between ours and theirs',
    [results(OURS, 'dmarc=fail'), results('a.test', good), results(OURS, good), RECEIVED],
  ],
  ['a second one where nothing is set', [results(OURS, 'dmarc=fail'), RECEIVED, results(OURS, good)], null],
  ['one within a comment', [results(OURS, 'dmarc=fail (a (b); spf=pass; dkim=pass; dmarc=pass)'), RECEIVED]],
  [
    'one within quotes',
    [results(OURS, 'dmarc=fail smtp.mailfrom="a; spf=pass; dkim=pass; \\" dmarc=pass"@a.test'), RECEIVED],
  ],
  ['a better one in the same field', [results(OURS, 'dmarc=pass; dmarc=fail'), RECEIVED]],
])('a forged result never outdoes the real one: %s', (_what, lines, trusted = OURS) => {
  expect(read(lines, trusted)).toEqual({ ...nothing, dmarc: 'fail', by: OURS });
});

test('a field of a megabyte is read at once', () => {
  const began = performance.now();
  for (const piece of ['(', '"', ';', 'dkim=pass;', '\\"', '( "'])
    read([results(OURS, piece.repeat(1_000_000 / piece.length)), RECEIVED]);
  expect(performance.now() - began).toBeLessThan(2000);
});
