/** An order whose sacroiliac reason names another side than its site: which is meant is asked, and nothing is pre-selected. */
import { condition, seen } from './left-chart.js';

const ASKED = 'order-sides-differ';
const referred = { reasonReference: [{ reference: 'Condition/r' }], reasonCode: undefined };
const right = condition('r', 'M53.3', {
  code: {
    coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'M53.3' }],
    text: 'Right SI joint pain',
  },
});

test.each([
  ['in words', { reasonCode: [{ text: 'Right sacroiliac joint pain' }] }, 'Right sacroiliac joint pain'],
  ['by a Condition', referred, 'M53.3 Right SI joint pain'],
  ['without an id', { id: undefined, reasonCode: [{ text: 'Right SI joint pain' }] }, 'Right SI joint pain'],
])('a reason of the other side, %s', async (_how, order, words) => {
  const { decision, considerations, detail, preselected } = await seen({ order, conditions: [right] });
  expect(decision).toBe('radiofrequency-first');
  expect(considerations).toEqual([ASKED]);
  expect(detail).toMatch(new RegExp(`name different sides.*"${words}"`, 'u'));
  expect(preselected).toEqual([]);
});

test.each([
  ['of both sides', [{ text: 'Bilateral sacroiliac joint pain' }]],
  ['of no side', [{ text: 'Sacroiliac joint pain' }]],
  ['of something else on the other side', [{ text: 'Left SI joint pain' }, { text: 'Right hip pain' }]],
])('nothing to ask with a reason %s', async (_what, reasonCode) => {
  const { considerations, preselected } = await seen({ order: { reasonCode } });
  expect(considerations).toEqual([]);
  expect(preselected).toHaveLength(1);
});
