/**
 * Relief of another pain than the one the order is for, and what is said of that one beside it. Labels were written
 * before the first run.
 */
import { readReport } from '../../src/report-text/index.js';
import { book } from './book.js';

const reliefs = (text: string, kind: string) =>
  readReport(text, book)
    .interventions.filter((one) => one.kind === kind)
    .map(({ relief }) => relief && [relief.low, relief.high, relief.ofIndexPain ?? true]);
const block = (words: string) =>
  reliefs(`Left sacral lateral branch block S1-S3 on 2026-02-10. ${words}`, 'lateral-branch-block');

test.each([
  'Groin pain 100% relieved for 3 hours. Buttock pain unchanged.',
  'Groin pain gone, buttock pain the same as before.',
  '100% relief of groin pain; SI joint pain persisted.',
  '90% relief in the groin. No change in the usual buttock pain.',
  'Usual buttock pain did not change; groin pain 90% better.',
])('%s: none of the pain at issue', (words) => {
  expect(block(words)).toEqual([[0, 0, true]]);
});

test.each([
  ['Groin pain 100% relieved. Hip pain unchanged.', [100, 100, false]],
  ['Groin 80% better. The same SI joint will be injected.', [80, 80, false]],
  ['Groin pain unchanged; buttock pain 90% better.', [90, 90, true]],
])('%s: as it is told', (words, relief) => {
  expect(block(words)).toEqual([relief]);
});

test('nothing is made of unchanged pain alone: it may be of another day', () => {
  expect(block('Buttock pain unchanged since last visit.')).toEqual([undefined]);
});

test('a hip injection is aimed at the pain that it relieved', () => {
  const text = 'Left hip injection 2026-03-03: groin pain 100% relieved, buttock pain unchanged.';
  expect(reliefs(text, 'hip-injection')).toEqual([[100, 100, false]]);
});
