import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FollowUp } from '../src/follow-ups/follow-up.model.js';
import type { FollowUpState } from '../src/follow-ups/follow-up.rules.js';
import { account, type Account } from './account.js';
import { startClock, type Clock } from './clock.js';
import { onlyDue } from './due.js';
import { startMailServer, type MailServer } from './mail-server.js';
import { until } from './processes.js';
import type { Behaviour } from './rules.js';
import { startWorker, type Worker } from './workers.js';

export type Scene = {
  clock: Clock;
  mail: MailServer;
  /** starts a worker, which ends with the scene */
  worker: (manner?: 'over and over' | 'when asked') => Worker;
  /** one sweep, from its start to its end, of a worker that does nothing else */
  sweep: () => Promise<void>;
  /** what became of everything, once no sweep is under way */
  account: (mail?: Pick<MailServer, 'all'>) => Promise<Account>;
  /** what went wrong in sweeps */
  failed: () => string[];
};

type Setting = { uri: string; count: number; behaviour?: Behaviour };

/** Due follow-ups, a mail server that behaves badly, and a clock; all of it is gone when the play is over. */
export async function withScene<T>(
  { uri, count, behaviour }: Setting,
  play: (scene: Scene) => Promise<T>,
): Promise<T> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'answerable-fault-'));
  const clock = startClock(path.join(dataDir, 'clock'));
  const mail = await startMailServer(behaviour);
  const workers: Worker[] = [];
  const worker: Scene['worker'] = (manner) => {
    const started = startWorker({ uri, smtpUrl: mail.url, clock, dataDir }, manner);
    workers.push(started);
    return started;
  };
  let sweeper: Worker | undefined;
  try {
    await onlyDue(count, clock.now());
    return await play({
      clock,
      mail,
      worker,
      sweep: async () => {
        sweeper ??= worker();
        const before = sweeper.sweeps();
        await sweeper.begin();
        await finished(sweeper, before + 1);
      },
      account: async (server = mail) => account(await server.all()),
      failed: () => workers.flatMap(({ failed }) => failed),
    });
  } finally {
    await Promise.all([...workers.map((one) => one.kill()), mail.stop()]);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

export const finished = (worker: Worker, sweeps: number): Promise<void> =>
  until(`the worker finishes sweep ${sweeps}`, () => worker.sweeps() >= sweeps, 150);

export const countIn = (...states: FollowUpState[]): Promise<number> =>
  FollowUp.countDocuments({ state: { $in: states } }).exec();
