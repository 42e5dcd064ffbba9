import { Session } from 'node:inspector/promises';
import { setFlagsFromString } from 'node:v8';
import { readReport } from '../../src/report-text/index.js';
import { book } from './book.js';

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
