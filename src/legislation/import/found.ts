import type { Day } from '../../dates.js';
import type { When } from '../../when.js';

/**
 * One dated step as a source tells it. `key` is the source's own name for it and stays the same when the source changes
 * its mind about anything else.
 */
export type FoundMilestone = {
  key: string;
  /** the id of a stage of the track's procedure, `other` where the source names none we know */
  stage: string;
  title: string;
  on: When;
  /** null: nobody says so, it is a day of a timetable and has happened once that day is over */
  happened: boolean | null;
  /** where a person can check it; may be empty */
  link: string;
};

/** Something that was published about a law: a paper, an item of news. No step of its course. */
export type FoundPublication = {
  key: string;
  kind: 'publication' | 'news';
  title: string;
  publishedOn: Day;
  link: string;
};

/** What one reading of a source came to. */
export type Found = {
  milestones: FoundMilestone[];
  publications: FoundPublication[];
  /** the source lists all it knows each time: what it no longer lists is gone. False for feeds, which forget old items */
  whole: boolean;
  /** in words: what was left out and why, what was mended */
  remarks: string[];
};
