import { readFileSync } from 'node:fs';
import { system, terminology } from './shipped.js';

type SystemName = keyof typeof system;

const conceptsOf = (name: SystemName, code: string) =>
  [...terminology.conceptsOfCoding({ system: system[name], code })].sort();

/** Codes of the project's clinical code table that are in no value set, and why. */
const leftOut: Readonly<Record<string, string>> = {
  'cpt 59': 'a modifier of billing; says nothing of the side',
  'cpt XS': 'a modifier of billing; says nothing of the side',
  'cpt 51': 'a modifier of billing; says nothing of the side',
  'cpt KX': 'its meaning at the plans was not verified',
  'icd D16.8': 'benign: no red flag',
  'loinc 97909-6': 'function scores decide nothing in this pathway',
  'loinc 61758-9': 'function scores decide nothing in this pathway',
  'loinc 91148-7': 'function scores decide nothing in this pathway',
  'loinc 11506-3': 'a progress note tells of procedures done before; it stands for none itself',
};

const placed = readFileSync(new URL('placed-codes.csv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(','))
  .map(
    ([name, code, concepts]) => [name as SystemName, code!, concepts!.split(' ').filter(Boolean)] as const,
  );

describe('every code of the clinical code table is where it was placed, or left out with a reason', () => {
  test('the table is whole', () => {
    expect(placed).toHaveLength(324);
  });

  test.each(placed)('%s %s', (name, code, concepts) => {
    expect(conceptsOf(name, code)).toEqual([...concepts].sort());
    expect(concepts.length === 0).toBe(`${name} ${code}` in leftOut);
  });
});

describe('ICD-10-CM hierarchies: a code holds what continues it', () => {
  test.each<[string, string, readonly string[]]>([
    ['first encounter is acute', 'S32.2XXA', ['fracture-acute']],
    ['first encounter, open, is acute', 'S32.10XB', ['fracture-acute']],
    ['routine healing is not', 'S32.10XD', ['fracture-healing-or-sequela']],
    ['nonunion is not', 'S32.10XK', ['fracture-healing-or-sequela']],
    ['sequela is not', 'S32.10XS', ['fracture-healing-or-sequela']],
    ['without a seventh character the age is unknown', 'S32.10', ['fracture-of-unknown-age']],
    ['with a placeholder alone too', 'S32.10X', ['fracture-of-unknown-age']],
    ['the category itself too', 'S32', ['fracture-of-unknown-age']],
    ['a hip fracture, open type III, first encounter', 'S72.001C', ['fracture-acute']],
    ['vertebral collapse, later encounter', 'M48.56XD', ['fracture-healing-or-sequela']],
    ['a fracture of another bone is in none', 'S52.501A', []],
    ['a sprain of the sacroiliac joint in any encounter', 'S33.6XXS', ['sij-pain']],
    ['a neighbour that only begins alike is in none', 'S33.4XXA', []],
    ['all of spondyloarthritis', 'M45.A7', ['inflammatory-spondyloarthritis']],
    ['sacroiliitis by its billing label is no inflammatory disease', 'M46.1', ['sij-pain']],
    ['the whole chapter of pregnancy', 'O09.511', ['pregnancy']],
    ['supervision of pregnancy', 'Z34.81', ['pregnancy']],
    ['a parent no longer billed, by the map', 'M54.5', ['nonspecific-back-pain']],
    ['a parent no longer billed, by the branch', 'M51.36', ['disc-degeneration']],
    ['myeloma in remission is no red flag', 'C90.01', []],
    ['breast cancer alone is no tumour of the spine', 'C50.911', ['cancer-that-spreads-to-bone']],
    ['retention of urine alone is context', 'R33.9', ['cauda-equina-context']],
    ['bowel disease alone is context', 'K50.011', ['inflammatory-context']],
    ['cervical slip is another region', 'M43.12', []],
    ['occipital neuralgia is another indication', 'M54.81', ['other-indication']],
    ['pelvic pain names no source', 'R10.21', ['pain-of-unnamed-source']],
    ['more characters than the system has are noise', 'S32.10XAA', []],
  ])('%s (%s)', (_name, code, concepts) => {
    expect(conceptsOf('icd', code)).toEqual(concepts);
  });
});

describe('a coding is found however its system and code are written', () => {
  test.each<[string, string, string, readonly string[]]>([
    ['canonical URL', 'http://www.ama-assn.org/go/cpt', '64625', ['sacral-lateral-branch-rfa']],
    ['urn:oid twin', 'urn:oid:2.16.840.1.113883.6.12', '64625', ['sacral-lateral-branch-rfa']],
    ['bare OID', '2.16.840.1.113883.6.12', '64625', ['sacral-lateral-branch-rfa']],
    ['https', 'https://www.ama-assn.org/go/cpt', '64625', ['sacral-lateral-branch-rfa']],
    ['trailing slash', 'http://www.ama-assn.org/go/cpt/', '64625', ['sacral-lateral-branch-rfa']],
    ['letter case', 'HTTP://WWW.AMA-ASSN.ORG/go/CPT', '64625', ['sacral-lateral-branch-rfa']],
    ['white space', ' http://www.ama-assn.org/go/cpt ', ' 64625 ', ['sacral-lateral-branch-rfa']],
    [
      'HCPCS holds CPT as its level I',
      'urn:oid:2.16.840.1.113883.6.285',
      '64625',
      ['sacral-lateral-branch-rfa'],
    ],
    ['a level II code under CPT', 'http://www.ama-assn.org/go/cpt', 'g0260', ['si-joint-injection']],
    [
      'a modifier behind the code',
      'http://www.ama-assn.org/go/cpt',
      '64625-50',
      ['laterality-bilateral', 'sacral-lateral-branch-rfa'],
    ],
    ['a local charge code under the OID of CPT', 'urn:oid:2.16.840.1.113883.6.12', 'LAB10052', []],
    ['ICD-10-CM by OID', 'urn:oid:2.16.840.1.113883.6.90', 'M53.3', ['sij-pain']],
    ['ICD-10-CM without its dot', 'http://hl7.org/fhir/sid/icd-10-cm', 'm533', ['sij-pain']],
    ['SNOMED CT by OID', 'urn:oid:2.16.840.1.113883.6.96', '23056005', ['radiculopathy']],
    ['LOINC by OID', 'urn:oid:2.16.840.1.113883.6.1', '24968-0', ['lumbar-imaging']],
    ['RxNorm by OID', 'urn:oid:2.16.840.1.113883.6.88', '25480', ['gabapentinoid']],
    ['ATC, a code under its class', 'http://www.whocc.no/atc', 'M01AE02', ['nsaid']],
    ['ICD-10-PCS by OID', 'urn:oid:2.16.840.1.113883.6.4', '015r3zz', ['sacral-lateral-branch-rfa']],
    ['the older URL of table 0074', 'http://hl7.org/fhir/v2/0074', 'RAD', ['imaging-category']],
    ['a system nobody knows', 'https://ehr.example/dictionary', '64625', []],
    ['the code of one system under another', 'http://loinc.org', '64625', []],
  ])('%s', (_name, url, code, concepts) => {
    expect([...terminology.conceptsOfCoding({ system: url, code })].sort()).toEqual(concepts);
  });

  test.each([[{ code: '64625' }], [{ system: 'http://www.ama-assn.org/go/cpt' }], [{}]])(
    'one without system or code is in no value set: %j',
    (coding) => {
      expect(terminology.conceptsOfCoding(coding)).toEqual([]);
    },
  );

  test('one whose members are no strings, as untrusted data may be, is in no value set', () => {
    const coding = JSON.parse('{"system": 7, "code": ["64625"]}');
    expect(terminology.conceptsOfCoding(coding)).toEqual([]);
  });
});

describe('codes and words of one concept', () => {
  test('a code says it is a code', () => {
    const concept = { coding: [{ system: system.cpt, code: '64451' }], text: 'SLBB' };
    expect(terminology.conceptsOf(concept).recognisedBy).toBe('code');
  });

  test('words alone say they are words, a display counts as words', () => {
    const concept = { coding: [{ system: 'https://ehr.example/d', code: '1', display: 'RFA SI JOINT' }] };
    expect(terminology.conceptsOf(concept)).toMatchObject({
      concepts: expect.arrayContaining(['sacral-lateral-branch-rfa']),
      recognisedBy: 'text',
    });
  });

  test('code and words together give the sets of both, each once', () => {
    const { concepts } = terminology.conceptsOf({
      coding: [{ system: system.icd, code: 'M47.816' }],
      text: 'Chronic bilateral sacroiliac joint pain',
    });
    expect(concepts).toEqual(expect.arrayContaining(['lumbar-spondylosis', 'sij-pain']));
    expect(new Set(concepts).size).toBe(concepts.length);
  });

  test.each([
    '{"coding": [null, 7], "text": "SLBB"}',
    '{"coding": "x", "text": "SLBB"}',
    '{"coding": [{"display": {}}], "text": "SLBB"}',
  ])('broken codings do not hide the words: %s', (json) => {
    expect(terminology.conceptsOf(JSON.parse(json)).concepts).toContain('lateral-branch-block');
  });

  test.each([[undefined], [{}], [{ text: '' }], [{ coding: [] }]])('nothing gives nothing: %j', (concept) => {
    expect(terminology.conceptsOf(concept)).toEqual({ concepts: [], recognisedBy: 'code' });
  });
});
