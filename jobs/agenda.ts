import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import mongoose from 'mongoose';
import type { Deps } from '../src/deps.js';
import { isDatabaseGone } from '../src/database.js';
import { schedule } from './schedule.js';

/** An outage is mentioned again after ten minutes. */
const QUIET_MS = 600_000;

export type Schedule = { stop: () => Promise<void> };

/**
 * Wakes the jobs of the timetable. agenda only rings the bell: what is due stands in the records themselves, so a job
 * that is woken twice, or by two processes, finds nothing left to do.
 */
export async function startSchedule(deps: Deps): Promise<Schedule> {
  const backend = new MongoBackend({ mongo: mongoose.connection.db as never, collection: 'jobs' });
  const agenda = new Agenda({ backend, processEvery: '5 seconds', defaultConcurrency: 1, maxConcurrency: 4 });
  const running = new Set<Promise<unknown>>();

  for (const [name, job] of Object.entries(schedule)) {
    agenda.define(name, async () => {
      const run = job.run(deps).then(
        (did) => deps.log.debug({ job: name }, did),
        (error: unknown) =>
          deps.log.error(
            { job: name, err: error },
            isDatabaseGone(error) ? 'waits for the database' : 'failed',
          ),
      );
      running.add(run);
      await run.finally(() => running.delete(run));
    });
  }
  agenda.on('error', reportOnce(deps.log));
  await agenda.start();
  for (const [name, { every }] of Object.entries(schedule)) await agenda.every(every, name);

  return {
    stop: async () => {
      await agenda.stop().catch(() => {});
      await Promise.allSettled(running);
    },
  };
}

/** agenda asks for work every few seconds, and during an outage fails each time: only the first is news. */
function reportOnce(log: Deps['log']): (error: unknown) => void {
  let reportedAt = 0;
  return (error) => {
    const now = performance.now();
    if (isDatabaseGone(error) && reportedAt > 0 && now - reportedAt < QUIET_MS) return;
    reportedAt = now;
    log.error({ err: error }, 'the schedule waits for the database');
  };
}
