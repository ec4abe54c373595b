import { dropDatabases } from './databases.mjs';

/** The engine stays up for the next run; what this run wrote goes. */
export default () => dropDatabases(({ run }) => run === process.pid);
