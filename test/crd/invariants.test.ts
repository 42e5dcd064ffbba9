/** G-88: for each invariant a determination that breaks it and one that keeps it, and the start that names it. */
import { coverageInformation } from '../../src/crd/coverage-information.js';
import type { Determination } from '../../src/crd/coverage-rules.types.js';
import { CRD_PROFILES } from '../../src/crd/profile.js';
import { loadCoverage } from '../../src/artifacts/coverage.js';
import { siteRules, SERVICE, VERSIONS } from './service.js';
import { faultsOfCoverageInformation } from './structure.js';

const COVERED: Determination = { covered: 'covered', paNeeded: 'no-auth' };
const reasons = [{ text: 'Because' }];

const SAMPLES: readonly (readonly [string, Determination, Determination])[] = [
  [
    'crd-ci-q1',
    { ...COVERED, questionnaires: ['https://payer.example/Questionnaire/q'] },
    { ...COVERED, docNeeded: ['clinical'], questionnaires: ['https://payer.example/Questionnaire/q'] },
  ],
  ['crd-ci-q2', { covered: 'not-covered', paNeeded: 'no-auth' }, { covered: 'not-covered' }],
  ['crd-ci-q2', { covered: 'covered' }, COVERED],
  [
    'crd-ci-q3',
    { covered: 'conditional', paNeeded: 'no-auth' },
    { covered: 'conditional', paNeeded: 'no-auth', infoNeeded: ['performer'] },
  ],
  [
    'crd-ci-q3',
    { ...COVERED, infoNeeded: ['location'] },
    { ...COVERED, paNeeded: 'conditional', infoNeeded: ['location'] },
  ],
  [
    'crd-ci-q4',
    { ...COVERED, docNeeded: ['admin'], docPurpose: ['withpa'], reasons },
    { ...COVERED, paNeeded: 'auth-needed', docNeeded: ['admin'], docPurpose: ['withpa'], reasons },
  ],
  [
    'crd-ci-q5',
    { ...COVERED, paNeeded: 'satisfied' },
    { ...COVERED, paNeeded: 'satisfied', satisfiedPaId: 'PA-1' },
  ],
  ['crd-ci-q5', { ...COVERED, satisfiedPaId: 'PA-1' }, COVERED],
  [
    'crd-ci-q6',
    { ...COVERED, paNeeded: 'conditional', infoNeeded: ['OTH'] },
    { ...COVERED, paNeeded: 'conditional', infoNeeded: ['OTH'], reasons },
  ],
  ['crd-ci-q7', { ...COVERED, reasons: [{}] }, { ...COVERED, reasons: [{ code: 'gold-card' }] }],
  [
    'crd-ci-q8',
    { ...COVERED, docNeeded: ['patient'], docPurpose: ['withclaim'] },
    { ...COVERED, docNeeded: ['patient'], docPurpose: ['withclaim'], reasons },
  ],
  ['crd-ci-q9', { ...COVERED, covered: 'indeterminate' }, { ...COVERED, covered: 'indeterminate', reasons }],
];

const ASSERTION = { coverage: 'Coverage/c', id: 'id', date: '2026-03-20' };

describe.each(VERSIONS)('CRD %s', (version) => {
  const build = (determination: Determination) =>
    coverageInformation(determination, ASSERTION, CRD_PROFILES[version]);

  test.each(SAMPLES)(
    '%s is refused by name where it is broken, and sent where it is kept',
    (name, breaking, keeping) => {
      expect(() => build(breaking)).toThrow(name);
      expect(faultsOfCoverageInformation(build(keeping) as never, version)).toEqual([]);
    },
  );

  test.each([
    ['clinical and administrative documents', { docNeeded: ['clinical', 'admin'] }],
    ['documents of the patient alone', { docNeeded: ['patient'] }],
    ['a code that is not detailed enough', { paNeeded: 'conditional', infoNeeded: ['detail-code'] }],
    [
      'everything undecided',
      { covered: 'indeterminate', paNeeded: 'indeterminate', docNeeded: ['indeterminate'], reasons },
    ],
    ['authorization out of network', { reasons: [{ code: 'auth-out-network' }] }],
    ['a limit', { details: [{ code: 'allowed-quantity', quantity: { value: 2, unit: 'per year' } }] }],
    [
      'a copayment with a remark',
      { details: [{ code: 'in-network-copay', quantity: { value: 20, unit: '%' }, qualification: 'x' }] },
    ],
    ['a period', { details: [{ code: 'allowed-period', period: { start: '2026-01-01' } }] }],
    ['a process', { details: [{ code: 'concurrent-review', boolean: true }] }],
    ['instructions', { details: [{ code: 'instructions', string: 'Call first' }] }],
    ['a policy', { details: [{ code: 'policy-link', url: 'https://payer.example/policy' }] }],
    ['a contact', { contacts: [{ name: 'Review', system: 'phone', value: '555-0100' }] }],
    ['a billing code', { billingCodes: [{ system: 'http://www.ama-assn.org/go/cpt', code: '64625' }] }],
  ] as const)('%s has the form of the version', (_name, part) => {
    expect(faultsOfCoverageInformation(build({ ...COVERED, ...part }) as never, version)).toEqual([]);
  });
});

describe('a rule author is told at the start', () => {
  const load = (siteFile: string) =>
    loadCoverage('hooks', {
      ...{ served: [SERVICE], siteFile },
      concepts: new Set(['sacral-lateral-branch-rfa']),
      decisions: new Set(['indication-unclear']),
    });
  const start = (determination: object) =>
    load(
      siteRules((rules) =>
        rules.map(
          (rule) =>
            ({ ...rule, byDecision: undefined, default: { determinations: [determination] } }) as never,
        ),
      ),
    );

  test.each(SAMPLES.filter(([name]) => name !== 'crd-ci-q7'))('%s', (name, breaking) => {
    expect(() => start(breaking)).toThrow(name);
  });

  test('what is kept starts', () => {
    expect(() => start(COVERED)).not.toThrow();
  });

  test.each([
    ['a code that there is not', { covered: 'maybe' }, '/covered'],
    ['a reason without anything', { ...COVERED, reasons: [{}] }, '/reasons/0'],
    [
      'a detail with two values',
      { ...COVERED, details: [{ code: 'instructions', string: 'x', boolean: true }] },
      '/details/0',
    ],
  ])('%s is refused with its place', (_name, determination, place) => {
    expect(() => start(determination)).toThrow(place);
  });

  test.each([
    [
      'a payer',
      (rule: object) => ({ ...rule, byPayer: { nobody: { determinations: [COVERED] } } }),
      'no payer nobody',
    ],
    [
      'a value set',
      (rule: object) => ({ ...rule, orders: { concepts: ['nothing'] } }),
      'no value set nothing',
    ],
    ['a service', (rule: object) => ({ ...rule, unlessServed: 'nothing' }), 'no such service'],
    [
      'a decision',
      (rule: object) => ({ ...rule, byDecision: { nothing: { determinations: [COVERED] } } }),
      'no decision nothing',
    ],
  ])('%s that does not exist is named', (_name, change, message) => {
    expect(() => load(siteRules((rules) => rules.map((rule) => change(rule)) as never))).toThrow(message);
  });
});
