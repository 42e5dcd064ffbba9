import { readReport, type TextFinding } from '../../src/report-text/index.js';
import { book } from './book.js';

/** One finding as a short line: what, where, how. */
function line({ finding, level, laterality, severity, negated, ...flags }: TextFinding): string {
  const said = [negated && 'negated', flags.hypothetical && 'hypothetical', flags.historical && 'historical'];
  const parts = [
    finding,
    level,
    laterality,
    severity,
    ...said,
    flags.uncertain && 'uncertain',
    flags.acuity,
    flags.subtype,
  ];
  return parts.filter((part) => typeof part === 'string').join(' ');
}

function read(text: string): string[] {
  return readReport(text, book).findings.map(line);
}

function signs(text: string): string[] {
  return readReport(text, book).findings.map(
    ({ finding, level, negated }) => `${negated ? 'no ' : ''}${finding} ${level ?? '-'}`,
  );
}

describe('families of findings', () => {
  test.each([
    ['Facets are arthropathic at L4-5.', 'facet-arthropathy L4-L5'],
    ['Degenerative change of the L4-5 facet joints.', 'facet-arthropathy L4-L5'],
    ['Both exit neural canals encroached at L4-5.', 'foraminal-stenosis L4-L5'],
    ['Narrowing of the left L4-5 neural foramen.', 'foraminal-stenosis L4-L5'],
    ['The AP diameter of the spinal canal is reduced at L4-5.', 'central-stenosis L4-L5'],
    ['L4-5 HNP.', 'disc-herniation L4-L5'],
    ['Sequestrated fragment at L4-5.', 'disc-herniation L4-L5'],
    ['L4-5: exiting root is displaced.', 'nerve-root-compression L4-L5'],
    ['Type II Modic change at L4-5.', 'endplate-change L4-L5'],
    ['Discitis at L4-5.', 'tumor-or-infection L4-L5'],
    ['Sacroiliitis on the left.', 'hip-or-si-pathology -'],
    ['Right hip labral tear.', 'hip-or-si-pathology -'],
  ])('%s', (text, expected) => expect(signs(text)).toEqual([expected]));

  test('a pressed thecal sac is no canal stenosis', () => {
    expect(signs('L4-5: compressing the thecal sac. Thecal sac indentation.')).toEqual([]);
  });

  test('one verb reaches every place in its list', () => {
    expect(signs('L4-5: compressing the thecal sac, exit canals and left nerve root.')).toEqual([
      'foraminal-stenosis L4-L5',
      'nerve-root-compression L4-L5',
    ]);
  });

  test('what looks like a finding and is none is left alone', () => {
    expect(
      signs('Schmorl nodes. Inguinal hernia. Body mass index 30. Aortic stenosis. Facet injection.'),
    ).toEqual([]);
  });

  test('misspelled long words and glued words are read', () => {
    expect(signs('L4-5: spondylolithesis notedwith disc protrution encraoching Rt S1 nerve root')).toEqual([
      'spondylolisthesis L4-L5',
      'disc-herniation L4-L5',
      'nerve-root-compression L4-L5',
    ]);
  });

  test('an ordinary word is not bent into a finding', () => {
    expect(signs('Impression, expression, depression. Patient. Process. Fraction. Protection.')).toEqual([]);
  });
});

