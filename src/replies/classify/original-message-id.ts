import { messageIds, type MessageHeaders } from '../../mail/message-headers.js';

type Sources = {
  /** of the copy of our message */
  returned: MessageHeaders | null;
  headers: MessageHeaders;
  /** the report's own words */
  said: string;
};

/**
 * The Message-ID of ours that a report is about: of the copy it brings, else as it names it, else what it answers; Exim and
 * Exchange set References and In-Reply-To.
 */
export const originalMessageId = ({ returned, headers, said }: Sources): string | null =>
  (returned && messageIds(returned, 'message-id')[0]) ??
  /message-id:?\s{0,20}(<[^<>\s]{1,500}>)/i.exec(said)?.[1] ??
  messageIds(headers, 'in-reply-to')[0] ??
  messageIds(headers, 'references').at(-1) ??
  null;
