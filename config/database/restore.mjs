// Reads a backup back. The whole file is checked before the database is touched.
import { checkArchive, readArchive, toDocument } from './archive.mjs';
import { restoreCollection } from './restore-collection.mjs';
import { collectionsOf, plural, Refusal, say, showProgress, withDatabase } from './tool.mjs';

const FOLLOW_UPS = 'followups';
const DAMAGE = {
  ENOENT: 'there is no such file',
  EACCES: 'you may not read it',
  EISDIR: 'it is a directory',
  Z_BUF_ERROR: 'its end is missing',
  Z_DATA_ERROR: 'it is damaged, or not a backup',
};
const files = process.argv.slice(2).filter((argument) => argument !== '--replace');
const replace = process.argv.includes('--replace');

await withDatabase(async (db) => {
  const [file] = files;
  if (!file || files.length > 1) throw new Refusal('Name one file: bin/database restore FILE [--replace]');
  const contents = await check(file);
  await makeRoom(db);
  const held = await restore(db, file, contents.createdAt);
  const documents = contents.collections.reduce((sum, collection) => sum + collection.documents, 0);
  say(
    `Restored ${plural(documents, 'document')} in ${plural(contents.collections.length, 'collection')}, as of ${contents.createdAt.toISOString()}.`,
  );
  if (held)
    say(
      `${plural(held, 'follow-up')} may have gone out since then: held until a person approves each again.`,
    );
});

async function check(file) {
  const progress = showProgress(`Checking ${file}`);
  try {
    const contents = await checkArchive(file, (count, name) =>
      progress.at(`${name}, ${plural(count, 'document')}`),
    );
    progress.end('intact');
    return contents;
  } catch (error) {
    throw new Refusal(`${file} cannot be restored: ${explain(error)}. The database was not touched.`);
  }
}

function explain(error) {
  return DAMAGE[error.code] ?? error.message;
}

async function makeRoom(db) {
  const collections = await collectionsOf(db);
  for (const { name, type } of collections) {
    if (!replace && type !== 'view' && (await db.collection(name).findOne({}, { projection: { _id: 1 } })))
      throw new Refusal(
        `The database ${db.databaseName} is not empty (${name}): give --replace if what is in it may be lost.`,
      );
  }
  for (const { name } of collections.toReversed()) await db.collection(name).drop();
}

async function restore(db, file, backupDate) {
  let current;
  let held = 0;
  for await (const { kind, bytes } of readArchive(file)) {
    if (kind === 'C' || kind === 'T') {
      await current?.finish();
      current = kind === 'C' ? await restoreCollection(db, toDocument(bytes)) : undefined;
    }
    if (kind !== 'D') continue;
    const document = toDocument(bytes);
    if (current.name === FOLLOW_UPS && hold(document, backupDate)) held += 1;
    await current.add(document, bytes.length);
  }
  return held;
}

// Mail that was approved when the backup was made may have gone out since, so a person has to look again. This
// happens before the document is in the database, where a running sweep could find it.
function hold(followUp, backupDate) {
  if (followUp.state !== 'scheduled' && followUp.state !== 'sending') return false;
  const date = backupDate.toISOString().slice(0, 10);
  followUp.state = 'held';
  followUp.stateReasons = [
    `The data was restored from a backup of ${date}. Check that this message did not go out since then, then approve it again.`,
  ];
  followUp.approval = null;
  return true;
}
