import { describe, expect, test } from '@jest/globals';
import type { Found } from '../../src/legislation/import/found.js';
import { readFeed, type FeedFile } from '../../src/legislation/import/files/read-feed.js';
import type { SourceRead } from '../../src/legislation/import/files/source-read.js';

const stages = [
  { id: 'royal assent', name: 'Royal Assent' },
  { id: 'committee', name: 'Committee stage' },
  { id: 'other', name: 'Other' },
];

const read = (xml: string | Buffer, more: Partial<FeedFile> = {}): SourceRead =>
  readFeed({
    bytes: Buffer.from(xml as string),
    stages,
    address: 'https://example.org/bills/feed.xml',
    ...more,
  });

function found(xml: string | Buffer, more?: Partial<FeedFile>): Found {
  const reading = read(xml, more);
  if (!reading.ok) throw new Error(reading.mistakes.join('\n'));
  return reading.found;
}

const mistakesIn = (xml: string | Buffer, more?: Partial<FeedFile>): string => {
  const reading = read(xml, more);
  return reading.ok ? '' : reading.mistakes.join('\n');
};

const rss = (items: string) =>
  `<?xml version="1.0"?>\n<rss version="2.0" xmlns:m="urn:m" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>\n<title>Bills</title>${items}</channel></rss>`;
const DATE = '<pubDate>Tue, 24 Nov 2026 10:00:00 GMT</pubDate>';
const item = (inside: string) => rss(`<item>${inside}${DATE}</item>`);
const titleIn = (inside: string) => found(item(`<title>${inside}</title>`)).publications[0]!.title;

describe('a feed is news of a law', () => {
  const published = {
    kind: 'news',
    title: 'Committee heard the Kettle Safety Bill',
    publishedOn: '2026-11-24',
  };
  const link = 'https://example.org/bills/kettle';

  test('in RSS 2.0', () => {
    const xml = item(
      `<guid isPermaLink="false">n-1</guid><m:title>A kettle</m:title><title>${published.title}</title><link>${link}</link>`,
    );
    expect(found(xml)).toEqual({
      milestones: [],
      publications: [{ ...published, key: 'n-1', link }],
      whole: false,
      remarks: [],
    });
  });

  test('in RSS 1.0, whatever its prefixes', () => {
    const xml = `<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:d="http://purl.org/dc/elements/1.1/">
      <channel r:about="https://example.org/"><title>Bills</title></channel>
      <item r:about="${link}#1"><title>${published.title}</title><link>${link}</link><d:date>2026-11-24</d:date></item></r:RDF>`;
    expect(found(xml).publications).toEqual([{ ...published, key: `${link}#1`, link }]);
  });

  test('in Atom 1.0, with its own base and the page among its links', () => {
    const xml = `<a:feed xmlns:a="http://www.w3.org/2005/Atom" xml:base="https://example.org/bills/"><a:entry>
      <a:id>urn:example:1</a:id><a:title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Committee <b>heard</b> the Kettle Safety Bill</div></a:title>
      <a:link rel="self" href="self.xml"/><a:link href="kettle.pdf" type="application/pdf"/><a:link href="kettle"/>
      <a:updated>2026-11-25T08:00:00Z</a:updated><a:published>2026-11-24T23:30:00-05:00</a:published></a:entry></a:feed>`;
    expect(found(xml).publications).toEqual([{ ...published, key: 'urn:example:1', link }]);
  });
});

test.each([
  ['A &amp; B &lt; C &gt; D &quot;E&quot; &apos;F&apos;', 'A & B < C > D "E" \'F\''],
  ['Clause&#160;4 &#x2014; K&#xe4;ttle', 'Clause 4 — Kättle'],
  ['&lt;b&gt;Bold&lt;/b&gt; &amp;amp; &amp;eacute;', 'Bold & é'],
  [
    '<![CDATA[<a href="https://example.org">Second</a> reading<img src="x.png"> &lt;5]]>',
    'Second reading <5',
  ],
  ['<![CDATA[Bill<script>alert(1)</script>]]>', 'Bill'],
  ['Bill &nbsp;&unknown;', 'Bill &unknown;'],
  ['&#0;&#xD800;&#99999999;', '\uFFFD\uFFFD\uFFFD'],
  ['two\n   lines\t\u202e', 'two lines'],
])('the title %j reads as words', (written, words) => {
  expect(titleIn(written)).toBe(words);
});

