import type { Deps } from '../src/deps.js';
import { readDueSources } from '../src/legislation/import/read-sources.js';

/** Reads the sources of legislation whose turn has come. */
export async function run(deps: Deps): Promise<string> {
  const { read, failed, changes } = await readDueSources(deps);
  return `Sources of legislation: ${read} read, ${failed} of them could not be, ${changes} changes.`;
}
