import type { Response } from 'express';

const NO_HTML =
  '<!doctype html><html lang="en"><title>No HTML</title><p>This message has no HTML part.</p></html>';

/** Shows the HTML of a mail inside a frame of ours: no script, no form, nothing from elsewhere. */
export function sendFramedMail(res: Response, html: string): void {
  res.set(
    'Content-Security-Policy',
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox",
  );
  res.removeHeader('X-Frame-Options');
  res.send(html || NO_HTML);
}

/** Without `allow-popups` a click on a link does nothing: a stranger chose where it leads, and may want to know who read. */
const INCOMING =
  "default-src 'none'; style-src 'none'; img-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox";

/**
 * Shows what `safeHtml` left of an incoming message inside a frame of ours. Nothing in it runs, loads, is sent or leads anywhere,
 * even if something had slipped through. The frame in the page has `sandbox=""` as well.
 */
export function sendIncomingMail(res: Response, safe: string): void {
  res.set({
    'Content-Security-Policy': INCOMING,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'X-DNS-Prefetch-Control': 'off',
  });
  res.removeHeader('X-Frame-Options');
  res.send(safe ? incomingDocument(safe) : NO_HTML);
}

/** An empty `lang` says that the language of the message is not known (HTML, section 3.2.6.1). */
const incomingDocument = (safe: string): string =>
  `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Incoming message</title></head>\n<body lang="" dir="auto">\n${safe}\n</body></html>\n`;
