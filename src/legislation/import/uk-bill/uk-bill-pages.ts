const SITE = 'https://bills.parliament.uk';

/** The public pages of a bill, where a person can check what the API said. */
export const ukBillPages = (bill: number) => ({
  bill: `${SITE}/bills/${bill}`,
  news: `${SITE}/bills/${bill}/news`,
  publications: `${SITE}/bills/${bill}/publications`,
  stage: (billStage: number) => `${SITE}/bills/${bill}/stages/${billStage}`,
  document: (publication: number, file: number) => `${SITE}/publications/${publication}/documents/${file}`,
});
