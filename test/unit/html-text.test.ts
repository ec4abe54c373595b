import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { textOfHtml } from '../../src/mail/html-text.js';
import { newWords } from '../../src/mail/new-words.js';
import { hostileMegabytes } from '../support/hostile-megabytes.js';
import { allHtmlTricks } from '../support/html-tricks.js';

/** what it is, HTML, the text of it */
const texts: [string, string, string][] = [
  ['paragraphs', '<p>Dear all,</p><p>we   agree.<br>Kim</p>', 'Dear all,\n\nwe agree.\nKim'],
  ['blocks of all kinds', '<div>a</div><center>b</center><section>c</section>', 'a\nb\nc'],
  ['headings, as they are written', '<h1>Our answer</h1><p>No.</p>', 'Our answer\n\nNo.'],
  ['lists', '<ul><li>one</li><li>two</li></ul>', ' * one\n * two'],
  ['numbered lists', '<ol start="3" type="a"><li>c<li>d</ol>', ' c. c\n d. d'],
  ['tables, row by row', '<table><tr><td>a</td><td>b</td></tr><tr><th>c</th></tr></table>', 'a b\nc'],
  ['lines as they were typed', '<pre>a\n   b</pre>', 'a\n   b'],
  [
    'links, with where they lead',
    '<a href="https://example.org/a">there</a>',
    'there [https://example.org/a]',
  ],
  ['an address once', '<a href="mailto:kim@example.org">kim@example.org</a>', 'kim@example.org'],
  ['no address of a script', '<a href="javascript:ran()">here</a>', 'here'],
  ['pictures in words', '<img src="cid:1" alt="Our logo"> Kim', '[picture: Our logo] Kim'],
  ['nothing of a picture of one pixel', 'Kim<img src="https://example.org/1" width=1 height=1>', 'Kim'],
  [
    'nothing of styles, scripts and heads',
    '<head><title>t</title></head><style>s</style><script>x</script>a',
    'a',
  ],
  ['quotes', '<p>a</p><blockquote>b<br>c<blockquote>d</blockquote></blockquote>', 'a\n\n> b\n> c\n>\n> > d'],
  ['a line across', 'a<hr>b', `a\n\n${'_'.repeat(32)}\n\nb`],
  ['characters by their names', '1 &lt; 2 &amp;&nbsp;3 &#x1F44D;', '1 < 2 &\u00a03 👍'],
  ['nothing of nothing', '', ''],
];

test.each(texts)('%s', (_what, html, text) => {
  expect(textOfHtml(html)).toBe(text);
});

const gmail = (answer: string): string => `<div dir="ltr">${answer}</div><br><div class="gmail_quote">
<div dir="ltr" class="gmail_attr">On Tue, Mar 3, 2026 at 2:30 PM Office &lt;<a href="mailto:office@example.org">office@example.org</a>&gt; wrote:<br></div>
<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204)">1. Will you publish?</blockquote>`;

