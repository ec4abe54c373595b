import { config } from '../config/index.js';
import { connectDatabase, disconnectDatabase } from '../src/database.js';
import { depsFrom } from '../src/deps.js';
import { createLog } from '../src/log.js';
import { prepareDatabase } from '../src/prepare-database.js';
import { startFailure } from '../src/start-failure.js';
import { readRequest, type JobRequest } from './request.js';
import { schedule } from './schedule.js';

/** Runs one job of the timetable once, for `bin/job`. */
const words = process.argv.slice(2);
const onlyCheck = words[0] === '--check';
const request = readRequest(onlyCheck ? words.slice(1) : words, Object.keys(schedule));
if ('said' in request) {
  (request.status === 0 ? console.log : console.error)(request.said);
  process.exit(request.status);
}
if (onlyCheck) process.exit();

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());

await once(request).catch((error: unknown) => {
  console.error(startFailure(error, config) ?? error);
  process.exitCode = 1;
});
await disconnectDatabase();

async function once({ name, now }: JobRequest): Promise<void> {
  await connectDatabase(config.MONGODB_URI);
  await prepareDatabase();
  const log = createLog(config.NODE_ENV === 'production' ? 'info' : 'warn');
  const deps = depsFrom(config, log, stopping.signal);
  try {
    console.log(await schedule[name]!.run(now ? { ...deps, now: () => now } : deps));
  } finally {
    deps.post.close();
  }
}
