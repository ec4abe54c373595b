import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { transformFile } from '@swc/core';
import { BadEnvironment, readEnvironment } from '../../config/env.js';
import { aDkimKey } from '../support/dkim.js';

const MONGODB_URI = 'mongodb://localhost:27017/answerable';

function problemsOf(environment: Record<string, string>): string[] {
  try {
    readEnvironment(environment);
    return [];
  } catch (error) {
    if (error instanceof BadEnvironment) return error.problems;
    throw error;
  }
}

test('an address of a database is all that has to be set', () => {
  expect(readEnvironment({ MONGODB_URI })).toEqual({
    NODE_ENV: 'development',
    PORT: 3000,
    DATA_DIR: 'data',
    MONGODB_URI,
    MAIL_FROM: 'Answerable <answerable@localhost.invalid>',
    MAIL_PER_MINUTE: 120,
    MAIL_PER_MINUTE_TO_DOMAIN: 20,
    KEEP_MAIL_DAYS: 730,
    IMAP_AFTERWARDS: 'leave',
    UK_BILLS_API: 'https://bills-api.parliament.uk/api/v1',
    ROLE: 'all',
  });
});

test('a limit of a minute is a whole number, and 0 is none', () => {
  const limits = { MAIL_PER_MINUTE: '0', MAIL_PER_MINUTE_TO_DOMAIN: '600' };
  expect(readEnvironment({ MONGODB_URI, ...limits })).toMatchObject({
    MAIL_PER_MINUTE: 0,
    MAIL_PER_MINUTE_TO_DOMAIN: 600,
  });
  for (const wrong of ['1.5', '-1', 'none', '1e3', '12345678'])
    expect(problemsOf({ MONGODB_URI, MAIL_PER_MINUTE: wrong })).toEqual([
      'MAIL_PER_MINUTE must be a whole number, 0 for no limit',
    ]);
});

test('an empty value counts as not set', () => {
  expect(readEnvironment({ MONGODB_URI, PORT: '', SMTP_URL: '', ROLE: '' })).toMatchObject({
    PORT: 3000,
    ROLE: 'all',
  });
});

test('every bad value is named, all of them at once, and none is repeated', () => {
  const bad = {
    NODE_ENV: 'prod',
    PORT: '99999',
    BASE_URL: 'ftp://example.org',
    MONGODB_URI: 'postgres://user:hunter22@localhost',
    SESSION_SECRET: 'too short a secret',
    SMTP_URL: 'https://smtp.example.org',
    MAIL_FROM: 'nobody',
    MAIL_PER_MINUTE: '-1',
    MAIL_PER_MINUTE_TO_DOMAIN: 'many',
    DKIM_DOMAIN: 'no domain',
    DKIM_SELECTOR: '-',
    DKIM_KEY_FILE: '/no/such/file.pem',
    IMAP_URL: 'imaps://letter:hunter33@mail.example.org@/INBOX',
    IMAP_AFTERWARDS: 'delete',
    ROLE: 'king',
    ADMIN_EMAIL: 'admin',
    ADMIN_PASSWORD: 'short one',
  };
  const problems = problemsOf(bad);
  expect(problems.map((problem) => problem.split(' ')[0])).toEqual(Object.keys(bad));
  const typed = [bad.SESSION_SECRET, bad.ADMIN_PASSWORD, 'hunter22', 'hunter33', bad.MONGODB_URI];
  for (const secret of typed) expect(problems.join('\n')).not.toContain(secret);
});

