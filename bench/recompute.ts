import { connectDatabase, disconnectDatabase } from '../src/database.js';
import { checkStoredCopies } from '../src/stored-copies.js';
import { megabytesHeld } from './memory.js';
import { atMost, type Row } from './rows.js';

/** What `bin/answerable recompute` does at the large size. Twice: the first round warms up, and what the second gains is kept. */
export async function measureRecompute(uri: string): Promise<Row[]> {
  await connectDatabase(uri);
  await recompute();
  const before = megabytesHeld();
  const began = performance.now();
  const differed = await recompute();
  const seconds = (performance.now() - began) / 1000;
  const gained = megabytesHeld() - before;
  await disconnectDatabase();
  if (differed > 0) throw new Error(`${differed} records differed.`);
  return [
    atMost('recompute: 5,000 recipients with 100,000 entries', seconds, 's', 60),
    atMost('recompute: memory gained', gained, 'MB', 20),
  ];
}

async function recompute(): Promise<number> {
  const checked = await checkStoredCopies(new Date());
  return Object.values(checked).reduce((sum, { differed }) => sum + differed, 0);
}
