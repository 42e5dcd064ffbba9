/**
 * Relief of a few minutes is not what a local anaesthetic does: it still counts by its percentage, for no guideline gives
 * a figure, but the reader is told of it before anything is ordered. A duration that is not recorded changes nothing.
 */
import { seen, type Seen } from './left-chart.js';
import { physicalTherapy, procedure } from './service.js';

function withBlocks(...texts: readonly string[]): Promise<Seen> {
  const blocks = texts.map((text, index) =>
    procedure(`block-${index}`, '64451', {
      performedDateTime: `2026-01-1${index}`,
      bodySite: [{ text: 'Left sacral lateral branches' }],
      note: [{ text }],
    }),
  );
  return seen({ procedures: [physicalTherapy(), ...blocks] });
}

test.each([
  ['90 % relief for 20 minutes.'],
  ['90 % relief, lasting 30 min.'],
  ['85 % relief for 0.5 hours.'],
])('%s is told with its words, and no ablation is pre-selected', async (text) => {
  const { decision, considerations, detail, preselected, step } = await withBlocks(text);
  expect(decision).toBe('radiofrequency-first');
  expect(step('diagnostic-blocks')?.state).toBe('met');
  expect(considerations).toEqual(['brief-block-relief']);
  expect(detail).toMatch(/Weigh first.*less than 60 minutes.*2026-01-10 "(?:90|85) % relief/su);
  expect(preselected).toEqual([]);
});

test.each([
  ['no duration', ['90 % relief of the usual pain.']],
  ['the time it was measured at, which is no duration', ['90 % relief at 20 minutes after the block.']],
  ['an hour', ['90 % relief for 1 hour.']],
  ['hours', ['85 % relief for 6 hours.']],
  ['another block that lasted', ['90 % relief for 20 minutes.', '85 % relief for 5 hours.']],
  ['another block without a duration', ['90 % relief for 20 minutes.', '85 % relief.']],
])('%s: nothing is said of it', async (_what, texts) => {
  const { considerations, preselected, step } = await withBlocks(...texts);
  expect(step('diagnostic-blocks')?.state).toBe('met');
  expect(considerations).toEqual([]);
  expect(preselected).toHaveLength(1);
});

test('a brief block that does not count by its percentage needs no such word', async () => {
  const { considerations, decision } = await withBlocks('40 % relief for 20 minutes.');
  expect(decision).toBe('diagnostic-blocks-first');
  expect(considerations).toEqual([]);
});
