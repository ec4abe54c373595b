import { isDatabaseGone } from './database.js';

/** What kept the process from starting, in one line, or null when it is a mistake of ours and the stack is wanted. */
export function startFailure(error: unknown, { PORT }: { PORT: number }): string | null {
  const { code, name, message = '' } = (error ?? {}) as { code?: unknown; name?: string; message?: string };
  if (code === 'EADDRINUSE') return `Port ${PORT} is taken. Stop what uses it, or set PORT to another one.`;
  if (code === 'EACCES') return `Port ${PORT} is not open to this user. Set PORT to one above 1023.`;
  if (code === 'ENOSPC') return 'The disk is full. Make room, then start again.';
  if (name === 'MongoParseError') return `MONGODB_URI cannot be read: ${message}`;
  // AuthenticationFailed, Unauthorized
  if (code === 18 || code === 13) return `The database refuses the user named in MONGODB_URI: ${message}`;
  if (isDatabaseGone(error)) return `The database at MONGODB_URI cannot be reached: ${message}`;
  return null;
}
