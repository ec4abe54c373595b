import { config } from '../config/index.js';
import { connectDatabase, createIndexes, disconnectDatabase } from './database.js';
import { checkActivity } from './history/check-activity.js';
import { checkRecipientCopies } from './recipients/check-copies.js';
import { startFailure } from './start-failure.js';

type Wanted = { check: boolean; json: boolean };

/**
 * Works out anew, from the facts, everything that is stored for lists. With `check` nothing is written: it only says what differs.
 * @returns the exit status: 2 where something differed and was only to be checked
 */
export async function recompute({ check, json }: Wanted): Promise<number> {
  try {
    await connectDatabase(config.MONGODB_URI);
    await createIndexes();
    const repair = !check;
    const recipients = await checkRecipientCopies(new Date(), {
      repair,
      progress: (checked, of) => say(`${number(checked)} of ${number(of)} recipients …`),
      found: (id, names) => say(`Recipient ${id} differs in ${names.join(', ')}.`),
    });
    const weeks = await checkActivity({ repair });
    process.stdout.write(
      `${json ? JSON.stringify({ recipients, weeks, repaired: repair }) : inWords({ recipients, weeks }, check)}\n`,
    );
    return check && recipients.differed + weeks.differed > 0 ? 2 : 0;
  } catch (error) {
    say(startFailure(error, config) ?? String((error as Error).stack));
    return 1;
  } finally {
    await disconnectDatabase();
  }
}

type Counted = { checked: number; differed: number };

function inWords({ recipients, weeks }: { recipients: Counted; weeks: Counted }, check: boolean): string {
  const differed = recipients.differed + weeks.differed;
  const outcome =
    differed === 0
      ? 'What is stored equals what follows from history.'
      : check
        ? `${number(differed)} differ. bin/answerable recompute puts them right.`
        : `${number(differed)} differed and were put right.`;
  return `Recipients: ${number(recipients.checked)}. Weeks of contact: ${number(weeks.checked)}. ${outcome}`;
}

const number = (count: number): string => count.toLocaleString('en-GB');
const say = (line: string): boolean => process.stderr.write(`${line}\n`);
