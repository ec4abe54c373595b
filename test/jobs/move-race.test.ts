import { expect, test } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { schedule } from '../../jobs/schedule.js';
import { withdrawApproval } from '../../src/follow-ups/approve.js';
import { Firing } from '../../src/triggers/firing.model.js';
import { createTestApp } from '../support/app.js';
import { approve, stepsOf } from '../support/cadences.js';
import { useDatabase } from '../support/database.js';
import { anApprovedTrigger, changeMilestone } from '../support/triggers.js';

useDatabase();

test('a step that is approved in the moment in which its milestone moves it is moved by the next sweep', async () => {
  const world = createTestApp();
  const { recipients, track, by } = await anApprovedTrigger(world, { recipients: 1 });
  const sweep = () => schedule['set-in-motion']!.run(world.deps);
  const first = async () => (await stepsOf(recipients[0]!))[0]!;
  await sweep();
  for (let round = 0; round < 40; round += 1) {
    await changeMilestone(track, { expectedOn: round % 2 ? '2026-12-14' : '2026-12-21' });
    const step = await first();
    const moving = sweep();
    // so that over the rounds the approval falls into every part of the sweep
    await pause(round * 1.5);
    await approve(step, by, world).catch(() => {});
    await moving;
    await sweep();
    const day = (await first()).dueAt.toISOString().slice(0, 10);
    expect([day, (await Firing.findOne().lean())!.day]).toEqual(
      round % 2 ? ['2026-11-30', '2026-11-30'] : ['2026-12-07', '2026-12-07'],
    );
    await withdrawApproval(step._id, 'Ana withdrew it.').catch(() => {});
  }
});
