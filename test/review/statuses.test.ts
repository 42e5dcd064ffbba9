/** Which records speak of this patient now, by status, verification, category and region. A red flag shows who is heard. */
import { note as noteOf } from './left-chart.js';
import { bundle, draft, orderSign, prefetched, reviewOrder, type ResourceJson } from './service.js';

const own = { subject: { reference: 'Patient/p1' } } as const;

async function isHeard(key: string, ...resources: readonly ResourceJson[]): Promise<boolean> {
  const prefetch = prefetched({ [key]: bundle(...resources) });
  return (await reviewOrder(orderSign([draft()], { prefetch }))).decision === 'urgent-evaluation';
}

describe('conditions', () => {
  const coded = { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'C79.51' }] };
  const status = (code: string) => ({ coding: [{ code }] });
  const condition = (part: Readonly<Record<string, unknown>>): ResourceJson => ({
    resourceType: 'Condition',
    id: 'c',
    ...own,
    clinicalStatus: status('active'),
    code: coded,
    ...part,
  });

  test.each<[string, Readonly<Record<string, unknown>>, boolean]>([
    ['active, by code', {}, true],
    ['active, by words', { code: { text: 'Bone metastasis' } }, true],
    ['a history of it, by words', { code: { text: 'History of bone metastasis' } }, false],
    ['to be ruled out, by words', { code: { text: 'Rule out bone metastasis' } }, false],
    [
      'a history of it in the words of an active code',
      { code: { ...coded, text: 'Hx of metastasis' } },
      true,
    ],
    ['a sister’s, by words', { code: { text: 'Bone metastasis in sister' } }, false],
    ['a differential diagnosis', { verificationStatus: status('differential') }, false],
    ['entered in error', { verificationStatus: status('entered-in-error') }, false],
    ['provisional', { verificationStatus: status('provisional') }, true],
    ['without a status', { clinicalStatus: undefined }, true],
    ['without a status, over by its dates', { clinicalStatus: undefined, abatementDateTime: '2020' }, false],
    ['without a status, to be over later', { clinicalStatus: undefined, abatementDateTime: '2026-05' }, true],
    [
      'without a status, over by the end of a span',
      { clinicalStatus: undefined, abatementPeriod: { start: '2026-01-01', end: '2026-05-01' } },
      true,
    ],
    ['without a status, over this year', { clinicalStatus: undefined, abatementDateTime: '2026' }, false],
    ['without a status, over in words', { clinicalStatus: undefined, abatementString: 'healed' }, false],
    ['active, though it once was over', { abatementString: 'resolved 2020' }, true],
    ['in remission', { clinicalStatus: status('remission') }, false],
    ['resolved, said in words', { clinicalStatus: { text: 'Resolved' } }, false],
  ])('%s', async (_name, part, heard) => {
    expect(await isHeard('conditions', condition(part))).toBe(heard);
  });
});

describe('a diagnosis of an encounter that the problem list says is over', () => {
  const status = (code: string) => ({ coding: [{ code }] });
  const discitis = (id: string, part: Readonly<Record<string, unknown>>): ResourceJson => ({
    resourceType: 'Condition',
    id,
    ...own,
    code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'M46.46' }] },
    ...part,
  });
  const visit = (part: Readonly<Record<string, unknown>> = {}) =>
    discitis('visit', {
      category: [{ coding: [{ code: 'encounter-diagnosis' }] }],
      recordedDate: '2025-02-10',
      ...part,
    });
  const over = (part: Readonly<Record<string, unknown>> = {}) =>
    discitis('problem', { clinicalStatus: status('resolved'), abatementDateTime: '2025-06-01', ...part });

  test.each<[string, ResourceJson, ResourceJson, boolean]>([
    ['of before its end', visit(), over(), false],
    ['of before its end, left active', visit({ clinicalStatus: status('active') }), over(), false],
    ['of its last day', visit({ recordedDate: '2025-06-01T09:00:00Z' }), over(), false],
    ['of after its end', visit({ recordedDate: '2026-01-01' }), over(), true],
    ['of a year in which it may have begun anew', visit({ recordedDate: '2025' }), over(), true],
    ['without a day', visit({ recordedDate: undefined }), over(), true],
    ['that came back', visit({ clinicalStatus: status('recurrence') }), over(), true],
    ['of before an end that no status tells', visit(), over({ clinicalStatus: undefined }), false],
    ['whose end nobody dates', visit(), over({ abatementDateTime: undefined }), true],
    ['refuted on the problem list', visit(), over({ verificationStatus: status('refuted') }), true],
    [
      'of another code',
      visit(),
      over({ code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'M46.47' }] } }),
      true,
    ],
    ['broken', visit(), over({ category: 7, code: { coding: 'M46.46' } }), true],
  ])('%s', async (_name, ofVisit, problem, heard) => {
    expect(await isHeard('conditions', ofVisit, problem)).toBe(heard);
    expect(await isHeard('conditions', problem, ofVisit)).toBe(heard);
  });

  test('an end that is to come, and that no status tells, ends no diagnosis of a visit', async () => {
    const later = over({ clinicalStatus: undefined, abatementDateTime: '2026-05-01' });
    const prefetch = prefetched({ conditions: bundle(visit(), later) });
    const { redFlags = [] } = await reviewOrder(orderSign([draft()], { prefetch }));
    const references = redFlags.flatMap(({ evidence }) => evidence.map(({ reference }) => reference));
    expect(references.toSorted()).toEqual(['Condition/problem', 'Condition/visit']);
  });

  test('an open problem of the same code stays heard', async () => {
    expect(await isHeard('conditions', over(), discitis('open', { clinicalStatus: status('active') }))).toBe(
      true,
    );
  });
});

