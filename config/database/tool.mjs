// What the database tools have in common: the connection, progress, and words for a person.
import { MongoClient } from 'mongodb';

const EVERY_MS = 1000;

export class Refusal extends Error {}

export async function withDatabase(work) {
  const client = new MongoClient(process.env.MONGODB_URI, { serverSelectionTimeoutMS: 10_000 });
  try {
    await client.connect();
    await work(client.db(), client);
  } catch (error) {
    say(`bin/database: ${error instanceof Refusal ? error.message : `This went wrong: ${error.message}`}`);
    process.exitCode = 1;
  } finally {
    await client.close();
  }
}

export const say = (text) => process.stderr.write(`${text}\n`);

export function showProgress(what) {
  const onTerminal = process.stderr.isTTY;
  const began = performance.now();
  let shown = began;
  return {
    at(text) {
      if (performance.now() - shown < (onTerminal ? EVERY_MS / 5 : EVERY_MS)) return;
      shown = performance.now();
      process.stderr.write(onTerminal ? `\r\x1b[K${what} … ${text}` : `${what} … ${text}\n`);
    },
    end(text) {
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      process.stderr.write(`${onTerminal ? '\r\x1b[K' : ''}${what}: ${text}, ${seconds} s\n`);
    },
  };
}

export const plural = (count, noun) => `${count} ${noun}${count === 1 ? '' : 's'}`;

export async function collectionsOf(db) {
  const all = await db.listCollections().toArray();
  return all
    .filter(({ name }) => !name.startsWith('system.'))
    .sort((a, b) => (a.type === b.type ? a.name.localeCompare(b.name) : a.type === 'view' ? 1 : -1));
}
