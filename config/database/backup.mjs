// Writes every collection with its options, indexes and documents to one file. It goes through the driver, so it
// works with any MongoDB, and is the way from one major version of the engine to the next.
import { access, rename, rm } from 'node:fs/promises';
import { writeArchive } from './archive.mjs';
import { collectionsOf, plural, Refusal, say, showProgress, withDatabase } from './tool.mjs';

const file = process.argv[2];

await withDatabase(async (db) => {
  if (!file || process.argv.length > 3) throw new Refusal('Name one file: bin/database backup FILE');
  if (await exists(file))
    throw new Refusal(`${file} exists already: choose another name, so that no earlier backup is lost.`);
  const unfinished = `${file}.unfinished-${process.pid}`;
  try {
    const collections = await writeAll(db, unfinished);
    await rename(unfinished, file);
    const documents = collections.reduce((sum, collection) => sum + collection.documents, 0);
    say(`${file}: ${plural(documents, 'document')} in ${plural(collections.length, 'collection')}.`);
  } catch (error) {
    await rm(unfinished, { force: true });
    if (error.code === 'ENOENT' || error.code === 'EACCES')
      throw new Refusal(`${file} cannot be written: look at its directory.`);
    if (error.code === 'ENOSPC') throw new Refusal(`There is no room for ${file}: nothing was kept.`);
    throw error;
  }
});

async function writeAll(db, path) {
  const archive = writeArchive(path, { createdAt: new Date(), database: db.databaseName });
  await archive.begin();
  for (const { name, type, options } of await collectionsOf(db)) {
    const isView = type === 'view';
    await archive.collection(name, options ?? {}, isView ? [] : await db.collection(name).indexes());
    if (!isView) await writeDocuments(db.collection(name), archive);
  }
  return archive.finish();
}

async function writeDocuments(collection, archive) {
  const progress = showProgress(collection.collectionName);
  let count = 0;
  for await (const bytes of collection.find({}, { raw: true, batchSize: 500 })) {
    await archive.document(bytes);
    progress.at(plural((count += 1), 'document'));
  }
  if (count) progress.end(plural(count, 'document'));
}

async function exists(path) {
  return access(path).then(
    () => true,
    () => false,
  );
}
