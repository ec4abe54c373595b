import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import mongoose from 'mongoose';
import path from 'node:path';

const EVERY_MS = 10_000;
const LATE_MS = 45_000;

const fileIn = (dataDir: string): string => path.resolve(dataDir, 'worker-alive');

/** A worker has no port to be asked at: while it reaches its database, it touches a file. */
export function startHeartbeat(dataDir: string): NodeJS.Timeout {
  const beat = async (): Promise<void> => {
    try {
      await mongoose.connection.db!.command({ ping: 1 });
      mkdirSync(path.resolve(dataDir), { recursive: true });
      writeFileSync(fileIn(dataDir), `${process.pid}\n`);
    } catch {
      // a beat left out is the message
    }
  };
  void beat();
  return setInterval(() => void beat(), EVERY_MS);
}

/** Has the worker with this DATA_DIR reached its database in the last 45 seconds? */
export function isBeating(dataDir: string, now: Date): boolean {
  const stat = statSync(fileIn(dataDir), { throwIfNoEntry: false });
  return stat !== undefined && now.getTime() - stat.mtimeMs < LATE_MS;
}