describe('imaging reports', () => {
  const LUMBAR = { coding: [{ system: 'http://loinc.org', code: '24968-0' }] };
  const category = (...codes: readonly string[]) =>
    codes.map((code) => ({ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code }] }));
  const report = (part: Readonly<Record<string, unknown>>): ResourceJson => ({
    resourceType: 'DiagnosticReport',
    id: 'r',
    ...own,
    status: 'final',
    code: LUMBAR,
    effectiveDateTime: '2026-02-01',
    conclusion: 'Lytic lesion, suspicious for metastasis.',
    ...part,
  });

  test.each<[string, Readonly<Record<string, unknown>>, boolean]>([
    ['final', {}, true],
    ['preliminary', { status: 'preliminary' }, true],
    ['registered, not read yet', { status: 'registered' }, false],
    ['entered in error', { status: 'entered-in-error' }, false],
    ['cancelled', { status: 'cancelled' }, false],
    ['of the laboratory', { category: category('LAB') }, false],
    ['of the laboratory and of radiology', { category: category('LAB', 'RAD') }, true],
    ['of no named region', { code: { text: 'Radiology report' } }, false],
    [
      'of no named region, its head names ours',
      {
        code: { text: 'Radiology report' },
        conclusion: 'MRI LUMBAR SPINE. Lytic lesion, suspicious for metastasis.',
      },
      true,
    ],
    ['of the head', { code: { coding: [{ system: 'http://loinc.org', code: '24935-9' }] } }, false],
  ])('%s', async (_name, part, heard) => {
    expect(await isHeard('diagnosticReports', report(part))).toBe(heard);
  });

  const version = (id: string, part: Readonly<Record<string, unknown>>) =>
    report({ id, identifier: [{ system: 'urn:ris', value: '4711' }], ...part });
  const clear = { conclusion: 'No lesion.', effectiveDateTime: '2025-02-01' };

  test.each<[string, Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>, boolean]>([
    ['an amended version takes the place of the first', { issued: '2026-02-02T08:00:00Z' }, { ...clear, status: 'amended', issued: '2026-02-03T08:00:00Z' }, false], // prettier-ignore
    ['not of a later one', { issued: '2026-02-04T08:00:00Z', status: 'corrected' }, { ...clear, issued: '2026-02-03T08:00:00Z' }, true], // prettier-ignore
    ['two of one number of which none is amended both stand', { issued: '2026-02-02T08:00:00Z' }, { ...clear, issued: '2026-02-03T08:00:00Z' }, true], // prettier-ignore
    ['an amended one of another number takes no place', { issued: '2026-02-02T08:00:00Z' }, { ...clear, identifier: [{ system: 'urn:other', value: '4711' }], status: 'amended', issued: '2026-02-03T08:00:00Z' }, true], // prettier-ignore
  ])('%s', async (_name, first, second, heard) => {
    expect(await isHeard('diagnosticReports', version('a', first), version('b', second))).toBe(heard);
  });
});

describe('notes', () => {
  const note = (part: Readonly<Record<string, unknown>>): ResourceJson =>
    noteOf('Since yesterday saddle anesthesia and urinary retention.', {
      ...{ id: 'n', date: '2026-03-18T10:00:00Z' },
      ...part,
    });

  test.each<[string, Readonly<Record<string, unknown>>, boolean]>([
    ['current', {}, true],
    ['preliminary', { docStatus: 'preliminary' }, true],
    ['superseded', { status: 'superseded' }, false],
    ['entered in error', { status: 'entered-in-error' }, false],
    ['current, its text entered in error', { docStatus: 'entered-in-error' }, false],
  ])('%s', async (_name, part, heard) => {
    expect(await isHeard('documents', note(part))).toBe(heard);
  });
});