test.each([
  ['no database', {}, 'MONGODB_URI is not set: run bin/start or bin/job, which bring up a local engine'],
  [
    'production without a secret',
    { MONGODB_URI, NODE_ENV: 'production' },
    'SESSION_SECRET must be set when NODE_ENV is production',
  ],
  [
    'a mail server without a sender',
    { MONGODB_URI, SMTP_URL: 'smtp://localhost' },
    'MAIL_FROM must be set when SMTP_URL is',
  ],
  [
    'an administrator without a password',
    { MONGODB_URI, ADMIN_EMAIL: 'a@example.org' },
    'ADMIN_PASSWORD must be set when ADMIN_EMAIL is',
  ],
  [
    'a password without its administrator',
    { MONGODB_URI, ADMIN_PASSWORD: 'x'.repeat(12) },
    'ADMIN_EMAIL must be set when ADMIN_PASSWORD is',
  ],
  ['a port that is none', { MONGODB_URI, PORT: '80x' }, 'PORT must be a number from 1 to 65535'],
  ['a port of nothing', { MONGODB_URI, PORT: '0' }, 'PORT must be a number from 1 to 65535'],
  [
    'a sender with a line break',
    { MONGODB_URI, MAIL_FROM: 'A\r\nBcc: b@example.org <a@example.org>' },
    'MAIL_FROM must be an address, or Name <address>',
  ],
  [
    'the name of a mail server that says more than a name',
    { MONGODB_URI, MAIL_AUTHSERV_ID: 'mx.example.org; dmarc=pass' },
    'MAIL_AUTHSERV_ID must be a name without spaces, such as mx.example.org',
  ],
  [
    'a token without its mailbox',
    { MONGODB_URI, IMAP_TOKEN_FILE: 'token' },
    'IMAP_URL must be set when IMAP_TOKEN_FILE is',
  ],
  [
    'a mailbox with neither password nor token',
    { MONGODB_URI, IMAP_URL: 'imaps://letter@imap.example.org/INBOX' },
    'IMAP_URL must hold a password, user:password@host, unless IMAP_TOKEN_FILE is set',
  ],
  [
    'a folder to move to without its name',
    { MONGODB_URI, IMAP_AFTERWARDS: 'move: ' },
    'IMAP_AFTERWARDS must be leave, seen or move:Folder',
  ],
  [
    'a domain to sign for without its key',
    { MONGODB_URI, DKIM_DOMAIN: 'example.org', DKIM_SELECTOR: 'letter' },
    'DKIM_KEY_FILE must be set when DKIM_DOMAIN is',
  ],
])('%s is one problem', (_what, environment, problem) => {
  expect(problemsOf(environment)).toEqual([problem]);
});

test.each(['a@example.org', 'Name <a@example.org>', 'Näme, with a comma <a@example.org>'])(
  '%s may be the sender',
  (MAIL_FROM) => {
    expect(problemsOf({ MONGODB_URI, MAIL_FROM, SMTP_URL: 'smtps://user:word@localhost:465' })).toEqual([]);
  },
);

test.each([
  'https://letter:word@imap.example.org',
  'imaps://imap.example.org/INBOX',
  'imaps://letter:wo/rd@imap.example.org/INBOX',
  'imaps://letter:wo#rd@imap.example.org/INBOX',
  'imaps://letter:wo%rd@imap.example.org/INBOX',
  'imaps://letter:word@imap.example.org:port',
])('%s is no address of a mailbox', (IMAP_URL) => {
  expect(problemsOf({ MONGODB_URI, IMAP_URL })).toEqual([
    'IMAP_URL must be an address such as imaps://user:password@imap.example.org/INBOX, with @, / and % in user or password as %40, %2F and %25',
  ]);
});

const signedFor = (DKIM_DOMAIN: string, MAIL_FROM: string) =>
  problemsOf({ MONGODB_URI, MAIL_FROM, DKIM_DOMAIN }).filter((problem) => !problem.includes('must be set'));

test.each([
  ['example.org', 'Letter <letter@example.org>'],
  ['Example.ORG', 'letter@example.org'],
  ['example.org', 'letter@mail.Example.org'],
  ['mail.example.org', 'letter@example.org'],
])('a signature of %s counts for mail from %s', (domain, sender) => {
  expect(signedFor(domain, sender)).toEqual([]);
});

test.each([
  ['example.net', 'Letter <letter@example.org>', 'example.org'],
  ['ample.org', 'letter@example.org', 'example.org'],
  ['example.org', 'letter@ample.org', 'ample.org'],
  ['a.example.org', 'letter@b.example.org', 'b.example.org'],
])('a signature of %s would not count for mail from %s', (domain, sender, at) => {
  expect(signedFor(domain, sender)).toEqual([
    `DKIM_DOMAIN must be the domain of MAIL_FROM or one above it: a signature of ${domain} does not count (DMARC) for mail from ${at}`,
  ]);
});

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'answerable-env-'));
  await symlink(path.resolve('node_modules'), path.join(folder, 'node_modules'));
  await writeFile(path.join(folder, 'package.json'), '{"type":"module"}');
  for (const name of ['dkim-key', 'env', 'imap-url', 'index']) {
    const { code } = await transformFile(`config/${name}.ts`, {
      jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
    });
    await writeFile(path.join(folder, `${name}.js`), code);
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Reads the configuration as the product does when it starts, in a process of its own. */
const start = (environment: Record<string, string>) =>
  new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const script = "const { config } = await import('./index.js'); console.log(JSON.stringify(config))";
    const options = { cwd: folder, env: { PATH: process.env['PATH'], ...environment } };
    execFile(process.execPath, ['--input-type=module', '-e', script], options, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });

