import { readReport } from '../../src/report-text/index.js';
import { book } from './book.js';

function signs(text: string): string[] {
  return readReport(text, book).findings.map(
    ({ finding, level, laterality, negated, hypothetical, historical }) =>
      [
        negated ? 'no' : '',
        hypothetical === true ? 'asked' : '',
        historical === true ? 'old' : '',
        laterality ?? '',
        finding,
        level ?? '',
      ]
        .filter(Boolean)
        .join(' '),
  );
}

function procedures(text: string): string[] {
  return readReport(text, book).interventions.map(({ kind, status, levels, laterality, relief }) =>
    [
      kind,
      status,
      laterality ?? '',
      levels.join('+'),
      relief === undefined ? '' : `${relief.low}-${relief.high}`,
    ]
      .filter(Boolean)
      .join(' '),
  );
}

describe('a level that is taken back is none', () => {
  test.each([
    ['ADDENDUM: The stenosis is at L5-S1, not L4-L5.', ['central-stenosis L5-S1']],
    ['The disc extrusion is not at L4-5 but at L5-S1.', ['disc-herniation L5-S1']],
    ['Disc protrusion at L4-5 rather than L3-4 as stated.', ['disc-herniation L4-L5']],
    ['Stenosis previously reported at L4-5 is in fact at L3-4.', ['central-stenosis L3-L4']],
    ['Severe canal stenosis at L3-4, previously reported as L4-5 in error.', ['central-stenosis L3-L4']],
    ['Addendum: this should read: disc protrusion at L5-S1 instead of L4-5.', ['disc-herniation L5-S1']],
    ['The report erroneously stated stenosis at L3-4.', ['asked central-stenosis L3-L4']],
  ])('%s', (text, expected) => expect(signs(text)).toEqual(expected));
});

describe('a level pointed back to is that of the list before', () => {
  const list = 'Disc bulges at L3-4, L4-5 and L5-S1.';

  test.each([
    [
      `${list} At the first two levels there is canal stenosis.`,
      ['central-stenosis L3-L4', 'central-stenosis L4-L5'],
    ],
    [`${list} At the last there is foraminal stenosis.`, ['foraminal-stenosis L5-S1']],
    [`${list} The second level has facet arthropathy.`, ['facet-arthropathy L4-L5']],
    [
      'Bulges at L3-4 and L4-5. At the former there is no canal stenosis; at the latter, canal stenosis is mild.',
      ['no central-stenosis L3-L4', 'central-stenosis L4-L5'],
    ],
    ['Bulges at L3-4 and L4-5, the latter with canal stenosis.', ['central-stenosis L4-L5']],
    ['Bulge at L4-5. Canal stenosis in the latter part of the scan.', ['central-stenosis L4-L5']],
  ])('%s', (text, expected) =>
    expect(signs(text).filter((sign) => !sign.startsWith('disc-bulge'))).toEqual(expected),
  );
});

describe('sides that are compared are both meant', () => {
  test.each([
    ['L5-S1 foraminal stenosis R>L.', ['bilateral foraminal-stenosis L5-S1']],
    ['Sacroiliitis, L >> R.', ['bilateral hip-or-si-pathology']],
    ['L5-S1: biforaminal stenosis.', ['bilateral foraminal-stenosis L5-S1']],
    [
      'L4-5: right foramen open, the left narrowed.',
      ['no right foraminal-stenosis L4-L5', 'left foraminal-stenosis L4-L5'],
    ],
  ])('%s', (text, expected) => expect(signs(text)).toEqual(expected));
});

describe('a joint told of twice is one finding', () => {
  test.each([
    ['FINDINGS: Left sacroiliitis.\nIMPRESSION: Sacroiliitis.', ['left hip-or-si-pathology']],
    [
      'FINDINGS: Right sacroiliitis.\nIMPRESSION: No left sacroiliitis.',
      ['right hip-or-si-pathology', 'no left hip-or-si-pathology'],
    ],
  ])('%s', (text, expected) => expect(signs(text)).toEqual(expected));
});

describe('what is said of another part of the body says nothing of the spine', () => {
  test.each([
    'XR RIGHT KNEE: No fracture or dislocation. No lytic lesion.',
    'CT HEAD: No mass. No skull fracture.',
    'XR wrist: acute distal radius fracture.',
  ])('%s', (text) => expect(signs(text)).toEqual([]));

  test.each([
    ['CT CHEST: old L1 compression fracture.', ['fracture L1']],
    ['XR pelvis, and XR knee: no fracture.', ['no fracture']],
    ['MRI brain: metastases.', ['tumor-or-infection']],
  ])('%s', (text, expected) => expect(signs(text)).toEqual(expected));
});

describe('a denial ends with its sentence', () => {
  test.each([
    ['No sacral fx. Mild hip OA.', ['no fracture', 'hip-or-si-pathology']],
    ['NO SACRAL FX. OF THE L1 BODY.', ['no fracture L1']],
  ])('%s', (text, expected) => expect(signs(text)).toEqual(expected));
});

describe('procedures', () => {
  test.each([
    ['LBB L 1/14/26, 90% relief.', ['lateral-branch-block completed left 90-90']],
    ['TFESI L5 L 2/24: 0% relief.', ['transforaminal-epidural completed left L5 0-0']],
    ['MBB L 4/5 done.', ['medial-branch-block completed L4-L5']],
  ])('%s', (text, expected) => expect(procedures(text)).toEqual(expected));

  test.each([
    ["Brother's SIJ fusion failed.", []],
    ["Since her daughter's wedding, SIJ injection gave 80% relief.", ['si-joint-injection completed 80-80']],
  ])('of a relative are not the patient’s: %s', (text, expected) =>
    expect(procedures(text)).toEqual(expected),
  );

  test.each([
    'We attempted RFA of the left lateral branches. She fainted and we abandoned the procedure.',
    'Only two of the four planned lesions could be completed on the left; the sacral lateral branch RFA was therefore considered incomplete.',
  ])('that were not carried through: %s', (text) =>
    expect(readReport(text, book).interventions).toMatchObject([
      { kind: 'sacral-lateral-branch-rfa', status: 'stopped', notCarriedThrough: true },
    ]),
  );
});
