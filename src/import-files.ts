import { config } from '../config/index.js';
import { connectDatabase, disconnectDatabase } from './database.js';
import { depsFrom } from './deps.js';
import { createLog } from './log.js';
import { prepareDatabase } from './prepare-database.js';
import { importMail, type Imported } from './replies/import-mail.js';
import { startFailure } from './start-failure.js';

type Wanted = { files: readonly string[]; json: boolean };

/** Takes in the mail of these files and directories, and says what came of it. @returns the exit status: 2 where a file could not be read */
export async function importFiles({ files, json }: Wanted): Promise<number> {
  const stopping = new AbortController();
  const deps = depsFrom(config, createLog('warn'), stopping.signal);
  try {
    await connectDatabase(config.MONGODB_URI);
    await prepareDatabase();
    const done = await importMail(files, deps, ({ messages }) => say(`${messages} messages so far …`));
    for (const sentence of done.unopened) say(sentence);
    process.stdout.write(`${json ? JSON.stringify(done) : inWords(done)}\n`);
    return done.unopened.length > 0 ? 2 : 0;
  } catch (error) {
    say(startFailure(error, config) ?? String((error as Error).stack));
    return 1;
  } finally {
    deps.post.close();
    await disconnectDatabase();
  }
}

const say = (line: string): boolean => process.stderr.write(`${line}\n`);

const inWords = ({ files, messages, stored, known }: Imported): string =>
  `Files: ${files}. Messages: ${messages}, of which ${stored} are new and ${known} had come in before.`;
