import pino, { type Logger } from 'pino';
import { isDatabaseGone } from './database.js';

/** One line of JSON for each thing worth keeping, on standard error: what people are to read goes to standard output. */
export const createLog = (level: string): Logger =>
  pino(
    { level, base: undefined, serializers: { err: describeError } },
    pino.destination({ dest: 2, sync: true }),
  );

/** An outage is not a bug: where in the code it was noticed, again and again, would only hide the rest of the log. */
const describeError = (error: Error) =>
  isDatabaseGone(error) ? { type: error.name, message: error.message } : pino.stdSerializers.err(error);
