import { prepareDatabase } from '../../src/prepare-database.js';
import { dropExpiry } from './database.js';

/** What a start does to the database, without what the database would remove by its own clock, also in files that run later. */
export async function prepareTestDatabase(): Promise<void> {
  await prepareDatabase();
  await dropExpiry();
}
