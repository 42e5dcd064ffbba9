import { compilePhraseBook, readReport } from '../../src/report-text/index.js';
import { book, codeSystems } from './book.js';

function signs(text: string): string[] {
  return readReport(text, book).findings.map(
    ({ finding, level, negated }) => `${negated ? 'no ' : ''}${finding} ${level ?? '-'}`,
  );
}

describe('what a change is said not to be of', () => {
  test.each([
    ['Central protrusion compressing the sac but not the roots.', 'no nerve-root-compression -'],
    ['Disc bulge narrowing the canal but not the foramina.', 'no foraminal-stenosis -'],
    ['Protrusion contacts the thecal sac and not the nerve root.', 'no nerve-root-compression -'],
    ['Bulge effaces the canal, not the neural foramina.', 'no foraminal-stenosis -'],
    ['Protrusion compressing the sac rather than the root.', 'no nerve-root-compression -'],
    ['The canal is narrowed but not the foramina.', 'no foraminal-stenosis -'],
    ['L4-5 canal stenosis but not foraminal.', 'no foraminal-stenosis L4-L5'],
    ['The sac is compressed but not the L5 roots.', 'no nerve-root-compression -'],
  ])('%s', (text, expected) => expect(signs(text)).toContain(expected));

  test('the change itself stays', () =>
    expect(signs('Bulge narrowing the canal but not the foramina.')).toContain('central-stenosis -'));
});

describe('an adverb beside a verb ends no statement', () => {
  test.each([
    ['L4-5: bulge narrows the canal, the foramina are otherwise patent.', 'no foraminal-stenosis L4-L5'],
    ['L4-5: mild bulge. The canal is otherwise widely patent.', 'no central-stenosis L4-L5'],
    ['Neural foramina otherwise patent.', 'no foraminal-stenosis -'],
    ['Foramina are still patent.', 'no foraminal-stenosis -'],
    ['The canal is only mildly narrowed at L4-5.', 'central-stenosis L4-L5'],
  ])('%s', (text, expected) => expect(signs(text)).toContain(expected));

  test.each([
    ['Mild stenosis at L4-5, otherwise patent canal.', ['central-stenosis L4-L5', 'no central-stenosis -']],
    ['No fracture, otherwise normal alignment.', ['no fracture -', 'no spondylolisthesis -']],
  ])('before a clause of its own it does: %s', (text, expected) => expect(signs(text)).toEqual(expected));
});

describe('a second thing denied of the place a sentence is about', () => {
  test.each([
    'SI joints symmetric and without erosion.',
    'Sacroiliac joints are symmetric, with no erosions or sclerosis.',
    'The SI joints are symmetric and show no erosions.',
    'Both SI joints are congruent, without sclerosis.',
  ])('%s', (text) => expect(new Set(signs(text))).toEqual(new Set(['no hip-or-si-pathology -'])));

  test('but of no place that the change is not said of', () =>
    expect(signs('Facets are symmetric, no stenosis.')).toEqual(['no central-stenosis -']));
});

describe('levels that lost a blank', () => {
  test.each([
    ['Wedge fracture from T-12toL1.', ['fracture T12', 'fracture L1']],
    ['Compression fractures T12toL2.', ['fracture T12', 'fracture L1', 'fracture L2']],
    ['Bulges L4toS1.', ['disc-bulge L4-L5', 'disc-bulge L5-S1']],
    ['Stenosis L3-4and L4-5.', ['central-stenosis L3-L4', 'central-stenosis L4-L5']],
    ['L5-S1level: protrusion.', ['disc-herniation L5-S1']],
    ['L5-S1disc: mild bulge.', ['disc-bulge L5-S1']],
  ])('%s', (text, expected) => expect(signs(text)).toEqual(expected));

  test('offsets stay those of the text', () => {
    const text = 'Fracture T12toL2.';
    expect(readReport(text, book).findings[0]).toMatchObject({ start: 0, end: 8 });
  });
});

describe('a word of another language is none of English', () => {
  test('"L5-S1 level" is English', () =>
    expect(signs('L5-S1 level shows protrusion.')).toEqual(['disc-herniation L5-S1']));

  test('no word that tells another language is a word of a phrase', () => {
    interface Concept {
      code: string;
      designation?: { value: string }[];
      concept?: Concept[];
    }
    const words = (concepts: readonly Concept[]): string[] =>
      concepts.flatMap(({ code, designation = [], concept = [] }) =>
        code === 'foreign-word'
          ? []
          : [...designation.flatMap(({ value }) => value.toLowerCase().split(/\W+/u)), ...words(concept)],
      );
    const english = new Set(
      (codeSystems() as { id: string; concept: Concept[] }[])
        .filter(({ id }) => id.startsWith('report-'))
        .flatMap(({ concept }) => words(concept))
        .map((word) => book.spelling.plain(word)),
    );
    const { foreignWords } = compilePhraseBook(codeSystems());
    expect([...foreignWords].filter((word) => english.has(word))).toEqual([]);
  });
});
