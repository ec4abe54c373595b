// Exit 0 when node_modules holds what package-lock.json asks for. npm writes its own list there as the last thing it does,
// so an interrupted install does not count; an `npm install` made by hand does.
import { readFileSync } from 'node:fs';
import path from 'node:path';

const project = path.resolve(import.meta.dirname, '../..');
const packagesOf = (file) => JSON.parse(readFileSync(path.join(project, file), 'utf8')).packages;

function isInstalled() {
  const wanted = Object.entries(packagesOf('package-lock.json')).filter(([place]) => place !== '');
  const found = packagesOf('node_modules/.package-lock.json');
  const surplus = Object.keys(found).some((place) => !wanted.some(([name]) => name === place));
  // optional ones are for other machines
  return (
    !surplus &&
    wanted.every(([place, { version, optional }]) =>
      found[place] ? found[place].version === version : optional,
    )
  );
}

try {
  process.exitCode = isInstalled() ? 0 : 1;
} catch {
  process.exitCode = 1;
}
