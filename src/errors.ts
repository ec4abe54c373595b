/** What went wrong, said to the person. Anything thrown that is none of these is a bug. */
export class NotFound extends Error {
  readonly status = 404;
}

export class NotAllowed extends Error {
  readonly status = 403;
}

/** A rule of the domain forbids it; the message is a sentence for the person who asked. */
export class RuleBroken extends Error {
  readonly status = 409;
}
