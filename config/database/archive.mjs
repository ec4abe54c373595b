// A backup is a gzip of records: one letter for the kind, then one BSON document.
//   H what this is, and when it was made    C a collection: its name, options and indexes
//   D a document of that collection         T how many of each, and a SHA-256 over everything before it
// It is read back whole, and checked against T, before anything is believed.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { createGunzip, createGzip } from 'node:zlib';
import { BSON } from 'mongodb';

export const FORMAT = 'answerable-backup';
const VERSION = 1;
const LARGEST_DOCUMENT = 17 * 1024 * 1024;
// Values stay exactly what they were: an Int32 does not become a Double on its way through JavaScript.
const EXACTLY = { promoteValues: false, promoteLongs: false, bsonRegExp: true };

export const toDocument = (bytes) => BSON.deserialize(bytes, EXACTLY);

export function writeArchive(path, { createdAt, database }) {
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true });
  const gzip = createGzip();
  const written = new Promise((resolve, reject) => {
    file.on('close', resolve).on('error', reject);
    gzip.on('error', reject);
  });
  written.catch(() => undefined); // reported by finish(), or by the write that waits for it
  gzip.pipe(file);
  const hash = createHash('sha256');
  const collections = [];

  async function write(kind, bytes) {
    const head = Buffer.from(kind);
    if (kind !== 'T') hash.update(head).update(bytes);
    gzip.write(head);
    if (!gzip.write(bytes)) await Promise.race([once(gzip, 'drain'), written]);
  }

  return {
    begin: () => write('H', BSON.serialize({ format: FORMAT, version: VERSION, createdAt, database })),
    async collection(name, options, indexes) {
      collections.push({ name, documents: 0 });
      await write('C', BSON.serialize({ name, options, indexes }));
    },
    async document(bytes) {
      collections.at(-1).documents += 1;
      await write('D', bytes);
    },
    async finish() {
      await write('T', BSON.serialize({ sha256: hash.digest('hex'), collections }));
      gzip.end();
      await written;
      return collections;
    },
  };
}

// Says what is in a backup, or throws if it is not exactly what was written.
export async function checkArchive(path, onDocument) {
  const hash = createHash('sha256');
  const counted = [];
  let header;
  let trailer;
  for await (const { kind, bytes } of readArchive(path)) {
    if (trailer || (kind === 'H') !== !header) throw new Error('its records are out of order');
    if (kind === 'T') {
      trailer = BSON.deserialize(bytes);
      continue;
    }
    hash.update(Buffer.from(kind)).update(bytes);
    if (kind === 'H') header = BSON.deserialize(bytes);
    if (kind === 'C') counted.push({ name: BSON.deserialize(bytes).name, documents: 0 });
    if (kind === 'D') onDocument((counted.at(-1).documents += 1), counted.at(-1).name);
  }
  if (header?.format !== FORMAT) throw new Error('it is not a backup of this program');
  if (header.version !== VERSION)
    throw new Error(`it has version ${header.version} of the format, and this program reads ${VERSION}`);
  if (!trailer) throw new Error('its end is missing');
  if (trailer.sha256 !== hash.digest('hex')) throw new Error('its checksum does not fit what is in it');
  if (JSON.stringify(trailer.collections) !== JSON.stringify(counted))
    throw new Error('its counts do not fit what is in it');
  return { createdAt: header.createdAt, database: header.database, collections: counted };
}

export async function* readArchive(path) {
  const file = createReadStream(path);
  const gunzip = createGunzip();
  file.on('error', (error) => gunzip.destroy(error));
  let rest = Buffer.alloc(0);
  for await (const chunk of file.pipe(gunzip)) {
    rest = rest.length ? Buffer.concat([rest, chunk]) : chunk;
    let start = 0;
    while (rest.length - start >= 5) {
      const length = rest.readInt32LE(start + 1);
      if (length < 5 || length > LARGEST_DOCUMENT)
        throw new Error('it holds a record of an impossible length');
      if (rest.length - start < length + 1) break;
      yield {
        kind: rest.toString('latin1', start, start + 1),
        bytes: rest.subarray(start + 1, start + 1 + length),
      };
      start += length + 1;
    }
    rest = rest.subarray(start);
  }
  if (rest.length) throw new Error('it ends in the middle of a record');
}
