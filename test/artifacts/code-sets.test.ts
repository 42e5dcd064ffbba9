import { mappings, system, terminology } from './shipped.js';

/** One or more of these must never share a code: the policy draws opposite conclusions from them. */
const disjoint: readonly (readonly string[])[] = [
  ['sij-pain', 'inflammatory-spondyloarthritis', 'infection', 'malignancy', 'fracture-acute'],
  ['sij-pain', 'lumbar-spondylosis', 'hip-pathology', 'other-indication'],
  ['fracture-acute', 'fracture-healing-or-sequela', 'fracture-of-unknown-age'],
  ['inflammatory-spondyloarthritis', 'inflammatory-context'],
  ['cauda-equina', 'cauda-equina-context'],
  [
    'sacral-lateral-branch-rfa',
    'facet-rfa',
    'other-region-rfa',
    'basivertebral-ablation',
    'neurectomy-order',
  ],
  [
    'lateral-branch-block',
    'si-joint-injection',
    'medial-branch-block',
    'transforaminal-epidural',
    'hip-injection',
  ],
  ['lumbar-imaging', 'other-region-imaging'],
  ['pelvis-hip-si-imaging', 'other-region-imaging'],
  ['laterality-left', 'laterality-right', 'laterality-bilateral'],
  ['anticoagulant', 'antiplatelet', 'nsaid'],
];

describe('value sets that must not overlap do not', () => {
  const codes = mappings.valueSets.flatMap(({ compose }) =>
    (compose?.include ?? []).flatMap(({ system: url = '', concept = [], filter = [] }) => [
      ...concept.map(({ code }) => ({ system: url, code })),
      ...filter.filter(({ op }) => op === 'is-a').flatMap(({ value }) => samplesUnder(value, url)),
    ]),
  );

  test.each(disjoint.map((ids) => [ids] as const))('%j', (ids) => {
    const shared = codes.filter(
      (coding) => terminology.conceptsOfCoding(coding).filter((id) => ids.includes(id)).length > 1,
    );
    expect(shared).toEqual([]);
  });

  /** The code itself and, with each letter an encounter may have, the codes that continue it to full length. */
  function samplesUnder(code: string, url: string) {
    const stem = code.includes('.') ? code : `${code}.`;
    const letters = Array.from('ABCDEFGHJKMNPQRS', (letter) => `${stem.padEnd(7, '1')}${letter}`);
    return [code, ...letters].map((one) => ({ system: url, code: one }));
  }
});

describe('codes that carry a check digit are written right', () => {
  const codesIn = (url: string) =>
    mappings.valueSets.flatMap(({ compose }) =>
      (compose?.include ?? [])
        .filter((include) => include.system === url)
        .flatMap(({ concept = [] }) => concept.map(({ code }) => code)),
    );

  test('LOINC: modulus 10', () => {
    const codes = codesIn(system.loinc).filter((code) => /^\d/.test(code));
    expect(codes.length).toBeGreaterThan(30);
    expect(codes.filter((code) => !luhn(code.replace('-', '')))).toEqual([]);
    expect(luhn('249682')).toBe(false);
  });

  test('SNOMED CT: Verhoeff', () => {
    const codes = codesIn(system.snomed);
    expect(codes.length).toBeGreaterThan(35);
    expect(codes.filter((code) => !verhoeff(code))).toEqual([]);
    expect(verhoeff('23056006')).toBe(false);
  });

  test('none of the doubtful SNOMED CT candidates is shipped', () => {
    expect(codesIn(system.snomed)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(202472008|240221008|81680005)$/)]),
    );
  });
});

function luhn(digits: string): boolean {
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, index) => {
      const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
}

/** The dihedral group of order 10, as d(a, b) and its permutation. */
function verhoeff(digits: string): boolean {
  const multiply = (a: number, b: number): number => {
    if (a < 5) return b < 5 ? (a + b) % 5 : 5 + ((a + b) % 5);
    return b < 5 ? 5 + ((a - b + 5) % 5) : (a - b + 5) % 5;
  };
  const permutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
  const permuted = (digit: number, times: number): number =>
    times === 0 ? digit : permuted(permutation[digit]!, times - 1);
  return (
    Array.from(digits)
      .reverse()
      .reduce((check, digit, index) => multiply(check, permuted(Number(digit), index % 8)), 0) === 0
  );
}
