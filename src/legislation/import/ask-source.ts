import type { Deps } from '../../deps.js';
import { stagesOf } from '../procedures.js';
import type { TrackRecord } from '../track.model.js';
import { fetchSource, type Fetched } from './fetch/fetch.js';
import type { Found } from './found.js';
import type { ImportSourceRecord } from './import-source.model.js';
import { KeptAnswer, type KeptAnswerRecord } from './kept-answer.model.js';
import { readSourceFile } from './files/read-source-file.js';
import type { UkBill } from './uk-bill/read-bill.js';
import { readUkBill } from './uk-bill/read-uk-bill.js';

/** What asking a source came to. `keep` remembers its answers, once what they say is stored. */
export type Asked =
  | { kind: 'found'; found: Found; keep: () => Promise<void> }
  | { kind: 'unchanged' }
  | { kind: 'failed'; why: string; retryAt: Date | null };

type Fetch = Pick<Deps, 'now' | 'legislation'> & { stopping?: AbortSignal };

/** Asks a source that is fetched; a file is read when it is uploaded, and never again. */
export async function askSource(
  source: Pick<ImportSourceRecord, '_id' | 'kind' | 'name'>,
  track: TrackRecord,
  deps: Fetch,
): Promise<Asked> {
  if (source.kind === 'file') return { kind: 'unchanged' };
  return source.kind === 'feed' ? askFeed(source, track, deps) : askForBill(source, deps);
}

type Answer = Exclude<Fetched, { kind: 'unchanged' | 'later' | 'failed' }>;
type Kept = Omit<KeptAnswerRecord, '_id'>;

async function askFeed(
  { _id, name }: Pick<ImportSourceRecord, '_id' | 'name'>,
  track: TrackRecord,
  deps: Fetch,
): Promise<Asked> {
  const seen = await KeptAnswer.findOne({ source: _id, asked: name }).lean<Kept>();
  const answer = await fetchOne(name, seen, deps.legislation.trusted, deps);
  if (answer.kind === 'unchanged') return { kind: 'unchanged' };
  if (answer.kind !== 'fetched') return failed(answer);
  const { body: bytes, contentType, address } = answer;
  const read = readSourceFile({ bytes, contentType, address, stages: stagesOf(track) });
  if (!read.ok) return { kind: 'failed', why: read.mistakes.join(' '), retryAt: null };
  return { kind: 'found', found: read.found, keep: () => keepAnswers(_id, [[name, answer, null]]) };
}

async function askForBill(
  { _id, name }: Pick<ImportSourceRecord, '_id' | 'name'>,
  deps: Fetch,
): Promise<Asked> {
  const kept = await KeptAnswer.find({ source: _id }).lean<Kept[]>();
  const answers: Answered[] = [];
  const asked = await readBillOf(Number(name), deps, kept, answers);
  if ('why' in asked) return asked;
  return { kind: 'found', found: asked.bill, keep: () => keepAnswers(_id, answers) };
}

type Answered = [asked: string, answer: Answer, body: Buffer | null];

/** Reads a bill of the UK Parliament, asking only for what has changed since the answers that were kept. */
export async function readBillOf(
  number: number,
  deps: Fetch,
  kept: readonly Kept[] = [],
  answers: Answered[] = [],
): Promise<{ bill: UkBill } | Extract<Asked, { kind: 'failed' }>> {
  const get = async (path: string): Promise<unknown> => {
    const asked = `${deps.legislation.billsApi}${path}`;
    const seen = kept.find((one) => one.asked === asked && one.body);
    // the operator said where Parliament is; it may be a copy within the house
    const answer = await fetchOne(asked, seen ?? null, [deps.legislation.billsApi], deps);
    if (answer.kind === 'unchanged') return JSON.parse(bytesOf(seen!).toString('utf8')) as unknown;
    if (answer.kind !== 'fetched') throw new NotRead(failed(answer));
    const json = parseJson(answer.body);
    if (!json) throw new NotRead(notJson(answer.address));
    answers.push([asked, answer, answer.body]);
    return json.value;
  };
  try {
    const bill = await readUkBill(get, number);
    return 'unreadable' in bill
      ? { kind: 'failed', why: bill.unreadable, retryAt: null }
      : { bill: bill.read };
  } catch (error) {
    if (error instanceof NotRead) return error.because;
    throw error;
  }
}

/** Carries out of a reading why it cannot go on. */
class NotRead extends Error {
  constructor(readonly because: Extract<Asked, { kind: 'failed' }>) {
    super(because.why);
  }
}

const notJson = (address: string): Extract<Asked, { kind: 'failed' }> => ({
  kind: 'failed',
  why: `${new URL(address).host} did not answer with JSON. Nothing was taken from it; what is here stays as it is.`,
  retryAt: null,
});

function parseJson(body: Buffer): { value: unknown } | null {
  try {
    return { value: JSON.parse(body.toString('utf8')) as unknown };
  } catch {
    return null;
  }
}

const failed = (
  answer: Extract<Fetched, { kind: 'later' | 'failed' }>,
): Extract<Asked, { kind: 'failed' }> => ({
  kind: 'failed',
  why: answer.why,
  retryAt: answer.kind === 'later' ? answer.retryAt : null,
});

const fetchOne = (
  address: string,
  seen: Kept | null,
  trusted: readonly string[],
  { now, legislation, stopping }: Fetch,
) =>
  fetchSource(
    address,
    {
      etag: seen?.etag ?? null,
      lastModified: seen?.lastModified ?? null,
      ...(seen && { address: seen.address }),
    },
    { contact: legislation.contact, trusted, now },
    stopping,
  );

/** The driver gives bytes in a wrapping of its own where a document is read without its model. */
const bytesOf = ({ body }: Kept): Buffer =>
  Buffer.from((body as unknown as { buffer?: Uint8Array }).buffer ?? body!);

async function keepAnswers(source: ImportSourceRecord['_id'], answers: readonly Answered[]): Promise<void> {
  for (const [asked, { etag, lastModified, address }, body] of answers) {
    if (!etag && !lastModified) continue;
    const kept = { address, etag, lastModified, ...(body && { body }) };
    await KeptAnswer.updateOne({ source, asked }, { $set: kept }, { upsert: true });
  }
}
