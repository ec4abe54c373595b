import type { Attributes, IOptions, Tag } from 'sanitize-html';
import {
  betweenTags,
  boundedHtml,
  isTooLong,
  linkAddress,
  pictureInWords,
  sanitised,
  withoutWords,
} from './bounded-html.js';

const allowedTags = (
  'h1 h2 h3 h4 h5 h6 p div pre blockquote hr br wbr ul ol li dl dt dd ' +
  'table caption thead tbody tfoot tr th td a span em strong b i u s ins del small sub sup q cite code kbd samp abbr'
).split(' ');

/** Blocks stay blocks, or the last word of one and the first of the next would become one word. */
const blocks =
  'address article aside center details fieldset figcaption figure footer form header legend main nav section summary';
const renamed = new Map([
  ...blocks.split(' ').map((name) => [name, 'div'] as const),
  ['dir', 'ul'],
  ['menu', 'ul'],
  ['strike', 's'],
  ['tt', 'code'],
  ['listing', 'pre'],
]);

/** Attributes that carry meaning, each with what it may say. A span of thousands of columns would keep a browser busy. */
const meanings: Record<string, RegExp> = {
  dir: /^(ltr|rtl|auto)$/i,
  lang: /^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$/i,
  colspan: /^[1-9]\d?$/,
  rowspan: /^[1-9]\d?$/,
  start: /^\d{1,4}$/,
  value: /^\d{1,4}$/,
  type: /^[1ai]$/i,
};

const rules: IOptions = {
  allowedTags,
  allowedAttributes: {
    '*': ['dir', 'lang'],
    a: ['href', 'rel', 'target', 'title'],
    td: ['colspan', 'rowspan'],
    th: ['colspan', 'rowspan'],
    ol: ['start', 'type'],
    li: ['value'],
  },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
  nonTextTags: withoutWords,
  transformTags: {
    img: (_name, attributes) => ({ tagName: 'span', attribs: {}, text: pictureInWords(attributes) }),
    '*': harmless,
  },
};

/**
 * What is left of the HTML of an incoming message: paragraphs, lists, tables, quotes, emphasis, and links to http, https and
 * mailto. No script, form, style, picture or anything from elsewhere, and no name or id that our page could stumble over.
 * Takes HTML of any length in any state and returns a fragment; more than 1,000,000 characters are cut, which it says at its
 * end. Of more than 50,000 elements, or 500 inside one another, it returns the bare words. Never throws.
 */
export function safeHtml(html: string): string {
  const read = boundedHtml(html);
  const kept = sanitised(read, rules) ?? betweenTags(read);
  return isTooLong(html) ? `${kept}<p>[The message goes on. All of it is in its source.]</p>` : kept;
}

function harmless(name: string, attributes: Attributes): Tag {
  if (name === 'a') return link(attributes);
  const attribs = Object.fromEntries(
    Object.entries(meanings).flatMap(([attribute, meaning]) => {
      const value = attributes[attribute] ?? '';
      return meaning.test(value) ? [[attribute, value]] : [];
    }),
  );
  return { tagName: renamed.get(name) ?? name, attribs };
}

/** Where it leads is written on it too: a mail may show one address and lead to another. */
function link({ href }: Attributes): Tag {
  const address = linkAddress(href);
  if (!address) return { tagName: 'span', attribs: {} };
  const attribs = { href: address, title: address, rel: 'noopener noreferrer nofollow', target: '_blank' };
  return { tagName: 'a', attribs };
}
