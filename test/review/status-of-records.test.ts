/**
 * Statuses as they are sent: codings of a vendor before the standard's, records behind a report, statuses that are
 * missing or none of FHIR's. A red flag shows who is heard.
 */
import { note as noteOf } from './left-chart.js';
import { bundle, draft, orderSign, prefetched, review, type ResourceJson } from './service.js';

type Part = Readonly<Record<string, unknown>>;

const own = { subject: { reference: 'Patient/p1' } } as const;

async function reviewed(given: Readonly<Record<string, readonly object[]>>) {
  const bundles = Object.entries(given).map(([key, resources]) => [key, bundle(...resources)]);
  const { extension } = await review(
    orderSign([draft()], { prefetch: prefetched(Object.fromEntries(bundles) as Part) }),
  );
  const evaluation = extension?.['stepwise-cds.evaluation'];
  const [order] = evaluation?.orders ?? [];
  return {
    isHeard: order?.decision === 'urgent-evaluation',
    notes: order?.notes?.map(({ id }) => id) ?? [],
    excluded: evaluation?.excluded?.map(({ why, evidence }) => `${why} ${evidence.reference}`) ?? [],
    stateOf: (kind: string) => evaluation?.data.find((one) => one.kind === kind)?.state,
    step: (id: string) => order?.steps.find((one) => one.id === id)?.state,
  };
}

describe('a condition', () => {
  const vendor = { system: 'urn:oid:1.2', code: '7' };
  const hl7 = (kind: string, code: string) => ({
    system: `http://terminology.hl7.org/CodeSystem/condition-${kind}`,
    code,
  });
  const condition = (part: Part): ResourceJson => ({
    resourceType: 'Condition',
    id: 'c',
    ...own,
    code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'C79.51' }] },
    ...part,
  });
  const verified = (...coding: readonly object[]) => ({ verificationStatus: { coding } });
  const clinically = (...coding: readonly object[]) => ({ clinicalStatus: { coding } });

  test.each<[string, Part, boolean]>([
    ['refuted, after a vendor’s code', verified(vendor, hl7('ver-status', 'refuted')), false],
    ['refuted, before a vendor’s code', verified(hl7('ver-status', 'refuted'), vendor), false],
    [
      'entered in error, without a system, after a vendor’s code',
      verified(vendor, { code: 'entered-in-error' }),
      false,
    ],
    ['confirmed, after a vendor’s code', verified(vendor, hl7('ver-status', 'confirmed')), true],
    ['of a vendor’s code alone', verified(vendor), true],
    ['of a vendor’s code that is shown as refuted', verified({ ...vendor, display: 'Refuted' }), false],
    [
      'resolved, after a vendor’s code',
      clinically({ ...vendor, code: '2' }, hl7('clinical', 'resolved')),
      false,
    ],
    ['active, after a vendor’s code', clinically({ ...vendor, code: '2' }, hl7('clinical', 'active')), true],
    [
      'active to the standard, though not to the vendor',
      clinically({ ...vendor, code: 'inactive' }, hl7('clinical', 'active')),
      true,
    ],
  ])('%s', async (_name, part, heard) => {
    expect((await reviewed({ conditions: [condition(part)] })).isHeard).toBe(heard);
  });
});

const report = (part: Part): ResourceJson => ({
  resourceType: 'DiagnosticReport',
  id: 'r',
  ...own,
  status: 'final',
  code: { text: 'MRI lumbar spine' },
  effectiveDateTime: '2026-02-01',
  ...part,
});

