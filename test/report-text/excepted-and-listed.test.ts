import { readReport } from '../../src/report-text/index.js';
import { book } from './book.js';

function told(text: string): string[] {
  return readReport(text, book).findings.map(({ finding, level, laterality, severity, negated }) =>
    [negated && 'no', finding, level, laterality, severity].filter(Boolean).join(' '),
  );
}

describe('what is taken out of a denial', () => {
  test.each([
    [
      'The neural foramina are widely patent except for moderate narrowing at L3-4 on the right.',
      ['no foraminal-stenosis', 'foraminal-stenosis L3-L4 right moderate'],
    ],
    [
      'Facet joints are unremarkable apart from slight degeneration on the left at L5-S1.',
      ['no facet-arthropathy', 'facet-arthropathy L5-S1 left mild'],
    ],
    ['The canal is capacious save for L2-3.', ['no central-stenosis']],
    ['No foraminal stenosis other than at L4-5.', ['no foraminal-stenosis']],
    ['Apart from a protrusion at L4-5, no stenosis.', ['disc-herniation L4-L5', 'no central-stenosis']],
    ['Facet arthropathy everywhere except L3-4.', ['facet-arthropathy']],
  ])('is not where the denial is: %s', (text, expected) => expect(told(text)).toEqual(expected));

  test('of one level only the exception is told', () => {
    expect(told('L3-4: Foramina are patent save for mild narrowing on the left.')).toEqual([
      'foraminal-stenosis L3-L4 left mild',
    ]);
  });

  test('a denial without an exception keeps its level', () => {
    expect(told('The neural foramina are patent at L3-4 on the right.')).toEqual([
      'no foraminal-stenosis L3-L4 right',
    ]);
  });
});

describe('one place at several levels, each with its side', () => {
  test.each([
    [
      'Moderate stenosis of the left L3-4 and right L4-5 neural foramina.',
      ['foraminal-stenosis L3-L4 left moderate', 'foraminal-stenosis L4-L5 right moderate'],
    ],
    [
      'Arthropathy of the left L3-4 and right L4-5 facet joints.',
      ['facet-arthropathy L3-L4 left', 'facet-arthropathy L4-L5 right'],
    ],
    [
      'There is no narrowing of the left L3-4 and right L4-5 foramina.',
      ['no foraminal-stenosis L3-L4 left', 'no foraminal-stenosis L4-L5 right'],
    ],
    ['Impingement on the left L4 and right L5 nerve roots.', ['nerve-root-compression bilateral']],
  ])('%s', (text, expected) => expect(told(text)).toEqual(expected));

  test.each([
    ['Stenosis at L3-4 and the right L4-5 foramen is clear.', 'central-stenosis L3-L4', 'L4-L5'],
    ['Stenosis at L3-4 and right L4-5 foraminal protrusion.', 'central-stenosis L3-L4', 'L4-L5'],
  ])('but a level with a side that begins a clause is its own: %s', (text, first, level) => {
    expect(told(text)[0]).toBe(first);
    expect(told(text)).not.toContain(`central-stenosis ${level}`);
    expect(told(text).some((each) => each.includes(level))).toBe(true);
  });
});
