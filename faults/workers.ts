import { FROM } from './due.js';
import { startProcess, until } from './processes.js';

export type FromWorker = { ready: true } | { did: string } | { failed: string };
export type Worker = ReturnType<typeof startWorker>;
type Setting = { uri: string; smtpUrl: string; clock: { file: string }; dataDir: string };

/** A worker process. */
export function startWorker(
  { uri, smtpUrl, clock, dataDir }: Setting,
  manner: 'over and over' | 'when asked' = 'when asked',
) {
  const env = {
    MONGODB_URI: uri,
    SMTP_URL: smtpUrl,
    MAIL_FROM: `${FROM.name} <${FROM.address}>`,
    DATA_DIR: dataDir,
  };
  const { child, ended } = startProcess('worker.js', [clock.file, manner], env);
  let [ready, sweeps] = [false, 0];
  const failed: string[] = [];
  child.on('message', (told: FromWorker) => {
    if ('ready' in told) return void (ready = true);
    if ('failed' in told) failed.push(told.failed);
    sweeps += 1;
  });
  const isReady = (): Promise<void> => until('the worker is ready', () => ready);
  return {
    isReady,
    /** what went wrong in its sweeps */
    failed,
    /** how many sweeps it has finished */
    sweeps: () => sweeps,
    /** begins a sweep */
    begin: async () => {
      await isReady();
      child.send('sweep');
    },
    signal: (signal: NodeJS.Signals) => child.kill(signal),
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    /** asks it to finish what it has begun */
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
