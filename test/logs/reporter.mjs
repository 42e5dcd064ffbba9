/** Gathers what was logged in a whole run of tests, and fails the run when something private stands in it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { privateLinesOf } from './private-words.mjs';

export default class LogReporter {
  #folder;
  #error;

  onRunStart() {
    this.#folder = mkdtempSync(path.join(tmpdir(), 'log-lines-'));
    // The processes that run the tests inherit it.
    process.env.TEST_LOG_LINES = path.join(this.#folder, 'lines.jsonl');
    writeFileSync(process.env.TEST_LOG_LINES, '');
  }

  onRunComplete() {
    const text = readFileSync(process.env.TEST_LOG_LINES, 'utf8');
    rmSync(this.#folder, { recursive: true });
    const found = privateLinesOf(text);
    const count = text.split('\n').length - 1;
    console.log(`Log lines of this run: ${count}, with something private: ${found.length}`);
    if (found.length > 0)
      this.#error = new Error(`private in the log:\n${found.slice(0, 10).join('\n').slice(0, 4000)}`);
  }

  getLastError() {
    return this.#error;
  }
}
