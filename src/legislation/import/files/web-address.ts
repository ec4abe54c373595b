const LONGEST_LINK = 2000;

/** A web address (http or https) as a browser would write it, relative to another where that is given; else empty. */
export function webAddress(link: string, base?: string): string {
  try {
    const { protocol, href } = new URL(link.trim(), base || undefined);
    return /^https?:$/.test(protocol) && href.length <= LONGEST_LINK ? href : '';
  } catch {
    return '';
  }
}
