/**
 * A positive block whose record names no side is read as of the ordered one, and the reader is told that nobody wrote it
 * down: no ablation of one side is pre-selected on it.
 */
import { seen, type Seen } from './left-chart.js';
import { physicalTherapy, procedure } from './service.js';

const block = (id: string, part: object = {}) =>
  procedure(id, '64451', { note: [{ text: '85 % relief of the usual pain for 5 hours.' }], ...part });
const LEFT = { bodySite: [{ text: 'Left sacral lateral branches' }] };
const withBlocks = (
  blocks: readonly object[],
  order: Readonly<Record<string, unknown>> = {},
): Promise<Seen> => seen({ procedures: [physicalTherapy(), ...blocks], order });

test('it is said first, with its words, and the card does not call the side shown', async () => {
  const { decision, considerations, summary, detail, preselected } = await withBlocks([block('one')]);
  expect(decision).toBe('radiofrequency-first');
  expect(considerations).toEqual(['block-without-side']);
  expect(summary).toContain('the positive block names no side');
  expect(detail).toMatch(
    /Weigh first.*\n- No positive block on record names its side.* 2026-01-10 "85 % relief/u,
  );
  expect(detail).not.toContain('Diagnostic blocks support the left');
  expect(preselected).toEqual([]);
});

test('also where a second one names none either, and where both sides are ordered', async () => {
  const blocks = [block('one'), block('two', { performedDateTime: '2026-02-10' })];
  expect((await withBlocks(blocks)).considerations).toEqual(['block-without-side']);
  const both = {
    code: {
      coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '64772' }],
      text: 'Neurectomy, bilateral',
    },
  };
  const { considerations, preselected } = await withBlocks(blocks, both);
  expect(considerations).toEqual(['block-without-side']);
  expect(preselected).toEqual([]);
});

test.each([
  ['a block of the side', [block('one', LEFT)]],
  ['one of them names the side', [block('one'), block('two', { performedDateTime: '2026-02-10', ...LEFT })]],
  ['a block of both sides', [block('one', { bodySite: [{ text: 'Bilateral sacral lateral branches' }] })]],
])('%s: nothing is said of it', async (_what, blocks) => {
  const { considerations, preselected } = await withBlocks(blocks);
  expect(considerations).toEqual([]);
  expect(preselected).toHaveLength(1);
});

test('a block that does not count needs no such word', async () => {
  const { considerations } = await withBlocks([block('one', { note: [{ text: '30 % relief.' }] })]);
  expect(considerations).toEqual([]);
});
