import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { IncomingMail } from '../../src/replies/incoming-mail.model.js';
import { testDatabaseUri, useDatabase } from '../support/database.js';
import { rawMail } from '../support/raw-mail.js';
import { NOW } from '../support/factories.js';

useDatabase();

// it builds first where something is newer than what was built
const LONG = 300_000;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'answerable-import-'));
  await cp('test/fixtures/mail/replies', path.join(folder, 'saved'), { recursive: true });
  const two = [rawMail(NOW), rawMail(NOW)].map(
    ({ source }) => `From a@b.test Thu Nov 26 10:15:00 2026\n${source.toString()}\n`,
  );
  await writeFile(path.join(folder, 'old.mbox'), two.join(''));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Ran = { status: number; out: string; err: string };

const importMail = (words: string[]): Promise<Ran> =>
  new Promise((resolve) => {
    const env = {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      DATA_DIR: '.test-data',
      MONGODB_URI: testDatabaseUri(),
    };
    const command = path.resolve('bin/answerable');
    const child = execFile(command, ['import-mail', ...words], { env, cwd: folder }, (_error, out, err) =>
      resolve({ status: child.exitCode ?? -1, out: out.trim(), err: err.trim() }),
    );
  });

test(
  'a directory and an mbox are taken in; the second time everything is known; what is not there is said',
  async () => {
    const first = await importMail(['saved', 'old.mbox', '--json']);
    expect([first.status, first.err.includes('cannot be read')]).toEqual([0, false]);
    const counted = JSON.parse(first.out) as { files: number; messages: number; stored: number };
    expect(counted.files).toBeGreaterThan(20);
    expect(counted).toMatchObject({ messages: counted.files + 1, known: 0, unopened: [] });
    expect(await IncomingMail.countDocuments()).toBe(counted.stored);
    // old mail tells itself when it was written
    expect(await IncomingMail.countDocuments({ origin: 'old.mbox', happenedAt: NOW })).toBe(2);

    const second = await importMail(['saved', 'old.mbox', 'nowhere']);
    expect(second.status).toBe(2);
    expect(second.out).toMatch(new RegExp(`of which 0 are new and ${counted.messages} had come in before`));
    expect(second.err).toMatch(/nowhere cannot be read: there is no such file\./);
  },
  LONG,
);
