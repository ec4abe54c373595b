import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { BadEnvironment, readEnvironment, type Environment } from './env.js';

export type Config = Environment & { BASE_URL: string; SESSION_SECRET: string };

/** The environment of this process, read once; a bad one is named in full and ends the process. */
export const config: Config = read();

function read(): Config {
  try {
    const env = readEnvironment(process.env);
    return {
      ...env,
      BASE_URL: (env.BASE_URL ?? `http://localhost:${env.PORT}`).replace(/\/$/, ''),
      SESSION_SECRET: env.SESSION_SECRET ?? keptSecret(env.DATA_DIR),
    };
  } catch (error) {
    if (!(error instanceof BadEnvironment)) throw error;
    console.error(`The configuration is not usable:\n${error.problems.map((problem) => `  ${problem}`).join('\n')}`);
    process.exit(1);
  }
}

/** A secret that survives restarts, so that people stay signed in. */
function keptSecret(dataDir: string): string {
  const file = path.resolve(dataDir, 'session-secret');
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(file, randomBytes(48).toString('base64url'), { mode: 0o600, flag: 'wx' });
  }
  return readFileSync(file, 'utf8').trim();
}
