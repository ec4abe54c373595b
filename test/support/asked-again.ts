import { run } from '../../jobs/send-due.js';
import type { TestApp } from './app.js';
import type { Sink } from './smtp-sink.js';

/** The mail server asks for patience, and `meanwhile` happens. */
export function askForPatience(sink: Sink, meanwhile: () => Promise<unknown>): void {
  sink.behave({
    onMessage: async () => {
      await meanwhile();
      return { code: 451, message: 'Try again later' };
    },
  });
}

/** What is due is sent twice: the first time the mail server asks for patience, and `meanwhile` happens; two minutes later it takes all. */
export async function askedToComeAgain(
  { deps, clock }: TestApp,
  sink: Sink,
  meanwhile: () => Promise<unknown>,
): Promise<void> {
  askForPatience(sink, meanwhile);
  await run(deps);
  sink.behave({ onMessage: () => undefined });
  clock.pass({ minutes: 2 });
  await run(deps);
}
