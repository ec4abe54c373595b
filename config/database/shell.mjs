// A prompt with `db`, or one expression's result: bin/database shell --eval 'db.collection("users").countDocuments()'
import repl from 'node:repl';
import { once } from 'node:events';
import vm from 'node:vm';
import { BSON, ObjectId } from 'mongodb';
import { Refusal, say, withDatabase } from './tool.mjs';

const [option, code] = process.argv.slice(2);

await withDatabase(async (db, client) => {
  const names = { db, client, ObjectId, EJSON: BSON.EJSON };
  if (option === '--eval' && code) {
    process.stdout.write(`${BSON.EJSON.stringify(await evaluate(names), null, 2)}\n`);
  } else if (option) {
    throw new Refusal("Either nothing, or one expression: bin/database shell --eval 'JS'");
  } else {
    await prompt(names);
  }
});

async function evaluate(names) {
  Object.assign(globalThis, names);
  const result = await vm.runInThisContext(`(async () => (${code}\n))()`, { filename: 'eval' });
  const value = await (typeof result?.toArray === 'function' ? result.toArray() : result);
  return value === undefined ? null : value;
}

async function prompt(names) {
  say(
    `The database is ${names.db.databaseName}. Try: await db.collection('campaigns').findOne()   Leave with Ctrl-D.`,
  );
  const session = repl.start({ prompt: `${names.db.databaseName}> ` });
  Object.assign(session.context, names);
  await once(session, 'exit');
}
