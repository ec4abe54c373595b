/** A whole address: our own of a path, or what was one already. */
export const addressOf = (href: string, baseUrl: string): string =>
  href.startsWith('/') ? `${baseUrl}${href}` : href;
