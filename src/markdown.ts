import { compile } from 'html-to-text';
import MarkdownIt from 'markdown-it';

// typographer off: what was typed is what is sent; images off: a mail of ours loads nothing from elsewhere
const markdownIt = new MarkdownIt({ html: false, linkify: true, typographer: false, breaks: true }).disable(
  'image',
);

/** Markdown to HTML for pages and mail. HTML inside is shown as text; images and script addresses are not made. */
export const markdown = (source: string): string => markdownIt.render(source);

/** The plain-text side of a message, from its HTML: lines of 78 characters at most (RFC 5322, section 2.1.1), links written out. */
export const plainText: (html: string) => string = compile({
  wordwrap: 78,
  selectors: [
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true } },
    ...['h1', 'h2', 'h3'].map((selector) => ({ selector, options: { uppercase: false } })),
  ],
});

const STYLE = 'font-family:Georgia,serif;font-size:16px;line-height:1.5;max-width:40em';

/** The HTML side of a message: a whole document that loads nothing from elsewhere. */
export const mailDocument = (title: string, inside: string): string =>
  `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>${markdownIt.utils.escapeHtml(title)}</title></head>\n<body style="${STYLE}">\n${inside}</body></html>\n`;
