import fc from 'fast-check';
import { readReport } from '../../src/report-text/index.js';
import { book } from './book.js';

const WORDS =
  'no not without none L4-5 L5-S1 L1 | \t [x] Facets: Type: injections: SIJ disc bulge protrusion canal foramina facet arthropathy stenosis narrowing patent mild , . ; : ? \n and or but with at of the RFA lateral branch block 80% relief 8/10 to FABER positive left (';
const prose = fc
  .array(fc.constantFrom(...WORDS.split(' ')), { maxLength: 60 })
  .map((words) => words.join(' '));
const NOTE_WORDS =
  'right|left|both|first|second|L5|S1-S3|lateral branch block|LBB|RFA|SIJ|injection|fusion|was done|planned|not|denied|then|repeated|on|3/3/2025|5/5/2025|2024|with|bupivacaine|steroid|80%|30%|60-70%|relief|no|complete|negative|for|x|6 hours|3 weeks|pre|post|NRS|8/10|2/10|8 -> 2|PT|weeks of|FABER|thigh thrust|positive|+|-|sister|aborted|procedure aborted|no lesions made|was not done|each|gave|.|;|,|:|(|)|\n'.split(
    '|',
  );
const notes = fc.array(fc.constantFrom(...NOTE_WORDS), { maxLength: 50 }).map((words) => words.join(' '));
const LINES = [
  'Level | Disc | Canal | Facets',
  'L4-5 | bulge | mild | none',
  'L5-S1 | protrusion | moderate stenosis | severe',
  'L4-5:',
  'Facets: moderate.',
  'Foramina: none right, mild left',
  'Prior injections:',
  'R SIJ 5/1/2024, 80 %',
  'Type: [x] SI joint [ ] facet',
  '',
];
const forms = fc.array(fc.constantFrom(...LINES), { maxLength: 12 }).map((lines) => lines.join('\n'));
const anyText = fc.oneof(
  forms,
  notes,
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ maxLength: 300 }),
  prose,
);

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
      fc.oneof(prose, notes),
      fc.constantFrom('The kidneys are of usual shape.', 'She came by train.'),
      (text, more) => {
        const before = `${text.replace(/[,:;]\s*$/u, '')}.`;
        expect(readReport(`${before}\n\n${more}`, book)).toEqual(readReport(before, book));
      },
    ),
    { numRuns: 600 },
  );
});

test('what is said of other things changes no procedure told of before', () => {
  fc.assert(
    fc.property(
      notes,
      fc.constantFrom(
        'Takes ibuprofen for headaches.',
        'Sleep is 50% better.',
        'Shoulder exercises for 3 weeks.',
      ),
      (text, more) => {
        const [before, after] = [`${text}.`, `${text}.\n\n${more}`].map((each) => readReport(each, book));
        expect(after?.interventions).toEqual(before?.interventions);
        expect(after?.provocation).toEqual(before?.provocation);
      },
    ),
    { numRuns: 600 },
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

const procedureWords = fc.constantFrom(
  'lateral branch block',
  'SI joint injection',
  'medial branch block',
  'SI joint RFA',
  'lumbar medial branch RFA',
  'caudal epidural injection',
  'SI joint fusion',
);
const DENIALS = [
  (words: string) => `The ${words} was not done.`,
  (words: string) => `The ${words} was never done.`,
  (words: string) => `The ${words} was not performed on 3/3/2025.`,
  (words: string) => `The ${words} of 3/3/2025 was not carried out.`,
  (words: string) => `The scheduled ${words} was not done.`,
  (words: string) => `No ${words} was done.`,
  (words: string) => `She has never had a ${words}.`,
  (words: string) => `Prior ${words}: no`,
];

test('a procedure done and the same denied are of one kind and side, and of two states', () => {
  fc.assert(
    fc.property(
      procedureWords,
      fc.constantFrom('left ', 'right '),
      fc.constantFrom(...DENIALS),
      (words, side, denial) => {
        const [done, denied] = [`The ${side}${words} was done on 3/3/2025.`, denial(`${side}${words}`)].map(
          (text) =>
            readReport(text, book).interventions.map(({ kind, laterality, status }) => [
              kind,
              laterality,
              status,
            ]),
        );
        expect(done).toEqual([[expect.any(String), side.trim(), 'completed']]);
        expect(denied).toEqual([[done?.[0]?.[0], side.trim(), 'not-done']]);
      },
    ),
  );
});

const RESULTS = [
  (words: string, result: string) => `${words} was ${result} on the left.`,
  (words: string, result: string) => `Left ${words}: ${result}`,
  (words: string, result: string) => `${words} ${result === 'positive' ? '+' : '-'} left`,
  (words: string, result: string) => `Left: ${result} ${words}.`,
];

test('a test positive and the same negative are of one name and side', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('FABER', 'Thigh thrust', 'Gaenslen', 'Sacral thrust', 'FADIR'),
      fc.constantFrom(...RESULTS),
      (words, told) => {
        const [positive, negative] = ['positive', 'negative'].map((result) =>
          readReport(told(words, result), book).provocation.map(({ test: name, laterality, result: is }) => [
            name,
            laterality,
            is,
          ]),
        );
        expect(positive).toEqual([[expect.any(String), 'left', 'positive']]);
        expect(negative).toEqual([[positive?.[0]?.[0], 'left', 'negative']]);
      },
    ),
  );
});