describe('an Observation that holds the words of a report', () => {
  const words = (part: Part): ResourceJson => ({
    resourceType: 'Observation',
    id: 'ob',
    ...own,
    status: 'final',
    code: { text: 'Impression' },
    valueString: 'Acute compression fracture of L3.',
    ...part,
  });
  const inChart = (part: Part) =>
    reviewed({
      diagnosticReports: [report({ result: [{ reference: 'Observation/ob' }] })],
      observations: [words(part)],
    });
  const inside = (part: Part) =>
    reviewed({ diagnosticReports: [report({ result: [{ reference: '#ob' }], contained: [words(part)] })] });

  test.each(['final', 'amended', 'corrected'])('%s: heard', async (status) => {
    for (const place of [inChart, inside]) {
      const { isHeard, notes } = await place({ status });
      expect([isHeard, notes]).toEqual([true, []]);
    }
  });

  test.each(['preliminary', 'unknown', undefined])(
    '%s: heard, and said to be preliminary',
    async (status) => {
      for (const place of [inChart, inside]) {
        const { isHeard, notes } = await place({ status });
        expect([isHeard, notes]).toEqual([true, ['report-preliminary']]);
      }
    },
  );

  test.each(['entered-in-error', 'cancelled'])('%s: not heard, and said so', async (status) => {
    const { isHeard, excluded } = await inChart({ status });
    expect(isHeard).toBe(false);
    expect(excluded).toContain(`${status} Observation/ob`);
    const contained = await inside({ status });
    expect([contained.isHeard, contained.notes]).toEqual([false, ['report-unreadable']]);
  });

  test('registered: it has no words yet, and the report is not read', async () => {
    const { isHeard, notes, stateOf } = await inChart({ status: 'registered' });
    expect([isHeard, notes, stateOf('diagnosticReports')]).toEqual([false, ['report-unreadable'], 'partial']);
  });

  test('another patient’s, inside: set aside, and said so', async () => {
    const { isHeard, notes } = await inside({ subject: { reference: 'Patient/other' } });
    expect(isHeard).toBe(false);
    expect(notes).toContain('other-patient-record');
  });

  test.each<[string, Part]>([
    ['without a subject', { subject: undefined }],
    ['of the patient', {}],
  ])('inside, %s: heard', async (_name, part) => {
    expect((await inside(part)).isHeard).toBe(true);
  });
});

describe('a report of a status that FHIR does not have', () => {
  const data = Buffer.from('Acute compression fracture of L3.').toString('base64');
  const ablation = (id: string, status: unknown, effectiveDateTime: string) => ({
    ...report({ id, status, effectiveDateTime }),
    code: { text: 'Radiofrequency ablation of S1-S3 sacral lateral branches, bilateral' },
    conclusion:
      'Cooled radiofrequency ablation of bilateral S1-S3 lateral branches. At 3 months 20% relief on both sides.',
  });
  const twice = (status: unknown) =>
    reviewed({
      diagnosticReports: [ablation('q1', status, '2024-08-20'), ablation('q2', status, '2025-04-15')],
    });

  test('twin: two finished ablations that failed count', async () => {
    expect((await twice('final')).step('radiofrequency-ablation')).toBe('met');
  });

  test.each(['unknown', undefined, 'FINAL', 'done', 7])('%s: not counted as finished', async (status) => {
    const { step, notes } = await twice(status);
    expect(step('radiofrequency-ablation')).toBe('unknown');
    expect(notes).toContain('report-preliminary');
  });

  test.each(['entered-in-error ', 'Cancelled'])('“%s” is withdrawn', async (status) => {
    const { step, excluded } = await twice(status);
    expect(step('radiofrequency-ablation')).toBe('not-met');
    expect(excluded).toHaveLength(2);
  });

  test.each(['unknown', undefined, 'active'])(
    '%s: its words are heard wherever they stand',
    async (status) => {
      const forms = { presentedForm: [{ contentType: 'text/plain', data }] };
      for (const part of [{ conclusion: 'Acute compression fracture of L3.' }, forms]) {
        const { isHeard, notes } = await reviewed({ diagnosticReports: [report({ status, ...part })] });
        expect([isHeard, notes]).toEqual([true, ['report-preliminary']]);
      }
    },
  );
});

describe('a note', () => {
  const note = (part: Part): ResourceJson =>
    noteOf('Since yesterday saddle anesthesia and urinary retention.', {
      ...{ id: 'n', date: '2026-03-18T10:00:00Z' },
      ...part,
    });

  test.each<[unknown, boolean, string]>([
    ['current', true, 'complete'],
    ['superseded', false, 'complete'],
    ['Superseded', false, 'complete'],
    ['entered-in-error', false, 'complete'],
    [undefined, true, 'partial'],
    ['CURRENT', true, 'partial'],
    ['active', true, 'partial'],
    ['unknown', true, 'partial'],
  ])('%s: heard %s, notes %s', async (status, heard, state) => {
    const { isHeard, stateOf } = await reviewed({ documents: [note({ status })] });
    expect([isHeard, stateOf('documents')]).toEqual([heard, state]);
  });
});
