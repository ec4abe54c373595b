// Prints passed, failed and skipped tests from the file that jest wrote. A file of tests that could not run counts as one failure.
import { readFileSync } from 'node:fs';

function count(file) {
  try {
    const results = JSON.parse(readFileSync(file, 'utf8'));
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const wentWrong = !results.success && failed === 0;
    return [results.numPassedTests, wentWrong ? 1 : failed, results.numPendingTests + results.numTodoTests];
  } catch {
    return [0, 1, 0];
  }
}

console.log(count(process.argv[2]).join(' '));
