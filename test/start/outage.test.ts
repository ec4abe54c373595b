import { afterAll, expect, test } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { aVisitor } from '../support/visitor.js';
import { ADMIN, database, freePort, ownDataDir, saysHowToSignIn, start, until } from './started.js';

const { dataDir, remove } = ownDataDir();
afterAll(remove, 60_000);

test('while the database is gone pages say so, and with it pages and schedule come back by themselves', async () => {
  const uri = (await database('up', dataDir)).trim();
  const port = await freePort();
  const started = start({ PORT: String(port), DATA_DIR: dataDir });
  await until(() => saysHowToSignIn(started), 280, started);
  const visitor = aVisitor({ app: `http://localhost:${port}` });
  await visitor.postForm('/sign-in', ADMIN);
  expect((await visitor.get('/campaigns')).status).toBe(200);
  await until(async () => (await lastRun(uri)) > 0, 60, started);

  await database('down', dataDir);
  const asked = performance.now();
  const page = await visitor.get('/campaigns');
  expect(page.status).toBe(503);
  expect(performance.now() - asked).toBeLessThan(8000);
  expect(page.headers['retry-after']).toBe('10');
  expect(page.main).toContain('The page works again by itself');
  expect(page.html).not.toMatch(/\bat .*\.[jt]s|Mongo|ECONNREFUSED/);
  expect((await visitor.get('/health')).status).toBe(503);

  const back = Date.now();
  expect((await database('up', dataDir)).trim()).toBe(uri);
  await until(async () => (await visitor.get('/campaigns')).status === 200, 15, started);
  await until(async () => (await lastRun(uri)) > back, 90, started);

  expect((await started.stop()).status).toBe(0);
}, 500_000);

/** When the schedule last woke `send-due`, in milliseconds since 1970; 0 if never. */
async function lastRun(uri: string): Promise<number> {
  const client = await MongoClient.connect(uri);
  const job = await client.db().collection('jobs').findOne({ name: 'send-due' });
  await client.close();
  return (job?.['lastFinishedAt'] as Date | undefined)?.getTime() ?? 0;
}
