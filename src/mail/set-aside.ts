import type { ImapFlow } from 'imapflow';
import type { Afterwards } from './imap-connection.js';

/**
 * Does what is to be done on the server with messages that are stored here: nothing unless the settings say so.
 * @returns a sentence where the server refused @throws where the connection was lost
 */
export async function setAside(
  client: ImapFlow,
  uids: readonly number[],
  afterwards: Afterwards,
): Promise<string | null> {
  if (afterwards === 'leave' || uids.length === 0) return null;
  const range = uids.join(',');
  const done =
    afterwards === 'seen'
      ? await client.messageFlagsAdd(range, ['\\Seen'], { uid: true, silent: true })
      : await client.messageMove(range, afterwards.move.split('/'), { uid: true });
  if (done) return null;
  // imapflow says no more of a command that failed
  if (!client.usable) throw Object.assign(new Error('The connection was lost.'), { code: 'NoConnection' });
  return afterwards === 'seen'
    ? 'What was fetched is stored, but the mail server did not mark it as seen. Check IMAP_AFTERWARDS.'
    : `What was fetched is stored, but the mail server did not move it to ${afterwards.move}. Check IMAP_AFTERWARDS.`;
}
