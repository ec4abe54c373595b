import type { Procedure } from '../../procedures.js';
import { billShape, newsShape, publicationsShape, stagesShape, type Bill } from './bills-api.js';
import type { Found, FoundMilestone } from '../found.js';
import { inShape, type Understood } from './in-shape.js';
import { shortLine } from './short-line.js';
import { milestonesOfStages } from './uk-bill-milestones.js';
import { ukBillPages } from './uk-bill-pages.js';
import { publicationsOf } from './uk-bill-publications.js';

/** The four answers of the API about one bill, as they came. A list that came in pages is one page here. */
export type BillAnswers = Record<'bill' | 'stages' | 'publications' | 'news', unknown>;

export type UkBill = Found & {
  title: string;
  longTitle: string;
  /** the number of the bill on bills.parliament.uk */
  reference: string;
  procedure: Extract<Procedure, `uk bill${string}`>;
  /** the public page of the bill */
  sourceLink: string;
};

/**
 * What the Bills API tells about a bill. `whole` is false when a list was shorter than the API said it is. Never throws:
 * an answer that is not of the documented shape gives a sentence, and nothing is taken from the others either, for what is
 * missing would look as if Parliament had dropped it.
 */
export function readBill(answers: BillAnswers): Understood<UkBill> {
  const bill = inShape(billShape, answers.bill, 'The bill');
  if ('unreadable' in bill) return bill;
  const stages = inShape(stagesShape, answers.stages, 'The list of stages');
  if ('unreadable' in stages) return stages;
  const papers = inShape(publicationsShape, answers.publications, 'The list of publications');
  if ('unreadable' in papers) return papers;
  const news = inShape(newsShape, answers.news, 'The list of news');
  if ('unreadable' in news) return news;

  const { billId } = bill.read;
  const dated = milestonesOfStages(stages.read.items, billId);
  const published = publicationsOf({ papers: papers.read.publications, articles: news.read.items }, billId);
  const cut = [...cutWords(stages.read, 'stages'), ...cutWords(news.read, 'items of news')];
  return {
    read: {
      ...aboutBill(bill.read),
      milestones: [...dated.milestones, ...withdrawalOf(bill.read)],
      publications: published.publications,
      whole: cut.length === 0,
      remarks: [...outcomeWords(bill.read, dated.milestones), ...dated.remarks, ...published.remarks, ...cut],
    },
  };
}

const procedures: Record<string, UkBill['procedure']> = {
  commons: 'uk bill, commons first',
  lords: 'uk bill, lords first',
};

const aboutBill = ({ billId, shortTitle, longTitle, originatingHouse }: Bill) => ({
  title: shortLine(shortTitle, 200, `Bill ${billId} of the UK Parliament`),
  longTitle: shortLine(longTitle, 5000),
  reference: String(billId),
  procedure: procedures[originatingHouse.toLowerCase()] ?? 'uk bill',
  sourceLink: ukBillPages(billId).bill,
});

const withdrawalOf = ({ billId, billWithdrawn }: Bill): FoundMilestone[] =>
  billWithdrawn === null
    ? []
    : [
        {
          key: 'withdrawn',
          stage: 'withdrawn',
          title: 'Bill withdrawn',
          on: billWithdrawn,
          happened: true,
          link: ukBillPages(billId).bill,
        },
      ];

/** The API says that a bill was defeated, or became an Act, and leaves the day to the sittings. */
function outcomeWords({ isDefeated, isAct }: Bill, milestones: readonly FoundMilestone[]): string[] {
  const assented = milestones.some(({ stage }) => stage === 'royal assent');
  return [
    ...(isDefeated ? ['Parliament says that the bill was defeated. It does not say on which day.'] : []),
    ...(isAct && !assented
      ? ['Parliament says that the bill is an Act. It gives no day of Royal Assent.']
      : []),
  ];
}

const cutWords = (page: { items: readonly unknown[]; totalResults: number }, what: string): string[] =>
  page.items.length < page.totalResults
    ? [
        `The API counts ${page.totalResults} ${what} and gave ${page.items.length}: what is not among them is left as it was.`,
      ]
    : [];