/** which program wrote it, HTML, the new words */
const replies: [string, string, string][] = [
  ['Gmail', `${gmail('We will.')}</div>`, 'We will.'],
  [
    'Gmail with an answer below the quote, inside its block of quotes',
    `${gmail('Hello,')}<div>In June.</div><blockquote class="gmail_quote" style="margin:0;border-left:1px solid">2. Will you meet us?</blockquote><div>Yes.</div></div>`,
    'Hello,\n\nIn June.\n\nYes.',
  ],
  [
    'Gmail, with words of the person indented',
    `${gmail('We say:<blockquote style="margin:0 0 0 40px;border:none;padding:0px">all children matter</blockquote>')}</div>`,
    'We say:\nall children matter',
  ],
  [
    'Outlook on the web',
    '<div>No.</div><hr style="width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><b>From:</b> Office &lt;office@example.org&gt;<br><b>Sent:</b> Tuesday, March 3, 2026 2:30 PM<br><b>To:</b> Kim<br><b>Subject:</b> A letter</div><div>Dear Kim,</div>',
    'No.',
  ],
  [
    'Outlook on the web in a language we do not know',
    '<div>Cha.</div><div id="divRplyFwdMsg"><b>Kusuka:</b> office@example.org<br><b>Kuthunyelwe:</b> 3 Mashi 2026 14:30<br><b>Kuya:</b> Kim<br><b>Isihloko:</b> A letter</div><div>Dear Kim,</div>',
    'Cha.',
  ],
  [
    'Outlook for Windows',
    `<p class=MsoNormal>No.<o:p></o:p></p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal><b>Von:</b> Büro &lt;office@example.org&gt; <br><b>Gesendet:</b> Dienstag, 3. März 2026 14:30<br><b>An:</b> Kim<br><b>Betreff:</b> Brief<o:p></o:p></p></div></div><p class=MsoNormal>Guten Tag,</p>`,
    'No.',
  ],
  [
    'Apple Mail',
    '<body>Yes.<br><div><br><blockquote type="cite"><div>On 3 Mar 2026, at 14:30, Office &lt;office@example.org&gt; wrote:</div><br><div>Dear Kim,</div></blockquote></div></body>',
    'Yes.',
  ],
  [
    'Thunderbird',
    '<p>Yes.</p><div class="moz-cite-prefix">Am 03.03.26 um 14:30 schrieb Büro:<br></div><blockquote type="cite" cite="mid:1@example.org"><p>Guten Tag,</p></blockquote><p>Kim</p>',
    'Yes.\n\nKim',
  ],
  [
    'a phone that draws its line with a style',
    '<div>Yes.</div><blockquote style="margin-left:5px;border-left:#00f 2px solid">Dear Kim,</blockquote>',
    'Yes.',
  ],
];

test.each(replies)('the new words of a reply are found in the text of %s', (_program, html, words) => {
  const found = newWords(textOfHtml(html));
  expect(found.words).toBe(words);
  expect(found.quoted).not.toBe('');
});

test('what is longer than a megabyte is cut, and says so where it ends', () => {
  const text = textOfHtml(`${'<p>word</p>'.repeat(30_000)}${' '.repeat(1_000_000)}<p>the last words</p>`);
  expect(text).toMatch(/word\n\n\[The message goes on\. All of it is in its source\.\]$/);
  expect(text).not.toContain('the last words');
});

test.each([
  ['inside one another', '<div>'.repeat(501)],
  ['after one another', '<i></i>'.repeat(50_001)],
])('of more elements %s than are read the words are left', (_how, elements) => {
  expect(textOfHtml(`<p>Dear <b>all</b>,</p><p>1 < 2 &amp; 3${elements}<p>deep`)).toBe(
    'Dear all,\n1 < 2 & 3\ndeep',
  );
});

test.each(hostileMegabytes)('a megabyte of %s takes no more than seconds', (_what, html) => {
  const began = performance.now();
  const text = textOfHtml(html);
  expect(performance.now() - began).toBeLessThan(15_000);
  expect(text.length).toBeLessThan(1_100_000);
});

test('whatever tricks are put together, it makes a text of them', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constantFrom(...allHtmlTricks), fc.string()), { maxLength: 10 }),
      (parts) => {
        expect(typeof textOfHtml(parts.join(''))).toBe('string');
      },
    ),
    { numRuns: 500 },
  );
});

const word = fc.stringMatching(/^[a-z]{3,8}$/);
const { html: anyHtml } = fc.letrec<{ html: string }>((tie) => ({
  html: fc.oneof(
    { depthSize: 'medium' },
    word,
    fc.tuple(tie('html'), word).map(([html, last]) => `${html} ${last}`),
    fc
      .tuple(
        fc.constantFrom(...'p div b span td table li ul ol blockquote pre h2 a center font'.split(' ')),
        tie('html'),
      )
      .map(([name, inside]) => `<${name} class="gmail_quote" style="color:red">${inside}</${name}>`),
  ),
}));

test('no word gets lost, however the elements around it are nested', () => {
  const wordsOf = (text: string): string[] => text.replace(/<[^>]*>/g, ' ').match(/\b[a-z]{3,}\b/g) ?? [];
  fc.assert(
    fc.property(anyHtml, (html) => {
      expect(wordsOf(textOfHtml(html))).toEqual(wordsOf(html));
    }),
    { numRuns: 500 },
  );
});
