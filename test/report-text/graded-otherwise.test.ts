import { toldFindings as told } from './told.js';

describe('grades and sides where they are said', () => {
  test.each([
    ['Intense uptake at the right L3-4 facet joint.', ['facet-arthropathy L3-L4 right']],
    ['Severe arthropathy of the right L3-4 facet joint.', ['facet-arthropathy L3-L4 right severe']],
    [
      'L3-4: canal - moderate; foramina - R mild / L severe; facets - mild bilat',
      [
        'central-stenosis L3-L4 moderate',
        'foraminal-stenosis L3-L4 right mild',
        'foraminal-stenosis L3-L4 left severe',
        'facet-arthropathy L3-L4 bilateral mild',
      ],
    ],
    [
      'At L3-4 there is a protrusion on the right displacing the L4 root.',
      ['disc-herniation L3-L4 right', 'nerve-root-compression L3-L4 right'],
    ],
    ['Canal stenosis, previously mild at L3-4, is now severe.', ['central-stenosis L3-L4 severe']],
    [
      'The neural foramina are patent except at L3-4 on the right, where there is mild narrowing.',
      ['no foraminal-stenosis', 'foraminal-stenosis L3-L4 mild'],
    ],
  ])('%s', (text, expected) => expect(told(text)).toEqual(expected));
});

describe('what has ended is told of now', () => {
  test.each([
    [
      'Interval resolution of the previously noted right L3-4 protrusion.',
      ['no disc-herniation L3-L4 right'],
    ],
    ['The previously seen L3-4 extrusion has completely resorbed.', ['no disc-herniation L3-L4']],
  ])('%s', (text, expected) => expect(told(text)).toEqual(expected));

  test('and what was not there before is told of before', () => {
    expect(told('No previously described herniation at L3-4.')).toEqual(['no disc-herniation L3-L4 before']);
  });
});

describe('a level that only says where a finding is', () => {
  test('is not that of a denial in the next sentence', () => {
    expect(told('Severe L3-4 facet arthropathy. No stenosis.')).toContain('no central-stenosis');
  });

  test('where a sentence about a level hands it on', () => {
    expect(told('At L3-4 there is facet arthropathy. No stenosis.')).toContain('no central-stenosis L3-L4');
  });
});

describe('a grade is of what it is said of', () => {
  test.each([
    [
      'L4-L5: Moderate left and mild right foraminal stenosis.\nIMPRESSION: L4-L5 moderate left foraminal stenosis.',
      ['foraminal-stenosis L4-L5 left moderate', 'foraminal-stenosis L4-L5 right mild'],
    ],
    [
      'L4-L5: Foraminal stenosis.\nIMPRESSION: L4-L5 moderate left foraminal stenosis.',
      ['foraminal-stenosis L4-L5 moderate', 'foraminal-stenosis L4-L5 left moderate'],
    ],
    ['Grade 1 anterolisthesis at L4-L5, slightly progressed.', ['spondylolisthesis L4-L5']],
    ['L4-5 bulge slightly larger.', ['disc-bulge L4-L5']],
    [
      'L3-4: facet arthropathy, mild, no foraminal stenosis.',
      ['facet-arthropathy L3-L4 mild', 'no foraminal-stenosis L3-L4'],
    ],
    ['Mild interval progression of moderate central stenosis at L4-5.', ['central-stenosis L4-L5 moderate']],
    [
      'Mildly increased left foraminal stenosis at L4-5, now moderate.',
      ['foraminal-stenosis L4-L5 left moderate'],
    ],
    [
      'At L4-5 there is a bulge with mild right and no left foraminal narrowing.',
      ['disc-bulge L4-L5', 'foraminal-stenosis L4-L5 right mild', 'no foraminal-stenosis L4-L5 left'],
    ],
    [
      'At L3-4 facet hypertrophy (severe), and 5 mm retrolisthesis.',
      ['facet-arthropathy L3-L4 severe', 'spondylolisthesis L3-L4'],
    ],
  ])('%s', (text, expected) => expect(told(text)).toEqual(expected));
});

describe('levels of a line of grades', () => {
  test.each([
    ['Foramina: L4-5 mild, L5-S1 no change.', ['foraminal-stenosis L4-L5 mild']],
    [
      'Foramina: L3-4 patent, L4-5 mild R > L, L5-S1 stable.',
      ['no foraminal-stenosis L3-L4', 'foraminal-stenosis L4-L5 bilateral mild'],
    ],
    [
      'Central canal: L3-4 mild, L4-5 mild to mod, L5-S1 unchanged.',
      ['central-stenosis L3-L4 mild', 'central-stenosis L4-L5 moderate'],
    ],
    ['Foramina: L5-S1 no change, L4-5 unchanged.', []],
  ])('nothing is told of one that is as before: %s', (text, expected) =>
    expect(told(text)).toEqual(expected),
  );
});

