import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

// it builds first where something is newer than what was built
const LONG = 300_000;
const fixtures = path.resolve('test/fixtures/mail');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'answerable-mail-'));
  await copyFile(`${fixtures}/replies/one-word.eml`, path.join(folder, 'one.eml'));
  await copyFile(`${fixtures}/auto-replies/german.eml`, path.join(folder, 'away.eml'));
  const mails = await Promise.all(
    ['replies/one-word', 'challenges/german', 'lists/mailman'].map((name) =>
      readFile(`${fixtures}/${name}.eml`),
    ),
  );
  const lines = mails.flatMap((mail) => [
    Buffer.from('From a@company.test Thu Nov 26 10:15:00 2026\n'),
    mail,
    Buffer.from('\n'),
  ]);
  lines.splice(3, 0, Buffer.from('From a@company.test Thu Nov 26 10:15:00 2026\nX-Nothing: of a mail\n\n'));
  await writeFile(path.join(folder, 'many.mbox'), Buffer.concat(lines));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Ran = { status: number; said: Record<string, unknown>[]; out: string; err: string };

/** Runs the command where the files are, with no database to be had. */
const answerable = (words: string[], settings: Record<string, string> = {}, input: Buffer | string = '') =>
  new Promise<Ran>((resolve) => {
    const env = {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      MONGODB_URI: 'mongodb://127.0.0.1:1/nowhere',
      ...settings,
    };
    const child = execFile(
      path.resolve('bin/answerable'),
      words,
      { env, cwd: folder },
      (_error, out, err) => {
        const lines = out.split('\n').filter((line) => line.startsWith('{'));
        resolve({
          status: child.exitCode ?? -1,
          said: lines.map((line) => JSON.parse(line) as Record<string, unknown>),
          out,
          err: err.replaceAll(/^(Waiting|Building|Installing).*\n/gm, '').trim(),
        });
      },
    );
    child.stdin!.end(input);
  });

test(
  'without a command it lists what there is; what it cannot do it says in one sentence, and exits with 2',
  async () => {
    for (const words of [[], ['--help'], ['-h'], ['inspect-mail', '--help']]) {
      const { status, out, err } = await answerable(words);
      expect([status, err]).toEqual([0, '']);
      expect(out).toMatch(/^Usage: bin\/answerable COMMAND\n[^]*inspect-mail FILE…/);
    }
    expect(await answerable(['frobnicate'])).toMatchObject({
      status: 2,
      out: '',
      err: expect.stringMatching(
        /^There is no command frobnicate\. There are: inspect-mail/,
      ) as unknown as string,
    });
    expect(await answerable(['inspect-mail'])).toMatchObject({
      status: 2,
      out: '',
      err: 'inspect-mail needs FILE….',
    });
    expect(await answerable(['inspect-mail', '--frob', 'one.eml'])).toMatchObject({
      status: 2,
      out: '',
      err: expect.stringContaining('--frob') as unknown as string,
    });
  },
  LONG,
);

const keys = [
  'kind',
  'why',
  'hard',
  'status',
  'address',
  'cause',
  'originalMessageId',
  'authentication',
  'text',
  'subject',
  'from',
  'date',
];

test(
  'it says what each file is, one line of JSON for each, without a database',
  async () => {
    const { status, said, out, err } = await answerable(['inspect-mail', 'one.eml', './away.eml']);
    expect([status, err]).toEqual([0, '']);
    expect(out.split('\n')).toHaveLength(3);
    expect(said.map(({ kind }) => kind)).toEqual(['reply', 'auto-reply']);
    expect(Object.keys(said[0]!)).toEqual(keys);
    expect(said[0]).toMatchObject({
      text: 'No.',
      from: 'anna.sample@company.test',
      date: '2026-11-26T10:15:00.000Z',
    });
  },
  LONG,
);

test(
  'an mbox has a line for each message, also for one that cannot be read; standard input is read as well',
  async () => {
    const mbox = await readFile(path.join(folder, 'many.mbox'));
    const fromFile = await answerable(['inspect-mail', 'many.mbox']);
    expect(fromFile.said.map(({ kind }) => kind)).toEqual(['reply', 'unreadable', 'challenge', 'list']);
    expect(fromFile.status).toBe(0);
    expect(await answerable(['inspect-mail', '-'], {}, mbox)).toEqual(fromFile);
  },
  LONG,
);

test(
  'a file that cannot be opened is named, the others are read, and the status is 2',
  async () => {
    const { status, said, err } = await answerable(['inspect-mail', 'gone.eml', 'one.eml', '.']);
    expect([status, said.length]).toEqual([2, 1]);
    expect(err.split('\n')).toEqual([
      'gone.eml cannot be read: there is no such file.',
      '. cannot be read: it is a directory.',
    ]);
  },
  LONG,
);

test(
  'who we are and whom we believe are settings; a wrong one is named',
  async () => {
    const mail =
      'Received: from a by b.example.org\nAuthentication-Results: mx.example.org; dmarc=fail\nFrom: letter@example.org\nSubject: Hello\u2028you\n\nHello.\n';
    const { said, out } = await answerable(
      ['inspect-mail', '-'],
      { MAIL_FROM: 'Letter <Letter@example.org>', MAIL_AUTHSERV_ID: 'mx.example.org' },
      mail,
    );
    expect(said).toMatchObject([{ kind: 'own', authentication: { dmarc: 'fail', by: 'mx.example.org' } }]);
    expect(out).toContain('\\u2028');
    expect((await answerable(['inspect-mail', '-'], {}, mail)).said).toMatchObject([
      { kind: 'reply', authentication: { dmarc: null } },
    ]);
    const bad = await answerable(['inspect-mail', 'one.eml'], { MAIL_AUTHSERV_ID: 'a b' });
    expect(bad).toMatchObject({
      status: 1,
      out: '',
      err: 'These settings are not right:\n  MAIL_AUTHSERV_ID must be a name without spaces, such as mx.example.org',
    });
  },
  LONG,
);