test('a process with bad settings says so in words and ends with 1', async () => {
  const { code, stdout, stderr } = await start({ MONGODB_URI, PORT: 'x', ROLE: 'king', DATA_DIR: folder });
  expect({ code, stdout, stderr }).toEqual({
    code: 1,
    stdout: '',
    stderr:
      'These settings are not right:\n  PORT must be a number from 1 to 65535\n  ROLE must be all, web or worker\n',
  });
});

test('the secret of the sessions is made once, kept, and readable by its owner only', async () => {
  const DATA_DIR = path.join(folder, 'new');
  const [one, other] = await Promise.all([
    start({ MONGODB_URI, DATA_DIR }),
    start({ MONGODB_URI, DATA_DIR }),
  ]);
  const secrets = [one, other].map(
    ({ stdout }) => (JSON.parse(stdout) as { SESSION_SECRET: string }).SESSION_SECRET,
  );
  expect(secrets[0]).toBe(secrets[1]);
  expect(secrets[0]!.length).toBeGreaterThan(40);
  const file = path.join(DATA_DIR, 'session-secret');
  expect(await readFile(file, 'utf8')).toBe(secrets[0]);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test.each([
  [{}, { afterwards: 'leave' }],
  [{ IMAP_AFTERWARDS: 'seen' }, { afterwards: 'seen' }],
  [
    { IMAP_AFTERWARDS: 'move:Done/2026', IMAP_TOKEN_FILE: '/run/token' },
    { afterwards: { move: 'Done/2026' }, tokenFile: '/run/token' },
  ],
])('a mailbox with %j is read so', async (more, expected) => {
  const IMAP_URL = 'imaps://letter%40example.org:word@imap.example.org/INBOX';
  const { stdout } = await start({ MONGODB_URI, IMAP_URL, ...more, DATA_DIR: folder });
  expect(JSON.parse(stdout)).toMatchObject({ mailbox: { url: IMAP_URL, ...expected } });
});

const dkim = (file: string) => ({
  MONGODB_URI,
  DKIM_DOMAIN: 'example.org',
  DKIM_SELECTOR: 'letter',
  DKIM_KEY_FILE: path.join(folder, file),
});

test('with a key, a domain and a selector mail is signed', async () => {
  const { privateKey } = aDkimKey();
  await writeFile(path.join(folder, 'good.pem'), privateKey);
  const { stdout } = await start({ ...dkim('good.pem'), DATA_DIR: folder });
  expect(JSON.parse(stdout)).toMatchObject({
    dkim: { domain: 'example.org', selector: 'letter', privateKey },
  });
});

test.each([
  ['that is not there', null, 'names a file that is not there'],
  ['that holds something else', 'a letter', 'must name a private key in PEM form, without a password'],
  ['of the public half', aDkimKey().publicKey, 'must name a private key in PEM form, without a password'],
  [
    'behind a password',
    generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'hunter22' },
    }).privateKey,
    'must name a private key in PEM form, without a password',
  ],
  ['of few bits', aDkimKey(512).privateKey, 'must name an RSA key of at least 1024 bits, better 2048'],
  [
    'of another kind',
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }),
    'must name an RSA key of at least 1024 bits, better 2048',
  ],
])('a key file %s is named in one line', async (what, content, problem) => {
  const file = `${what.replaceAll(' ', '-')}.pem`;
  if (content !== null) await writeFile(path.join(folder, file), content);
  const { code, stderr } = await start({ ...dkim(file), DATA_DIR: folder });
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: `A setting is not right: DKIM_KEY_FILE ${problem}.\n`,
  });
});
