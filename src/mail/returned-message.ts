import type { MessagePart } from './message-part.js';
import { parseHeaders, type MessageHeaders } from './message-headers.js';

/** A text taken apart where a message that was sent back begins within it. */
export type TextWithCopy = { said: string; hasCopy: boolean; returned: MessageHeaders | null };

const HEADER_LINE = /^[>\s|]{0,8}([A-Za-z][\w-]{1,60}):/;
/** A summary of a message may name its sender, subject and Message-ID; only the message itself has one of these. */
const ONLY_IN_MESSAGES =
  /^(received|return-path|mime-version|dkim-signature|content-type|content-transfer-encoding|x-mailer|user-agent)$/i;
/** Lines that daemons put above a copy, be it without headers. */
const COPY_BELOW = new RegExp(
  String.raw`^[\s>*=_+-]{0,80}(?:` +
    [
      String.raw`(?:below (?:this line )?is|here is|this is|enclosed (?:is|are)|following is|attached is) (?:a copy|the (?:original|first|top)|your)\b.*`,
      String.raw`(?:a )?copy of (?:the |your |this )?(?:original )?(?:message|mail)\b.*`,
      String.raw`(?:the |your )?(?:unsent|returned|original|undelivered|rejected|bounced) (?:message|mail|e-?mail)(?: (?:text|headers?|body))?(?: (?:follows|below|is (?:attached|below)))?`,
      String.raw`(?:your )?message (?:text|headers?|body)? ?follows?`,
      String.raw`(?:the )?(?:message )?headers? of (?:the |your )?(?:original )?message.*`,
      'urspr.ngliche nachricht|mensaje original|mensagem original|messaggio originale|message d.origine|以下是?原[始邮].*',
    ].join('|') +
    String.raw`)[\s:.*=_+<>-]{0,80}$`,
  'i',
);

/** The headers of the message that came back, from the part that holds it. */
export function returnedHeaders(parts: readonly MessagePart[]): MessageHeaders | null {
  const named = parts.filter(({ type }) => /rfc822|^message\/(global|partial)/.test(type));
  for (const { text } of named.toReversed()) {
    const headers = headersAtTop(text ?? '');
    if (headers) return headers;
  }
  for (const { text } of parts.slice(1).toReversed()) {
    const headers = startsAsMessage((text ?? '').trimStart().split('\n', 40), 0) && headersAtTop(text ?? '');
    if (headers) return headers;
  }
  return null;
}

const headersAtTop = (text: string): MessageHeaders | null => {
  const block = text
    .slice(0, 64_000)
    .trimStart()
    .replace(/^>?From [^\n]*\n/, '')
    .split(/\n[ \t]*\n/, 1)[0]!;
  const headers = parseHeaders(block);
  // some servers send back nothing but the one that tells which message it was
  return headers.length > 1 || headers[0]?.name === 'message-id' ? headers : null;
};

/** Cuts a daemon's words where the copy of our message begins, by its header lines or by the line above it. */
export function withoutCopy(text: string): TextWithCopy {
  const lines = text.split('\n');
  const below = lines.findIndex((line, at) => at > 0 && line.length < 200 && COPY_BELOW.test(line));
  const top = lines.findIndex(
    (_, at) =>
      startsAsMessage(lines, at) ||
      (below !== -1 && at > below && at < below + 5 && startsAsSummary(lines, at)),
  );
  const cut = below !== -1 && (top === -1 || below < top) ? below : top;
  return {
    said: cut === -1 ? text : lines.slice(0, cut).join('\n'),
    hasCopy: cut !== -1,
    returned: top === -1 ? null : headersFrom(lines.slice(top, top + 300)),
  };
}

/** Below the line that announces a copy, a few headers are enough. */
const startsAsSummary = (lines: readonly string[], at: number): boolean =>
  [at, at + 1, at + 2].every((one) => HEADER_LINE.test(lines[one] ?? ''));

/** Do header lines of a message begin here: two or more, one of them such as only messages have? */
function startsAsMessage(lines: readonly string[], from: number): boolean {
  let count = 0;
  let isMessage = false;
  for (let at = from; at < Math.min(from + 25, lines.length); at += 1) {
    const line = lines[at]!.slice(0, 200);
    const name = HEADER_LINE.exec(line)?.[1];
    if (name) {
      count += 1;
      isMessage ||= ONLY_IN_MESSAGES.test(name);
    } else if (at === from || !/^[>|]?[ \t]+\S/.test(line)) break;
    if (isMessage && count >= 3) return true;
  }
  return isMessage && count >= 2;
}

function headersFrom(lines: readonly string[]): MessageHeaders {
  const indent = /^[>\s|]*/.exec(lines[0]!)![0].length;
  const end = lines.findIndex((line) => line.slice(indent).trim() === '');
  const block = lines.slice(0, end === -1 ? lines.length : end).map((line) => line.slice(indent));
  return parseHeaders(block.join('\n'));
}
