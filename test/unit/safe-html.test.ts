import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { safeHtml } from '../../src/mail/safe-html.js';
import { harmIn } from '../support/harmless.js';
import { allHtmlTricks, htmlTricks } from '../support/html-tricks.js';
import { hostileMegabytes } from '../support/hostile-megabytes.js';

test.each(Object.entries(htmlTricks))('of %s nothing is left that a browser would obey', (_abuse, tricks) => {
  const left = tricks.map((html) => ({ html, harm: harmIn(safeHtml(html)) }));
  expect(left.filter(({ harm }) => harm.length > 0)).toEqual([]);
});

test('read as they are, most of the tricks have something in them that is not harmless', () => {
  const harmful = allHtmlTricks.filter((html) => harmIn(html).length > 0);
  expect(allHtmlTricks.length).toBeGreaterThan(230);
  expect(harmful.length / allHtmlTricks.length).toBeGreaterThan(0.8);
});

const LINK = 'rel="noopener noreferrer nofollow" target="_blank"';

/** what is kept, HTML, what is left of it */
const kept: [string, string, string][] = [
  ['paragraphs and emphasis', '<p>One <b>two</b> <em>three</em></p>', '<p>One <b>two</b> <em>three</em></p>'],
  [
    'a numbered list',
    '<ol start="4" type="a"><li>Four</li></ol>',
    '<ol start="4" type="a"><li>Four</li></ol>',
  ],
  ['quotes', '<blockquote type="cite">Yes</blockquote>', '<blockquote>Yes</blockquote>'],
  ['lines as they were typed', '<pre>a\n  b</pre>', '<pre>a\n  b</pre>'],
  [
    'tables with joined cells',
    '<table border=1><tr><th colspan="2">A</th></tr></table>',
    '<table><tr><th colspan="2">A</th></tr></table>',
  ],
  ['which way a language is written', '<p dir="rtl" lang="he">שלום</p>', '<p dir="rtl" lang="he">שלום</p>'],
  [
    'links, with where they lead written on them',
    '<a href="https://example.org/a?b=1&amp;c=2" class="x">there</a>',
    `<a href="https://example.org/a?b=1&amp;c=2" title="https://example.org/a?b=1&amp;c=2" ${LINK}>there</a>`,
  ],
  [
    'addresses of mail',
    '<a href="MAILTO:a@example.org">write</a>',
    `<a href="mailto:a@example.org" title="mailto:a@example.org" ${LINK}>write</a>`,
  ],
  ['the words of a link that leads nowhere', '<a href="javascript:ran()">words</a>', '<span>words</span>'],
  [
    'pictures in words',
    '<img src="https://example.org/a.png" alt="Our  logo">',
    '<span>[picture: Our logo]</span>',
  ],
  ['pictures without words', '<img src="cid:1@example.org">', '<span>[picture]</span>'],
  [
    'words of a picture that look like HTML, as words',
    '<img alt="&lt;b>x">',
    '<span>[picture: &lt;b&gt;x]</span>',
  ],
  ['nothing of a picture of one pixel', 'a<img src="x" width="1" height="1">b', 'a<span></span>b'],
  ['nothing of a style or script', '<style>p{}</style><script>x</script><p>Hi</p>', '<p>Hi</p>'],
  ['the words of a form', '<form>Name <input><button>Go</button></form>', '<div>Name Go</div>'],
  ['the space between blocks', '<center>One</center><section>Two</section>', '<div>One</div><div>Two</div>'],
  ['words that look like HTML, as words', '1 &lt; 2 &amp;lt; <b>3', '1 &lt; 2 &amp;lt; <b>3</b>'],
  ['words without NUL', 'a\u0000b', 'ab'],
  ['nothing of spans nobody needs', '<td colspan="9999" rowspan="0">x</td>', '<td>x</td>'],
  ['words after a condition for Outlook', '<!--[if mso]>no<![endif]--><p>yes</p>', '<p>yes</p>'],
  ['nothing of nothing', '', ''],
];

test.each(kept)('%s: kept', (_what, html, left) => {
  expect(safeHtml(html)).toBe(left);
});

test('an address that is longer than anybody reads is no link', () => {
  expect(safeHtml(`<a href="https://example.org/${'a'.repeat(2000)}">x</a>`)).toBe('<span>x</span>');
});

test('half a character is shown as one that is missing', () => {
  expect(safeHtml('a\ud800b')).toBe('a\ufffdb');
});

test('what is longer than a megabyte is cut, and says so where it ends', () => {
  const left = safeHtml(`<p>${'word '.repeat(200_000)}</p><p>the last words</p>`);
  expect(left).toMatch(/<\/p><p>\[The message goes on\. All of it is in its source\.\]<\/p>$/);
  expect(left).not.toContain('the last words');
  expect(safeHtml('<p>word</p>')).not.toContain('goes on');
});

test.each([
  ['inside one another', '<div>'.repeat(501)],
  ['after one another', '<i></i>'.repeat(50_001)],
])('of more elements %s than are read the words are left', (_how, elements) => {
  const left = safeHtml(`<p>Dear <b>all</b>,</p><p>1 < 2 &amp; <script>ran()</script>${elements}<p>deep`);
  expect(left).toBe('<pre>Dear all,\n1 &lt; 2 &amp; ran()\ndeep</pre>');
});

test.each(hostileMegabytes)('a megabyte of %s takes no more than seconds', (_what, html) => {
  const began = performance.now();
  const left = safeHtml(html);
  expect(performance.now() - began).toBeLessThan(15_000);
  expect(left.length).toBeLessThan(5_100_000);
});

const pieces = [
  ...allHtmlTricks,
  '<p>',
  '</p>',
  '<a href="',
  '"',
  "'",
  '>',
  '<',
  '<!--',
  '-->',
  '&lt;',
  ' ',
  '\u0000',
];

test('whatever tricks are put together, cut and put inside one another, nothing harmful is left', () => {
  const piece = fc.constantFrom(...pieces);
  const cut = fc.tuple(piece, fc.nat(60)).map(([html, at]) => html.slice(at));
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, cut, fc.string()), { maxLength: 12 }), (parts) => {
      const left = safeHtml(parts.join(''));
      expect(harmIn(left)).toEqual([]);
      expect(harmIn(safeHtml(left))).toEqual([]);
    }),
    { numRuns: 1500 },
  );
});
