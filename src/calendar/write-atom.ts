import { Feed } from 'feed';
import { escapeHtml } from '../web/view-helpers.js';
import { addressOf } from './address-of.js';
import type { Happening } from './happening.js';

/** `id`: of the feed itself, which stays when its address is renewed. `home`: the page that it is about. */
export type About = { id: string; home: string; changedAt: Date };

/**
 * What happened as an Atom feed (RFC 4287), in the order given. It does not name its own address (4.2.7.2 only recommends
 * that): the address is a secret, and a copy of the feed is passed on more lightly than a link.
 */
export function writeAtom(happenings: readonly Happening[], baseUrl: string, about: About): string {
  const feed = new Feed({
    id: idOf(about.id, baseUrl),
    title: 'Answerable: what happened',
    author: { name: 'Answerable' },
    link: addressOf(about.home, baseUrl),
    updated: about.changedAt,
    generator: false,
  });
  for (const { id, title, href, at } of happenings) {
    // the package writes titles as HTML
    feed.addItem({
      id: idOf(id, baseUrl),
      title: escapeHtml(asXmlText(title)),
      link: addressOf(href, baseUrl),
      date: at,
    });
  }
  return `${feed.atom1()}\n`;
}

/** An id is an address that need not open anything (RFC 4287, 4.2.6), the same for as long as we are reached by ours. */
const idOf = (id: string, baseUrl: string): string => `${baseUrl}/calendar#${id}`;

/** No control character but white space, no half of a pair and no non-character may stand in XML (XML 1.0, 2.2). */
const asXmlText = (text: string): string =>
  text.toWellFormed().replaceAll(/(?![\t\n\r])\p{Cc}|[\uFFFE\uFFFF]/gu, '');
