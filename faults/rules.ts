/** What a mail server does at a point: refuse with this code, keep silent, hang up, or wait until it is told to go on. */
export type Rule = {
  at: 'recipient' | 'message';
  does: number | 'silence' | 'hang up' | 'wait';
  /** only for this address */
  to?: string;
  /** only so many times */
  times?: number;
};

export type Behaviour = {
  /** 0 or nothing: any that is free */
  port?: number;
  /** how long it takes for each message, in ms */
  delay?: number;
  /** how many it serves at a time; the others are told 421 */
  sockets?: number;
  rules?: Rule[];
};

/** A message that arrived in full and was not refused: it may be delivered, whatever the sender was told. */
export type Taken = { messageId: string; to: string[] };

export type FromSink = { port: number } | { taken: Taken } | { waiting: number } | { seen: number };
export type ToSink = 'go on' | { seen: number };
