import { certificateProblem } from '../../../certificate-problem.js';

/** What happened on the way to a source, and what to do about it. */
export type Words = [happened: string, toDo: string];

export const AGAIN = 'It is tried again on its own.';
export const CHECK = 'Check the address of the source.';
export const TELL = 'It is tried again on its own; if this stays, tell those who run that site.';

const BROKE_OFF = /^(ECONNRESET|ECONNABORTED|EPIPE|UND_ERR_SOCKET|UND_ERR_INFO|UND_ERR_RES_.*|Z_BUF_ERROR)$/;
/** What OpenSSL finds wrong with a certificate, beyond what is said more exactly. */
const CERTIFICATE = /^(CERT_|CRL_|UNABLE_TO_|INVALID_|HOSTNAME_|PATH_LENGTH_)/;
/** Any error of the system; those of Node itself begin with ERR_. */
const SYSTEM = /^E(?!RR_)[A-Z0-9_]+$/;

/** By the code of an error of Node, undici or zlib; undefined where it is none of the network or of what came over it. */
export function byCode(code: string, host: string): Words | undefined {
  const certificate = certificateProblem(code) ?? (CERTIFICATE.test(code) && `it is not in order (${code})`);
  if (certificate)
    return [
      `The certificate of ${host} cannot be trusted: ${certificate}.`,
      `${CHECK} If it is right, tell those who run that site.`,
    ];
  if (code === 'ENOTFOUND') return [`There is no server named ${host}.`, CHECK];
  if (code === 'EAI_AGAIN') return [`The name ${host} could not be looked up just now.`, AGAIN];
  if (code === 'ECONNREFUSED') return [`Nothing answers at ${host}.`, `${AGAIN} ${CHECK}`];
  if (/TIMEOUT$|^ETIMEDOUT$/.test(code)) return [`${host} did not answer in time.`, AGAIN];
  if (/^(EPROTO$|ERR_SSL|ERR_TLS)/.test(code))
    return [`${host} does not speak TLS as an address with https:// asks for.`, CHECK];
  if (BROKE_OFF.test(code))
    return [`The connection to ${host} broke off in the middle of the answer.`, AGAIN];
  if (/^(Z_|ERR_BROTLI|ERR__ERROR)/.test(code))
    return [`${host} sent an answer that cannot be unpacked.`, TELL];
  if (/^(HPE|UND_ERR_HEADERS_OVERFLOW)$/.test(code))
    return [`${host} sent something that is no answer of a web server.`, CHECK];
  if (SYSTEM.test(code)) return [`There is no way to ${host} just now (${code}).`, AGAIN];
  return undefined;
}

/** By the status of an answer that holds nothing for us (RFC 9110, 15). */
export function byStatus(status: number, host: string): Words {
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
