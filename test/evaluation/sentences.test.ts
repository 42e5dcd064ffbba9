import { quantityText } from '../../src/evaluation/sentences.js';

test.each([
  [{ value: 75, unit: '%' }, '75 %'],
  [{ value: 1, unit: '%' }, '1 %'],
  [{ value: 1, unit: 'd' }, '1 day'],
  [{ value: 0, unit: 'd' }, '0 days'],
  [{ value: 4, unit: 'wk' }, '4 weeks'],
  [{ value: 1, unit: 'mo' }, '1 month'],
  [{ value: 60, unit: 'min' }, '60 minutes'],
  [{ value: 2, unit: '{points}' }, '2 points'],
] as const)('%j is written as %s', (quantity, text) => {
  expect(quantityText(quantity)).toBe(text);
});
