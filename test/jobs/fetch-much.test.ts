import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { MAX_SOURCE } from '../../src/mail/fetch-sources.js';
import { fetchMail } from '../../src/replies/fetch-mail.js';
import { createClock } from '../support/app.js';
import { testDatabaseUri, useDatabase } from '../support/database.js';
import { aLetter, aTaker, useImapServer } from '../support/mailboxes.js';
import { DEPS, inOwnProcess } from '../support/own-process.js';

useDatabase();
const { server, folder, settings, deliver } = useImapServer();
const clock = createClock();
const megabytes = (count: number) => count * 1_000_000;

/** A letter of so many bytes, in lines as an attachment has them. */
function largeLetter(bytes: number): Buffer {
  const line = `${'QUFB'.repeat(19)}\r\n`;
  const rest = bytes - aLetter(0).length;
  const longerLine = 'A'.repeat(rest % line.length);
  return Buffer.from(aLetter(0) + longerLine + line.repeat(Math.floor(rest / line.length)));
}

/** Fetches in a process of its own, from the built code, and says what it took. It trusts the server as a person would say so. */
async function fetchInProcess() {
  const script = `
    import { createHash } from 'node:crypto';
    import { connectDatabase, disconnectDatabase } from './dist/src/database.js';
    import { fetchMail } from './dist/src/replies/fetch-mail.js';
    import { takeIn as real } from './dist/src/replies/take-in.js';
    ${DEPS}
    async function main() {
      await connectDatabase(process.env.MONGODB_URI);
      const got = [];
      const takeIn = async (messages) => {
        for (const { source, size } of messages)
          got.push([size, createHash('sha256').update(source).digest('hex')]);
        return real(messages, deps);
      };
      const fetched = await fetchMail({ url: process.env.URL, afterwards: 'leave' }, takeIn, { now: () => new Date() });
      await disconnectDatabase();
      return { fetched, got };
    }`;
  return inOwnProcess(script, {
    MONGODB_URI: testDatabaseUri(),
    NODE_EXTRA_CA_CERTS: server().caFile,
    URL: settings().url,
  });
}

test('messages of 50 MB do not take the process above 270 MB, and those around them come', async () => {
  const large = [0, 1, 2].map((more) => largeLetter(megabytes(50) + more));
  await deliver(1);
  for (const letter of large) await server().deliver(letter, folder());
  await deliver(2, 3);

  const { result, megabytes: used } = await fetchInProcess();
  const { fetched, got } = result as { fetched: object; got: [number, string][] };

  console.log(`three messages of 50 MB: at most ${used} MB of memory`);
  expect(fetched).toEqual({ fetched: 6, stored: 6, failed: 0 });
  const hash = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex');
  expect(got).toEqual([aLetter(1), ...large, aLetter(2), aLetter(3)].map((one) => [one.length, hash(one)]));
  expect(used).toBeLessThan(270);
}, 60_000);

test('a large message comes byte for byte', async () => {
  const letter = largeLetter(megabytes(20) + 1);
  await server().deliver(letter, folder());
  const { takeIn, offered } = aTaker();
  await fetchMail(settings(), takeIn, clock);
  expect(Buffer.compare(offered[0]!.source, letter)).toBe(0);
  expect(offered[0]!.size).toBe(letter.length);
}, 30_000);

test('of a message above 60 MB only the beginning comes, with its size', async () => {
  const letter = largeLetter(MAX_SOURCE + 1);
  await server().deliver(letter, folder());
  await deliver(2);
  const { takeIn, offered, subjects } = aTaker();
  await fetchMail(settings(), takeIn, clock);
  expect(offered[0]!.size).toBe(letter.length);
  expect(Buffer.compare(offered[0]!.source, letter.subarray(0, megabytes(1)))).toBe(0);
  expect(subjects()).toEqual(['Letter 0', 'Letter 2']);
}, 30_000);

test('2,000 small messages are fetched', async () => {
  await deliver(...Array.from({ length: 2000 }, (_, i) => i));
  const { takeIn, subjects } = aTaker();
  const began = performance.now();
  expect(await fetchMail(settings(), takeIn, clock)).toEqual({ fetched: 2000, stored: 2000, failed: 0 });
  console.log(`2,000 small messages in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  expect(subjects()).toEqual(Array.from({ length: 2000 }, (_, i) => `Letter ${i}`));
}, 60_000);
