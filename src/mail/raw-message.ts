/** A message as it came in, before anybody has read it. */
export type RawMessage = {
  /** its bytes; of one that is too large to be kept, how it begins */
  source: Buffer;
  /** how many bytes it has in all */
  size: number;
  receivedAt: Date;
  /** where it is from: a mailbox and its number there (RFC 5092), or a file */
  origin: string;
  /** it is handed in later, and its own date tells when it was written */
  isOld?: boolean;
};

/** A message that could not be fetched, and why. */
export type FailedMessage = { failed: string; origin: string };
