import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';

/** Names and codes are shorter. What is longer may be a patient's own words, of which only a digest is kept. */
const LONGEST_PLAIN_KEY = 100;

/**
 * Keeps the last answers of a pure function. The words and codes of charts are few and come again in every call:
 * looking an answer up costs a fiftieth of working it out.
 *
 * @param most answers kept
 */
export function createMemory<T extends object>(most: number): (key: string, work: () => T) => T {
  const answers = new LRUCache<string, T>({ max: most });
  return (words, work) => {
    const key = words.length > LONGEST_PLAIN_KEY ? hash('sha256', words, 'base64') : words;
    const known = answers.get(key);
    if (known) return known;
    const answer = work();
    answers.set(key, answer);
    return answer;
  };
}
