/**
 * A cancer that often spreads to bone, live on the problem list, is no red flag by itself; but metastasis has to be ruled
 * out before a nerve is lesioned for the pain, so the reader is told first and nothing is pre-selected.
 */
import { condition, seen } from './left-chart.js';

const cancers = async (...conditions: readonly object[]) => {
  const { considerations, summary, decision, preselected } = await seen({ conditions });
  return { told: considerations.includes('cancer-that-spreads-to-bone'), summary, decision, preselected };
};
const status = (code: string) => ({ clinicalStatus: { coding: [{ code }] } });

test.each([
  ['by code', condition('c', 'C61')],
  ['by a code under its category', condition('c', 'C50.912')],
  [
    'by words alone',
    condition('c', 'C61', { code: { text: 'Metastatic workup pending: renal cell carcinoma' } }),
  ],
])('%s it is weighed first', async (_what, one) => {
  const { told, summary, decision, preselected } = await cancers(one);
  expect(told).toBe(true);
  expect(decision).toBe('radiofrequency-first');
  expect(summary).toContain('an active cancer is recorded: rule out metastasis first');
  expect(preselected).toEqual([]);
});

test.each([
  ['of the past', condition('c', 'Z85.46')],
  ['in remission', condition('c', 'C50.912', status('remission'))],
  ['in situ', condition('c', 'D05.12')],
  ['of the skin', condition('c', 'C44.91')],
  ['of the mother', condition('c', 'Z80.3', { code: { text: 'Family history of breast cancer' } })],
  ['refuted', condition('c', 'C61', { verificationStatus: { coding: [{ code: 'refuted' }] } })],
])('%s it is not', async (_what, one) => {
  const { told, preselected } = await cancers(one);
  expect(told).toBe(false);
  expect(preselected).toHaveLength(1);
});
