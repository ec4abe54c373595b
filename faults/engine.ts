import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The project's own database engine with its data in this folder. */
export function engineIn(dataDir: string) {
  const environment: NodeJS.ProcessEnv = { ...process.env, DATA_DIR: dataDir };
  delete environment['MONGODB_URI'];

  /** Runs `bin/database` with these arguments; rejects, with `code`, `stdout` and `stderr`, when it fails. */
  const database = (...args: string[]) => run(resolve('bin/database'), args, { env: environment });
  const pidIn = async (file: string) =>
    Number.parseInt(await readFile(join(dataDir, 'database', file), 'utf8'), 10);

  return {
    dataDir,
    database,
    up: async () => (await database('up')).stdout.trim(),
    gatewayPid: () => pidIn('gateway.pid'),
    postgresPid: () => pidIn('cluster/postmaster.pid'),
  };
}

export type Engine = ReturnType<typeof engineIn>;
