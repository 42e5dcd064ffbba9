/**
 * FHIR R4: a resource with a modifier extension, or with rules of its own, is not to be processed by whom they are
 * unknown to. It is no evidence, and nothing is called absent beside it.
 */
import {
  bundle,
  draft,
  orderSign,
  physicalTherapy,
  post,
  prefetched,
  procedure,
  review,
  type ResourceJson,
} from './service.js';

const MODIFIED = { modifierExtension: [{ url: 'http://x.example/not-performed', valueBoolean: true }] };
const KINDS: Readonly<Record<string, string>> = {
  Condition: 'conditions',
  Procedure: 'procedures',
  DiagnosticReport: 'diagnosticReports',
  Observation: 'observations',
  MedicationRequest: 'medicationRequests',
  DocumentReference: 'documents',
};

async function reviewed(...chart: readonly ResourceJson[]) {
  const filled = Object.entries(KINDS).map(([type, key]) => {
    const own = chart.filter(({ resourceType }) => resourceType === type);
    return [key, own.length > 0 ? bundle(...own) : null] as const;
  });
  const prefetch = prefetched(Object.fromEntries(filled));
  const { cards, extension } = await review(orderSign([draft()], { prefetch }));
  const evaluation = extension?.['stepwise-cds.evaluation'];
  const order = evaluation?.orders[0];
  return {
    decision: order?.decision,
    step: (id: string) => order?.steps.find((one) => one.id === id),
    partial: evaluation?.data.filter(({ state }) => state !== 'complete'),
    cards: JSON.stringify(cards),
  };
}

const failed = (id: string, performedDateTime: string, part: Readonly<Record<string, unknown>> = {}) =>
  procedure(id, '64625', {
    performedDateTime,
    bodySite: [{ text: 'Sacroiliac joint, bilateral' }],
    note: [{ text: 'Cooled RFA, bilateral. 20% relief at 3 months.' }],
    ...part,
  });
const block = procedure('lbb', '64451', {
  note: [{ text: 'Bilateral. 85% relief of usual pain for 6 hours.' }],
});
const both = (part: Readonly<Record<string, unknown>>) => [
  physicalTherapy(),
  block,
  failed('r1', '2024-05-01', part),
  failed('r2', '2025-03-01', part),
];

test('two failed ablations: the pathway was walked', async () => {
  expect((await reviewed(...both({}))).decision).toBe('individual-review');
});

describe.each<[string, Readonly<Record<string, unknown>>]>([
  ['a modifier extension', MODIFIED],
  ['a modifier extension that is no list', { modifierExtension: MODIFIED.modifierExtension[0] }],
  ['implicit rules', { implicitRules: 'http://x.example/rules' }],
  ['a modifier extension in its code', { code: { ...MODIFIED, coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '64625' }] } }], // prettier-ignore
  ['a modifier extension in its note', { note: [{ text: 'Cooled RFA, bilateral. 20% relief at 3 months.', ...MODIFIED }] }], // prettier-ignore
])('ablations with %s', (_name, part) => {
  test('are no evidence, and are named as what could not be read', async () => {
    const { step, decision, partial, cards } = await reviewed(...both(part));
    expect(step('radiofrequency-ablation')).toMatchObject({
      state: 'unknown',
      notCounted: [
        { why: 'unreadable', evidence: { reference: 'Procedure/r1' } },
        { why: 'unreadable', evidence: { reference: 'Procedure/r2' } },
      ],
    });
    expect(decision).toBe('insufficient-data');
    expect(partial).toMatchObject([
      { kind: 'procedures', state: 'partial', reason: 'some of its records could not be read' },
    ]);
    expect(cards).not.toContain('20%');
  });
});

test('a modifier extension of what is not read changes nothing', async () => {
  const part = { performer: [{ actor: { display: 'x' }, ...MODIFIED }], modifierExtension: [] };
  expect((await reviewed(...both(part))).decision).toBe('individual-review');
});

test('one of two ablations is not understood: the other counts, and more may be told', async () => {
  const { step } = await reviewed(
    physicalTherapy(),
    block,
    failed('r1', '2024-05-01'),
    failed('r2', '2025-03-01', MODIFIED),
  );
  expect(step('radiofrequency-ablation')).toMatchObject({
    state: 'unknown',
    attempts: { counted: 1, required: 2 },
  });
});

