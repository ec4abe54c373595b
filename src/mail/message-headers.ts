import { Headers } from '@zone-eu/mailsplit';
import libmime from 'libmime';
import addressparser from 'nodemailer/lib/addressparser';
import { remembering } from '../remembering.js';
import type { Address } from './message.js';

/** The header lines of a message or of one of its parts (RFC 5322, section 2.2), in the order they stand there. */
export type MessageHeaders = readonly { name: string; value: string }[];

/** How many addresses of one field are read: a mail to 10,000 people is understood from the first of them. */
const MOST_ADDRESSES = 200;
/** An address may stand in its name once more. The parser's time grows with the square of their number. */
const MOST_AT_SIGNS = 2 * MOST_ADDRESSES;
/** An address has at most 254 characters (RFC 5321, section 4.5.3.1.3); some machines make longer ones. */
const LONGEST_ADDRESS = 500;
const LONGEST_NAME = 500;
const LONGEST_FIELD = 100_000;

/** Reads a block of header lines, folded ones included. What is no header line is left out. */
export const parseHeaders = (block: string | Buffer): MessageHeaders => headersOf(new Headers(block));

/** Names in small letters, values unfolded; encoded words stay encoded. */
export function headersOf(headers: Headers): MessageHeaders {
  return headers.getList().map(({ key, line }) => ({
    name: key,
    // not one pattern with white space on both sides: its time would grow with the square of a line of spaces
    value: asUtf8(line.slice(line.indexOf(':') + 1, LONGEST_FIELD))
      .split('\n')
      .map((part) => part.trim())
      .filter(Boolean)
      .join(' '),
  }));
}

/** Header lines come as one character per byte; since RFC 6532 the bytes may be UTF-8, and careless servers always sent them. */
function asUtf8(line: string): string {
  if (!/[\u0080-\u00FF]/.test(line) || /[\u0100-\uFFFF]/.test(line)) return line;
  const text = Buffer.from(line, 'latin1').toString('utf8');
  return text.includes('\uFFFD') ? line : text;
}

/** The values of every field of this name (small letters), with encoded words decoded (RFC 2047). */
export const allHeaders = (headers: MessageHeaders, name: string): string[] =>
  headers.filter((header) => header.name === name).map(({ value }) => decoded(value));

/** The value of the first field of this name (small letters); an empty string where there is none. */
export const header = remembering((headers: MessageHeaders, name): string =>
  decoded(headers.find((one) => one.name === name)?.value ?? ''),
);

export const hasHeader = (headers: MessageHeaders, name: string): boolean =>
  headers.some((one) => one.name === name);

/** A structured field such as `multipart/report; report-type=delivery-status`: its value and parameters, small letters. */
export function structured(
  headers: MessageHeaders,
  name: string,
): { value: string; params: Record<string, string> } {
  const raw = headers.find((one) => one.name === name)?.value ?? '';
  const { value, params } = libmime.parseHeaderValue(raw.slice(0, 10_000), { stripComments: true });
  return {
    value: value.toLowerCase().trim(),
    params: { ...params },
  };
}

/**
 * The addresses of the first field of this name, groups taken apart; at most the first 200, small letters. What is longer than any
 * address can be is none: an empty string.
 */
export const addresses = remembering((headers: MessageHeaders, name): readonly Address[] => {
  const raw = headers.find((one) => one.name === name)?.value;
  if (!raw) return [];
  const parsed = addressparser(raw.split('@', MOST_AT_SIGNS).join('@'), { flatten: true });
  return parsed.slice(0, MOST_ADDRESSES).map(({ name: called, address }) => ({
    name: decoded(called).slice(0, LONGEST_NAME),
    address: address.length > LONGEST_ADDRESS ? '' : address.trim().toLowerCase(),
  }));
});

/** The ids in angle brackets of a field such as References (RFC 5322, section 3.6.4), brackets kept, at most 100. */
export const messageIds = (headers: MessageHeaders, name: string): string[] =>
  headers
    .filter((one) => one.name === name)
    .flatMap(({ value }) => value.match(/<[^<>\s]{1,500}>/g) ?? [])
    .slice(0, 100);

function decoded(value: string): string {
  if (!value.includes('=?')) return value;
  try {
    return libmime.decodeWords(value);
  } catch {
    return value;
  }
}
