import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

type Manifest = { dependencies: Record<string, string> };

const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;

/** What an import names: `@scope/name` or `name`, without the path inside; nothing for Node's own and ours. */
function packagesIn(file: string): string[] {
  const names = readFileSync(file, 'utf8').matchAll(
    /(?:from|import) '((?:@[^/'\n]+\/)?[^./'@\n][^/'\n]*)[^'\n]*'/g,
  );
  return [...names].map(([, name]) => name!).filter((name) => !name.startsWith('node:'));
}

const sourcesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.join(folder, name));

test('whatever the product imports is installed where development packages are not', () => {
  const files = ['src', 'jobs', 'config'].flatMap(sourcesIn);
  const missing = files.flatMap((file) =>
    packagesIn(file)
      .filter((name) => !(name in dependencies))
      .map((name) => `${name} in ${file}`),
  );
  expect(files.length).toBeGreaterThan(50);
  expect(missing).toEqual([]);
});