test('an Atom title that is no HTML is left as it is written', () => {
  const xml = `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>On the &lt;b&gt; element</title><updated>2026-11-24T10:00:00Z</updated></entry></feed>`;
  expect(found(xml).publications[0]!.title).toBe('On the <b> element');
});

describe('the key of an item', () => {
  const keyOf = (inside: string) => found(item(inside)).publications[0]!.key;

  test('is its guid, or else its link', () => {
    expect(keyOf('<guid> g </guid><link>https://example.org/1</link>')).toBe('g');
    expect(keyOf('<link>https://example.org/1</link>')).toBe('https://example.org/1');
  });

  test('is made of its title and day where it has neither, and is the same each time', () => {
    expect(keyOf('<title>One</title>')).toBe(keyOf('<title>One</title>'));
    expect(keyOf('<title>One</title>')).not.toBe(keyOf('<title>Two</title>'));
  });

  test('is never longer than a key may be', () => {
    expect(keyOf(`<guid>${'x'.repeat(100_000)}</guid>`)).toHaveLength(32);
  });
});

test.each([
  ['<link>https://example.org/a b</link>', 'https://example.org/a%20b'],
  ['<link>/news/1</link>', 'https://example.org/news/1'],
  ['<link>news/1</link>', 'https://example.org/bills/news/1'],
  ['<link>javascript:alert(1)</link>', ''],
  ['<link>data:text/html,x</link>', ''],
  ['<link>ftp://example.org/x</link>', ''],
  ['<link>http://[</link>', ''],
  [`<link>https://example.org/${'x'.repeat(3000)}</link>`, ''],
  ['<guid>https://example.org/g</guid>', 'https://example.org/g'],
  ['<guid>17</guid>', ''],
  ['<guid>17</guid><link>17</link>', 'https://example.org/bills/17'],
  ['<guid isPermaLink="false">https://example.org/g</guid>', ''],
  ['', ''],
])('the link in %j is %j', (inside, link) => {
  expect(found(item(inside)).publications[0]!.link).toBe(link);
});

test('without an address of the feed, a relative link is none', () => {
  expect(found(item('<link>/news/1</link>'), { address: '' }).publications[0]!.link).toBe('');
});

test('an item without a date that can be read is left out, which is said', () => {
  const xml = rss(
    `<item><title>One</title></item><item><title>Two</title><pubDate>soon</pubDate><dc:date>2026-11-24</dc:date></item><item><title>Three</title><pubDate>31 Nov 2026</pubDate></item>`,
  );
  expect(found(xml).publications.map(({ title }) => title)).toEqual(['Two']);
  expect(found(xml).remarks).toEqual([
    '2 items have no date that can be read and were left out: “One”; “Three”.',
  ]);
});

test('the same item twice counts once, and another one with its id is named', () => {
  const one = `<item><guid>1</guid><title>One</title><category>committee</category>${DATE}</item>`;
  expect(found(rss(one + one)).publications).toHaveLength(1);
  expect(found(rss(one + one)).milestones).toHaveLength(1);
  expect(found(rss(one + one)).remarks).toEqual([]);
  expect(found(rss(one + one.replace('One', 'Other'))).remarks).toEqual([
    'One item has the same id as an item before and other words. The first was taken, these were left out: “Other”.',
  ]);
});

test.each([
  ['<category>royal assent</category>', 'royal assent'],
  ['<category> ROYAL Assent\n</category>', 'royal assent'],
  ['<category>News</category><category>Committee Stage</category>', 'committee'],
  ['<dc:subject>committee</dc:subject>', 'committee'],
  ['<category>Other</category>', undefined],
  ['<category>Royal</category>', undefined],
])('an item with %j is a milestone of the stage %s', (inside, stage) => {
  const milestone = { key: '1', stage, title: 'One', on: '2026-11-24', happened: true, link: '' };
  expect(found(item(`<guid>1</guid><title>One</title>${inside}`)).milestones).toEqual(
    stage ? [milestone] : [],
  );
});

