import type { Article, Publication } from './bills-api.js';
import type { FoundPublication } from '../found.js';
import { shortLine } from './short-line.js';
import { howMany } from './some-of.js';
import { ukBillPages } from './uk-bill-pages.js';

const LONGEST_TITLE = 200;
const LONGEST_LINK = 2000;

/** The papers and the news about a bill, each once, in the order of the source. What has no day is left out and counted. */
export function publicationsOf(
  { papers, articles }: { papers: readonly Publication[]; articles: readonly Article[] },
  bill: number,
): { publications: FoundPublication[]; remarks: string[] } {
  const pages = ukBillPages(bill);
  const all = [
    ...papers.map((paper) => ({
      key: `publication:${paper.id}`,
      kind: 'publication' as const,
      title:
        shortLine(paper.title, LONGEST_TITLE) ||
        shortLine(paper.publicationType.name, LONGEST_TITLE, 'A paper'),
      publishedOn: paper.displayDate,
      link: linkOf(paper, pages),
    })),
    ...articles.map(({ id, title, displayDate }) => ({
      key: `news:${id}`,
      kind: 'news' as const,
      title: shortLine(title, LONGEST_TITLE, 'News without a title'),
      publishedOn: displayDate,
      link: pages.news,
    })),
  ];
  const once = [...new Map(all.toReversed().map((one) => [one.key, one])).values()].toReversed();
  const publications = once.filter((one): one is FoundPublication => one.publishedOn !== null);
  const undated = once.length - publications.length;
  return {
    publications,
    remarks: undated > 0 ? [`${howMany(undated, 'publication')} without a day, left out.`] : [],
  };
}

/** The first link of a paper that leads to the web; the page of its first file, which most bills have instead; the page of all papers. */
function linkOf({ id, links, files }: Publication, pages: ReturnType<typeof ukBillPages>): string {
  for (const { url } of links) {
    const link = url && webLink(url.trim());
    if (link) return link;
  }
  return files[0] ? pages.document(id, files[0].id) : pages.publications;
}

function webLink(text: string): string | null {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return null;
  const { href } = new URL(text);
  return href.length <= LONGEST_LINK ? href : null;
}
