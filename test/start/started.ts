import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A machine's environment and nothing of the tests' own: bin/start is to find its way alone. */
function bareEnvironment(settings: Record<string, string>): Record<string, string> {
  const { PATH = '', HOME = '', XDG_CACHE_HOME, TMPDIR } = process.env;
  return {
    PATH,
    HOME,
    ...(XDG_CACHE_HOME && { XDG_CACHE_HOME }),
    ...(TMPDIR && { TMPDIR }),
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_PASSWORD: ADMIN.password,
    ...settings,
  };
}

export const ADMIN = { email: 'first@example.org', password: 'a long enough password' };

export type Started = ReturnType<typeof start>;

/** Runs bin/start and collects what it says. */
export function start(settings: Record<string, string>) {
  const child = spawn('bin/start', { env: bareEnvironment(settings), stdio: ['ignore', 'pipe', 'pipe'] });
  const heard = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (heard.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (heard.err += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  return { child, heard, ended, stop: () => stop(child, ended) };
}

/** @returns the exit status, and how many seconds it took */
async function stop(child: ChildProcess, ended: Promise<number | null>) {
  const began = performance.now();
  child.kill('SIGTERM');
  return { status: await ended, seconds: (performance.now() - began) / 1000 };
}

export const saysHowToSignIn = ({ heard }: Started): boolean => heard.out.includes('Sign in');

/** @throws after `seconds`, with what was heard so far */
export async function until(what: () => boolean | Promise<boolean>, seconds: number, started: Started) {
  const limit = performance.now() + seconds * 1000;
  while (!(await what())) {
    if (performance.now() > limit || started.child.exitCode !== null) {
      throw new Error(`It did not come so far:\n${started.heard.out}\n${started.heard.err}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

export function ownDataDir(): { dataDir: string; remove: () => Promise<void> } {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'answerable-start-'));
  const remove = async (): Promise<void> => {
    await database('down', dataDir);
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { dataDir, remove };
}

/** `bin/database` on the data of a started process. @returns its standard output */
export async function database(command: 'up' | 'down', dataDir: string): Promise<string> {
  return (await run('bin/database', [command], { env: bareEnvironment({ DATA_DIR: dataDir }) })).stdout;
}

/** What the health check of a container asks, with its own exit status. */
export async function isHealthy(dataDir: string, role: 'web' | 'worker'): Promise<boolean> {
  const settings = { DATA_DIR: dataDir, ROLE: role, PORT: '1', MONGODB_URI: 'mongodb://asked-by-nobody' };
  return succeeds('node', ['dist/src/healthcheck.js'], settings);
}

export const isDatabaseUp = (dataDir: string): Promise<boolean> =>
  succeeds('bin/database', ['status'], { DATA_DIR: dataDir });

const succeeds = (command: string, words: string[], settings: Record<string, string>): Promise<boolean> =>
  run(command, words, { env: bareEnvironment(settings) }).then(
    () => true,
    () => false,
  );

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
