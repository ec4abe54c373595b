import { plural, showProgress } from './tool.mjs';

const BATCH = { documents: 500, bytes: 8 * 1024 * 1024 };
const INDEX_OPTIONS = [
  'name',
  'unique',
  'sparse',
  'hidden',
  'partialFilterExpression',
  'expireAfterSeconds',
  'collation',
  'weights',
  'default_language',
  'language_override',
  'wildcardProjection',
  '2dsphereIndexVersion',
  'bits',
  'min',
  'max',
];

export async function restoreCollection(db, { name, options, indexes }) {
  const collection = await db.createCollection(name, options);
  const progress = showProgress(name);
  let batch = [];
  let size = 0;
  let count = 0;

  async function flush() {
    if (batch.length) await collection.insertMany(batch, { bypassDocumentValidation: true });
    count += batch.length;
    progress.at(plural(count, 'document'));
    batch = [];
    size = 0;
  }

  return {
    name,
    async add(document, bytes) {
      if (batch.length === BATCH.documents || size + bytes > BATCH.bytes) await flush();
      batch.push(document);
      size += bytes;
    },
    async finish() {
      await flush();
      const wanted = indexes.filter(({ key }) => Object.keys(key).join() !== '_id').map(toIndexSpec);
      if (wanted.length) await db.command({ createIndexes: name, indexes: wanted });
      if (count) progress.end(plural(count, 'document'));
    },
  };
}

function toIndexSpec(index) {
  const kept = INDEX_OPTIONS.filter((option) => index[option] !== undefined).map((option) => [
    option,
    index[option],
  ]);
  return { key: isText(index) ? textKey(index) : index.key, ...Object.fromEntries(kept) };
}

const isText = (index) => '_fts' in index.key;

// A server lists a text index under the names it uses inside; its fields are those that have a weight.
function textKey({ key, weights }) {
  const fields = Object.entries(key).filter(([field]) => field !== '_ftsx');
  return Object.fromEntries(
    fields.flatMap(([field, order]) =>
      field === '_fts' ? Object.keys(weights).map((name) => [name, 'text']) : [[field, order]],
    ),
  );
}
