import { config } from '../config/index.js';
import { isBeating } from './heartbeat.js';

/** For a container: exit 0 while the process of the same environment does its work. */
process.exitCode = (await isHealthy()) ? 0 : 1;

async function isHealthy(): Promise<boolean> {
  if (config.ROLE === 'worker') return isBeating(config.DATA_DIR, new Date());
  try {
    return (await fetch(`http://127.0.0.1:${config.PORT}/health`, { signal: AbortSignal.timeout(4000) })).ok;
  } catch {
    return false;
  }
}
