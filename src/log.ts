import pino, { type DestinationStream, type Logger } from 'pino';
import { isDatabaseGone } from './database.js';

/** One line of JSON for each thing worth keeping, on standard error: what people are to read goes to standard output. */
export const createLog = (level: string, to: DestinationStream = standardError()): Logger =>
  pino({ level, base: undefined, serializers: { err: describeError } }, to);

const standardError = (): DestinationStream => pino.destination({ dest: 2, sync: true });

/**
 * What the log keeps of an error, each field by name: those of the database carry whole records, a mail with every word of it
 * among them. An outage is not a bug: where in the code it was noticed, again and again, would only hide the rest of the log.
 */
function describeError(error: Error & { code?: unknown }) {
  if (isDatabaseGone(error)) return { type: error.name, message: error.message };
  const { type, message, stack } = pino.stdSerializers.err(error);
  return { type, message, stack, code: error.code };
}
