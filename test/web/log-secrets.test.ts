import { afterEach, expect, test } from '@jest/globals';
import { Types } from 'mongoose';
import pino from 'pino';
import request from 'supertest';
import { createApp } from '../../src/app.js';
import { connectDatabase, disconnectDatabase } from '../../src/database.js';
import { createTestApp } from '../support/app.js';
import { createLog } from '../../src/log.js';
import { IncomingMail } from '../../src/replies/incoming-mail.model.js';
import { testDatabaseUri, useDatabase } from '../support/database.js';

useDatabase();
afterEach(() => connectDatabase(testDatabaseUri()));

test('the secret of a one-time link, a calendar or a feed stays out of the log, also when its page fails', async () => {
  const lines: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
  const app = createApp({ ...createTestApp().deps, log });
  await disconnectDatabase();
  for (const path of [
    '/invitations/s3cret',
    '/Password-Resets/s3cret',
    '/set-up/s3cret?x=s3cret',
    '/Calendar/s3cret.ics',
    '/calendar/s3cret.atom',
  ])
    expect((await request(app).get(path)).status).toBeGreaterThanOrEqual(500);
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.join('')).not.toContain('s3cret');
});

test('what somebody wrote stays out of the log when the database does not take it', async () => {
  const lines: string[] = [];
  const log = createLog('debug', { write: (line: string) => void lines.push(line) });
  const mail = { _id: new Types.ObjectId(), words: 'words of hers', from: { address: 'kim@example.org' } };
  const insert = () => IncomingMail.collection.insertMany([mail, mail] as never);
  await insert().catch((err: unknown) => log.error({ err }, 'an incoming message could not be dealt with'));
  const [{ err }] = lines.map((line) => JSON.parse(line) as { err: object }) as [{ err: object }];
  expect(err).toMatchObject({ type: 'MongoBulkWriteError', code: 11000 });
  expect(Object.keys(err)).toEqual(['type', 'message', 'stack', 'code']);
  expect(lines.join('')).not.toMatch(/words of hers|kim@example/);
});
