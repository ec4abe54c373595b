import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import type { Behaviour, FromSink, Rule, Taken, ToSink } from './rules.js';

/** A mail server in a process of its own that fails as its argument says, and tells its parent what it took. */
const { port = 0, delay = 0, sockets: maxClients, rules = [] } = JSON.parse(process.argv[2]!) as Behaviour;
const left = rules.map((rule) => ({ ...rule, times: rule.times ?? Infinity }));
const sockets = new Set<Socket>();
const goOn = new AbortController();
let waiting = 0;

type Done = (error?: Error | null, message?: string) => void;

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  disableReverseLookup: true,
  logger: false,
  ...(maxClients && { maxClients }),
  onRcptTo({ address }, session, done) {
    void act(ruleFor('recipient', [address]), session, done);
  },
  onData(stream, session, done) {
    const to = session.envelope.rcptTo.map(({ address }) => address);
    // the stream fails when the sender goes away in the middle: then nothing was taken
    buffer(stream).then((raw) => answer({ messageId: messageIdOf(raw), to }, session, done), done);
  },
});

async function answer(message: Taken, session: SMTPServerSession, done: Done): Promise<void> {
  const rule = ruleFor('message', message.to);
  if (typeof rule?.does !== 'number') tell({ taken: message });
  if (delay > 0) await pause(delay);
  await act(rule, session, done);
}

async function act(rule: Rule | undefined, { remotePort }: SMTPServerSession, done: Done): Promise<void> {
  if (rule?.does === 'silence') return;
  if (rule?.does === 'hang up')
    return void [...sockets].find((socket) => socket.remotePort === remotePort)?.destroy();
  if (typeof rule?.does === 'number')
    return done(Object.assign(new Error('Refused by the sink'), { responseCode: rule.does }));
  if (rule?.does === 'wait' && !goOn.signal.aborted) {
    tell({ waiting: (waiting += 1) });
    await once(goOn.signal, 'abort');
  }
  done(null, 'OK: taken by the sink');
}

function ruleFor(at: Rule['at'], addresses: readonly string[]): Rule | undefined {
  const rule = left.find((one) => one.at === at && one.times > 0 && (!one.to || addresses.includes(one.to)));
  if (rule) rule.times -= 1;
  return rule;
}

const messageIdOf = (raw: Buffer): string => /^Message-ID:\s*(<[^>]+>)/im.exec(raw.toString('latin1'))![1]!;

const tell = (what: FromSink): unknown => process.send?.(what);

process.on('message', (said: ToSink) => {
  if (said === 'go on') goOn.abort();
  // in the order of everything that was told before
  else tell(said);
});
process.on('disconnect', () => process.exit());
server.on('error', () => {});
server.server.on('connection', (socket: Socket) => {
  sockets.add(socket);
  socket.on('close', () => sockets.delete(socket));
});
server.listen(port, '127.0.0.1', () => tell({ port: (server.server.address() as AddressInfo).port }));
