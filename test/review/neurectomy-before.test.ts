/** After an earlier neurectomy of the ordered side: a block of before it is said to show nothing, one after it is not. */
import { leftBlock, seen } from './left-chart.js';
import { physicalTherapy, procedure } from './service.js';

const neurectomy = (performedDateTime: string) =>
  procedure('cut', '64772', {
    code: {
      coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '64772' }],
      text: 'Neurectomy of the left sacral lateral branches',
    },
    performedDateTime,
  });

test.each([
  ['before the block', '2024-03-12', 'a positive block: see that the block was done after it'],
  ['after the block', '2026-02-12', 'A block from before it no longer shows the source'],
])('%s', async (_when, day, words) => {
  const { decision, detail, preselected } = await seen({
    procedures: [physicalTherapy(), leftBlock, neurectomy(day)],
  });
  expect(decision).toBe('individual-review');
  expect(detail).toContain(words);
  expect(preselected).toEqual([]);
});
