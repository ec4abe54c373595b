import { compile, type FormatCallback } from 'html-to-text';
import type { Attributes, IOptions } from 'sanitize-html';
import {
  betweenTags,
  boundedHtml,
  isTooLong,
  linkAddress,
  pictureInWords,
  sanitised,
  withoutWords,
} from './bounded-html.js';

/** A line as Outlook draws one in text of its own, above the headers of the message it quotes: see `quote-marks.ts`. */
const RULE = '_'.repeat(32);

/** Each quote or list within another makes every line of it longer; below this depth they are blocks like others. */
const DEEPEST_INDENT = 9;
const indenting = new Set(['blockquote', 'ul', 'ol']);

/** `divider` is a name of our own for the block with which Outlook begins a quote. */
const allowedTags =
  'p div divider pre blockquote hr br ul ol li table tr th td h1 h2 h3 h4 h5 h6 a img'.split(' ');
const shownAsDiv = new Set(
  (
    'address article aside caption center dd details dl dt fieldset figcaption figure footer form header legend ' +
    'main nav section summary'
  ).split(' '),
);

const divider: FormatCallback = (element, walk, builder) => {
  builder.openBlock({ leadingLineBreaks: 2 });
  builder.addInline(RULE);
  builder.closeBlock({ trailingLineBreaks: 1 });
  builder.openBlock({ leadingLineBreaks: 1 });
  walk(element.children, builder);
  builder.closeBlock({ trailingLineBreaks: 1 });
};

const lineByLine = { leadingLineBreaks: 1, trailingLineBreaks: 1 };

const inWords = compile({
  wordwrap: false,
  formatters: {
    divider,
    picture: (element, _walk, builder) => builder.addInline(pictureInWords(element.attribs)),
  },
  selectors: [
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true } },
    { selector: 'img', format: 'picture' },
    { selector: 'divider', format: 'divider' },
    { selector: 'hr', format: 'blockString', options: { string: RULE } },
    ...['tr', 'li'].map((selector) => ({ selector, format: 'block', options: lineByLine })),
    ...['td', 'th'].map((selector) => ({ selector, format: 'inlineSurround', options: { suffix: ' ' } })),
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
  ],
});

/**
 * What the HTML of an incoming message says, as text: links and pictures in words, and quotes marked as mail programs do in text
 * of their own, so that `newWords` finds them: `> ` before each line of a quote, and a line above the headers where Outlook quotes.
 * Takes HTML of any length in any state; what is beyond 1,000,000 characters is left out, which the text says. Never throws.
 */
export function textOfHtml(html: string): string {
  const read = boundedHtml(html);
  const lines = inWords(sanitised(read, rulesOfOneMessage()) ?? betweenTags(read)).split('\n');
  const text = lines
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+/, '')
    .trimEnd();
  return isTooLong(html) ? `${text}\n\n[The message goes on. All of it is in its source.]` : text;
}

function rulesOfOneMessage(): IOptions {
  let indents = 0;
  return {
    allowedTags,
    allowedAttributes: { a: ['href'], img: ['alt', 'width', 'height'], ol: ['start', 'type'] },
    nonTextTags: withoutWords,
    onOpenTag: (name) => {
      if (indenting.has(name)) indents += 1;
    },
    onCloseTag: (name) => {
      if (indenting.has(name)) indents -= 1;
    },
    transformTags: {
      '*': (name, attribs) => ({
        tagName: indents > DEEPEST_INDENT && indenting.has(name) ? 'div' : shownAs(name, attribs),
        attribs: shownWith(name, attribs),
      }),
    },
  };
}

function shownAs(name: string, attributes: Attributes): string {
  if (name === 'blockquote') return isQuote(attributes) ? name : 'div';
  if (name === 'div') return isDivider(attributes) ? 'divider' : name;
  return shownAsDiv.has(name) ? 'div' : name;
}

/**
 * Several mail programs (Gmail among them) indent what a person writes with a `blockquote` too, and give it a style without a line
 * at its left. Gmail's `div.gmail_quote` is no quote as a whole: answers written between the lines of a quote are inside it.
 */
const isQuote = ({ type, cite, class: names = '', itemtype = '', style }: Attributes): boolean =>
  type === 'cite' ||
  cite !== undefined ||
  /quote|cite/i.test(names + itemtype) ||
  !style ||
  /border-left/i.test(style);

/** Outlook on the web names the block with the headers of what it quotes; Outlook for Windows draws a line above it. */
const isDivider = ({ id, style = '' }: Attributes): boolean =>
  id === 'divRplyFwdMsg' || /border-top:\s*solid/i.test(style);

function shownWith(name: string, attributes: Attributes): Attributes {
  if (name === 'ol') return numbering(attributes);
  if (name !== 'a') return attributes;
  const address = linkAddress(attributes['href']);
  return address ? { href: address } : {};
}

/** Roman numbers become digits: html-to-text throws on the 4,000th. */
const numbering = ({ start = '', type = '' }: Attributes): Attributes => ({
  ...(/^\d{1,4}$/.test(start) && { start }),
  ...(/^a$/i.test(type) && { type }),
});
