import { errors } from 'undici';
import { fileSizeInWords } from '../../../file-size.js';
import { NotPublic } from './fetch-public.js';
import { AGAIN, byCode, byStatus, CHECK, TELL, type Words } from './fetch-words.js';

/** Why a source could not be fetched, in sentences for whoever looks after it: what happened, what was kept, what to do. */
export class FetchProblem extends Error {
  constructor(happened: string, toDo: string, options?: ErrorOptions) {
    super(`${happened} What was read before is kept. ${toDo}`, options);
  }
}

/** The whole answer took longer than it may. */
export class TooSlow extends Error {}

/** The body is larger than it may be, or will be. */
export class TooLarge extends Error {
  constructor(readonly most: number) {
    super(`more than ${most} bytes`);
  }
}

/** A coding of the body that we do not know. */
export class UnknownCoding extends Error {}

export const notAnAddress = (): FetchProblem =>
  new FetchProblem('This is no web address.', 'Write one that begins with https://.');

export const notTheWeb = (protocol: string): FetchProblem =>
  new FetchProblem(
    `An address that begins with ${protocol} is not fetched.`,
    'Write one that begins with https:// or http://.',
  );

export const passwordInAddress = (): FetchProblem =>
  new FetchProblem(
    'The address has a user name or a password in it, and such a one is not fetched.',
    'Write the address without them.',
  );

export const sentWrong = (host: string, where: string): FetchProblem =>
  new FetchProblem(`${host} sends us on to ${where}, and we do not follow.`, CHECK);

/**
 * What went wrong on the way to a host or back, in words.
 * @throws the error itself when it is none of the network or of what came over it, but a mistake of ours
 */
export function fetchProblem(error: unknown, host: string): FetchProblem {
  if (error instanceof FetchProblem) return error;
  const [happened, toDo] = ofOurs(error, host) ?? byCode(codeOf(error), host) ?? [];
  if (!happened || !toDo) throw error;
  return new FetchProblem(happened, toDo, { cause: error });
}

function ofOurs(error: unknown, host: string): Words | undefined {
  if (error instanceof NotPublic)
    return [
      `${host} is inside a private network, and sources are fetched from the open internet only.`,
      CHECK,
    ];
  if (error instanceof TooSlow) return [`${host} sent its answer too slowly, and we stopped reading.`, AGAIN];
  if (error instanceof TooLarge)
    return [
      `${host} sends more than ${fileSizeInWords(error.most)}, and we stopped reading.`,
      'Look for an address that lists less, such as one feed for this law alone.',
    ];
  if (error instanceof UnknownCoding)
    return [`${host} packed its answer in a way we cannot unpack (${error.message}).`, TELL];
  return undefined;
}

/** That of Node, of undici or of zlib; what undici cannot parse has none. */
const codeOf = (error: unknown): string =>
  error instanceof errors.HTTPParserError ? 'HPE' : String((error as NodeJS.ErrnoException).code);

/** What an answer without a body for us means (RFC 9110, 15). */
export function refusalProblem(status: number, host: string): FetchProblem {
  const [happened, toDo] = byStatus(status, host);
  return new FetchProblem(`${happened} (status ${status}).`, toDo);
}

export const laterInWords = (host: string): string =>
  `${host} asks us to come back later. What was read before is kept. It is asked again on its own when that time has come.`;
