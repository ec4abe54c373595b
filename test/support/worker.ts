import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { testDatabaseUri } from './database.js';

export type Worker = {
  process: ChildProcess;
  pid: number;
  ended: Promise<string>;
  kill: (signal: NodeJS.Signals) => void;
};

/** A process of its own that runs one job once, from the built code, as `bin/job` does. */
export function startWorker(job: string, { now, smtpUrl }: { now: Date; smtpUrl: string }): Worker {
  const child = spawn(process.execPath, ['dist/jobs/run.js', job, '--now', now.toISOString()], {
    env: {
      PATH: process.env['PATH'],
      MONGODB_URI: testDatabaseUri(),
      SMTP_URL: smtpUrl,
      MAIL_FROM: 'The campaign <campaign@example.org>',
      MAIL_PER_MINUTE: '0',
      MAIL_PER_MINUTE_TO_DOMAIN: '0',
      DATA_DIR: '.test-data',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = once(child, 'close').then(() => said.trim());
  return { process: child, pid: child.pid!, ended, kill: (signal) => child.kill(signal) };
}
