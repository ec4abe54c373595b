import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engineIn } from '../../faults/engine.js';

export type Engine = Awaited<ReturnType<typeof newEngine>>;

/** A database of the project's own engine, with its own data, that the test starts and removes. */
export async function newEngine() {
  const dataDir = await mkdtemp(join(tmpdir(), 'answerable-engine-'));
  const engine = engineIn(dataDir);
  return {
    ...engine,
    async remove() {
      await engine.database('down');
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
