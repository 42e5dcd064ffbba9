import { Session } from 'node:inspector/promises';
import { setFlagsFromString } from 'node:v8';
import fc from 'fast-check';
import { readReport } from '../../src/report-text/index.js';
import { book } from './book.js';

const WORDS =
  'no not without none L4-5 L5-S1 L1 | \t [x] Facets: Type: injections: SIJ disc bulge protrusion canal foramina facet arthropathy stenosis narrowing patent mild , . ; : ? \n and or but with at of the RFA lateral branch block 80% relief 8/10 to FABER positive left (';
const prose = fc
  .array(fc.constantFrom(...WORDS.split(' ')), { maxLength: 60 })
  .map((words) => words.join(' '));
const NOTE_WORDS =
  'right left both first second L5 S1-S3 lateral branch block LBB RFA SIJ injection fusion was done planned not denied then repeated on 3/3/2025 5/5/2025 2024 with bupivacaine steroid 80% 30% 60-70% relief no complete negative for x 6 hours 3 weeks pre post NRS 8/10 2/10 8 -> 2 PT weeks of FABER thigh thrust positive + - sister aborted each gave . . ; , : ( ) \n'.split(
    ' ',
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

describe('work grows linearly with the text', () => {
  // Counted, not timed: how often functions and blocks of the reader run. Time is measured by the benchmark.
  const session = new Session();

  beforeAll(async () => {
    // Compiled code that is thrown away in between would lose its counts.
    setFlagsFromString('--no-flush-bytecode');
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  });
  afterAll(() => session.disconnect());

  async function counted(text: string): Promise<number> {
    await session.post('Profiler.takePreciseCoverage');
    readReport(text, book);
    const { result } = await session.post('Profiler.takePreciseCoverage');
    return result
      .filter(({ url }) => url.includes('src/report-text'))
      .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
      .reduce((sum, { count }) => sum + count, 0);
  }

  /** How much more is done for twice the text; counted anew where too much, for the engine at times loses counts. */
  async function growth(text: string, twice: string = text + text): Promise<number> {
    let least = Infinity;
    for (let attempt = 0; attempt < 4 && least >= 2.2; attempt += 1) {
      const single = Math.max(await counted(text), await counted(text));
      const double = Math.max(await counted(twice), await counted(twice));
      expect(single).toBeGreaterThan(0);
      least = Math.min(least, double / single);
    }
    return least;
  }

  test.each([
    ['sentences', 'L4-5: mild disc bulge, no canal or foraminal stenosis.\n'],
    ['one endless sentence', 'no disc bulge and canal stenosis, foraminal narrowing '],
    ['blanks', '          '],
    ['line breaks', '\n'],
    ['lines in lower case', 'of the disc\n'],
    ['digits', '1234567890'],
    ['letters', 'abcdefghij'],
    ['unknown words', 'qwzrtpsdf xkvbnmlkj '],
    ['levels', 'L4-L5, '],
    ['levels without commas', 'L4 L5 '],
    ['headings of levels', 'normal L4-5: bulge '],
    ['percentages', '80% relief of LBB '],
    ['dates', '11/03/2025 '],
    ['commas', ','],
    ['hyphens', '-'],
    ['apostrophes', "a'"],
    ['scores', 'pain 8/10 '],
    ['verbs without object', 'contacts but displaces '],
    ['headings', 'FINDINGS: '],
    ['tests', 'FABER +R, -L; '],
    ['places spared', 'narrows the canal but not the roots '],
    ['a block and much else', 'LBB.\nIt helped.\nIt helped.\nIt helped.\nIt helped.\nIt helped.\n'],
    ['a diary', 'LBB pre 8, 1h 2/10\n2h: 3/10\n'],
    ['a diary of bare scores', 'LBB\nPre 8\n1 h: 2\n2 h: 3\n'],
    ['the latter of a list', 'L3-4, L4-5, the latter, at the last, '],
    ['drugs given', 'placed lidocaine on lateral branches. '],
    ['histories', 'HISTORY: pain.\nCancer.\n'],
    ['cells of one line', 'L4-5 | bulge '],
    ['tables of levels', 'Level | Disc | Canal\nL4-5 | bulge | mild\n'],
    ['grades behind places in one line', 'Facets: mild '],
    ['headings of lists', 'Prior injections: SIJ 5/1/2024\n'],
    ['boxes behind labels', 'Type: [x], '],
    ['sides of reliefs', '85% left 10% right, '],
    ['results in pairs', '(R / L) FABER + / - '],
    ['places with a share', 'SIJ L 3/4/24 75%. '],
    ['a log without headings', '3/4/24 L 75% 3 mo\n'],
    ['nerves of a place', 'block of the nerves of the '],
  ])('%s', async (_name, unit) => {
    const once = unit.repeat(Math.ceil(20_000 / unit.length));
    // The first reading fills the caches of spellings; counts of it would say nothing.
    readReport(once, book);
    expect(await growth(once)).toBeLessThan(2.2);
  });

  /** A day that no other number below twenty thousand gives. */
  function day(index: number): string {
    return `${1 + (index % 12)}/${1 + (Math.floor(index / 12) % 28)}/${1950 + Math.floor(index / 336)}`;
  }

  // What is told of only once: nothing of it can be taken for told of before.
  test.each<[string, (index: number) => string]>([
    ['procedures of days of their own', (index) => `LBB ${day(index)}: ${index % 100}% relief.\n`],
    ['places of days of their own', (index) => `SIJ L ${day(index)} ${index % 100}%. `],
    ['a log', (index) => `${index === 0 ? 'LBB log\n' : ''}${day(index)} L ${index % 100}%\n`],
    ['procedures and what they are not', (index) => `LBB ${day(index)}. The fusion. `],
    ['ablations without a place', (index) => `LBB ${day(index)}. Ablation ${day(index + 1)}: 20% relief. `],
    ['what is done again', (index) => `LBB ${day(index)}. Repeated ${day(index + 1)}: 20% relief. `],
    ['all of them', (index) => `LBB ${day(index)}. All gave ${index % 100}% relief. `],
    ['lesions in part', (index) => `LBB ${day(index)}. Incomplete lesion. `],
    ['answers behind a letter', (index) => `Q: LBB ${day(index)}? A: No. `],
  ])('%s', async (_name, unit) => {
    const [once, twice] = [400, 800].map((count) =>
      Array.from({ length: count }, (_, index) => unit(index)).join(''),
    );
    readReport(twice ?? '', book);
    expect(await growth(once ?? '', twice)).toBeLessThan(2.2);
  });
});