test.each(['term', 'label'])('an Atom entry whose category has a stage as its %s is a milestone', (name) => {
  const xml = `<feed xmlns="http://www.w3.org/2005/Atom"><entry><category ${name}="Royal Assent"/><updated>2026-11-24T10:00:00Z</updated></entry></feed>`;
  expect(found(xml).milestones).toMatchObject([{ stage: 'royal assent', on: '2026-11-24' }]);
});

describe('what cannot be read is refused with a sentence:', () => {
  const LAUGHS = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join(
    '',
  );

  test.each([
    ['entities inside', `<!DOCTYPE rss [<!ENTITY x "y">]>${rss('<item><title>&x;</title></item>')}`],
    [
      'a billion laughs',
      `<!DOCTYPE rss [<!ENTITY l0 "ha">${LAUGHS}]><rss><channel><title>&l9;</title></channel></rss>`,
    ],
    ['an entity that is a file', '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]><rss>&x;</rss>'],
    [
      'a parameter entity',
      '<!DOCTYPE rss SYSTEM "x.dtd" [<!ENTITY % x SYSTEM "https://example.org/x">%x;]><rss/>',
    ],
    [
      'entities after a comment',
      '<?xml version="1.0"?><!-- > --><!DOCTYPE rss [<!ENTITY x "y">]><rss>&x;</rss>',
    ],
    [
      'a file declared in the midst',
      '<rss><!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/hostname">]>&x;</rss>',
    ],
  ])('%s', (_what, xml) => {
    expect(mistakesIn(xml)).toMatch(/DOCTYPE that declares entities/);
  });

  test.each([
    ['a bare &', rss('\n\n<item><title>a & b</title></item>'), /in line 5 a character stands/],
    ['an element closed by another', rss('\n<item></itm>'), /in line 4 an element is not/],
    ['an attribute without quotes', rss('\n<item x=1></item>'), /in line 4 an attribute is not/],
    ['one that breaks off', rss('\n<item>').slice(0, -18), /breaks off in line 4/],
    ['two roots', '<rss></rss>\n<rss></rss>', /in line 2 something stands/],
    ['nothing', '', /nothing in it/],
    ['text', 'Not found', /It is no XML/],
    ['a comment alone', '<!-- x -->', /cannot be read/],
    ['a web page', '\n<!-- x --><!DOCTYPE html>\n<html><p>Bills<br></html>', /web page, no feed/],
    [
      'a web page that is XML',
      '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>',
      /web page, no feed/,
    ],
    ['other XML', '<urlset/>', /no feed: it is a “urlset”/],
    ['too deep', `<rss>${'<a>'.repeat(100_000)}`, /more than 64 deep/],
    ['too many elements', `<rss>${'<a/>'.repeat(700_000)}</rss>`, /more than 600,000 elements/],
    ['a name that is a trap', '<rss><__proto__/></rss>', /cannot be read/],
  ])('%s', (_what, xml, sentence) => {
    expect(mistakesIn(xml)).toMatch(sentence);
  });

  test('40 MB', () => {
    expect(mistakesIn(Buffer.alloc(40 * 1024 * 1024, ' '))).toMatch(
      /has 40 MB; up to 10 MB are read\. Nothing/,
    );
  });
});

test('a DOCTYPE without entities does no harm, and one in the midst expands to nothing', () => {
  const doctype = '<!DOCTYPE rss PUBLIC "-//Example//DTD RSS 0.91//EN" "https://example.org/rss.dtd">';
  expect(found(doctype + item('<title>One</title>').slice(22)).publications).toHaveLength(1);
  const midst = `<!DOCTYPE x [<!ENTITY x "expanded">]>`;
  expect(
    found(item(`<title>&x;</title>`).replace('<channel>', `<channel>${midst}`)).publications[0]!.title,
  ).toBe('&x;');
});

test('a page inside an item is text and may have any number of elements', () => {
  expect(
    found(item(`<description><![CDATA[${'<br>'.repeat(700_000)}]]></description>`)).publications,
  ).toHaveLength(1);
});

test('of more than 5,000 items the first 5,000 are read, which is said', () => {
  const many = Array.from({ length: 5001 }, (_, n) => `<item><guid>${n}</guid>${DATE}</item>`).join('');
  expect(found(rss(many)).publications).toHaveLength(5000);
  expect(found(rss(many)).remarks.join()).toMatch(/lists 5,001 items\. The first 5,000 were read/);
});
