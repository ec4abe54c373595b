import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** RFC 8301: receivers ignore signatures of shorter keys. */
const LEAST_BITS = 1024;

/** What is wrong with the file of a key that mail is to be signed with, after its name; null when it can be used. */
export function dkimKeyProblem(file: string): string | null {
  const read = readText(file);
  if ('problem' in read) return read.problem;
  const key = readKey(read.text);
  if (!key) return 'must name a private key in PEM form, without a password';
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  return key.asymmetricKeyType === 'rsa' && bits >= LEAST_BITS
    ? null
    : `must name an RSA key of at least ${LEAST_BITS} bits, better 2048`;
}

function readText(file: string): { text: string } | { problem: string } {
  try {
    return { text: readFileSync(file, 'utf8') };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return {
      problem:
        code === 'ENOENT' ? 'names a file that is not there' : `names a file that cannot be read (${code})`,
    };
  }
}

function readKey(text: string): KeyObject | null {
  try {
    return createPrivateKey(text);
  } catch {
    return null;
  }
}
