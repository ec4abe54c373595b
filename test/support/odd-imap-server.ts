import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** Says what to answer to one UID FETCH instead of the messages: a tagged refusal, or raw bytes; undefined: answers as it should. */
export type Oddity = (uids: number[], items: string) => string | Buffer | undefined;

type Options = { messages: string[]; onFetch?: Oddity; capabilities?: string };

/** An IMAP server on loopback that does what Dovecot cannot be brought to do. It knows just the commands that we use. */
export async function startOddImapServer({
  messages,
  onFetch = () => undefined,
  capabilities = 'IMAP4rev1 UIDPLUS MOVE',
}: Options) {
  const sockets = new Set<Socket>();
  const all = messages.map((_, i) => i + 1);

  const inRange = (range: string): number[] =>
    range.split(',').flatMap((part) => {
      const [from, to = from] = part
        .split(':')
        .map((text) => (text === '*' ? messages.length : Number(text)));
      return all.filter((uid) => uid >= Math.min(from!, to!) && uid <= Math.max(from!, to!));
    });

  function row(uid: number, items: string): string {
    const source = messages[uid - 1]!;
    const body = items.includes('BODY.PEEK[]') ? ` BODY[] {${source.length}}\r\n${source}` : '';
    return `* ${uid} FETCH (UID ${uid} RFC822.SIZE ${source.length} INTERNALDATE "26-Nov-2026 12:00:00 +0000"${body})\r\n`;
  }

  function answerTo(command: string, rest: string): string | Buffer {
    if (command === 'CAPABILITY') return `* CAPABILITY ${capabilities}\r\nOK done`;
    if (command === 'LIST') return '* LIST () "/" INBOX\r\nOK done';
    if (command === 'SELECT' || command === 'EXAMINE')
      return `* ${messages.length} EXISTS\r\n* OK [UIDVALIDITY 7] UIDs\r\nOK [READ-WRITE] done`;
    if (command === 'LOGOUT') return '* BYE bye\r\nOK done';
    if (command !== 'UID') return 'OK done';
    const [, what, range, items = ''] = /^(\S+) (?:UID )?(\S+)(.*)$/.exec(rest)!;
    const uids = range === 'ALL' ? all : inRange(range!);
    if (what === 'SEARCH') return `* SEARCH ${uids.join(' ')}\r\nOK done`;
    return onFetch(uids, items) ?? `${uids.map((uid) => row(uid, items)).join('')}OK done`;
  }

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.write('* OK odd server\r\n');
    let unread = '';
    socket.on('data', (chunk) => {
      unread += chunk.toString();
      const lines = unread.split('\r\n');
      unread = lines.pop()!;
      for (const line of lines) {
        const [, tag, command, rest] = /^(\S+) (\S+) ?(.*)$/.exec(line)!;
        const answer = answerTo(command!.toUpperCase(), rest!);
        // the last line of an answer carries the tag
        socket.write(
          typeof answer === 'string' ? answer.replace(/(OK|NO|BAD) [^\r\n]*$/, `${tag} $&\r\n`) : answer,
        );
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `imap://letter:word@localhost:${port}/INBOX`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      if (!server.listening) return;
      server.close();
      await once(server, 'close');
    },
  };
}
