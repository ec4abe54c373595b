import { test } from '@jest/globals';

let stopped = false;

/** One step of a walk, which is a test file: it stops at the first that fails, since what follows would only repeat that. */
export function step(name: string, walk: () => Promise<void>): void {
  test(
    name,
    async () => {
      if (stopped) throw new Error('An earlier step of the walk failed.');
      stopped = true;
      await walk();
      stopped = false;
    },
    60_000,
  );
}
