import sanitizeHtml, { type Attributes, type IOptions } from 'sanitize-html';

/** So many characters of a message's HTML are read. What people write has far fewer. */
const LONGEST = 1_000_000;

/**
 * So many elements inside one another are read. The parser's time grows with the square of the depth: a megabyte of `<b>`
 * would keep the process busy for most of a minute.
 */
const DEEPEST = 500;

/** So many elements are read: a megabyte of `<li>` would take 4 seconds and 300 MB to become text. Long threads have 20,000. */
const MOST_ELEMENTS = 50_000;

/** A longer address is no link: it would be there twice, and nobody could read where it leads. */
const LONGEST_ADDRESS = 2000;

const LONGEST_ALT = 200;
const protocols = new Set(['http:', 'https:', 'mailto:']);

/** Elements whose inside no mail program shows as words. Of every other element the words stay. */
export const withoutWords = (
  'head title script style template textarea select option xmp svg math iframe noembed noframes object applet ' +
  'audio video canvas'
).split(' ');

export const isTooLong = (html: string): boolean => html.length > LONGEST;

/**
 * The HTML of an incoming message as far as it is read: 1,000,000 characters, without control characters and halves of a
 * character. They go before anything is sanitised: taken out afterwards, `<scr\0ipt>` would become an element.
 */
export const boundedHtml = (html: string): string =>
  html
    .slice(0, LONGEST)
    .replace(/[^\P{Cc}\t\n\r]/gu, '')
    .toWellFormed();

/** What is left of bounded HTML by these rules; null when it has too many elements, or too many inside one another. Never throws. */
export function sanitised(html: string, options: IOptions): string | null {
  let depth = 0;
  let elements = 0;
  try {
    return sanitizeHtml(html, {
      ...options,
      onOpenTag: (name, attributes) => {
        depth += 1;
        elements += 1;
        if (depth > DEEPEST || elements > MOST_ELEMENTS) throw new Error('More than is read');
        options.onOpenTag?.(name, attributes);
      },
      onCloseTag: (name, isImplied) => {
        depth -= 1;
        options.onCloseTag?.(name, isImplied);
      },
    });
  } catch {
    return null;
  }
}

/** For HTML with more elements than are read: what is between its tags, as HTML with no element but the `<pre>` around it. */
export const betweenTags = (html: string): string => {
  const words = html
    .replace(/<(?:br|\/?(?:p|div|tr|li|h\d))\b[^<>]*>/gi, '\n')
    .replace(/<t[dh]\b[^<>]*>/gi, ' ')
    .replace(/<[^<>]*>/g, '')
    .replace(/\n\s+/g, '\n')
    .replace(/</g, '&lt;');
  return `<pre>${words.trim()}</pre>`;
};

/** Where a link leads: a whole http, https or mailto address as a browser would read it; null for every other. */
export function linkAddress(href = ''): string | null {
  if (href.length > LONGEST_ADDRESS || !URL.canParse(href)) return null;
  const url = new URL(href);
  // escaped it may be nine times as long
  return protocols.has(url.protocol) && url.href.length <= LONGEST_ADDRESS ? url.href : null;
}

/** A picture in words. One of a single pixel is there to tell that the mail was opened, and says nothing. */
export function pictureInWords(attributes: Attributes): string {
  const { alt = '', width = '', height = '' } = attributes;
  if (/^[01](px)?$/i.test(width) || /^[01](px)?$/i.test(height)) return '';
  const words = alt.replace(/\s+/g, ' ').trim().slice(0, LONGEST_ALT);
  return words ? `[picture: ${words}]` : '[picture]';
}
