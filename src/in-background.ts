import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';

const underWay = new Set<Promise<void>>();

/** Begins what nobody is to wait for. What goes wrong with it is logged: there is nobody left to be told. */
export function inBackground(what: string, work: () => Promise<unknown>, log: Logger): void {
  const done = work()
    .catch((error: unknown) => log.error({ err: error }, `${what} went wrong`))
    .then(() => void underWay.delete(done));
  underWay.add(done);
}

/** So long, in milliseconds, somebody waits for a page; what takes longer goes on behind it. */
const PATIENCE = 1000;

/** Begins what is over in a moment most of the time, and waits for that moment. @returns what has become of it by then */
export async function patientlyInBackground(
  what: string,
  work: () => Promise<unknown>,
  log: Logger,
): Promise<'done' | 'failed' | 'goes on'> {
  const working = work();
  inBackground(what, () => working, log);
  const ended = working.then(
    () => 'done' as const,
    () => 'failed' as const,
  );
  return Promise.race([ended, setTimeout(PATIENCE, 'goes on' as const, { ref: false })]);
}

/** Resolves once everything that was begun in the background has ended. */
export async function backgroundEnded(): Promise<void> {
  await Promise.all(underWay);
}
