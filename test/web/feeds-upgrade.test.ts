import { expect, test } from '@jest/globals';
import { Types } from 'mongoose';
import request from 'supertest';
import { Feed } from '../../src/calendar/feed.model.js';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { NOW } from '../support/factories.js';
import { prepareTestDatabase } from '../support/prepared.js';
import { signInAs } from '../support/visitor.js';

useDatabase();

const indexes = async () => (await Feed.collection.indexes()).map(({ name }) => name!).sort();

test('a calendar of an earlier version goes on under its address, and its index gives way, however often that is done', async () => {
  const app = createTestApp();
  const ana = await signInAs(app, 'staff');
  const { $ } = await ana.postForm('/account/calendar');
  const path = new URL($('main code').text()).pathname;
  await Feed.collection.updateMany({}, { $unset: { kind: '', audience: '' } });
  await Feed.collection.createIndex({ user: 1 }, { unique: true });
  expect((await request(app.app).get(path)).status).toBe(404);
  const before = await Feed.findOne().lean();
  await prepareTestDatabase();
  await prepareTestDatabase();
  expect((await request(app.app).get(path)).status).toBe(200);
  expect(
    await Feed.findOne({}, { tokenHash: 1, madeAt: 1, user: 1, kind: 1, audience: 1, _id: 0 }).lean(),
  ).toEqual({
    tokenHash: before!.tokenHash,
    madeAt: before!.madeAt,
    user: ana.user._id,
    kind: 'calendar',
    audience: 'staff',
  });
  expect(await indexes()).toEqual(['_id_', 'tokenHash_1', 'user_1_kind_1']);
  await ana.postForm('/account/calendar/atom', {}, '/account/calendar');
  expect(await Feed.distinct('kind', { user: ana.user._id })).toEqual(['atom', 'calendar']);
});

test('nobody has two feeds of one kind', async () => {
  const one = {
    user: new Types.ObjectId(),
    kind: 'atom',
    audience: 'staff',
    madeAt: NOW,
    changedAt: NOW,
  } as const;
  await Feed.create({ ...one, tokenHash: 'a' });
  await Feed.create({ ...one, kind: 'calendar', tokenHash: 'b' });
  await expect(Feed.create({ ...one, tokenHash: 'c' })).rejects.toThrow(/duplicate/i);
});
