import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const running = new Set<ChildProcess>();

/** A built program of this folder, as a process of its own that ends with this one. */
export function startProcess(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const file = path.resolve('dist/faults', program);
  const child = fork(file, args, {
    env: { PATH: process.env['PATH'], ...env },
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  running.add(child);
  // the sending of a word to somebody who was killed just now
  child.on('error', () => {});
  const ended = once(child, 'exit').then(() => void running.delete(child));
  return { child, ended };
}

/** Ends, by its number, everything that was started and still runs; also what is frozen. */
export function endProcesses(): void {
  for (const child of running) child.kill('SIGKILL');
}

process.on('exit', endProcesses);

/** @throws when it does not come true in time */
export async function until(
  what: string,
  isTrue: () => boolean | Promise<boolean>,
  seconds = 60,
): Promise<void> {
  const limit = performance.now() + seconds * 1000;
  while (!(await isTrue())) {
    if (performance.now() > limit) throw new Error(`Waited ${seconds} s in vain: ${what}.`);
    await pause(10);
  }
}
