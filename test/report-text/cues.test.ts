/** What the report reader marks beside findings: levels, and words that deny. */
import { loadFhirMappings } from '../../src/artifacts/fhir-mappings.js';
import { compilePhraseBook, cuesOf } from '../../src/report-text/index.js';

const book = compilePhraseBook(loadFhirMappings('fhir-mappings').codeSystems);
const cuesIn = (text: string) =>
  cuesOf(text, book).map(({ start, end, kind, what }) => [kind, text.slice(start, end), what]);

test('levels are marked as they are written, and named as findings name them', () => {
  expect(cuesIn('L4-5: mild disc bulge. Grade 1 anterolisthesis of L3 on L4.')).toEqual([
    ['level', 'L4-5', 'L4-L5'],
    ['level', 'L3 on L4', 'L3-L4'],
  ]);
});

test('several levels named together are one', () => {
  expect(cuesIn('Facet arthropathy at L3-4, L4-5 and L5-S1.')).toEqual([
    ['level', 'L3-4, L4-5 and L5-S1', 'L3-L4, L4-L5, L5-S1'],
  ]);
});

test('words that deny are marked where they deny a finding, before and behind it', () => {
  expect(cuesIn('No fracture. Central canal stenosis is absent.')).toEqual([
    ['negation', 'No', 'No'],
    ['negation', 'absent', 'absent'],
  ]);
});

test('words that deny nothing of the pathway are left alone', () => {
  expect(cuesIn('No contrast was given. L5-S1: severe left foraminal stenosis.')).toEqual([
    ['level', 'L5-S1', 'L5-S1'],
  ]);
});

test('nerves are no levels, and a text without either has none', () => {
  expect(cuesIn('The S1 nerve root is displaced.').filter(([kind]) => kind === 'level')).toEqual([]);
  expect(cuesIn('')).toEqual([]);
});
