import { afterEach, beforeEach } from '@jest/globals';
import { createTestApp, type TestApp } from './app.js';
import { NOW } from './factories.js';
import { useImapServer, type Mailboxes } from './mailboxes.js';
import { startSink, type Sink } from './smtp-sink.js';

/** For each test a product whose mail goes out to a sink by SMTP, and whose answers lie in a folder of a real mailbox. */
export function useMailBothWays(): Mailboxes & { sink: () => Sink; world: () => TestApp } {
  const mailboxes = useImapServer();
  let sink: Sink;
  let world: TestApp;
  beforeEach(async () => {
    sink = await startSink();
    // a mail server dates what it takes in by its own clock, and that is today's
    const mailbox = mailboxes.settings();
    world = createTestApp({ smtpUrl: sink.url, replyTo: 'replies@example.org', mailbox, now: NOW });
  });
  afterEach(async () => {
    world.deps.post.close();
    await sink.close();
  });
  return { ...mailboxes, sink: () => sink, world: () => world };
}
