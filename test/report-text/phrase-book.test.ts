import { StartupError } from '../../src/errors.js';
import { compilePhraseBook, readReport } from '../../src/report-text/index.js';
import { slipsBetween, singular } from '../../src/report-text/words/spelling.js';
import { codeSystems } from './book.js';

/** A JSON tree as the test changes it. */
interface Tree {
  id: string;
  concept: { code: string; designation: { value: unknown }[] }[];
}

function changed(id: string, change: (system: Tree) => void): unknown[] {
  const systems = structuredClone(codeSystems()) as Tree[];
  for (const system of systems) if (system.id === id) change(system);
  return systems;
}

/** Codes of concepts and of those below them: a code system may use each once. */
function codesBelow(concepts: unknown): string[] {
  if (!Array.isArray(concepts)) return [];
  return (concepts as { code: string; concept?: unknown }[]).flatMap(({ code, concept }) => [
    code,
    ...codesBelow(concept),
  ]);
}

describe('compilePhraseBook', () => {
  test('a phrase added to a concept is read, without touching code', () => {
    const systems = changed('report-finding', ({ concept }) => {
      concept.find(({ code }) => code === 'disc-herniation')?.designation.push({ value: 'disc blowout' });
    });
    expect(readReport('L4-5 disc blowouts.', compilePhraseBook(systems)).findings).toMatchObject([
      { finding: 'disc-herniation', level: 'L4-L5' },
    ]);
  });

  test('a missing file stops the start with its name', () => {
    const systems = (codeSystems() as Tree[]).filter(({ id }) => id !== 'report-anatomy');
    expect(() => compilePhraseBook(systems)).toThrow(
      new StartupError('CodeSystem-report-anatomy.json', 'the file is missing'),
    );
  });

  test('a malformed designation stops the start with file and place', () => {
    const systems = changed('report-finding', ({ concept }) =>
      concept[0]?.designation.splice(0, 1, { value: 7 }),
    );
    expect(() => compilePhraseBook(systems)).toThrow(
      'CodeSystem-report-finding.json#/concept/0/designation/0/value',
    );
  });

  test('resources of other kinds are passed over', () => {
    const systems = [...codeSystems(), null, 'text', { resourceType: 'ValueSet', id: 'other' }];
    expect(() => compilePhraseBook(systems)).not.toThrow();
  });
});

describe('the shipped code systems are valid FHIR R4 in what the reader needs', () => {
  const own = (codeSystems() as Record<string, unknown>[]).filter(({ id }) =>
    String(id).startsWith('report-'),
  );

  test.each(own.map((system) => [String(system['id']), system] as const))('%s', (id, system) => {
    expect(system).toMatchObject({ resourceType: 'CodeSystem', status: 'active', content: 'complete' });
    expect(system['url']).toBe(`https://stepwise-cds.example/fhir/CodeSystem/${id}`);
    const codes = codesBelow(system['concept']);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.length).toBeGreaterThan(0);
  });
});

describe('spelling', () => {
  test.each([
    ['discs', 'disc'],
    ['encroaches', 'encroach'],
    ['biopsies', 'biopsy'],
    ['stenosis', 'stenosis'],
    ['process', 'process'],
  ])('singular of %s is %s', (word, one) => expect(singular(word)).toBe(one));

  test.each([
    ['protrusion', 'protrusion', 0],
    ['protrution', 'protrusion', 1],
    ['stensois', 'stenosis', 1],
    ['scaroilitis', 'sacroiliitis', 2],
  ])('%s is %s with %i slips', (a, b, slips) => expect(slipsBetween(a, b)).toBe(slips));
});
