import type { IncomingKind } from './incoming.rules.js';

/** What each kind of message means for whoever reads it at the end of a long day. */
export const whatItMeans: Record<IncomingKind, string> = {
  reply: 'A person wrote it.',
  'auto-reply': 'A machine answered, and no person has read ours yet. What is planned for them goes on.',
  bounce: 'A message of ours did not reach them.',
  delayed:
    'A message of ours is late and may still arrive. There is nothing to do: if it does not arrive, a bounce follows.',
  complaint: 'Whoever has this mailbox reported a message of ours as spam.',
  'read-receipt':
    'Their mail program says that ours was shown or deleted. That is no answer, and what is planned goes on.',
  challenge:
    'Their mail server keeps our message back until a person confirms that it is not spam. Answerable confirms nothing by itself: if the server is theirs, do what it asks by hand.',
  own: 'It is our own mail, come back to us. It is never answered.',
  list: 'It was sent to many people at once, and answers nobody.',
  unreadable: 'It could not be taken apart, so what it says is not shown.',
};
