import { hash } from 'node:crypto';

/** Names and codes are shorter. What is longer may be a patient's own words, of which only a digest is kept. */
const LONGEST_PLAIN_KEY = 100;

/**
 * Keeps the last answers of a pure function. The words and codes of charts are few and come again in every call:
 * looking an answer up costs a fiftieth of working it out. In two generations, which costs less than an order of use:
 * once the younger is full the older goes, and of that only what was asked for since has stayed.
 *
 * @param most answers kept
 */
export function createMemory<S, T extends object>(
  most: number,
  work: (subject: S) => T,
): (key: string, subject: S) => T {
  let young = new Map<string, T>();
  let old = new Map<string, T>();
  return (words, subject) => {
    const key = words.length > LONGEST_PLAIN_KEY ? hash('sha256', words, 'base64') : words;
    const known = young.get(key);
    if (known) return known;
    const answer = old.get(key) ?? work(subject);
    if (young.size >= most / 2) [old, young] = [young, new Map<string, T>()];
    young.set(key, answer);
    return answer;
  };
}
