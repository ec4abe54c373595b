import pino, { type Logger } from 'pino';

/** One line of JSON for each thing worth keeping, on standard error: what people are to read goes to standard output. */
export const createLog = (level: string): Logger => pino({ level, base: undefined }, pino.destination({ dest: 2, sync: true }));
