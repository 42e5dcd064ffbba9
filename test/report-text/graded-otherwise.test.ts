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
