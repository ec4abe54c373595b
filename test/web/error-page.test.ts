import { expect, jest, test } from '@jest/globals';
import { MongoServerError } from 'mongodb';
import { Campaign } from '../../src/campaigns/campaign.model.js';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { signInAs } from '../support/visitor.js';

useDatabase();

test('whatever the database says that nobody expected is logged, and has a page of ours', async () => {
  const world = createTestApp();
  const visitor = await signInAs(world, 'staff');
  const logged = jest.spyOn(world.deps.log, 'error');
  const error = new MongoServerError({ errmsg: 'disk quota exceeded', code: 14031 });
  jest.spyOn(Campaign, 'find').mockImplementationOnce(() => {
    throw error;
  });
  const { status, main } = await visitor.get('/campaigns');
  expect([status, main]).toEqual([500, expect.stringContaining('Something went wrong here')]);
  expect(logged.mock.calls).toEqual([[{ err: error, path: '/campaigns' }, 'Something went wrong here']]);
});
