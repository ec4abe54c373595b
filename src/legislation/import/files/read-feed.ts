import { fileSizeInWords } from '../../../file-size.js';
import { withCommas } from '../../../with-commas.js';
import { dayOfFeedDate } from './feed-date.js';
import { itemsOf, type FeedItem } from './feed-items.js';
import type { Found, FoundPublication } from '../found.js';
import { keyFrom, ownKey } from './key.js';
import { stageCalled, type KnownStage } from './known-stage.js';
import { someOf } from '../uk-bill/some-of.js';
import { notRead, type SourceRead } from './source-read.js';
import { textOfXml } from './text-of-bytes.js';
import { parseXml } from './xml.js';

export const LARGEST_FEED = 10 * 1024 * 1024;
export const MOST_ITEMS = 5000;

export type FeedFile = {
  bytes: Uint8Array;
  /** the stages of the track's procedure: an item whose category is one of them is a milestone too */
  stages: readonly KnownStage[];
  /** the Content-Type it came with, if any; only its charset counts */
  contentType?: string;
  /** where it came from: what its links are relative to */
  address?: string;
};

/**
 * RSS 2.0, RSS 1.0 or Atom 1.0 as news of a law, in the order of the feed. Days are those written in the feed, in the zone they
 * are written in, and may be to come. Nothing is fetched and no entity expanded; at most 10 MB and 5,000 items. Never throws.
 */
export function readFeed({ bytes, stages, contentType = '', address = '' }: FeedFile): SourceRead {
  if (bytes.length > LARGEST_FEED)
    return notRead(
      `The feed has ${fileSizeInWords(bytes.length)}; up to ${fileSizeInWords(LARGEST_FEED)} are read. Nothing was taken from it. Look for a feed of this one law.`,
    );
  const read = textOfXml(bytes, contentType);
  if ('unknown' in read)
    return notRead(`The feed says it is written in “${read.unknown}”, an encoding that is not known here.`);
  if (isWebPage(read.text)) return notRead(webPage);
  const parsed = parseXml(read.text);
  if ('mistake' in parsed) return notRead(`The feed cannot be read. ${parsed.mistake}`);
  const items = itemsOf(parsed.root, address);
  if (!items)
    return notRead(`This is XML but no feed: it is a “${parsed.root.name.slice(0, 60)}”. ${wanted}`);
  const found = foundIn(items, stages);
  if (read.damaged) found.remarks.push(damaged);
  return { ok: true, found };
}

const wanted = 'What can be read is RSS 2.0, RSS 1.0 and Atom 1.0.';
const webPage = `This is a web page, no feed. Look on it for a link called RSS, Atom or feed, and give the address of that. ${wanted}`;
const damaged =
  'Some characters are not written in the encoding the feed says it has. They show as \uFFFD; the rest was read.';

/** Pages are seldom well-formed XML, so they are known by how they begin. */
const isWebPage = (text: string): boolean =>
  /^\s*(?:<\?[^>]*>\s*|<!--[^]{0,2000}?-->\s*){0,9}(?:<!doctype\s+html\b|<html\b)/i.test(text.slice(0, 5000));

function foundIn(items: Iterable<FeedItem>, stages: readonly KnownStage[]): Found {
  const found: Found = { milestones: [], publications: [], whole: false, remarks: [] };
  const known = new Map<string, FoundPublication>();
  const left = { undated: [] as string[], differing: [] as string[] };
  let listed = 0;
  for (const item of items) {
    listed += 1;
    if (listed > MOST_ITEMS) continue;
    const news = newsOf(item);
    if (!news) left.undated.push(item.title || item.id);
    else if (known.has(news.key)) {
      if (!isSame(known.get(news.key)!, news)) left.differing.push(news.title);
    } else {
      known.set(news.key, news);
      const stage = stageOf(item, stages);
      if (stage) found.milestones.push(milestoneOf(news, stage));
    }
  }
  found.publications = [...known.values()];
  found.remarks = remarksOn(listed, left);
  return found;
}

function newsOf({ id, title, link, dates }: FeedItem): FoundPublication | null {
  const publishedOn = dates.map(dayOfFeedDate).find(Boolean);
  if (!publishedOn) return null;
  const key = ownKey(id) ?? keyFrom(title, publishedOn);
  return { key, kind: 'news', title: title || link || 'Without a title', publishedOn, link };
}

const isSame = (a: FoundPublication, b: FoundPublication): boolean =>
  a.title === b.title && a.publishedOn === b.publishedOn && a.link === b.link;

/** `Other` says of an item of news that it is about something else, and of no law that it went on. */
const stageOf = ({ categories }: FeedItem, stages: readonly KnownStage[]): string | undefined =>
  categories
    .map((category) => stageCalled(category, stages))
    .find((stage) => stage !== null && stage !== 'other') ?? undefined;

const milestoneOf = ({ key, title, publishedOn, link }: FoundPublication, stage: string) => ({
  key,
  stage,
  title,
  on: publishedOn,
  happened: true,
  link,
});

function remarksOn(listed: number, left: { undated: string[]; differing: string[] }): string[] {
  const remarks: string[] = [];
  if (listed > MOST_ITEMS)
    remarks.push(
      `The feed lists ${withCommas(listed)} items. The first ${withCommas(MOST_ITEMS)} were read; the others were left out.`,
    );
  if (left.undated.length > 0)
    remarks.push(
      `${counted(left.undated, 'has', 'have')} no date that can be read and ${left.undated.length === 1 ? 'was' : 'were'} left out: ${namesOf(left.undated)}.`,
    );
  if (left.differing.length > 0)
    remarks.push(
      `${counted(left.differing, 'has', 'have')} the same id as an item before and other words. The first was taken, these were left out: ${namesOf(left.differing)}.`,
    );
  return remarks;
}

const counted = ({ length }: string[], one: string, several: string): string =>
  length === 1 ? `One item ${one}` : `${withCommas(length)} items ${several}`;

const namesOf = (titles: string[]): string =>
  someOf(titles.map((title) => `“${title.slice(0, 100) || 'without a title'}”`));
