import { readReport } from '../../src/report-text/index.js';
import { book } from './book.js';

function told(text: string): string[] {
  return readReport(text, book).findings.map(({ finding, level, laterality, severity, negated }) =>
    [negated && 'no', finding, level, laterality, severity].filter(Boolean).join(' '),
  );
}

describe('grades of places without the word for the narrowing', () => {
  test.each([
    [
      'L4-5: mod central, mod-sev L / mild R foraminal.',
      [
        'central-stenosis L4-L5 moderate',
        'foraminal-stenosis L4-L5 left severe',
        'foraminal-stenosis L4-L5 right mild',
      ],
    ],
    [
      'L4-5: mild central and severe left foraminal',
      ['central-stenosis L4-L5 mild', 'foraminal-stenosis L4-L5 left severe'],
    ],
    [
      'L5-S1: severe L / mild R foraminal stenosis.',
      ['foraminal-stenosis L5-S1 left severe', 'foraminal-stenosis L5-S1 right mild'],
    ],
    [
      'L4-5: mod Rt NFS, NFs patent at L5-S1.',
      ['foraminal-stenosis L4-L5 right moderate', 'no foraminal-stenosis L5-S1'],
    ],
  ])('%s', (text, expected) => expect(told(text)).toEqual(expected));

  test.each([
    ['L4-5: mild central and moderate left paracentral protrusion.', ['disc-herniation L4-L5 left moderate']],
    ['L4-5: moderate left foraminal protrusion.', ['disc-herniation L4-L5 left moderate']],
    ['Severe central and leg pain.', []],
  ])('a place that only says where something is: %s', (text, expected) =>
    expect(told(text)).toEqual(expected),
  );
});

describe('levels over the end of a line', () => {
  test.each([
    [
      'Gr-I listhesis L4 over L5.\nFacet arthropathy at this level with canal stenosis.',
      ['spondylolisthesis L4-L5', 'facet-arthropathy L4-L5', 'central-stenosis L4-L5'],
    ],
    ['Previous hemilaminectomy at L5-S1.\nRecurrent prolapse at same level.', ['disc-herniation L5-S1']],
    [
      'Disc bulge at L4-5.\nThere is also facet hypertrophy.',
      ['disc-bulge L4-L5', 'facet-arthropathy L4-L5'],
    ],
    [
      'Lt disc protrusion noted at L4-L5\nSignificantly compressing the sac and the left root',
      ['disc-herniation L4-L5 left', 'nerve-root-compression L4-L5 left'],
    ],
    ['Right disc protrusion L5=S1', ['disc-herniation L5-S1 right']],
  ])('%j', (text, expected) => expect(told(text)).toEqual(expected));

  test.each([
    ['Disc bulge at L4-5.\nFacet hypertrophy.', ['disc-bulge L4-L5', 'facet-arthropathy']],
    ['Disc bulge at L4-5.\nThere is also no fracture.', ['disc-bulge L4-L5', 'no fracture']],
  ])('but a line of its own: %j', (text, expected) => expect(told(text)).toEqual(expected));

  test('lines broken by width are read as one, whatever single line sticks out', () => {
    const line = 'The paraspinal soft tissues have a normal appearance on all of the sequences obtained.';
    const long = `${line} ${line}`;
    const broken = 'At the lowest level there is only minor disc desiccation. Approximately 2 mm L1 on L2';
    const text = [line, line, line, line, long, line, line, broken, 'retrolisthesis noted.'].join('\n');
    expect(told(text)).toEqual(['spondylolisthesis L1-L2']);
  });
});

describe('levels as they were spoken', () => {
  test.each([
    ['At L three L four there is a disc bulge.', ['disc-bulge L3-L4']],
    ['At L four five there is a disc bulge.', ['disc-bulge L4-L5']],
    ['L five dash S one: disc protrusion.', ['disc-herniation L5-S1']],
    ['Canal patent from L3-L4 through L4-L5.', ['no central-stenosis L3-L4', 'no central-stenosis L4-L5']],
  ])('%s', (text, expected) => expect(told(text)).toEqual(expected));
});

describe('a history in one line with what was found', () => {
  const found = (text: string): string[] =>
    readReport(text, book)
      .findings.filter(({ hypothetical }) => hypothetical !== true)
      .map(({ finding, negated }) => `${negated ? 'no ' : ''}${finding}`);

  test.each([
    [
      'MRI SIJ. History: back pain. There is no erosion of either sacroiliac joint.',
      ['no hip-or-si-pathology'],
    ],
    ['History: back pain. There is concern for sacroiliitis.', []],
    [
      'History: back pain. There is a fracture of L1 on films. FINDINGS: No herniation.',
      ['no disc-herniation'],
    ],
  ])('%s', (text, expected) => expect(found(text)).toEqual(expected));
});

describe('what a denial reaches', () => {
  test.each([
    ['No pathologic fracture.', ['no fracture']],
    ['No # seen.', ['no fracture']],
    [
      'L5-S1 herniation abuts, without significantly displacing, both S1 roots.',
      ['disc-herniation L5-S1', 'nerve-root-compression L5-S1 bilateral'],
    ],
    ['L5 bilateral lysis, no slip.', ['pars-defect L5 bilateral', 'no spondylolisthesis L5-S1']],
  ])('%s', (text, expected) => expect(told(text)).toEqual(expected));

  test.each([
    ['Pathologic fracture of L2.', ['fracture L2', 'tumor-or-infection L2']],
    ['Lot no # AB12 used.', []],
  ])('and does not: %s', (text, expected) => expect(told(text)).toEqual(expected));
});

describe('what a word belongs to', () => {
  test.each([
    ['AVN of Rt femoral head grade III with joint effusion.', ['hip-or-si-pathology right']],
    [
      'L5-S1: spondylolysis bilateral with anterior slip of L5.',
      ['pars-defect L5-S1 bilateral', 'spondylolisthesis L5-S1'],
    ],
    ['L4-5 disc protrusion (Lt foraminal / extraforaminal).', ['disc-herniation L4-L5 left']],
    ['L5-S1: rt lat recess stenosis.', []],
    ['The posterior elements are intact.', []],
    [
      'The previously noted L4-5 herniation has resolved, with a minimal residual bulge.',
      ['no disc-herniation L4-L5', 'disc-bulge L4-L5 mild'],
    ],
    ['No other fx. L4-5 HIVD, left.', ['no fracture', 'disc-herniation L4-L5 left']],
    ['L5-S1: swelling and displacement of the left S1 root.', ['nerve-root-compression L5-S1 left']],
  ])('%s', (text, expected) => expect(told(text)).toEqual(expected));
});

describe('bones of other parts of the body', () => {
  test.each([
    ['Head CT: no bleed. Old wedge compression fracture seen on the scout.', ['fracture']],
    ['XR wrist: distal radius fracture. Chest clear.', []],
  ])('%s', (text, expected) => expect(told(text)).toEqual(expected));
});
