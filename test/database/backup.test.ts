import { createHash } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { Binary, type Db, Decimal128, GridFSBucket, Long, MongoClient, ObjectId } from 'mongodb';
import { type Engine, newEngine } from './local-engine.js';

const attachment = Buffer.alloc(700_000, 'An open letter. ');
let engine: Engine;
let client: MongoClient;
let db: Db;
let names = 0;

beforeAll(async () => {
  engine = await newEngine();
  client = new MongoClient(await engine.up());
  db = client.db();
}, 120_000);

afterAll(async () => {
  await client.close();
  await engine.remove();
}, 30_000);

beforeEach(async () => {
  await db.dropDatabase();
  await fill();
}, 30_000);

test('what is restored is exactly what was backed up, with its indexes and files', async () => {
  const before = await contents();
  const file = newFile();
  await engine.database('backup', file);
  await db.dropDatabase();

  const { stderr } = await engine.database('restore', file);

  expect(stderr).toContain('Restored');
  expect(await contents()).toEqual(before);
  const bucket = new GridFSBucket(db);
  expect(await buffer(bucket.openDownloadStreamByName('letter.pdf'))).toEqual(attachment);
  await expect(db.collection('people').insertOne({ email: 'a@example.org' })).rejects.toMatchObject({
    code: 11000,
  });
}, 30_000);

test('only its owner may read a backup, and an existing file is not overwritten', async () => {
  const file = newFile();
  await engine.database('backup', file);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  await expect(engine.database('backup', file)).rejects.toMatchObject({
    stderr: expect.stringContaining('exists already'),
  });
}, 30_000);

test.each([
  ['cut short', (archive: Buffer) => archive.subarray(0, archive.length - 20)],
  ['without its last record', (archive: Buffer) => gzipSync(gunzipSync(archive).subarray(0, 4000))],
  ['with one byte changed', (archive: Buffer) => changeOneByte(archive)],
  ['that is something else', () => Buffer.from('hello')],
])(
  'a file %s is refused before anything is touched',
  async (_name, damage) => {
    const file = newFile();
    await engine.database('backup', file);
    await writeFile(file, damage(await readFile(file)));
    const before = await contents();

    await expect(engine.database('restore', file, '--replace')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('The database was not touched.'),
    });

    expect(await contents()).toEqual(before);
  },
  30_000,
);

test('a database that holds something is only replaced when asked to', async () => {
  const file = newFile();
  await engine.database('backup', file);
  await db.collection('people').insertOne({ email: 'later@example.org' });

  await expect(engine.database('restore', file)).rejects.toMatchObject({
    stderr: expect.stringContaining('--replace'),
  });
  expect(await db.collection('people').countDocuments()).toBe(3);

  await engine.database('restore', file, '--replace');
  expect(await db.collection('people').countDocuments()).toBe(2);
}, 30_000);

test('mail that may have gone out since the backup is held until a person has looked', async () => {
  const states = ['draft', 'scheduled', 'sending', 'sent'];
  await db
    .collection('followups')
    .insertMany(states.map((state) => ({ was: state, state, approval: { by: 1 } })));
  const file = newFile();
  await engine.database('backup', file);

  const { stderr } = await engine.database('restore', file, '--replace');

  expect(stderr).toContain('2 follow-ups may have gone out since then');
  const restored = await db.collection('followups').find().sort({ was: 1 }).toArray();
  const today = new Date().toISOString().slice(0, 10);
  const held = {
    state: 'held',
    approval: null,
    stateReasons: [
      `The data was restored from a backup of ${today}. Check that this message did not go out since then, then approve it again.`,
    ],
  };
  expect(restored).toMatchObject([
    { was: 'draft', state: 'draft', approval: { by: 1 } },
    { was: 'scheduled', ...held },
    { was: 'sending', ...held },
    { was: 'sent', state: 'sent', approval: { by: 1 } },
  ]);
}, 30_000);

const newFile = () => join(engine.dataDir, `backup-${(names += 1)}`);

async function fill() {
  await db.collection('people').createIndex({ email: 1 }, { unique: true });
  await db
    .collection('people')
    .createIndex({ campaign: 1, name: 1 }, { name: 'page', partialFilterExpression: { active: true } });
  await db.collection('people').insertMany([
    {
      email: 'a@example.org',
      campaign: new ObjectId(),
      when: new Date('2026-03-29T01:30:00.123Z'),
      amount: Decimal128.fromString('10.50'),
      key: new Binary(Buffer.from([0, 1, 255]), 4),
      large: Long.fromString('9007199254740993'),
      nothing: null,
      nested: [{ deep: [1, 1.5, 'é'] }],
    },
    { email: 'b@example.org', pattern: /^a/i },
  ]);
  const upload = new GridFSBucket(db).openUploadStream('letter.pdf', { chunkSizeBytes: 100_000 });
  await pipeline(Readable.from(attachment), upload);
}

/** Every index, and a digest of every document byte for byte. */
async function contents() {
  const all: Record<string, unknown> = {};
  for (const { name } of await db.listCollections().toArray()) {
    const digest = createHash('sha256');
    for await (const bytes of db.collection(name).find({}, { raw: true }).sort({ _id: 1 }))
      digest.update(bytes as unknown as Uint8Array);
    all[name] = { documents: digest.digest('hex'), indexes: await db.collection(name).indexes() };
  }
  return all;
}

function changeOneByte(archive: Buffer) {
  const records = gunzipSync(archive);
  const at = records.indexOf('a@example.org');
  records[at] = 'z'.charCodeAt(0);
  return gzipSync(records);
}
