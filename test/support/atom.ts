import { load } from 'cheerio';
import { XMLParser, XMLValidator } from 'fast-xml-parser';

export type AtomEntry = { id: string; title: string; updated: string; link: string };
export type Atom = {
  id: string;
  title: string;
  updated: string;
  author: string;
  links: Link[];
  entries: AtomEntry[];
};
type Link = { rel: string | undefined; href: string };
type Parsed = Record<string, unknown>;

/** Reads an Atom feed as somebody else's program would. @throws where it is not what RFC 4287 asks for */
export function readAtom(text: string): Atom {
  const wellFormed = XMLValidator.validate(text);
  if (wellFormed !== true) throw new Error(wellFormed.err.msg);
  const parser = new XMLParser({
    ignoreAttributes: false,
    parseTagValue: false,
    trimValues: false,
    processEntities: { enabled: true, maxTotalExpansions: Infinity, maxExpandedLength: Infinity },
    isArray: (name) => name === 'entry' || name === 'link',
  });
  const { feed } = parser.parse(text) as { feed: Parsed };
  if (feed['@_xmlns'] !== 'http://www.w3.org/2005/Atom') throw new Error('It is no Atom.');
  return {
    ...partsOf(feed),
    author: textOf((feed['author'] as Parsed)['name']),
    links: linksOf(feed),
    entries: ((feed['entry'] ?? []) as Parsed[]).map((entry) => ({
      ...partsOf(entry),
      link: linksOf(entry).find(({ rel }) => rel === undefined || rel === 'alternate')!.href,
    })),
  };
}

/** What a feed (RFC 4287, 4.1.1) and an entry (4.1.2) must have, each exactly once. */
function partsOf(element: Parsed): { id: string; title: string; updated: string } {
  const [id, title, updated] = ['id', 'title', 'updated'].map((name) => textOf(element[name]));
  if (!URL.canParse(id!)) throw new Error(`${id} is no address.`);
  // RFC 3339, with T and Z in capitals (3.3)
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(updated!)) throw new Error(`${updated} is no date.`);
  return { id: id!, title: title!, updated: updated! };
}

/** A text construct (3.1) as it is shown. */
function textOf(element: unknown): string {
  if (typeof element === 'string') return element;
  const { '#text': text = '', '@_type': type = 'text' } = element as { '#text'?: string; '@_type'?: string };
  return type === 'html' ? load(text, null, false).root().text() : text;
}

const linksOf = (element: Parsed): Link[] =>
  ((element['link'] ?? []) as Parsed[]).map((link) => ({
    rel: link['@_rel'] as string | undefined,
    href: link['@_href'] as string,
  }));
