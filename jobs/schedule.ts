import type { Deps } from '../src/deps.js';

/** A job looks for what is due at `now`, does it, and says in one line what it did. Safe to run twice. */
export type Job = { every: string; run: (deps: Deps) => Promise<string> };

/** The timetable: every timed thing, in one list. A job's file has its name. */
export const schedule: Record<string, Job> = {};
