import fc from 'fast-check';
import { readReport } from '../../src/report-text/index.js';
import { book } from './book.js';

const WORDS =
  'no not without L4-5 L5-S1 L1 disc bulge protrusion canal foramina facet arthropathy stenosis narrowing patent mild , . ; : ? \n and or but with at of the RFA lateral branch block 80% relief 8/10 to FABER positive left (';
const prose = fc
  .array(fc.constantFrom(...WORDS.split(' ')), { maxLength: 60 })
  .map((words) => words.join(' '));
const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ maxLength: 300 }), prose);

function spans(text: string): { start: number; end: number }[] {
  const reading = readReport(text, book, { about: 'lateral-branch-block' });
  const lists = [
    reading.findings,
    reading.interventions,
    reading.provocation,
    reading.provocationCounts,
    reading.care,
    reading.statements,
  ];
  const reliefs = [...reading.interventions, reading.about].flatMap((each) => each?.relief ?? []);
  return [...lists.flat(), ...reliefs];
}

test('never throws, and every offset lies in the text', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      for (const { start, end } of spans(text)) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(text.length);
      }
    }),
    { numRuns: 500 },
  );
});

test('the same text gives the same reading', () => {
  fc.assert(
    fc.property(prose, (text) => {
      expect(readReport(text, book)).toEqual(readReport(text, book));
    }),
    { numRuns: 100 },
  );
});

test('appending an unrelated sentence changes nothing before it', () => {
  fc.assert(
    fc.property(
      prose,
      fc.constantFrom('The kidneys are of usual shape.', 'She came by train.'),
      (text, more) => {
        const before = `${text.replace(/[,:;]\s*$/u, '')}.`;
        expect(readReport(`${before}\n\n${more}`, book).findings).toEqual(readReport(before, book).findings);
      },
    ),
    { numRuns: 300 },
  );
});

const findingWords = fc.constantFrom(
  'disc herniation',
  'canal stenosis',
  'foraminal narrowing',
  'facet arthropathy',
  'compression fracture',
  'nerve root compression',
  'spondylolisthesis',
  'pars defects',
  'discitis',
);

test('negating a sentence flips its findings and keeps them', () => {
  fc.assert(
    fc.property(findingWords, fc.constantFrom('L3-4', 'L4-5', 'L5-S1'), (words, level) => {
      const [said, denied] = [`There is ${words} at ${level}.`, `There is no ${words} at ${level}.`].map(
        (text) => readReport(text, book).findings,
      );
      expect(said?.map(({ finding, level: at, negated }) => [finding, at, negated])).toEqual(
        denied?.map(({ finding, level: at, negated }) => [finding, at, !negated]),
      );
      expect(said).not.toEqual([]);
    }),
  );
});