const SUBJECT = { subject: { reference: 'Patient/p1' } };
const mri: ResourceJson = {
  resourceType: 'DiagnosticReport',
  id: 'mri',
  status: 'final',
  code: { text: 'MRI lumbar spine' },
  ...SUBJECT,
  effectiveDateTime: '2026-01-15',
  conclusion: 'L5-S1: Severe bilateral neural foraminal stenosis.',
};
const cancer: ResourceJson = {
  resourceType: 'Condition',
  id: 'met',
  clinicalStatus: { coding: [{ code: 'active' }] },
  code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'C79.51' }] },
  ...SUBJECT,
};
const examination: ResourceJson = {
  resourceType: 'Observation',
  id: 'exam',
  status: 'final',
  code: { text: 'Examination' },
  component: [{ code: { text: 'FADIR test' }, valueString: 'positive' }],
  ...SUBJECT,
};
const warfarin: ResourceJson = {
  resourceType: 'MedicationRequest',
  id: 'war',
  status: 'active',
  intent: 'order',
  medicationCodeableConcept: { text: 'Warfarin 5 mg' },
  dosageInstruction: [{ text: 'daily' }],
  ...SUBJECT,
};
const clinicNote: ResourceJson = {
  resourceType: 'DocumentReference',
  id: 'note',
  status: 'current',
  date: '2026-02-01',
  content: [
    {
      attachment: {
        contentType: 'text/plain',
        data: Buffer.from('Patient denied RFA: plan will not cover it. New saddle anesthesia.').toString(
          'base64',
        ),
      },
    },
  ],
  ...SUBJECT,
};

describe.each<[string, ResourceJson, ResourceJson, string]>([
  ['a report', mri, { ...mri, ...MODIFIED }, 'diagnosticReports'],
  ['a problem', cancer, { ...cancer, ...MODIFIED }, 'conditions'],
  ['an observation', examination, { ...examination, component: [{ code: { text: 'FADIR test' }, valueString: 'positive', ...MODIFIED }] }, 'observations'], // prettier-ignore
  ['a medicine', warfarin, { ...warfarin, dosageInstruction: [{ text: 'daily', ...MODIFIED }] }, 'medications'], // prettier-ignore
  ['a note', clinicNote, { ...clinicNote, content: [{ ...(clinicNote['content'] as object[])[0], ...MODIFIED }] }, 'documents'], // prettier-ignore
])('%s', (_name, plain, modified, kind) => {
  test('is read when nothing modifies it; else nothing of it is said, and its kind is not whole', async () => {
    const [read, unread] = [await reviewed(plain), await reviewed(modified)];
    const reference = `${plain.resourceType}/${String(plain.id)}`;
    expect(read.cards).toContain(reference);
    expect(read.partial).toEqual([]);
    expect(unread.cards).not.toContain(reference);
    expect(unread.partial).toMatchObject([{ kind, state: 'partial' }]);
  });
});

describe.each<[string, Readonly<Record<string, unknown>>]>([
  ['a part of the whole', { tag: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' }] }], // prettier-ignore
  ['redacted', { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'REDACTED' }] }], // prettier-ignore
  ['masked', { security: [{ code: 'MASKED' }] }],
])('records that are said to be %s', (_name, meta) => {
  test('what is left of them counts; what is missing is not known', async () => {
    const { decision } = await reviewed(...both({ meta }));
    expect(decision).toBe('individual-review');
    const { step, partial, cards } = await reviewed(physicalTherapy(), block, {
      ...procedure('x', '64625', { meta }),
      code: undefined,
    });
    expect(step('radiofrequency-ablation')).toMatchObject({ state: 'unknown' });
    expect(partial).toMatchObject([{ kind: 'procedures', state: 'partial' }]);
    expect(cards).toContain('some of its records came without all their parts');
  });
});

test.each<[string, Readonly<Record<string, unknown>>, string]>([
  ['a modifier extension', MODIFIED, 'modifierExtension'],
  ['implicit rules', { implicitRules: 'http://x.example/rules' }, 'implicitRules'],
])('an order of ours with %s is refused by its place', async (_name, part) => {
  const { status, text } = await post(orderSign([draft({ id: 'other', code: { text: 'x' } }), draft(part)]));
  expect(status).toBe(422);
  expect(JSON.parse(text)).toMatchObject({
    resourceType: 'OperationOutcome',
    issue: [{ expression: ['context.draftOrders.entry[1].resource'] }],
  });
  expect(text).not.toContain('x.example');
});

test('an order is refused by the place it has in the call, behind entries that are skipped', async () => {
  const { context, ...call } = orderSign([draft(MODIFIED)]);
  const { entry } = context.draftOrders as unknown as { entry: readonly object[] };
  const draftOrders = { ...(context.draftOrders as object), entry: [{}, null, ...entry] };
  const { status, text } = await post({ ...call, context: { ...context, draftOrders } });
  expect(status).toBe(422);
  expect(JSON.parse(text)).toMatchObject({
    issue: [{ expression: ['context.draftOrders.entry[2].resource'] }],
  });
});

test('another order with a modifier extension is left alone', async () => {
  const { cards } = await review(orderSign([draft(), draft({ id: 'o', code: { text: 'Chest x-ray' }, ...MODIFIED })])); // prettier-ignore
  expect(cards.length).toBeGreaterThan(0);
});
