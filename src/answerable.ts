import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { BadEnvironment } from '../config/env.js';
import { mailIdentity } from '../config/mail-identity.js';
import { readCommand } from './command.js';
import { parseSender } from './mail/message.js';
import { messagesIn, takeOut, type MessageInFile } from './mail/messages-in.js';
import { cannotBeRead } from './cannot-be-read.js';
import { inspectMail, type Identity } from './replies/inspect-mail.js';

/** The command line for whoever runs the server, behind `bin/answerable`. */
const command = readCommand(process.argv.slice(2));
// whoever reads has read enough, as `head` does
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

if ('said' in command) {
  (command.status === 0 ? process.stdout : process.stderr).write(`${command.said}\n`);
  process.exitCode = command.status;
} else if (command.name === 'import-mail') {
  // only these need a database and all the settings
  const { importFiles } = await import('./import-files.js');
  process.exitCode = await importFiles(command);
} else if (command.name === 'recompute') {
  const { recompute } = await import('./recompute.js');
  process.exitCode = await recompute(command);
} else {
  const identity = readIdentity();
  for (const file of command.files) await inspectFile(file, identity);
}

function readIdentity(): Identity {
  try {
    const { MAIL_FROM, MAIL_AUTHSERV_ID = null } = mailIdentity();
    const address = parseSender(MAIL_FROM).address.toLowerCase();
    return { ourselves: { addresses: [address] }, trustedServer: MAIL_AUTHSERV_ID };
  } catch (error) {
    if (!(error instanceof BadEnvironment)) throw error;
    process.stderr.write(`These settings are not right:\n  ${error.problems.join('\n  ')}\n`);
    process.exit(1);
  }
}

/** A file that cannot be opened is said, and the others are read nevertheless. */
async function inspectFile(file: string, identity: Identity): Promise<void> {
  const stream: Readable = file === '-' ? process.stdin : createReadStream(file);
  const inspect = (message: MessageInFile) => inspectMail(takeOut(message), identity);
  try {
    for await (const message of messagesIn(stream)) await print(await inspect(message));
  } catch (error) {
    process.stderr.write(`${cannotBeRead(file, error)}\n`);
    process.exitCode = 2;
  }
}

/** One line, also for readers that take U+0085, U+2028 and U+2029 for line ends; waits while nobody takes it away. */
async function print(value: object): Promise<void> {
  const line = JSON.stringify(value).replaceAll(
    /[\u0085\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  if (!process.stdout.write(`${line}\n`))
    await new Promise((resolve) => process.stdout.once('drain', resolve));
}