describe('a choice of grades', () => {
  test.each([
    ['L3-4 foraminal stenosis: none / [mild] / moderate / severe', ['foraminal-stenosis L3-L4 mild']],
    ['L3-4 foraminal stenosis: [none] / mild / moderate / severe', ['no foraminal-stenosis L3-L4']],
    ['L3-4 foraminal stenosis: none / mild / moderate / severe', []],
    ['L3-4 foraminal stenosis: none | [mild] | [moderate] | severe', []],
    ['L3-4 foraminal stenosis: mild / moderate', ['foraminal-stenosis L3-L4 moderate']],
  ])('tells the one that is marked: %s', (text, expected) => expect(told(text)).toEqual(expected));
});

describe('fluid that a healthy joint has', () => {
  test.each([
    ['Trace physiologic hip effusion.', []],
    ['Trace right hip effusion, within physiologic limits.', []],
    ['No more than physiologic hip effusion on the right.', []],
    ['Trace physiologic hip effusion and labral tear.', ['hip-or-si-pathology']],
    ['Large left hip effusion. The right has physiologic fluid.', ['hip-or-si-pathology left']],
  ])('is none of its diseases: %s', (text, expected) => expect(told(text)).toEqual(expected));
});

describe('of several levels in one sentence', () => {
  test.each([
    [
      'Foraminal stenosis at L3-4 is mild on the left and moderate on the right.',
      ['foraminal-stenosis L3-L4 left mild', 'foraminal-stenosis L3-L4 right moderate'],
    ],
    [
      'Foraminal stenosis at L3-4 is mild and at L4-5 is severe.',
      ['foraminal-stenosis L3-L4 mild', 'foraminal-stenosis L4-L5 severe'],
    ],
    [
      'Foraminal stenosis at L3-4 is mild, moderate at L4-5 and severe at L5-S1.',
      [
        'foraminal-stenosis L3-L4 mild',
        'foraminal-stenosis L4-L5 moderate',
        'foraminal-stenosis L5-S1 severe',
      ],
    ],
    [
      'Foraminal stenosis at L3-4 is mild and at L4-5 there is severe facet arthropathy.',
      ['foraminal-stenosis L3-L4 mild', 'facet-arthropathy L4-L5 severe'],
    ],
    [
      'Foraminal stenosis at L4-5 and L5-S1 is mild.',
      ['foraminal-stenosis L4-L5 mild', 'foraminal-stenosis L5-S1 mild'],
    ],
    ['Foraminal stenosis is severe at L4-5 and L5-S1 is normal.', ['foraminal-stenosis L4-L5 severe']],
    ['Disc bulge at L3-4, L4-5 and L5-S1 is clear.', ['disc-bulge L3-L4', 'disc-bulge L4-L5']],
    ['There is a disc bulge at L4-5 and the L5-S1 disc is normal.', ['disc-bulge L4-L5']],
    [
      'The L3-4, L4-5 and L5-S1 facets are normal.',
      ['no facet-arthropathy L3-L4', 'no facet-arthropathy L4-L5', 'no facet-arthropathy L5-S1'],
    ],
    [
      'Central canal at L4-5 and L5-S1 is patent.',
      ['no central-stenosis L4-L5', 'no central-stenosis L5-S1'],
    ],
    ['Disc bulge at L4-5 and L5-S1 appears normal.', ['disc-bulge L4-L5']],
    ['Disc bulges at L3-4 and L4-5, and L5-S1 remains normal.', ['disc-bulge L3-L4', 'disc-bulge L4-L5']],
    [
      'Canal stenosis at L3-4 is mild and at L4-5 is absent.',
      ['central-stenosis L3-L4 mild', 'no central-stenosis L4-L5'],
    ],
    ['Canal: L3-4 no, L4-5 mild.', ['no central-stenosis L3-L4', 'central-stenosis L4-L5 mild']],
    [
      'L4-5: bulge with no right and mild left foraminal stenosis.',
      ['disc-bulge L4-L5', 'no foraminal-stenosis L4-L5 right', 'foraminal-stenosis L4-L5 left mild'],
    ],
    [
      'L4-L5: Mild bilateral foraminal stenosis.\nIMPRESSION: L4-L5 severe right foraminal stenosis.',
      ['foraminal-stenosis L4-L5 bilateral mild', 'foraminal-stenosis L4-L5 right severe'],
    ],
  ])('each has its own: %s', (text, expected) => expect(told(text)).toEqual(expected));

  test.each([
    [
      'Disc bulge at L4-5 is noted more on the right and causes left foraminal stenosis.',
      'foraminal-stenosis L4-L5 left',
    ],
    [
      'Foraminal stenosis at L3-4 is worse on the left than on the right.',
      'foraminal-stenosis L3-L4 bilateral',
    ],
    ['Grade 1 anterolisthesis at L4-5 measuring 4 mm, previously 3 mm.', 'spondylolisthesis L4-L5'],
    ['Disc extrusion measuring 9 mm at L4-5 (previously 12 mm).', 'disc-herniation L4-L5'],
    ['Disc extrusion at L4-5, previously 9 mm, has resolved.', 'no disc-herniation L4-L5'],
    ['Right hip effusion, more than physiologic.', 'hip-or-si-pathology right'],
    ['Moderate hip effusion exceeding physiologic limits.', 'hip-or-si-pathology moderate'],
    ['L4-5 protrusion, previously 2019.', 'disc-herniation L4-L5 before'],
  ])('and each side and time: %s', (text, expected) => expect(told(text)).toContain(expected));
});
