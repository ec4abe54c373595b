import { Types } from 'mongoose';
import { connectDatabase, disconnectDatabase } from '../src/database.js';
import { followBill } from '../src/legislation/import/sources.js';
import { stagesOf } from '../src/legislation/procedures.js';
import { Track } from '../src/legislation/track.model.js';
import { startBillsApi } from '../test/support/bills-api.js';
import { fictionalBill } from '../test/support/fictional-bill.js';
import { numbersFrom } from './names.js';
import { PARTNER_EMAIL, STAFF_EMAIL } from './campaign.js';
import { measureAlone, type Served } from './pages.js';
import { ask, signIn } from './reader.js';
import { atMost, figure, median, type Row } from './rows.js';

const TRACKS = 50;
const MILESTONES = 40;
const SITTINGS = 200;
const ROUNDS = 9;
const DRAWINGS = 60;

/** The picture of all laws, and the pages that show what happened to them, where 50 laws with 2,000 milestones are followed. */
export async function measureLaws(served: Served): Promise<Row[]> {
  await connectDatabase(served.uri);
  await addLaws();
  await disconnectDatabase();
  const staff = await signIn(served.product.url, STAFF_EMAIL);
  const partner = await signIn(served.product.url, PARTNER_EMAIL);
  const { campaign, recipient } = served.generated;
  const which = `${TRACKS} laws, ${TRACKS * MILESTONES} milestones`;
  const legislation = `${served.product.url}/legislation`;
  const pages = await measureAlone(served, [
    { name: `legislation, ${which}`, path: '/legislation', cookie: staff },
    { name: `first page, ${which}`, path: '/', cookie: staff },
    { name: `timeline, ${which}`, path: `/recipients/${String(recipient)}`, cookie: staff },
    { name: `partner view, ${which}`, path: `/shared/campaigns/${String(campaign)}`, cookie: partner },
  ]);
  return [
    ...pages,
    figure(`legislation, ${which}: p50 drawn anew`, await drawnAnew(legislation, staff, served.uri), 'ms'),
  ];
}

/** The picture is kept until a law changes: what its first reader waits for, each time after a change. */
async function drawnAnew(url: string, cookie: string, uri: string): Promise<number> {
  await connectDatabase(uri);
  const took: number[] = [];
  for (let n = 0; n < DRAWINGS; n += 1) {
    await Track.updateOne({}, { $inc: { revision: 1 } });
    const began = performance.now();
    await ask(url, { cookie });
    took.push(performance.now() - began);
  }
  await disconnectDatabase();
  return median(took);
}

async function addLaws(): Promise<void> {
  await Track.deleteMany({});
  const random = numbersFrom(7);
  const stages = stagesOf({ procedure: 'eu ordinary' });
  const day = (): string =>
    new Date(Date.now() + (random() - 0.6) * 6 * 365 * 86_400_000).toISOString().slice(0, 10);
  const milestone = (n: number) => {
    const on = day();
    const happened = on < new Date().toISOString().slice(0, 10);
    return {
      title: `Fictional step ${n + 1}`,
      stage: stages[Math.floor(random() * stages.length)]!.id,
      ...(happened ? { happenedOn: on } : { expectedOn: on }),
      formerly: random() < 0.2 ? [{ field: 'expectedOn' as const, value: day(), until: new Date() }] : [],
    };
  };
  await Track.insertMany(
    Array.from({ length: TRACKS }, (_, n) => ({
      title: `A fictional act, number ${n + 1}`,
      jurisdiction: 'Ruritania',
      procedure: 'eu ordinary' as const,
      milestones: Array.from({ length: MILESTONES }, (_, m) => milestone(m)),
      createdAt: new Date(),
    })),
  );
}

/** Importing a bill of 200 sittings from a server on this machine: each time another bill, into a law of its own. */
export async function measureImport(uri: string): Promise<Row[]> {
  await connectDatabase(uri);
  const bills = Array.from({ length: ROUNDS + 1 }, (_, n) =>
    fictionalBill({ billId: 9001 + n, sittings: SITTINGS, publications: 50, news: 20 }),
  );
  const api = await startBillsApi(bills);
  const legislation = { billsApi: api.url, trusted: [], contact: 'Answerable (bench)' };
  const seconds: number[] = [];
  for (const { bill } of bills) {
    const began = performance.now();
    const adding = { by: new Types.ObjectId(), now: new Date() };
    await followBill(String(bill.billId), adding, { now: () => new Date(), legislation });
    seconds.push((performance.now() - began) / 1000);
  }
  await api.close();
  await disconnectDatabase();
  const [first, ...others] = seconds;
  return [
    atMost(`import of a bill with ${SITTINGS} sittings, the first one`, first!, 's', 2),
    figure(`import of a bill with ${SITTINGS} sittings, further ones`, median(others), 's'),
  ];
}
