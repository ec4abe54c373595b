import { expect, jest, test } from '@jest/globals';
import { MongoBulkWriteError, MongoServerError } from 'mongodb';
import { manyDue } from '../../faults/due.js';
import { pastDeadlocks } from '../../src/database.js';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { tellRenamed } from '../../src/follow-ups/rename-sender.js';
import { Notice } from '../../src/mail/notice.model.js';
import { sendNotice } from '../../src/mail/notices.js';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aUser, NOW } from '../support/factories.js';

useDatabase();

/** Those who come to the same records at once: the local engine ends the writes of some of them (docs/decisions/0001). */
const atOnce = <T>(count: number, write: (which: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, which) => write(which)));

test('several who change many of the same rows at once all get through', async () => {
  await manyDue(30, NOW);
  const by = (await aUser())._id;
  await FollowUp.updateMany({}, { $set: { bodyTemplate: '{{ sender }}', plannedBy: by } });
  for (let round = 0; round < 30; round += 1)
    await atOnce(8, (which) => tellRenamed(by, `Robin Newname ${which}`));
  const names = await FollowUp.distinct('senderNow');
  expect(names).toEqual([expect.stringMatching(/^Robin Newname \d$/)]);
}, 60_000);

test('of several who create the same at once one does, and the others are told', async () => {
  const { deps } = createTestApp();
  const to = { name: 'Robin Example', address: 'robin@example.org' };
  for (let mail = 0; mail < 40; mail += 1) {
    const notice = { key: `mail ${mail}`, kind: 'news', to, subject: 'A mail', text: 'Once.' } as const;
    const ends = await atOnce(6, () => sendNotice(deps, notice));
    expect(ends.map(({ state }) => state).toSorted()).toEqual(['captured', ...Array(5).fill('sent before')]);
  }
  expect(await Notice.countDocuments()).toBe(40);
}, 60_000);

const said = (errmsg: string) => new MongoServerError({ errmsg, code: 16908292 });

test.each([
  ['the only one', said('deadlock detected')],
  [
    'one of many',
    Object.assign(new MongoBulkWriteError(said('duplicate key'), {} as never), {
      writeErrors: [{ errmsg: 'duplicate key' }, { errmsg: 'deadlock detected' }],
    }),
  ],
])('a deadlock of %s is met once more', async (_of, error) => {
  const write = jest.fn<() => Promise<string>>().mockRejectedValueOnce(error).mockResolvedValue('written');
  expect(await pastDeadlocks(write)).toBe('written');
  expect(write).toHaveBeenCalledTimes(2);
});

test('whatever else went wrong is not tried again', async () => {
  const write = jest.fn<() => Promise<string>>().mockRejectedValue(said('disk quota exceeded'));
  await expect(pastDeadlocks(write)).rejects.toThrow('disk quota exceeded');
  expect(write).toHaveBeenCalledTimes(1);
});
