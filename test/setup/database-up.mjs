import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { dropDatabases } from './databases.mjs';

const run = promisify(execFile);

/** Brings up the project's own engine unless MONGODB_URI names a database. Several runs at once do not meet. */
export default async function databaseUp() {
  process.env.TEST_RUN = String(process.pid);
  process.env.TEST_MONGODB_URI = process.env.MONGODB_URI || (await localEngine());
  await dropDatabases(({ run }) => !isAlive(run));
}

async function localEngine() {
  const { stdout } = await run('bin/database', ['up'], { env: { ...process.env, DATA_DIR: '.test-data' } });
  return stdout.trim();
}

/** A run that was killed leaves its databases behind. */
function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
