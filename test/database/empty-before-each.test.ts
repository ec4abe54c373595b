import { afterAll, expect, test } from '@jest/globals';
import { MongoClient, ObjectId } from 'mongodb';
import mongoose from 'mongoose';
import { storeAttachments } from '../../src/history/attachments.js';
import { testDatabaseUri, useDatabase } from '../support/database.js';
import { aRecipient } from '../support/factories.js';

const collection = (name: string) => mongoose.connection.collection(name);

// later files of this worker need not empty these; before the connection is closed
afterAll(() => Promise.all([...'abcdef'].map((letter) => collection(`emptied-${letter}`).drop())));
useDatabase();

async function filled(): Promise<string[]> {
  const names = (await mongoose.connection.db!.listCollections().toArray()).map(({ name }) => name);
  const counts = await Promise.all(names.map((name) => collection(name).countDocuments()));
  return names.filter((name, at) => counts[at]! > 0 && name !== 'testindexesmade');
}

test.each(['first', 'second', 'third'])(
  'the %s test finds nothing, in whatever way the one before it wrote',
  async () => {
    expect(await filled()).toEqual([]);
    await aRecipient();
    await storeAttachments([{ originalname: 'a.txt', buffer: Buffer.from('a') }]);
    await collection('emptied-a').insertOne({ a: 1 });
    await collection('emptied-b').updateOne({ _id: new ObjectId() }, { $set: { a: 1 } }, { upsert: true });
    await collection('emptied-c').findOneAndUpdate({ a: 1 }, { $set: { b: 1 } }, { upsert: true });
    await collection('emptied-d').bulkWrite([{ insertOne: { document: { a: 1 } } }]);
    await collection('emptied-e').replaceOne({ a: 1 }, { b: 1 }, { upsert: true });
    expect((await filled()).length).toBeGreaterThan(8);
  },
);

test.each(['first', 'second'])(
  'the %s test finds nothing of what another process or connection wrote before it',
  async () => {
    expect(await filled()).toEqual([]);
    const client = await MongoClient.connect(testDatabaseUri());
    await client.db().collection('emptied-f').insertOne({ a: 1 });
    await client.close();
    expect(await filled()).toEqual(['emptied-f']);
  },
);
