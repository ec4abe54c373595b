/** `Writing to them is paused: They asked for time.` Whoever gave the reason may have left out the full stop. */
export const pauseInWords = (reason: string): string =>
  `Writing to them is paused${reason && `: ${reason}`}`.replace(/(?<![.!?…])$/, '.');
