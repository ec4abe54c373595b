import closeWithGrace from 'close-with-grace';
import type { Server } from 'node:http';
import { config } from '../config/index.js';
import { startSchedule, type Schedule } from '../jobs/agenda.js';
import { createApp } from './app.js';
import { connectDatabase, disconnectDatabase } from './database.js';
import { depsFrom } from './deps.js';
import { startHeartbeat } from './heartbeat.js';
import { backgroundEnded } from './in-background.js';
import { createLog } from './log.js';
import { prepareDatabase } from './prepare-database.js';
import { takeIn } from './replies/take-in.js';
import { watchMailbox } from './replies/watch-mailbox.js';
import { seed } from './seed.js';
import { startFailure } from './start-failure.js';
import { firstAdministrator } from './users/first-administrator.js';
import { closeServer, listen } from './web/http-server.js';

/** Shorter than the ten seconds after which a container engine kills. */
const STOP_WITHIN_MS = 9000;

const say = (line: string): void => console.log(line);

const log = createLog(config.NODE_ENV === 'production' ? 'info' : 'warn');
const stopping = new AbortController();
const deps = depsFrom(config, log, stopping.signal);

let server: Server | undefined;
let schedule: Schedule | undefined;
let watching: Promise<void> | undefined;
let heartbeat: NodeJS.Timeout | undefined;

closeWithGrace({ delay: STOP_WITHIN_MS, logger: undefined, onTimeout: gaveUp }, async ({ err, signal }) => {
  if (err) log.fatal({ err }, 'the process ends because of a bug');
  if (signal) say('Stopping: no new work is taken on, what has begun is finished.');
  stopping.abort();
  clearInterval(heartbeat);
  await Promise.all([server && closeServer(server), schedule?.stop(), watching]);
  await backgroundEnded();
  deps.post.close();
  await disconnectDatabase();
  if (signal) say('Stopped.');
});

function gaveUp(): void {
  console.error(
    `Not everything was finished within ${STOP_WITHIN_MS / 1000} seconds. A message that was under way is shown as uncertain later.`,
  );
}

await start().catch((error: unknown) => {
  console.error(startFailure(error, config) ?? error);
  process.exit(1);
});

async function start(): Promise<void> {
  await connectDatabase(config.MONGODB_URI);
  await prepareDatabase(
    (done, of) =>
      process.stdout.isTTY && process.stdout.write(`\rIndexes: ${done} of ${of}${done === of ? '\n' : ''}`),
  );
  if (await seed(deps.now())) say('The database was empty: the campaign of September 2023 is in it now.');
  const signIn = config.ROLE === 'worker' ? null : await firstAdministrator(config, deps.now());
  if (config.ROLE !== 'worker') server = await listen(createApp(deps), config.PORT);
  if (config.ROLE !== 'web') schedule = await startSchedule(deps);
  if (config.ROLE !== 'web' && deps.replies.mailbox)
    watching = watchMailbox({
      settings: deps.replies.mailbox,
      takeIn: (messages, failed) => takeIn(messages, deps, failed),
      deps,
      signal: stopping.signal,
    });
  if (config.ROLE === 'worker') heartbeat = startHeartbeat(config.DATA_DIR);
  announce(signIn);
}

function announce(signIn: string | null): void {
  say(
    config.ROLE === 'worker'
      ? 'Answerable is working through its schedule.'
      : `Answerable is at ${config.BASE_URL}`,
  );
  say(
    config.SMTP_URL
      ? `Mail goes to ${new URL(config.SMTP_URL).host}.`
      : 'Mail is captured in the outbox: SMTP_URL is not set.',
  );
  if (signIn) say(signIn);
}
