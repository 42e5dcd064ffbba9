import { appendFileSync, existsSync } from 'node:fs';

/**
 * Keeps lines of the product's log for the reporter of the whole run, which says where; without one, or after its end,
 * they are let go.
 * @param {string} lines each with its line feed
 */
export function keepLines(lines) {
  const file = process.env.TEST_LOG_LINES;
  if (file !== undefined && existsSync(file)) appendFileSync(file, lines);
}
