/** A bill that nobody ever introduced, in the shapes of the UK Parliament Bills API. Plain data: a test changes it as it likes. */
export type FictionalBill = {
  bill: Record<string, unknown> & { billId: number };
  stages: FictionalStage[];
  publications: Record<string, unknown>[];
  news: Record<string, unknown>[];
};

export type FictionalSitting = {
  id: number;
  stageId: number;
  billStageId: number;
  billId: number;
  date: string | null;
};

export type FictionalStage = {
  id: number;
  stageId: number;
  sessionId: number;
  description: string | null;
  abbreviation: string | null;
  house: string;
  stageSittings: FictionalSitting[] | null;
  sortOrder: number;
};

/** `[stageId, description, abbreviation, house]`, with the ids of `GET /Stages` */
const course: [number, string, string, string][] = [
  [6, '1st reading', '1R', 'Commons'],
  [7, '2nd reading', '2R', 'Commons'],
  [14, 'Programme motion', 'PM', 'Commons'],
  [15, 'Money resolution', 'MR', 'Commons'],
  [8, 'Committee stage', 'CS', 'Commons'],
  [9, 'Report stage', 'RS', 'Commons'],
  [10, '3rd reading', '3R', 'Commons'],
  [1, '1st reading', '1R', 'Lords'],
  [2, '2nd reading', '2R', 'Lords'],
  [3, 'Committee stage', 'CS', 'Lords'],
  [4, 'Report stage', 'RS', 'Lords'],
  [5, '3rd reading', '3R', 'Lords'],
  [12, 'Consideration of Lords amendments', 'CLA', 'Commons'],
  [13, 'Consideration of Commons amendments', 'CCA', 'Lords'],
  [11, 'Royal Assent', 'RA', 'Unassigned'],
];

type Wanted = {
  billId?: number;
  /** how many stages; more than a bill has begin the course again */
  stages?: number;
  /** how many sittings of all stages together, spread evenly, one each day from `from` */
  sittings?: number;
  from?: string;
  publications?: number;
  news?: number;
  bill?: Record<string, unknown>;
};

/** The Example (Safety) Bill: from its first reading to Royal Assent unless less is wanted. */
export function fictionalBill(wanted: Wanted = {}): FictionalBill {
  const { billId = 9001, stages = course.length, sittings = stages, from = '2026-01-12' } = wanted;
  const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);
  return {
    bill: { ...billOf(billId), ...wanted.bill },
    stages: numbers(stages).map((n) => {
      const first = Math.floor((n * sittings) / stages);
      const days = numbers(Math.floor(((n + 1) * sittings) / stages) - first);
      return fictionalStage(
        billId,
        n,
        days.map((day) => dayNumber(from, first + day)),
      );
    }),
    publications: numbers(wanted.publications ?? 2).map((n) => publicationOf(n, dayNumber(from, n))),
    news: numbers(wanted.news ?? 1).map((n) => ({
      id: 700 + n,
      title: `Example news ${n + 1}`,
      content: '<p>Nothing of this happened.</p>',
      displayDate: dayNumber(from, n),
    })),
  };
}

/** What the API answers about it, each list as one page. */
export const answersAbout = ({ bill, stages, publications, news }: FictionalBill) => ({
  bill,
  stages: { items: stages, totalResults: stages.length, itemsPerPage: 100 },
  publications: { billId: bill.billId, publications },
  news: { items: news, totalResults: news.length, itemsPerPage: 100 },
});

/** The nth stage of the course, with a sitting on each of the days. */
export function fictionalStage(billId: number, n: number, days: readonly (string | null)[]): FictionalStage {
  const [stageId, description, abbreviation, house] = course[n % course.length]!;
  const id = 20_000 + n;
  const stageSittings = days.map((date, i) => ({
    id: 100_000 + n * 1000 + i,
    stageId,
    billStageId: id,
    billId,
    date,
  }));
  return { id, stageId, sessionId: 40, description, abbreviation, house, stageSittings, sortOrder: n + 1 };
}

/** London midnight of a day so many days later, as the API writes it. */
const dayNumber = (from: string, days: number): string =>
  `${new Date(Date.parse(from) + days * 86_400_000).toISOString().slice(0, 10)}T00:00:00`;

const billOf = (billId: number) => ({
  billId,
  shortTitle: 'Example (Safety) Bill',
  formerShortTitle: null,
  longTitle: 'A Bill to make provision about examples; and for connected purposes.',
  summary: null,
  currentHouse: 'Commons',
  originatingHouse: 'Commons',
  lastUpdate: '2026-11-20T17:08:18.2184786',
  billWithdrawn: null,
  isDefeated: false,
  billTypeId: 1,
  introducedSessionId: 40,
  includedSessionIds: [40],
  isAct: false,
  currentStage: null,
  sponsors: [],
  promoters: [],
  petitioningPeriod: null,
  petitionInformation: null,
  agent: null,
});

const publicationOf = (n: number, displayDate: string) => ({
  house: 'Commons',
  id: 500 + n,
  title: `Example paper ${n + 1}`,
  publicationType: { id: 5, name: 'Bill', description: 'Full text of the Bill.' },
  displayDate,
  // most papers of a bill have files and no links, others the reverse
  links: n % 2 === 0 ? [] : [linkOf(n)],
  files:
    n % 2 === 0
      ? [{ id: 800 + n, filename: 'example.pdf', contentType: 'application/pdf', contentLength: 9 }]
      : [],
});

const linkOf = (n: number) => ({
  id: 600 + n,
  title: `Example paper ${n + 1}`,
  url: `https://publications.example.org/paper-${n + 1}.pdf`,
  contentType: 'application/pdf',
});
