import { MongoClient } from 'mongodb';

const pattern = /^answerable_test_(\d+)_\d+$/;

/** Removes test databases by the run (a process id) that made them. */
export async function dropDatabases(isToGo) {
  const client = await MongoClient.connect(process.env.TEST_MONGODB_URI, { serverSelectionTimeoutMS: 5000 });
  try {
    const { databases } = await client.db('admin').admin().listDatabases({ nameOnly: true });
    for (const { name } of databases) {
      const [, run] = pattern.exec(name) ?? [];
      if (run && isToGo({ run: Number(run) })) await client.db(name).dropDatabase();
    }
  } finally {
    await client.close();
  }
}
