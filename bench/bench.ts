import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { connectDatabase, disconnectDatabase } from '../src/database.js';
import { generate, SIZES, type Size } from './campaign.js';
import { measureCadences } from './cadences.js';
import { measureIncoming } from './incoming.js';
import { measureImport, measureLaws } from './laws.js';
import { measureLoad } from './load.js';
import { measurePages, type Served } from './pages.js';
import { startProduct } from './product.js';
import { atMost, figure, median, table, type Row } from './rows.js';
import { measureRecompute } from './recompute.js';
import { measureSending } from './sending.js';
import { step } from './step.js';

const { json } = parseArgs({ options: { json: { type: 'string' } } }).values;
const rows = await measure();
console.log(table(rows));
if (json) writeFileSync(json, `${JSON.stringify(rows, null, 2)}\n`);
process.exit(rows.every(({ ok }) => ok) ? 0 : 1);

async function measure(): Promise<Row[]> {
  const small = await serve(SIZES[0]!);
  const large = await serve(SIZES[1]!);
  const starts = await step('Starting the server', () => startTimes(large.uri));
  const pages = await step('Reading pages', () => measurePages(small, large));
  const laws = await step('Reading pages of many laws', () => measureLaws(small));
  await small.product.stop();
  const load = await step('Reading pages over ten connections', () => measureLoad(large));
  const memory = large.product.megabytes();
  await large.product.stop();
  const imported = await step('Importing bills', () => measureImport(small.uri));
  const recomputed = await step('Working out anew what is stored', () => measureRecompute(large.uri));
  const sending = await step('Sending', () => measureSending(large.uri));
  const cadences = await step('Planning a cadence, and looking for what is due', () =>
    measureCadences(large),
  );
  const incoming = await step('Importing mail', () => measureIncoming(large.uri));
  return [
    ...pages,
    ...laws,
    ...imported,
    ...load,
    ...recomputed,
    ...sending,
    ...cadences,
    ...incoming,
    atMost('memory of the server after the run', memory, 'MB', 300),
    figure('start of the server, warm', median(starts), 's'),
  ];
}

async function serve(size: Size): Promise<Served> {
  const uri = new URL(process.env['MONGODB_URI']!);
  uri.pathname = `/bench_${size.name}`;
  const generated = await step(`Building the ${size.name} campaign`, async () => {
    await connectDatabase(uri.href);
    const made = await generate(size, new Date());
    await disconnectDatabase();
    return made;
  });
  return { uri: uri.href, generated, product: await startProduct(uri.href) };
}

async function startTimes(uri: string): Promise<number[]> {
  const seconds: number[] = [];
  for (let i = 0; i < 3; i += 1) {
    const product = await startProduct(uri);
    seconds.push(product.startSeconds);
    await product.stop();
  }
  return seconds;
}
