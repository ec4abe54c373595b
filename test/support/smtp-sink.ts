import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';

/** What the server does with a message it has read in full. Undefined: accepts it. */
export type Verdict = void | { code: number; message: string } | 'hang' | 'drop';

export type Received = { raw: Buffer; mail: ParsedMail; from: string; to: string[] };

type Hooks = {
  /** asked when the recipient is named: a refusal here comes before the message */
  onRecipient?: (address: string) => Verdict | Promise<Verdict>;
  /** asked when the message has arrived: 'hang' never answers, 'drop' closes the connection instead of answering */
  onMessage?: (message: Received) => Verdict | Promise<Verdict>;
  port?: number;
};

export type Sink = Awaited<ReturnType<typeof startSink>>;

/** A real SMTP server on loopback that keeps what it is given. */
export async function startSink(hooks: Hooks = {}) {
  const messages: Received[] = [];
  const unanswered: Received[] = [];
  const current = { ...hooks };
  const sockets = new Set<Socket>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 100,
    onRcptTo({ address }, session, done) {
      void Promise.resolve(current.onRecipient?.(address)).then((verdict) => act(verdict, session, done));
    },
    onData(stream, session, done) {
      receive(stream, session).then(async (message) => {
        const verdict = await current.onMessage?.(message);
        (verdict ? unanswered : messages).push(message);
        act(verdict, session, done);
      }, done);
    },
  });
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('error', () => {});
  server.listen(hooks.port ?? 0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;

  function act(
    verdict: Verdict,
    session: SMTPServerSession,
    done: (error?: Error | null, message?: string) => void,
  ): void {
    if (verdict === 'hang') return;
    if (verdict === 'drop')
      return void [...sockets].find(({ remotePort }) => remotePort === session.remotePort)?.destroy();
    if (verdict) return done(Object.assign(new Error(verdict.message), { responseCode: verdict.code }));
    return done(null, 'OK: taken by the sink');
  }

  return {
    port,
    url: `smtp://127.0.0.1:${port}`,
    /** accepted messages, in the order they came */
    messages,
    /** messages that arrived and were refused, left hanging or dropped */
    unanswered,
    /** changes what the server does from now on */
    behave: (changed: Hooks) => Object.assign(current, changed),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(resolve));
    },
  };
}

async function receive(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<Received> {
  const raw = await buffer(stream);
  const { mailFrom, rcptTo } = session.envelope;
  return {
    raw,
    mail: await simpleParser(raw),
    from: mailFrom ? mailFrom.address : '',
    to: rcptTo.map(({ address }) => address),
  };
}
