import { createReadStream, readFileSync, statSync, type Stats } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { cannotBeRead } from '../cannot-be-read.js';
import type { Deps } from '../deps.js';
import { Group, importFile, type Counted } from './mail-group.js';

/** What became of the messages of some files. `unopened` are files that could not be read, a sentence each. */
export type Imported = Counted & { files: number; unopened: string[] };

/** Such a file is read at once: of thousands, waiting for each takes longer than reading them. */
const SMALL = 1_000_000;

/** Takes in every message of these files and of the files in these directories, mbox or not. Imported twice is stored once. */
export async function importMail(
  paths: readonly string[],
  deps: Deps,
  progress: (so: Counted) => unknown = () => {},
): Promise<Imported> {
  const count: Imported = { files: 0, messages: 0, stored: 0, known: 0, unopened: [] };
  const group = new Group(deps, count, progress);
  for (const given of paths) {
    for await (const { file, stats } of filesIn(given, count)) {
      try {
        await importFile(opened(file, stats), path.basename(file), group);
        count.files += 1;
      } catch (error) {
        if (!isOfFiles(error)) throw error;
        count.unopened.push(cannotBeRead(file, error));
      }
    }
  }
  await group.takeIn();
  return count;
}

/** The file itself, or every file below a directory, in order of their names. */
async function* filesIn(given: string, count: Imported): AsyncGenerator<{ file: string; stats?: Stats }> {
  try {
    const stats = statSync(given);
    if (!stats.isDirectory()) return yield { file: given, stats };
    const names = await readdir(given, { recursive: true, withFileTypes: true });
    const files = names.filter((one) => one.isFile() && !one.name.startsWith('.'));
    for (const file of files.map((one) => path.join(one.parentPath, one.name)).toSorted()) yield { file };
  } catch (error) {
    if (!isOfFiles(error)) throw error;
    count.unopened.push(cannotBeRead(given, error));
  }
}

const opened = (file: string, stats = statSync(file)): Readable | Buffer =>
  stats.isFile() && stats.size <= SMALL ? readFileSync(file) : createReadStream(file);

const isOfFiles = (error: unknown): boolean => typeof (error as NodeJS.ErrnoException).syscall === 'string';
