import {
  bundle,
  countingServer,
  draft,
  orderSign,
  post,
  prefetched,
  procedure,
  review,
  reviewOrder,
  type ResourceJson,
} from './service.js';

const positive = (part: Readonly<Record<string, unknown>> = {}) =>
  procedure('lbb', '64451', {
    bodySite: [{ text: 'Bilateral' }],
    note: [{ text: '85% relief of usual pain for 6 hours.' }],
    ...part,
  });

async function decisionWith(...procedures: readonly ResourceJson[]) {
  return (
    await reviewOrder(orderSign([draft()], { prefetch: prefetched({ procedures: bundle(...procedures) }) }))
  ).decision;
}

describe('what is no evidence', () => {
  test.each<[string, ResourceJson]>([
    ['an erroneous entry', positive({ status: 'entered-in-error' })],
    ['a procedure not done', positive({ status: 'not-done' })],
    ['a planned one', positive({ status: 'preparation' })],
  ])('%s', async (_name, resource) => {
    expect(await decisionWith(resource)).toBe('diagnostic-blocks-first');
  });

  test('a procedure of another patient', async () => {
    const others = positive({ subject: { reference: 'Patient/other' } });
    expect(await decisionWith(procedure('eyes', '92014'), others)).toBe('diagnostic-blocks-first');
    // Alone, it is the answer to the search of another patient: nothing is said to be absent.
    expect(await decisionWith(others)).toBe('insufficient-data');
  });

  test('a procedure whose subject cannot be told: it is not counted, nor is anything said to be absent', async () => {
    expect(await decisionWith(positive({ subject: { display: 'someone' } }))).toBe('insufficient-data');
  });

  test('someone else’s record is named as set aside, its content never', async () => {
    const foreign = positive({
      subject: { reference: 'Patient/other' },
      note: [{ text: 'SECRET-WORDS 85% relief' }],
    });
    const answer = await review(
      orderSign([draft()], { prefetch: prefetched({ procedures: bundle(foreign) }) }),
    );
    expect(JSON.stringify(answer)).not.toContain('SECRET-WORDS');
    expect(answer.extension?.['stepwise-cds.evaluation'].excluded).toEqual([
      { why: 'other-patient', evidence: { reference: 'Procedure/lbb' } },
    ]);
  });

  test('a refuted or resolved red flag raises none', async () => {
    const flag = (id: string, part: Readonly<Record<string, unknown>>): ResourceJson => ({
      resourceType: 'Condition',
      id,
      subject: { reference: 'Patient/p1' },
      code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'C79.51' }] },
      ...part,
    });
    const conditions = bundle(
      flag('refuted', { verificationStatus: { coding: [{ code: 'refuted' }] } }),
      flag('resolved', { clinicalStatus: { coding: [{ code: 'resolved' }] } }),
    );
    const answer = await review(orderSign([draft()], { prefetch: prefetched({ conditions }) }));
    const evaluation = answer.extension?.['stepwise-cds.evaluation'];
    expect(evaluation?.orders[0]?.redFlags).toBeUndefined();
    expect(evaluation?.excluded?.map(({ why }) => why)).toEqual(['refuted', 'resolved']);
  });
});

describe('resources that break FHIR are set aside, and the call goes on', () => {
  test.each<[string, Readonly<Record<string, unknown>>]>([
    ['a code that is a string', { code: 'LBB' }],
    ['a coding that is an object', { code: { coding: { code: '64451' } } }],
    ['a note that is a string', { note: 'text' }],
    ['a note without text', { note: [{}] }],
    ['a null note', { note: [null] }],
    ['a date that is none', { performedDateTime: '2021-13-45' }],
    ['a date that is a number', { performedDateTime: 20210101 }],
    ['a body site that is a string', { bodySite: 'SI joint' }],
    ['a reference without type', { subject: { reference: '123' } }],
    ['a status that is unknown', { status: 'done' }],
  ])('%s', async (_name, part) => {
    const response = await post(
      orderSign([draft()], { prefetch: prefetched({ procedures: bundle(procedure('x', '64451', part)) }) }),
    );
    expect(response.status).toBe(200);
  });

  test.each([
    ['an order without anything', { resourceType: 'ServiceRequest' }],
    ['reasons that are a string', draft({ reasonCode: 'pain' })],
    ['a body site that is null', draft({ bodySite: [null] })],
    [
      'a coding of nulls',
      draft({ code: { coding: [null, {}], text: 'Neurectomy of sacral lateral branches' } }),
    ],
    ['a reason reference of nothing', draft({ reasonReference: [{}] })],
  ])('%s', async (_name, order) => {
    const response = await post(orderSign([order]));
    expect(response.status).toBe(200);
  });
});

describe('what could not be read', () => {
  test('412 with the keys, when nothing was had (PF-1, G-33)', async () => {
    const response = await post(orderSign([draft()], { prefetch: {} }));
    expect(response.status).toBe(412);
    expect(JSON.stringify(response.body)).toMatch(/conditions, procedures, diagnosticReports/);
  });

  test('as soon as one was read the answer is 200, and claims nothing on what was not', async () => {
    const answer = await review(orderSign([draft()], { prefetch: { conditions: null } }));
    const evaluation = answer.extension?.['stepwise-cds.evaluation'];
    expect(evaluation?.orders[0]?.decision).toBe('insufficient-data');
    expect(evaluation?.data.find(({ kind }) => kind === 'procedures')).toMatchObject({
      state: 'unavailable',
    });
    expect(answer.cards[0]?.detail).toContain('**Could not be read whole:**');
  });

  test('an OperationOutcome in place of procedures is not asked for again (G-36)', async () => {
    const server = await countingServer();
    const outcome = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'exception' }] };
    const answer = await review(
      orderSign([draft()], { prefetch: prefetched({ procedures: outcome }), fhirServer: server.url }),
    );
    expect(server.asked).toEqual([]);
    expect(answer.extension?.['stepwise-cds.evaluation'].orders[0]?.decision).toBe('insufficient-data');
    await server.close();
  });

  test('a report whose text cannot be read is said, never taken as normal', async () => {
    const report: ResourceJson = {
      resourceType: 'DiagnosticReport',
      id: 'scan',
      status: 'final',
      subject: { reference: 'Patient/p1' },
      code: { coding: [{ system: 'http://loinc.org', code: '24968-0' }] },
      presentedForm: [
        { contentType: 'application/pdf', data: Buffer.from('%PDF-1.4 broken').toString('base64') },
      ],
    };
    const order = await reviewOrder(
      orderSign([draft()], { prefetch: prefetched({ diagnosticReports: bundle(report) }) }),
    );
    expect(order.notes?.map(({ id }) => id)).toContain('report-unreadable');
  });
});

describe('one event told twice is one event', () => {
  const rfa = (id: string, part: Readonly<Record<string, unknown>> = {}) =>
    procedure(id, '64625', {
      performedDateTime: '2025-06-01',
      bodySite: [{ text: 'Bilateral' }],
      note: [{ text: 'Cooled RFA. 20% relief at 3 months.' }],
      ...part,
    });

  test('a copy under another id is not a second failed ablation', async () => {
    expect(await decisionWith(positive(), rfa('a'), rfa('b'))).toBe('repeat-radiofrequency');
  });

  test('two days are two ablations', async () => {
    expect(await decisionWith(positive(), rfa('a'), rfa('b', { performedDateTime: '2025-10-01' }))).toBe(
      'individual-review',
    );
  });
});
