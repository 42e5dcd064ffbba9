/** Sums what jest wrote with --json: node test/results.mjs <folder> prints `N passed, N failed` over all reports below it. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** A test file that could not even be run counts as one failed test. */
export function sumReports(folder) {
  const sum = { passed: 0, failed: 0 };
  for (const name of readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.json'))) {
    const report = JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
    sum.passed += report.numPassedTests;
    sum.failed += report.numFailedTests + report.numRuntimeErrorTestSuites;
  }
  return sum;
}

export function toLine({ passed, failed }) {
  return `${passed} passed, ${failed} failed`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  console.log(toLine(sumReports(process.argv[2] ?? '.')));
