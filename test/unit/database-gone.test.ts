import { expect, test } from '@jest/globals';
import { MongoBulkWriteError, MongoExpiredSessionError, MongoNetworkError, MongoServerError } from 'mongodb';
import { isDatabaseGone } from '../../src/database.js';

const NO_RESULT = {} as never;

// as they were met when the gateway or PostgreSQL was killed in the middle of sending
test.each([
  'write failed: write unix @->/tmp/answerable-b45f/.s.PGSQL.5432: write: broken pipe',
  'pool.go:90 (documentdb.(*Pool).Acquire): failed to connect to `user=answerable database=postgres`',
  'FATAL: the database system is in recovery mode (SQLSTATE 57P03)',
  'FATAL: terminating connection due to unexpected postmaster exit (SQLSTATE 57P01)',
])('the server behind the gateway is gone: %s', (errmsg) => {
  expect(isDatabaseGone(new MongoServerError({ errmsg }))).toBe(true);
});

test.each(['connection 3 to 127.0.0.1:27122 closed', 'connect ECONNREFUSED 127.0.0.1:27122'])(
  'a bulk write that the network broke off says so in its own name: %s',
  (words) => {
    const error = new MongoBulkWriteError(new MongoNetworkError(words), NO_RESULT);
    expect(error.name).toBe('MongoBulkWriteError');
    expect(isDatabaseGone(error)).toBe(true);
  },
);

test('what was under way when the process let go of the database is no bug', () => {
  expect(isDatabaseGone(new MongoExpiredSessionError())).toBe(true);
});

test('what the database refused is no outage', () => {
  const duplicate = { message: 'E11000 duplicate key error', code: 11000, writeErrors: [] };
  expect(isDatabaseGone(new MongoBulkWriteError(duplicate, NO_RESULT))).toBe(false);
  expect(isDatabaseGone(new MongoServerError({ errmsg: 'deadlock detected', code: 1 }))).toBe(false);
});
