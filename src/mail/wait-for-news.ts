import type { ImapFlow } from 'imapflow';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Resolves when the open folder has more messages than before, when the time is up, or when aborted. Where the server knows
 * IDLE it says so at once (RFC 2177); imapflow asks every two minutes where it does not. @throws where the connection is lost
 */
export async function waitForNews(client: ImapFlow, signal: AbortSignal, atMostMs: number): Promise<void> {
  const over = new AbortController();
  const end = () => over.abort();
  const look = ({ count, prevCount }: { count: number; prevCount: number }) => count > prevCount && end();
  const timer = setTimeout(end, atMostMs);
  signal.addEventListener('abort', end);
  client.on('exists', look);
  client.on('close', end);
  try {
    const ended = once(over.signal, 'abort');
    if (signal.aborted || !client.usable) end();
    else void keepIdling(client, over.signal);
    await ended;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
    client.off('exists', look);
    client.off('close', end);
  }
  if (!client.usable && !signal.aborted)
    throw Object.assign(new Error('The connection was lost.'), { code: 'NoConnection' });
}

/** A server may end an IDLE, or refuse it, and a sign of life in between ends it too. The next command ends it for good. */
async function keepIdling(client: ImapFlow, over: AbortSignal): Promise<void> {
  while (!over.aborted && client.usable) {
    await client.idle().catch(() => {});
    await pause(1000, undefined, { signal: over }).catch(() => {});
  }
}
