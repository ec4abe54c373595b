import type { Logger } from 'pino';
import type { MinuteLimits } from './follow-ups/limits.rules.js';
import type { Post } from './mail/post.js';

/** What the product needs from outside itself. Tests hand in their own clock and mail server. */
export type Deps = {
  now: () => Date;
  post: Post;
  /** how fast follow-ups leave */
  limits: MinuteLimits;
  baseUrl: string;
  sessionSecret: string;
  /** cookies only over TLS */
  secureCookies: boolean;
  log: Logger;
  /** aborted when the process is asked to end: a sweep finishes what it has begun and begins nothing new */
  stopping?: AbortSignal;
};
