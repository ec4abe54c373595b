import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const program = resolve('bin/database');

export type Engine = Awaited<ReturnType<typeof newEngine>>;

/** A database of the project's own engine, with its own data, that the test starts and removes. */
export async function newEngine() {
  const dataDir = await mkdtemp(join(tmpdir(), 'answerable-engine-'));
  const environment: NodeJS.ProcessEnv = { ...process.env, DATA_DIR: dataDir };
  delete environment.MONGODB_URI;

  /** Runs `bin/database` with these arguments; rejects, with `code`, `stdout` and `stderr`, when it fails. */
  const database = (...args: string[]) => run(program, args, { env: environment });
  const pidIn = async (file: string) =>
    Number.parseInt(await readFile(join(dataDir, 'database', file), 'utf8'), 10);

  return {
    dataDir,
    database,
    up: async () => (await database('up')).stdout.trim(),
    gatewayPid: () => pidIn('gateway.pid'),
    postgresPid: () => pidIn('cluster/postmaster.pid'),
    async remove() {
      await database('down');
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
