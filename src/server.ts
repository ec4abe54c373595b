import closeWithGrace from 'close-with-grace';
import type { Server } from 'node:http';
import { config } from '../config/index.js';
import { startSchedule, type Schedule } from '../jobs/agenda.js';
import { createApp } from './app.js';
import { connectDatabase, createIndexes, disconnectDatabase, isDatabaseGone } from './database.js';
import type { Deps } from './deps.js';
import { createLog } from './log.js';
import { createPost } from './mail/post.js';
import { seed } from './seed.js';
import { firstAdministrator } from './users/first-administrator.js';

const say = (line: string): void => console.log(line);

const log = createLog(config.NODE_ENV === 'production' ? 'info' : 'warn');
const post = createPost({ smtpUrl: config.SMTP_URL, mailFrom: config.MAIL_FROM });
const deps: Deps = {
  now: () => new Date(),
  post,
  baseUrl: config.BASE_URL,
  sessionSecret: config.SESSION_SECRET,
  secureCookies: config.BASE_URL.startsWith('https:'),
  log,
};

let server: Server | undefined;
let schedule: Schedule | undefined;

closeWithGrace({ delay: 30_000, logger: undefined }, async ({ err, signal }) => {
  if (err) log.error({ err }, 'the process ends because of a bug');
  if (signal) say('Stopping: no new work is taken on, what has begun is finished.');
  await schedule?.stop();
  await closeServer();
  post.close();
  await disconnectDatabase();
  if (signal) say('Stopped.');
  // agenda leaves a timer behind
  setImmediate(() => process.exit(err ? 1 : 0)).unref();
});

await start().catch((error: unknown) => {
  console.error(isDatabaseGone(error) ? `The database at MONGODB_URI cannot be reached: ${(error as Error).message}` : error);
  process.exit(1);
});

async function start(): Promise<void> {
  await connectDatabase(config.MONGODB_URI);
  await createIndexes((done, of) => process.stdout.isTTY && process.stdout.write(`\rIndexes: ${done} of ${of}${done === of ? '\n' : ''}`));
  if (await seed(deps.now())) say('The database was empty: the campaign of September 2023 is in it now.');
  const signIn = await firstAdministrator(config, deps.now());
  if (config.ROLE !== 'worker') server = await listen();
  if (config.ROLE !== 'web') schedule = await startSchedule(deps);
  if (config.ROLE !== 'worker') say(`Answerable is at ${config.BASE_URL}`);
  else say('Answerable is working through its schedule.');
  say(config.SMTP_URL ? `Mail goes to ${new URL(config.SMTP_URL).host}.` : 'Mail is captured in the outbox: SMTP_URL is not set.');
  say(signIn);
}

function listen(): Promise<Server> {
  return new Promise((resolve, reject) => {
    const listening = createApp(deps).listen(config.PORT, (error?: Error) => {
      if (!error) return resolve(listening);
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') return reject(error);
      console.error(`Port ${config.PORT} is taken. Stop what uses it, or set PORT to another one.`);
      process.exit(1);
    });
  });
}

/** Idle connections are closed again and again until the last request has been answered. */
function closeServer(): Promise<void> {
  const closing = server;
  if (!closing) return Promise.resolve();
  return new Promise((resolve) => {
    const sweep = setInterval(() => closing.closeIdleConnections(), 100);
    closing.close(() => {
      clearInterval(sweep);
      resolve();
    });
  });
}
