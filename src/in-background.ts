import type { Logger } from 'pino';

const underWay = new Set<Promise<void>>();

/** Begins what nobody is to wait for. What goes wrong with it is logged: there is nobody left to be told. */
export function inBackground(what: string, work: () => Promise<unknown>, log: Logger): void {
  const done = work()
    .catch((error: unknown) => log.error({ err: error }, `${what} went wrong`))
    .then(() => void underWay.delete(done));
  underWay.add(done);
}

/** Resolves once everything that was begun in the background has ended. */
export async function backgroundEnded(): Promise<void> {
  await Promise.all(underWay);
}