describe('assertion', () => {
  test.each([
    ['No disc herniation.', ['no disc-herniation -']],
    ['No canal, lateral recess or foraminal stenosis.', ['no central-stenosis -', 'no foraminal-stenosis -']],
    ['Canals and foramina are patent.', ['no central-stenosis -', 'no foraminal-stenosis -']],
    ['Adequate spinal canal.', ['no central-stenosis -']],
    ['Facets are unremarkable.', ['no facet-arthropathy -']],
    ['Disc herniation is not seen.', ['no disc-herniation -']],
    ['Canal stenosis: none.', ['no central-stenosis -']],
    ['No moderate or high-grade canal stenosis.', ['no central-stenosis -']],
    ['Disc bulge without herniation.', ['disc-bulge -', 'no disc-herniation -']],
    ['No herniation, but there is a disc bulge.', ['no disc-herniation -', 'disc-bulge -']],
    ['No herniation. However, disc bulge.', ['no disc-herniation -', 'disc-bulge -']],
    ['No canal stenosis, mild facet arthropathy.', ['no central-stenosis -', 'facet-arthropathy -']],
    ['No interval change in the L4-5 canal stenosis.', ['central-stenosis L4-L5']],
    ['The canal is not narrowed.', ['no central-stenosis -']],
    ['The canal is not adequate.', ['central-stenosis -']],
    ['Normal alignment.', ['no spondylolisthesis -']],
  ])('%s', (text, expected) => expect(signs(text)).toEqual(expected));

  test.each([
    ['Rule out disc herniation.', 'disc-herniation negated', 'hypothetical'],
    ['INDICATION: disc herniation.', '', 'hypothetical'],
    ['Family history of spinal stenosis.', '', 'hypothetical'],
    ['Evaluate for fracture.', '', 'hypothetical'],
    ['History of L4-5 disc herniation.', '', 'historical'],
    ['COMPARISON: MRI of 2014 with disc herniation.', '', 'historical'],
    ['Possible disc herniation.', '', 'uncertain'],
    ['Disc herniation cannot be excluded.', '', 'uncertain'],
    ['? disc herniation', '', 'uncertain'],
  ])('%s is set apart', (text, _not, flag) => {
    const [found] = read(text);
    expect(found).toContain(flag);
    expect(found).not.toContain('negated');
  });

  test('a study quoted in a history is a finding', () => {
    expect(read('HISTORY: MRI showed L4-5 disc herniation.')).toEqual(['disc-herniation L4-L5']);
  });
});

describe('qualities', () => {
  test.each([
    ['L5-S1 moderate bilateral neural foraminal stenosis', 'foraminal-stenosis L5-S1 bilateral moderate'],
    ['L5-S1: mild to moderate left foraminal narrowing', 'foraminal-stenosis L5-S1 left moderate'],
    ['L5-S1: moderate to severe canal stenosis', 'central-stenosis L5-S1 severe'],
    ['L5-S1: right foramen is severely narrowed', 'foraminal-stenosis L5-S1 right severe'],
    ['L5-S1: Lt paracentral disc protrusion', 'disc-herniation L5-S1 left'],
    ['Grade II anterolisthesis of L4 on L5', 'spondylolisthesis L4-L5'],
    ['Acute compression fracture of L1', 'fracture L1 acute'],
    ['Old compression fracture of L1', 'fracture L1 old'],
    ['Vertebral metastasis at L3', 'tumor-or-infection L3 malignancy'],
    ['Haemangioma of L3', 'tumor-or-infection L3 benign'],
    ['Epidural abscess', 'tumor-or-infection infection'],
    ['Sacroiliitis', 'hip-or-si-pathology sacroiliitis'],
    ['Hip osteoarthritis', 'hip-or-si-pathology hip'],
  ])('%s', (text, expected) => expect(read(text)).toEqual([expected]));

  test('the impression outranks the findings for severity', () => {
    const text = 'FINDINGS:\nL4-5: Mild canal stenosis.\nIMPRESSION:\nModerate L4-5 canal stenosis.';
    expect(read(text)).toEqual(['central-stenosis L4-L5 moderate']);
  });
});

test('the findings of the article are read', () => {
  const text =
    'MRI: At L5-S1 there is moderate bilateral neural foraminal stenosis and facet arthropathy. At L3-4 there is anterolisthesis with pars interarticularis defects.';
  expect(read(text)).toEqual([
    'foraminal-stenosis L5-S1 bilateral moderate',
    'facet-arthropathy L5-S1',
    'spondylolisthesis L3-L4',
    'pars-defect L3-L4',
  ]);
});

test('English findings in a report of two languages are read, the rest is left alone', () => {
  expect(signs('Kein Hinweis auf Raumforderung.\nL4-5: disc protrusion.\nSpinalkanal frei.')).toEqual([
    'disc-herniation L4-L5',
  ]);
});
