/** One block told of with two answers: as enough relief and as next to nothing. Neither is taken to hold. */
import { note, seen } from './left-chart.js';
import { physicalTherapy, procedure } from './service.js';

const block = (relief: string) =>
  procedure('lbb', '64451', {
    bodySite: [{ text: 'Left sacral lateral branches' }],
    note: [{ text: `Left. ${relief}` }],
  });

const told = (relief: string, again: string) =>
  seen({
    procedures: [physicalTherapy(), block(relief)],
    notes: [note(`Left lateral branch block on 2026-01-10 gave ${again} relief.`)],
  });

test.each([
  ['80 % relief for 6 hours.', '20%'],
  ['20 % relief for 6 hours.', '80%'],
])('%s and then %s: not known, both quoted, no ablation pre-selected', async (relief, again) => {
  const { step, decision, detail, preselected } = await told(relief, again);
  expect(step('diagnostic-blocks')).toMatchObject({ state: 'unknown', because: 'conflicting' });
  expect(decision).toBe('diagnostic-blocks-first');
  expect(detail).toContain('told both as enough and as too little');
  expect(detail).not.toContain('relieved less than');
  expect(preselected.filter((label) => /RFA/.test(label))).toEqual([]);
});

test.each([
  ['80 % relief for 6 hours.', '85%', 'met', 'positive'],
  ['20 % relief for 6 hours.', '30%', 'not-met', 'insufficient-relief'],
  ['80 % relief for 6 hours.', '60%', 'not-met', 'insufficient-relief'],
  ['70-80% relief for 6 hours.', '75%', 'not-met', 'insufficient-relief'],
])('%s and then %s: the low end counts', async (relief, again, state, because) => {
  expect((await told(relief, again)).step('diagnostic-blocks')).toMatchObject({ state, because });
});
