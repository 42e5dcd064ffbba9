/** Part A 10 of the CDS Hooks checklist, on what the whole service answers for every synthetic patient. */
import supertest from 'supertest';
import { loadCharts } from '../../src/sandbox/charts.js';
import { faultsOfAnswer } from '../cds-hooks/schemas.js';
import { bundle, orderSign, post, prefetched, SERVICE, app, draft } from '../review/service.js';

interface Action {
  readonly type: string;
  readonly description: string;
  readonly resourceId?: string;
  readonly resource?: { readonly resourceType: string; readonly id?: string };
}
interface Card {
  readonly uuid: string;
  readonly summary: string;
  readonly links?: readonly { readonly type: string; readonly appContext?: unknown }[];
  readonly overrideReasons?: readonly Readonly<Record<string, string>>[];
  readonly suggestions?: readonly { readonly uuid: string; readonly actions: readonly Action[] }[];
}
interface Body {
  readonly cards: readonly Card[];
}

const KEYS: Readonly<Record<string, string>> = {
  Condition: 'conditions',
  Procedure: 'procedures',
  DiagnosticReport: 'diagnosticReports',
  Observation: 'observations',
  MedicationRequest: 'medicationRequests',
  ServiceRequest: 'serviceRequests',
  DocumentReference: 'documents',
};

function callOf({ patientId, draftOrders, resources }: ReturnType<typeof loadCharts>[number]) {
  const keys = Object.entries(KEYS).map(([type, key]) => [
    key,
    bundle(...resources.filter(({ resourceType }) => resourceType === type)),
  ]);
  const call = orderSign(draftOrders, {
    prefetch: prefetched(Object.fromEntries(keys) as Readonly<Record<string, unknown>>),
  });
  return { ...call, context: { ...call.context, patientId } };
}

describe.each(loadCharts().map((chart) => [chart.patientId, chart] as const))('%s', (_id, chart) => {
  let text: string;
  let body: Body;
  beforeAll(async () => {
    const answer = await post(callOf(chart));
    ({ text } = answer);
    body = answer.body as Body;
    expect(answer.status).toBe(200);
  });

  test('TR-3, TR-5, RS-1 to RS-3, CARD-1 to CARD-8, LINK-1 to LINK-4, COD-1, SRC-1: every rule holds', () => {
    expect(faultsOfAnswer(text)).toEqual([]);
  });

  test('RS-5: few cards; G-59: every card and suggestion has a uuid of its own', () => {
    expect(body.cards.length).toBeLessThanOrEqual(3);
    const uuids = body.cards.flatMap(({ uuid, suggestions = [] }) => [
      uuid,
      ...suggestions.map((one) => one.uuid),
    ]);
    for (const uuid of uuids)
      expect(uuid).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(new Set(uuids).size).toBe(uuids.length);
  });

  test('ACT-2, ACT-4, SUG-3: a deletion is of a draft that was sent, a creation is of a new resource of the patient', () => {
    const drafts = chart.draftOrders.map(({ id }) => `ServiceRequest/${id}`);
    for (const { type, resourceId, resource } of body.cards.flatMap(({ suggestions = [] }) =>
      suggestions.flatMap(({ actions }) => actions),
    )) {
      if (type === 'delete') expect(drafts).toContain(resourceId);
      else
        expect(resource).toMatchObject({
          resourceType: 'ServiceRequest',
          status: 'draft',
          intent: 'order',
          subject: { reference: `Patient/${chart.patientId}` },
        });
      if (type === 'create') expect(resource).not.toHaveProperty('id');
    }
  });

  test('ACT-6, SUG-4: no system action, and nothing of a version that the client may not know', () => {
    expect(text).not.toMatch(/systemActions|actionSelectionBehavior|autolaunchable|"hookVersion"/);
  });
});

test('DISC-8, DISC-9: discovery has no member of a later version', async () => {
  const { text } = await supertest(app).get('/cds-services').expect(200);
  expect(text).not.toMatch(/"version"|"hookVersion"/);
});

test('DISC-12, CORS-1: a page of any origin may find, call and tell back, in development', async () => {
  const paths = ['/cds-services', `/cds-services/${SERVICE}`, `/cds-services/${SERVICE}/feedback`];
  for (const path of paths) {
    const { headers } = await supertest(app)
      .options(path)
      .set('Origin', 'https://sandbox.example')
      .expect(204);
    expect(headers['access-control-allow-origin']).toBe('*');
  }
});

test('TR-4: comments and trailing commas are no JSON', async () => {
  const text = JSON.stringify(orderSign([draft()]));
  for (const bad of [`/**/${text}`, text.replace(/}$/, ',}')])
    await supertest(app)
      .post(`/cds-services/${SERVICE}`)
      .set('Content-Type', 'application/json')
      .send(bad)
      .expect(400);
});

test('FB-6: feedback on what is no card or suggestion of ours is taken and means nothing', async () => {
  const item = { card: 'no-card', outcome: 'overridden', outcomeTimestamp: '2026-03-20T12:00:00.5Z', foo: 1 };
  const answer = await supertest(app)
    .post(`/cds-services/${SERVICE}/feedback`)
    .send({ feedback: [item, item], foo: 1 });
  expect([answer.status, answer.text]).toEqual([200, '{}']);
});
