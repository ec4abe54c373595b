import { config } from '../config/index.js';
import { connectDatabase, createIndexes, disconnectDatabase } from './database.js';
import { startFailure } from './start-failure.js';
import { checkStoredCopies, type CheckedCopies } from './stored-copies.js';

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
    const checked = await checkStoredCopies(new Date(), {
      repair,
      progress: (done, of) => say(`${number(done)} of ${number(of)} recipients …`),
      found: (id, names) => say(`Recipient ${id} differs in ${names.join(', ')}.`),
    });
    process.stdout.write(
      `${json ? JSON.stringify({ ...checked, repaired: repair }) : inWords(checked, check)}\n`,
    );
    return check && differences(checked) > 0 ? 2 : 0;
  } catch (error) {
    say(startFailure(error, config) ?? String((error as Error).stack));
    return 1;
  } finally {
    await disconnectDatabase();
  }
}

const differences = (checked: CheckedCopies): number =>
  Object.values(checked).reduce((sum, { differed }) => sum + differed, 0);

function inWords(checked: CheckedCopies, check: boolean): string {
  const differed = differences(checked);
  const outcome =
    differed === 0
      ? 'What is stored equals what follows from history.'
      : check
        ? `${number(differed)} differ. bin/answerable recompute puts them right.`
        : `${number(differed)} differed and were put right.`;
  const { offices, recipients, weeks, cells } = checked;
  return `Offices: ${number(offices.checked)}. Recipients: ${number(recipients.checked)}. Weeks of contact: ${number(weeks.checked)}. Commitments: ${number(cells.checked)}. ${outcome}`;
}

const number = (count: number): string => count.toLocaleString('en-GB');
const say = (line: string): boolean => process.stderr.write(`${line}\n`);
