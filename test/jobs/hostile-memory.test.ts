import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { IncomingMail, type IncomingMailRecord } from '../../src/replies/incoming-mail.model.js';
import { sizeOfSource } from '../../src/replies/source.js';
import { testDatabaseUri, useDatabase } from '../support/database.js';
import { largeMail, mailOf } from '../support/hostile-mail.js';
import { DEPS, inOwnProcess } from '../support/own-process.js';

useDatabase();

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'answerable-large-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Imports the files of the folder in a process of its own, and says what came of it and how much memory it took. */
const importInProcess = () =>
  inOwnProcess(
    `
    import { connectDatabase, disconnectDatabase } from './dist/src/database.js';
    import { importMail } from './dist/src/replies/import-mail.js';
    ${DEPS}
    async function main() {
      await connectDatabase(process.env.MONGODB_URI);
      const imported = await importMail([process.env.FOLDER], deps);
      await disconnectDatabase();
      return imported;
    }`,
    { MONGODB_URI: testDatabaseUri(), FOLDER: folder },
  );

const write = (name: string, bytes: Buffer) => writeFileSync(path.join(folder, name), bytes);

const kinds = [
  'a file of 50 MB',
  'a file of 50 MB that is not encoded',
  'a text of 50 MB',
  'a text of 50 MB as quoted-printable',
  'one line of 50 MB',
  '50 MB of texts, 100 kB each',
  'HTML of 50 MB',
  'an attached message of 50 MB',
];

test.each(kinds)(
  'three messages in a row with %s stay below 300 MB, and the letters between them come',
  async (what) => {
    const sizes = [];
    for (const n of [1, 2, 3]) {
      const large = largeMail[what]!();
      sizes.push(large.length);
      write(`${n}.eml`, large);
      write(`${n}a.eml`, mailOf({ body: `Letter ${n}.` }));
    }
    const { result, megabytes } = await importInProcess();
    console.log(`three messages with ${what}: at most ${megabytes} MB of memory`);
    expect(result).toMatchObject({ files: 6, messages: 6, stored: 6, known: 0, unopened: [] });
    const stored = await IncomingMail.find().sort({ _id: 1 }).lean<IncomingMailRecord[]>();
    const large = stored.filter((_, at) => at % 2 === 0);
    expect(large.map(({ kind, size }) => [kind, size])).toEqual(sizes.map((size) => ['reply', size]));
    expect(await Promise.all(large.map(({ _id }) => sizeOfSource(_id)))).toEqual(sizes);
    const letters = stored.filter((_, at) => at % 2 === 1);
    expect(letters.map(({ words }) => words)).toEqual(['Letter 1.', 'Letter 2.', 'Letter 3.']);
    expect(megabytes).toBeLessThan(300);
  },
  240_000,
);

test('an mbox of three such messages stays below 250 MB, with lines that had to be hidden in it', async () => {
  const line = '>From here on it goes downhill.\n';
  const message = (n: number) =>
    `From noa@stranger.invalid Tue Nov 24 10:00:00 2026\nFrom: noa@stranger.invalid\nSubject: ${n}\n\n${line.repeat(1_600_000)}\n`;
  write('mbox', Buffer.from([1, 2, 3].map(message).join('')));
  const { result, megabytes } = await importInProcess();
  console.log(`an mbox of three messages of 50 MB: at most ${megabytes} MB of memory`);
  expect(result).toMatchObject({ files: 1, messages: 3, stored: 3 });
  expect(await mongoose.connection.collection('incoming.files').countDocuments()).toBe(3);
  const [first] = await IncomingMail.find().sort({ _id: 1 }).lean<IncomingMailRecord[]>();
  expect(first!.words.startsWith('From here on it goes downhill.\nFrom here')).toBe(true);
  expect(megabytes).toBeLessThan(250);
}, 240_000);

test('what is larger than may be is kept as one that cannot be read', async () => {
  write('1.eml', largeMail['a header of 50 MB']!());
  write('2.eml', mailOf());
  const { result, megabytes } = await importInProcess();
  expect(result).toMatchObject({ messages: 2, stored: 2 });
  const [first] = await IncomingMail.find().sort({ _id: 1 }).lean<IncomingMailRecord[]>();
  expect(first).toMatchObject({
    kind: 'unreadable',
    why: 'Its headers are longer than 2 MB, or have more than 31250 lines.',
  });
  expect(megabytes).toBeLessThan(300);
}, 120_000);
