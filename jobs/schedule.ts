import type { Deps } from '../src/deps.js';
import * as checkCopies from './check-copies.js';
import * as fetchMail from './fetch-mail.js';
import * as forgetSources from './forget-sources.js';
import * as goOnStarting from './go-on-starting.js';
import * as readSources from './read-sources.js';
import * as sendDue from './send-due.js';
import * as sendReminders from './send-reminders.js';
import * as setInMotion from './set-in-motion.js';
import * as tellOwners from './tell-owners.js';

/** A job looks for what is due at `now`, does it, and says in one line what it did. Safe to run twice. */
export type Job = { every: string; run: (deps: Deps) => Promise<string> };

/** The timetable: every timed thing, in one list. A job's file has its name. */
export const schedule: Record<string, Job> = {
  'send-due': { every: '30 seconds', run: sendDue.run },
  'fetch-mail': { every: '2 minutes', run: fetchMail.run },
  'send-reminders': { every: '5 minutes', run: sendReminders.run },
  'go-on-starting': { every: '1 minute', run: goOnStarting.run },
  'set-in-motion': { every: '15 minutes', run: setInMotion.run },
  'read-sources': { every: '15 minutes', run: readSources.run },
  'tell-owners': { every: '10 minutes', run: tellOwners.run },
  'forget-sources': { every: '1 day', run: forgetSources.run },
  'check-copies': { every: '1 day', run: checkCopies.run },
};
