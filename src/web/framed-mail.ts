import type { Response } from 'express';

/** Shows the HTML of a mail inside a frame of ours: no script, no form, nothing from elsewhere. */
export function sendFramedMail(res: Response, html: string): void {
  res.set(
    'Content-Security-Policy',
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox",
  );
  res.removeHeader('X-Frame-Options');
  res.send(
    html ||
      '<!doctype html><html lang="en"><title>No HTML</title><p>This message has no HTML part.</p></html>',
  );
}
