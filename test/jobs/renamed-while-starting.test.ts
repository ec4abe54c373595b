import { expect, jest, test } from '@jest/globals';
import { requestStart, workOn } from '../../src/cadences/start.js';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { renameSender, tellRenamed } from '../../src/follow-ups/rename-sender.js';
import { backgroundEnded } from '../../src/in-background.js';
import { User } from '../../src/users/user.model.js';
import { createTestApp } from '../support/app.js';
import { aCadence } from '../support/cadences.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, anEntry, aRecipient, aUser, NOW } from '../support/factories.js';

useDatabase();

test('whoever changes their name while their cadence is being started signs nothing with the old one', async () => {
  const { deps } = createTestApp();
  const by = (await aUser({ role: 'admin', name: 'Robin Oldname' }))._id;
  const campaign = (await aCampaign())._id;
  // three rounds: one is planned before, one is written before and planned after, one is written after
  for (let i = 0; i < 60; i += 1)
    await anEntry({ recipient: (await aRecipient({ campaign }))._id, kind: 'letter' });
  const cadence = await aCadence(campaign, [2], by, NOW, ['Please answer.\n\n{{ sender }}']);

  const insertMany = FollowUp.collection.insertMany.bind(FollowUp.collection);
  let round = 0;
  jest.spyOn(FollowUp.collection, 'insertMany').mockImplementation(async (...rows) => {
    round += 1;
    if (round === 2) await rename('Robin Newname');
    return insertMany(...rows);
  });
  await workOn(await requestStart({ cadence, campaign }, by, NOW), deps);
  await backgroundEnded();

  expect(round).toBe(3);
  expect(await FollowUp.countDocuments()).toBe(60);
  expect(await FollowUp.distinct('writtenFrom.sender')).toEqual(['Robin Newname']);
  expect(await FollowUp.countDocuments({ text: /Robin Oldname/ })).toBe(0);

  async function rename(name: string): Promise<void> {
    await tellRenamed(by, name);
    await User.updateOne({ _id: by }, { $set: { name } });
    await renameSender(by, name, deps);
    await backgroundEnded();
  }
});
