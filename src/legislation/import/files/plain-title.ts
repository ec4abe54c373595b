import { compile } from 'html-to-text';
import { shortLine } from '../uk-bill/short-line.js';

const LONGEST_HTML = 3000;

const inWords = compile({
  wordwrap: false,
  limits: { maxDepth: 50, maxChildNodes: 500 },
  selectors: [
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'img', format: 'skip' },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
  ],
});

/** The most that a title holds, here and in what a person enters. */
const LONGEST_TITLE = 200;

/** A title as one line. */
export const lineOf = (text: string): string => shortLine(text, LONGEST_TITLE);

/** What a title with HTML in it says, as one line: without tags, pictures and scripts, its character references resolved. */
export const lineOfHtml = (html: string): string =>
  lineOf(/[<&]/.test(html) ? inWords(html.slice(0, LONGEST_HTML)) : html);
