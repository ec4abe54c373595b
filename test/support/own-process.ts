import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** What taking in mail needs from outside itself, for such a script. */
export const DEPS = `const deps = {
  now: () => new Date(),
  post: { from: { name: '', address: 'campaign@example.org' } },
  replies: { address: 'replies@example.org', authServer: null, mailbox: null, keepDays: 0 },
  sessionSecret: 'a secret that only the tests know, 32 or more',
  log: { error: console.error },
};`;

/**
 * Runs a script in a process of its own, from the built code; it has a function `main`. The most memory that the
 * process took is the kernel's own count: that of Node begins with what the process was born with.
 * @returns what `main` came to, and the megabytes
 */
export async function inOwnProcess(
  script: string,
  env: Record<string, string>,
): Promise<{ result: unknown; megabytes: number }> {
  const whole = `
    import { readFileSync } from 'node:fs';
    ${script}
    const result = await main();
    const [, kilobytes] = /VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'));
    console.log(JSON.stringify({ result, megabytes: Math.round(kilobytes / 1000) }));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', whole], {
    env: { PATH: process.env['PATH'], ...env },
  });
  return JSON.parse(stdout) as { result: unknown; megabytes: number };
}
