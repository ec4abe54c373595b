import { lineOf, lineOfHtml } from './plain-title.js';
import { webAddress } from './web-address.js';
import { elementsOf, textIn, type Element } from './xml.js';

/** An item as its feed writes it; what it does not say is empty. */
export type FeedItem = {
  /** the feed's own name for it */
  id: string;
  title: string;
  link: string;
  /** as they are written, the first that can be read counts */
  dates: string[];
  categories: string[];
};

const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
const DC = 'http://purl.org/dc/elements/1.1/';

/**
 * The items of RSS 2.0 (https://www.rssboard.org/rss-specification) and its elders, RSS 1.0 (https://web.resource.org/rss/1.0/spec)
 * and Atom 1.0 (RFC 4287), in the order of the feed; null where the root is of none of them. `address`: the feed's own.
 */
export function itemsOf(root: Element, address: string): Iterable<FeedItem> | null {
  if (root.name === 'feed') return atomItems(root, baseOf(root, address));
  if (root.name === 'RDF' && root.space === RDF) return rssItems(root, address);
  if (root.name !== 'rss') return null;
  return channelItems(root, address);
}

function* channelItems(root: Element, address: string): Generator<FeedItem> {
  for (const channel of inside(root))
    if (channel.name === 'channel') yield* rssItems(channel, baseOf(channel, address));
}

function* rssItems(parent: Element, base: string): Generator<FeedItem> {
  for (const item of inside(parent)) if (item.name === 'item') yield rssItem(item, base);
}

const inside = ({ nodes, scope }: Element): Iterable<Element> => elementsOf(nodes, scope);

/** Relative addresses may be relative to another than the feed's own (https://www.w3.org/TR/xmlbase/). */
const baseOf = ({ attributes }: Element, base: string): string =>
  webAddress(attributes.get('xml:base') ?? '', base) || base;

const textOf = (element: Element | undefined): string => (element ? textIn(element.nodes) : '');

/** What is directly inside an item and of its own vocabulary, so that the title of a picture in it is not its title. */
function partsOf(item: Element): { own: (name: string) => Element[]; dc: (name: string) => string[] } {
  const parts = [...inside(item)];
  return {
    own: (wanted) => parts.filter(({ space, name }) => space === item.space && name === wanted),
    dc: (wanted) => parts.filter(({ space, name }) => space === DC && name === wanted).map(textOf),
  };
}

function rssItem(item: Element, base: string): FeedItem {
  const { own, dc } = partsOf(item);
  const [guid] = own('guid');
  const name = textOf(guid).trim();
  const page = textOf(own('link')[0]).trim() || aboutOf(item);
  // a guid that does not say it is no link is often none all the same, and would become one beside the feed
  const permalink = guid?.attributes.get('isPermaLink') === 'false' ? '' : webAddress(name);
  return {
    id: name || aboutOf(item) || page,
    title: lineOfHtml(textOf(own('title')[0]) || dc('title')[0] || ''),
    link: page ? addressIn(page, base) : permalink,
    dates: [...own('pubDate').map(textOf), ...dc('date')],
    categories: [...own('category').map(textOf), ...dc('subject')],
  };
}

/** `rdf:about` of RSS 1.0, whatever the prefix of RDF. */
function aboutOf({ attributes, scope }: Element): string {
  const found = [...attributes].find(
    ([name]) => name.endsWith(':about') && scope.get(name.slice(0, -6)) === RDF,
  );
  return found?.[1].trim() ?? '';
}

const addressIn = (link: string, base: string): string => (link ? webAddress(link, base) : '');

function* atomItems(feed: Element, base: string): Generator<FeedItem> {
  for (const entry of inside(feed))
    if (entry.name === 'entry' && entry.space === feed.space) yield atomItem(entry, baseOf(entry, base));
}

function atomItem(entry: Element, base: string): FeedItem {
  const { own } = partsOf(entry);
  const links = own('link').map(({ attributes }) => attributes);
  const pages = links.filter((link) => (link.get('rel') ?? 'alternate') === 'alternate');
  const page = pages.find((link) => /html/.test(link.get('type') ?? 'text/html')) ?? pages[0];
  const href = page?.get('href')?.trim() ?? '';
  return {
    id: textOf(own('id')[0]).trim() || href,
    title: titleOf(own('title')[0]),
    link: addressIn(href, base),
    dates: [...own('published'), ...own('updated')].map(textOf),
    categories: own('category').flatMap(({ attributes }) => [
      attributes.get('term') ?? '',
      attributes.get('label') ?? '',
    ]),
  };
}

/** RFC 4287, section 3.1: what is not called `html` is meant as it is written, and `xhtml` has its tags as elements. */
function titleOf(title: Element | undefined): string {
  const text = textOf(title);
  return title?.attributes.get('type') === 'html' ? lineOfHtml(text) : lineOf(text);
}
