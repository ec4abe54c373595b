/** An address as a log may keep it: without the query, and without the secret of a link, a calendar or a feed. */
export const withoutSecrets = (url: string): string =>
  url
    .replace(/\?.*$/, '')
    .replace(/^\/(invitations|password-resets|set-up|unsubscribe|calendar)\/.+/i, '/$1/…');
