/** An ablation under a condition is no plan; a plan beside a condition of something else is one. */
import { seenWithNote } from './left-chart.js';

test.each([
  'If left LBB positive, proceed to SIJ RFA.',
  'If left LBB gives 80% relief, proceed to left SIJ RFA.',
  'Would consider left SIJ RFA if pain persists.',
  'Left SIJ RFA unless she improves.',
  'Could consider left SIJ RFA in the future.',
  'Should pain recur, left SIJ RFA.',
  'Plan: left SIJ RFA if insurance approves.',
  'If no better with PT, will schedule left SIJ RFA.',
  'May consider cooled RFA of the left SI joint down the road.',
  'Left SIJ RFA contingent on second block.',
  'Will proceed with left SIJ RFA provided block is positive.',
  'Plan: PT. If that fails, left sacral lateral branch RFA.',
])('no plan: %s', async (text) => {
  const { notes, step, decision } = await seenWithNote(text);
  expect(notes).not.toContain('rfa-planned');
  expect(step('radiofrequency-ablation')?.notCounted).toBeUndefined();
  expect(decision).toBe('radiofrequency-first');
});

test.each([
  'Left SIJ RFA scheduled for 4/2/2026; call if fever.',
  'Left SIJ RFA scheduled for 4/2/2026, call if fever develops.',
  'Plan: left SIJ RFA next month.',
  'Will proceed with left SIJ RFA.',
  'Plan left SIJ RFA. If no relief, neurectomy.',
  'Scheduled left SIJ RFA; hold Eliquis if approved by cardiology.',
  'Left SIJ RFA should be scheduled.',
])('a plan, which may be ordered already, so no ablation is pre-selected: %s', async (text) => {
  const { notes, preselected } = await seenWithNote(text);
  expect(notes).toContain('rfa-planned');
  expect(preselected).toEqual([]);
});

test('without a plan one is', async () => {
  expect((await seenWithNote('Discussed treatment.')).preselected).toEqual([
    'Replace by cooled RFA of the left S1-S3 lateral branches',
  ]);
});

test('what was done is no condition', async () => {
  const { step } = await seenWithNote(
    'Left SIJ RFA 2/3/2025, 20% relief at 3 months. Would consider repeat if needed.',
  );
  expect(step('radiofrequency-ablation')?.attempts?.counted).toBe(1);
});

test('what the block brought is told of it, not of the ablation that waits for it', async () => {
  const text = 'Left LBB on 2/3/2026. If positive block, left SIJ RFA. 90% relief for 5 hours.';
  const { step, decision } = await seenWithNote(text);
  expect(step('diagnostic-blocks')?.attempts?.counted).toBe(2);
  expect(step('radiofrequency-ablation')?.because).toBe('none-found');
  expect(decision).toBe('radiofrequency-first');
});

test('a block that is only a condition shows no source', async () => {
  const text = 'If left LBB gives 80% relief, proceed to left SIJ RFA.';
  const { step } = await seenWithNote(text);
  expect(step('diagnostic-blocks')?.attempts?.counted).toBe(1);
});
