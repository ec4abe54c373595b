import { createReadStream, readFileSync, statSync } from 'node:fs';
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
    for await (const file of filesIn(given, count)) {
      try {
        await importFile(opened(file), path.basename(file), group);
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
async function* filesIn(given: string, count: Imported): AsyncGenerator<string> {
  try {
    if (!statSync(given).isDirectory()) return yield given;
    const names = await readdir(given, { recursive: true, withFileTypes: true });
    const files = names.filter((one) => one.isFile() && !one.name.startsWith('.'));
    yield* files.map((one) => path.join(one.parentPath, one.name)).toSorted();
  } catch (error) {
    if (!isOfFiles(error)) throw error;
    count.unopened.push(cannotBeRead(given, error));
  }
}

function opened(file: string): Readable | Buffer {
  const found = statSync(file);
  return found.isFile() && found.size <= SMALL ? readFileSync(file) : createReadStream(file);
}

const isOfFiles = (error: unknown): boolean => typeof (error as NodeJS.ErrnoException).syscall === 'string';
