import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/** A Tuesday at noon. */
const START = new Date('2026-11-24T12:00:00Z');

export const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

/** What a clock that this file sets shows: it runs as any clock does, so far from the real one. */
export const clockOf = (file: string) => (): Date =>
  new Date(Date.now() + Number(readFileSync(file, 'utf8')));

/** A clock that several processes share, and that jumps when it is told, also while one of them is frozen. */
export function startClock(file: string) {
  const set = (offset: number): void => {
    // put in place whole: it is read at any moment
    writeFileSync(`${file}.next`, String(offset));
    renameSync(`${file}.next`, file);
  };
  let offset = START.getTime() - Date.now();
  set(offset);
  return { file, now: clockOf(file), pass: (milliseconds: number) => set((offset += milliseconds)) };
}

export type Clock = ReturnType<typeof startClock>;
