import { startProcess, until } from './processes.js';
import type { Behaviour, FromSink, Taken, ToSink } from './rules.js';

export type MailServer = Awaited<ReturnType<typeof startMailServer>>;

/** The sink, seen from here. */
export async function startMailServer(behaviour: Behaviour = {}) {
  const { child, ended } = startProcess('sink.js', [JSON.stringify(behaviour)]);
  const taken: Taken[] = [];
  let [port, waiting, seen, asked] = [0, 0, 0, 0];
  child.on('message', (told: FromSink) => {
    if ('taken' in told) taken.push(told.taken);
    if ('port' in told) ({ port } = told);
    if ('waiting' in told) ({ waiting } = told);
    if ('seen' in told) ({ seen } = told);
  });
  const say = (what: ToSink): boolean => child.send(what);
  await until('the mail server listens', () => port > 0);
  return {
    port,
    url: `smtp://127.0.0.1:${port}`,
    /** what it took, in order */
    taken,
    /** how many of those that speak to it wait to be told to go on */
    waiting: () => waiting,
    goOn: () => say('go on'),
    /** everything it has taken until now, its last words included */
    all: async () => {
      const mine = (asked += 1);
      say({ seen: mine });
      await until('the mail server reports', () => seen >= mine);
      return [...taken];
    },
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
