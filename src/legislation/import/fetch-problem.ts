import { certificateProblem } from '../../certificate-problem.js';
import { fileSizeInWords } from '../../file-size.js';
import { NotPublic } from './fetch-public.js';

const AGAIN = 'It is tried again on its own.';
const CHECK = 'Check the address of the source.';
const TELL = 'It is tried again on its own; if this stays, tell those who run that site.';

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
  const [happened, toDo] =
    ofOurs(error, host) ?? byCode(String((error as NodeJS.ErrnoException).code), host) ?? [];
  if (!happened || !toDo) throw error;
  return new FetchProblem(happened, toDo, { cause: error });
}

type Words = [happened: string, toDo: string];

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

function byCode(code: string, host: string): Words | undefined {
  const certificate = certificateProblem(code);
  if (certificate)
    return [
      `The certificate of ${host} cannot be trusted: ${certificate}.`,
      `${CHECK} If it is right, tell those who run that site.`,
    ];
  if (code === 'ENOTFOUND') return [`There is no server named ${host}.`, CHECK];
  if (code === 'EAI_AGAIN') return [`The name ${host} could not be looked up just now.`, AGAIN];
  if (code === 'ECONNREFUSED') return [`Nothing answers at ${host}.`, `${AGAIN} ${CHECK}`];
  if (/^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/.test(code))
    return [`There is no way to ${host} just now.`, AGAIN];
  if (/TIMEOUT$|^ETIMEDOUT$/.test(code)) return [`${host} did not answer in time.`, AGAIN];
  if (code === 'EPROTO' || code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS'))
    return [`${host} does not speak TLS as an address with https:// asks for.`, CHECK];
  if (
    /^(ECONNRESET|EPIPE|UND_ERR_SOCKET|UND_ERR_INFO|UND_ERR_RES_CONTENT_LENGTH_MISMATCH|Z_BUF_ERROR)$/.test(
      code,
    )
  )
    return [`The connection to ${host} broke off in the middle of the answer.`, AGAIN];
  if (/^(Z_|ERR_BROTLI|ERR__ERROR)/.test(code))
    return [`${host} sent an answer that cannot be unpacked.`, TELL];
  if (/^(HPE_|UND_ERR_HEADERS_OVERFLOW)/.test(code))
    return [`${host} sent something that is no answer of a web server.`, CHECK];
  return undefined;
}

/** What an answer without a body for us means (RFC 9110, 15). */
export function refusalProblem(status: number, host: string): FetchProblem {
  const [happened, toDo] = byStatus(status, host);
  return new FetchProblem(`${happened} (status ${status}).`, toDo);
}

function byStatus(status: number, host: string): Words {
  if (status === 404) return [`${host} has nothing at this address`, CHECK];
  if (status === 410)
    return [
      `${host} says that this address has been given up`,
      'Look for another address, or stop this source.',
    ];
  if (status === 401 || status === 403 || status === 407)
    return [`${host} does not let us read this`, `${CHECK} If it is right, ask those who run that site.`];
  if (status === 429) return [`${host} asks us to come less often`, AGAIN];
  if (status >= 500) return [`${host} has troubles of its own`, AGAIN];
  return [`${host} gave an answer that holds nothing to read`, CHECK];
}

export const laterInWords = (host: string): string =>
  `${host} asks us to come back later. What was read before is kept. It is asked again on its own when that time has come.`;
