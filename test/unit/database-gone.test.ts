import { expect, test } from '@jest/globals';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
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

test('so is what a socket says that was closed in the moment of a write, which the driver hands on as it is', async () => {
  const server = createServer((socket) => socket.end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.resume();
  await once(socket, 'end');
  socket.write('a command');
  const [error] = (await once(socket, 'error')) as [Error];
  expect(error.message).toBe('This socket has been ended by the other party');
  expect(isDatabaseGone(error)).toBe(true);
  server.close();
});
