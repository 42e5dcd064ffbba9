import { readReport } from '../../src/report-text/index.js';
import { book } from './book.js';

const toldIn = (text: string) => readReport(text, book).interventions;

describe('an ablation without a share of relief is called failed, and has none', () => {
  test.each([
    'Left SIJ cooled RFA in 3/2025 with poor result.',
    'She underwent left SIJ radiofrequency ablation on 02/10/2025 with no lasting benefit.',
    'Left SIJ RFA 3/2025. It was unsuccessful.',
    'Unsuccessful left SIJ RFA in 2024.',
  ])('%s', (text) => {
    expect(toldIn(text)).toEqual([expect.objectContaining({ status: 'completed', calledFailed: true })]);
    expect(toldIn(text)[0]?.relief).toBeUndefined();
  });

  test.each([
    'Left SIJ RFA 3/2025. PT was unsuccessful.',
    'Left SIJ RFA in 2024 but PT was without lasting benefit.',
    'Left SIJ RFA in 2024 was not unsuccessful.',
  ])('not by what is said of something else, nor by a denial: %s', (text) => {
    expect(toldIn(text)).toHaveLength(1);
    expect(toldIn(text)[0]?.calledFailed).toBeUndefined();
  });

  test('a block that brought nothing lasting is not negative: it answers within hours', () => {
    expect(toldIn('Right SI joint injection 5/2026: no lasting relief.')[0]?.relief).toBeUndefined();
  });
});

describe('what is done again is of the side of those before', () => {
  test.each([
    ['Left SIJ RFA 1/2025: 30% relief. RFA repeated 11/2025: 20% relief.', ['left', 'left']],
    ['Left SIJ RFA 1/2025: 30% relief. This was redone in 11/2025: no relief.', ['left', 'left']],
    ['Left SIJ RFA 1/2025: 30% relief. RFA 11/2025: 20% relief.', ['left', undefined]],
    [
      'Left SIJ RFA 1/2025: 30% relief. Right SIJ RFA 2/2025: 30% relief. RFA repeated 11/2025: 20% relief.',
      ['left', 'right', undefined],
    ],
  ])('%s', (text, sides) => {
    expect(toldIn(text).map(({ laterality }) => laterality)).toEqual(sides);
  });
});

describe('what was only spoken of is not planned', () => {
  test.each([
    ['Discussed radiofrequency ablation of the left SI joint at length.', []],
    ['RFA of the left SI joint discussed. Patient wants to think about it.', []],
    ['Discussed left SIJ RFA. PT scheduled.', []],
    ['RFA of the left SI joint was offered. She agrees.', ['planned']],
    ['We discussed the option of RFA of the left SI joint; will schedule.', ['planned']],
    ['Left SIJ RFA was offered and is scheduled for 12/4/2026.', ['planned']],
    ['We discussed the left SIJ RFA performed in 3/2025.', ['completed']],
  ])('%s', (text, statuses) => {
    expect(toldIn(text).map(({ status }) => status)).toEqual(statuses);
  });
});

test.each([
  'Radiofrequency ablation of the left SI joint was discussed. She would rather have surgery.',
  'She prefers to proceed with neurectomy instead of RFA.',
])('a wish for surgery in its place declines it: %s', (text) => {
  expect(readReport(text, book).statements.map(({ id }) => id)).toEqual(['rfa-declined']);
});
