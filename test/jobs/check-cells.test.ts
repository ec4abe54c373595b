import { expect, test } from '@jest/globals';
import { run } from '../../jobs/check-copies.js';
import { Commitment } from '../../src/commitments/commitment.model.js';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aCommitment, aRecipient } from '../support/factories.js';

useDatabase();

/** Two cells: one with an earlier, a later and a taken-back commitment, one with a single one. */
async function twoCells() {
  const { _id: recipient } = await aRecipient();
  const earlier = await aCommitment({ recipient, on: '2026-01-01' });
  const later = await aCommitment({ recipient, on: '2026-03-01' });
  const wrong = await aCommitment({ recipient, on: '2026-05-01', takenBackAt: new Date() });
  const other = await aCommitment();
  return { earlier, later, wrong, other };
}
const marked = async () =>
  (await Commitment.find({ isCurrent: true }).sort({ _id: 1 }).lean()).map(({ _id }) => String(_id));

test.each(['earlier', 'later', 'wrong', 'other'] as const)(
  'a mark that is wrong is counted and put right, and the next run finds nothing: of the %s',
  async (which) => {
    const all = await twoCells();
    const { deps } = createTestApp();
    const right = [all.later, all.other].map(({ _id }) => String(_id));
    expect(await marked()).toEqual(right);
    expect(await run(deps)).toContain('2 cells checked, 0 differed.');
    const { _id, isCurrent } = (await Commitment.findById(all[which]._id).lean())!;
    await Commitment.collection.updateOne({ _id }, { $set: { isCurrent: !isCurrent } });
    expect(await run(deps)).toContain('2 cells checked, 1 differed.');
    expect(await marked()).toEqual(right);
    expect(await run(deps)).toContain('2 cells checked, 0 differed.');
  },
);

test('one that was left unmarked because the process ended is marked', async () => {
  const { other } = await twoCells();
  await Commitment.collection.updateMany({ recipient: other.recipient }, { $set: { isCurrent: false } });
  await run(createTestApp().deps);
  expect(await marked()).toContain(String(other._id));
});
