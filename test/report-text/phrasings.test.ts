import { readReport } from '../../src/report-text/index.js';
import { book } from './book.js';

function signs(text: string): string[] {
  return readReport(text, book).findings.map(
    ({ finding, level, negated }) => `${negated ? 'no ' : ''}${finding} ${level ?? '-'}`,
  );
}

function told(text: string): string[] {
  return readReport(text, book).interventions.map(({ kind, status }) => `${kind} ${status}`);
}

describe('findings: the sign # is a fracture only where it can be one', () => {
  test.each([
    ['L1 vertebra: burst # with retropulsion.', ['fracture L1']],
    ['Report #: 12. No listhesis.', ['no spondylolisthesis -']],
    ['# Mild disc bulge L4-5', ['disc-bulge L4-L5']],
    ['Block #2 at L4-5', []],
  ])('%s', (text, expected) => expect(signs(text)).toEqual(expected));
});

describe('findings: which level of several', () => {
  test.each([
    ['L3-4 disc shows bulge, L4-5 disc shows protrusion', ['disc-bulge L3-L4', 'disc-herniation L4-L5']],
    ['L3-4 canal stenosis, L4-5 status post fusion', ['central-stenosis L3-L4']],
    [
      'Degeneration L5-S1 with Modic changes, facet arthropathy at L4-5',
      ['endplate-change L5-S1', 'facet-arthropathy L4-L5'],
    ],
    ['Facet arthropathy at L4-5, with no evidence of fracture', ['facet-arthropathy L4-L5', 'no fracture -']],
    ['At L3 there is no fracture', ['no fracture L3']],
    ['Retrolisthesis of L2 over L3, L3 over L4', ['spondylolisthesis L2-L3', 'spondylolisthesis L3-L4']],
    ['Facet arthropathy in the lower lumbar spine, most notably at L5-S1', ['facet-arthropathy L5-S1']],
    ['Disc bulges at 3-4 and 4-5', ['disc-bulge L3-L4', 'disc-bulge L4-L5']],
    ['Disc bulge, to be seen again at 3-4 weeks', ['disc-bulge -']],
    [
      'L5-S1 protrusion behind the L5 body; nerve root displaced',
      ['disc-herniation L5-S1', 'nerve-root-compression L5-S1'],
    ],
  ])('%s', (text, expected) => expect(signs(text)).toEqual(expected));

  test('"otherwise" turns from the level before to the rest of the spine', () => {
    expect(signs('At L4-5 foraminal narrowing; otherwise the foramina are patent.')).toEqual([
      'foraminal-stenosis L4-L5',
      'no foraminal-stenosis -',
    ]);
    expect(signs('At L4-5 disc bulge; the foramina are patent.')).toContain('no foraminal-stenosis L4-L5');
  });

  test('a generalised bulge is one at the level, and L-spine is no side', () => {
    expect(signs('L3-4: mild generalised bulge.')).toEqual(['disc-bulge L3-L4']);
    expect(readReport('L-spine: moderate canal stenosis.', book).findings[0]?.laterality).toBeNull();
    expect(readReport('L facet arthropathy.', book).findings[0]?.laterality).toBe('left');
  });
});

describe('findings: what is said of a place', () => {
  test.each([
    ['SI joints: symmetric, without erosions.', ['no hip-or-si-pathology -']],
    ['Sacroiliac joints are symmetric and unremarkable.', ['no hip-or-si-pathology -']],
    ['The spinal canal measures 6 mm, severely stenotic.', ['central-stenosis -']],
    ['No mass effect on the S1 nerve root.', ['no nerve-root-compression -']],
    ['Canal is widely decompressed.', ['no central-stenosis -']],
    ['No bulge, right foramen mildly narrowed.', ['no disc-bulge -', 'foraminal-stenosis -']],
    ['Small foraminal cyst.', []],
    ['L4 vertebral body is anteriorly displaced on L5.', ['spondylolisthesis L4-L5']],
    ['L4 anterolisthesis on L5.', ['spondylolisthesis L4-L5']],
    ['L-spine stenosis.', ['central-stenosis -']],
    ['The nerve root is posteriorly displaced.', ['nerve-root-compression -']],
    ['Pathological fracture of T12.', ['tumor-or-infection T12', 'fracture T12']],
    ['No recurrent disc.', ['no disc-herniation -']],
    ['Recurrent disc bulge.', ['disc-bulge -']],
  ])('%s', (text, expected) => expect(signs(text).sort()).toEqual([...expected].sort()));

  test('a study quoted in the history goes on being quoted in the next sentence, a question does not', () => {
    const { findings } = readReport('HISTORY: MRI showed stenosis at L3-4. Disc bulge at L2-3.', book);
    expect(findings.map(({ hypothetical }) => hypothetical)).toEqual([undefined, undefined]);
    expect(readReport('HISTORY: Disc bulge.', book).findings[0]?.hypothetical).toBe(true);
  });
});

describe('procedures: what is not of this patient, or not yet', () => {
  test.each([
    ['80% of patients improve after lateral branch radiofrequency.', []],
    ['Her sister had SI fusion with complete relief.', []],
    ['Her daughter reports 80% relief after SI joint injection.', ['si-joint-injection completed']],
  ])('%s', (text, expected) => expect(told(text)).toEqual(expected));

  test('an ablation under a condition is no plan, and the relief it asks for is none', () => {
    const { interventions } = readReport(
      'Will proceed with cooled SI joint RFA if relief is at least 75%.',
      book,
    );
    expect(interventions).toEqual([]);
  });

  test('a denied steroid denies no injection', () => {
    const text =
      'Left SI joint injection done. Each site received 1 mL of bupivacaine. No corticosteroid was injected.';
    const [only, ...others] = readReport(text, book).interventions;
    expect(only).toMatchObject({ status: 'completed', drug: 'local-anaesthetic' });
    expect(others).toEqual([]);
  });

  test('the earlier score may stand behind', () => {
    const [injection] = readReport('SI joint injection: pain 3/10 (was 9/10).', book).interventions;
    expect(injection?.relief).toMatchObject({ low: 67, high: 67, computed: true });
  });
});
